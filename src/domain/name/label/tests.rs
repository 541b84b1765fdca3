#![expect(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;

use super::{NameError, PersonName, RoleName, examined, is_ordinary};
use crate::domain::text::{Oddity, Shown, folded};

fn refused(typed: &str) -> NameError {
    RoleName::new(typed).unwrap_err()
}

#[test]
fn a_name_is_trimmed_and_its_spaces_collapse() {
    for (typed, name) in [
        ("Treasury", "Treasury"),
        ("  Cash   Manager \n", "Cash Manager"),
        ("Cash\tManager", "Cash Manager"),
        ("Cash\u{A0}\u{2009}Manager\u{3000}", "Cash Manager"),
        ("Zoe\u{308}", "Zoë"),
        ("\u{1112}\u{1161}\u{11AB}", "한"),
        ("財務 第一", "財務 第一"),
        ("<U+202E>", "<U+202E>"),
        ("x", "x"),
    ] {
        assert_eq!(RoleName::new(typed).unwrap().as_str(), name);
    }
}

#[test]
fn a_name_that_hides_something_is_refused_with_the_place() {
    for (typed, position, oddity) in [
        ("Cash\u{202E}", 5, Oddity::Direction),
        ("  Cash\u{202E}", 7, Oddity::Direction),
        ("\u{1B}[31m", 1, Oddity::Control),
        ("a\nb", 2, Oddity::LineBreak),
        ("a\u{2028}b", 2, Oddity::LineBreak),
        ("a\u{200B}", 2, Oddity::Invisible),
        ("\u{FEFF}a", 1, Oddity::Invisible),
        ("👩\u{200D}💻", 2, Oddity::Invisible),
        ("a\u{E0041}", 2, Oddity::Tag),
        ("a\u{FE0F}", 2, Oddity::Variation),
        ("\u{E000}", 1, Oddity::PrivateUse),
        ("\u{378}", 1, Oddity::Unassigned),
        ("\u{301}\u{302}", 1, Oddity::Stray),
        ("ㅤ", 1, Oddity::Invisible),
        ("e\u{302}\u{301}\u{323}\u{303}\u{304}\u{305}", 6, Oddity::Pile),
    ] {
        let found = match refused(typed) {
            NameError::Odd { position, oddity, .. } => Some((position, oddity)),
            _ => None,
        };
        assert_eq!(found, Some((position, oddity)), "{typed:?}");
    }
}

#[test]
fn an_empty_or_oversized_name_is_refused() {
    assert_eq!(refused(""), NameError::Empty { what: "role name" });
    assert_eq!(refused(" \t\u{A0}\n"), NameError::Empty { what: "role name" });
    assert!(RoleName::new(&"x".repeat(80)).is_ok());
    assert_eq!(refused(&"x".repeat(81)), NameError::TooLong { what: "role name", length: 81, limit: 80 });
    assert_eq!(refused(&"字".repeat(10_000)), NameError::TooLong { what: "role name", length: 10_000, limit: 80 });
    assert!(RoleName::new(&"字".repeat(80)).is_ok());
    assert_eq!(refused(&"👍🏽".repeat(60)), NameError::TooHeavy { what: "role name", bytes: 480, limit: 400 });
}

#[test]
fn a_refusal_is_a_sentence() {
    assert_eq!(
        refused("Cash\u{202E}").to_string(),
        "Character 5 of the role name is a hidden control for the direction of text (U+202E): delete it."
    );
    assert_eq!(PersonName::new("").unwrap_err().to_string(), "The name is empty: type at least one visible character.");
    assert_eq!(
        refused(&"x".repeat(81)).to_string(),
        "The role name is 81 characters long, and 80 are allowed: shorten it."
    );
}

#[test]
fn names_that_differ_only_in_case_width_or_spelling_have_one_key() {
    let key = |typed| RoleName::new(typed).unwrap().key();
    for (one, other) in [
        ("Treasury", "TREASURY"),
        ("Straße", "STRASSE"),
        ("Ｃash", "cash"),
        ("Zoë", "ZOE\u{308}"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("❤\u{FE0F}", "❤"),
    ] {
        assert_eq!(key(one), key(other));
    }
    assert_ne!(key("Treasury"), key("Treasury 2"));
}

#[test]
fn a_stored_name_is_checked_when_it_is_read() {
    let name = PersonName::new("Zoë Doe").unwrap();
    let stored = serde_json::to_string(&name).unwrap();
    assert_eq!(stored, "\"Zoë Doe\"");
    assert_eq!(serde_json::from_str::<PersonName>(&stored).unwrap(), name);
    let planted = serde_json::from_str::<PersonName>("\"Zo\\u202eë\"").unwrap_err();
    assert!(planted.to_string().starts_with("Character 3 of the name is"), "{planted}");
}

proptest! {
    #[test]
    fn what_needs_no_closer_look_passes_one(typed in "[a-c <~\t\u{E9}]{0,8}", limit in 1_usize..8) {
        if is_ordinary(limit, &typed) {
            prop_assert_eq!(examined("name", limit, &typed), Ok(typed.into()));
        }
    }

    #[test]
    fn a_name_is_shown_as_it_is_and_reads_back_the_same(typed in "[\\PC\u{300}-\u{320} \t]{0,30}") {
        if let Ok(name) = RoleName::new(&typed) {
            let again = RoleName::new(name.as_str()).unwrap();
            prop_assert_eq!(&again, &name);
            let key = name.key();
            prop_assert_eq!(folded(key.as_str()), key.as_str());
            if !name.as_str().contains('<') {
                prop_assert_eq!(Shown::new(name.as_str()).text(), name.as_str());
            }
        }
    }
}
