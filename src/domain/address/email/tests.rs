#![expect(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;

use super::{AddressError, AddressKey, EmailAddress, Part, is_ordinary};
use crate::domain::text::{Oddity, Shown, folded};

fn address(typed: &str) -> EmailAddress {
    EmailAddress::new(typed).unwrap()
}

fn refused(typed: &str) -> AddressError {
    EmailAddress::new(typed).unwrap_err()
}

#[test]
fn addresses_are_kept_as_typed() {
    for typed in [
        "jane@example.com",
        "Jane.Doe@Example.COM",
        "jane+treasury@mail.example.co.uk",
        "o'brien_1{x}@example.com",
        "дмитрий@пример.рф",
        "Dörte@Sörensen.example.com",
        "jane@xn--exmple-cua.com",
        "x@a-b--c.example",
    ] {
        assert_eq!(address(typed).as_str(), typed);
        assert_eq!(address(typed).to_string(), typed);
    }
    assert_eq!(address(" jane@example.com\r\n").as_str(), "jane@example.com");
    assert_eq!(address("zoe\u{308}@example.com").as_str(), "zoë@example.com");
}

#[test]
fn most_addresses_need_no_closer_look() {
    assert!(is_ordinary("Anna.Larsen+pay_1@mail-2.lumbrevik.example.com"));
    for unusual in ["a..b@example.com", "a@example", "a@xn--abc.com", "a@-b.com", "a@b.1", "å@example.com", "a@b@c.com"]
    {
        assert!(!is_ordinary(unusual), "{unusual}");
    }
}

#[test]
fn one_address_has_one_key() {
    for (typed, key) in [
        ("Jane.Doe@Example.COM", "jane.doe@example.com"),
        ("ｊａｎｅ@example.com", "jane@example.com"),
        ("jane@ｅｘａｍｐｌｅ.com", "jane@example.com"),
        ("jane@example。com", "jane@example.com"),
        ("STRASSE@example.com", "strasse@example.com"),
        ("straße@example.com", "strasse@example.com"),
        ("Zoe\u{308}@example.com", "zoë@example.com"),
        ("jane@EXÄMPLE.com", "jane@xn--exmple-cua.com"),
        ("jane@xn--exmple-cua.com", "jane@xn--exmple-cua.com"),
        ("Jane+Tag@example.com", "jane+tag@example.com"),
    ] {
        assert_eq!(address(typed).key().as_str(), key);
    }
    assert_eq!(address("Jane+a+b@Example.com").without_tag().as_str(), "jane@example.com");
    assert_eq!(address("+a@example.com").without_tag().as_str(), "+a@example.com");
    assert_eq!(address("Jane@MAIL.Exämple.com").domain().as_str(), "mail.xn--exmple-cua.com");
    assert_eq!(address("Jane@MAIL.Exämple.com").domain().in_unicode(), "mail.exämple.com");
    assert_eq!(address("Jane@example.com").local(), "Jane");
}

#[test]
fn what_is_no_address_is_refused_with_the_reason() {
    let character = |position, character, part| AddressError::Character { position, character, part };
    for (typed, error) in [
        ("", AddressError::Empty),
        (" \n", AddressError::Empty),
        ("jane.example.com", AddressError::NoAt),
        ("@example.com", AddressError::NoPart(Part::Local)),
        ("jane@", AddressError::NoPart(Part::Domain)),
        ("jane doe@example.com", character(5, ' ', Part::Local)),
        ("jane@exam ple.com", character(10, ' ', Part::Domain)),
        ("a@b@example.com", character(2, '@', Part::Local)),
        ("a(b)@example.com", character(2, '(', Part::Local)),
        ("a,b@example.com", character(2, ',', Part::Local)),
        ("a\\b@example.com", character(2, '\\', Part::Local)),
        ("jane＠evil.com@example.com", character(5, '＠', Part::Local)),
        ("\"jane doe\"@example.com", AddressError::Quoted),
        (".jane@example.com", AddressError::Dot(Part::Local)),
        ("jane..doe@example.com", AddressError::Dot(Part::Local)),
        ("jane…doe@example.com", character(5, '…', Part::Local)),
        ("jane@.example.com", AddressError::Dot(Part::Domain)),
        ("jane@example..com", AddressError::Dot(Part::Domain)),
        ("jane@example.com.", AddressError::Dot(Part::Domain)),
        ("jane@exa_mple.com", character(9, '_', Part::Domain)),
        ("jane@example.com/x", character(17, '/', Part::Domain)),
        ("jane@-example.com", AddressError::Domain),
        ("jane@xn--a.com", AddressError::Domain),
        ("jane@[192.0.2.1]", AddressError::Number),
        ("jane@192.0.2.1", AddressError::Number),
        ("jane@localhost", AddressError::Undotted),
    ] {
        assert_eq!(refused(typed), error, "{typed:?}");
    }
}

#[test]
fn hidden_characters_are_refused_with_their_place() {
    for (typed, position, oddity) in [
        ("jane\u{202E}@example.com", 5, Oddity::Direction),
        (" jane@exam\u{200B}ple.com", 11, Oddity::Invisible),
        ("jane@example.com\u{AD}", 17, Oddity::Invisible),
        ("jane\u{E0041}@example.com", 5, Oddity::Tag),
        ("j\u{1B}[2Jane@example.com", 2, Oddity::Control),
        ("jane\r\nBcc:x@example.com", 5, Oddity::LineBreak),
        ("jane\u{A0}doe@example.com", 5, Oddity::Space),
        ("jane@\u{301}example.com", 6, Oddity::Stray),
        ("ja\u{FE0F}ne@example.com", 3, Oddity::Variation),
    ] {
        let found = match refused(typed) {
            AddressError::Odd { position, oddity, .. } => Some((position, oddity)),
            _ => None,
        };
        assert_eq!(found, Some((position, oddity)), "{typed:?}");
    }
}

#[test]
fn lengths_are_limited() {
    let local = "x".repeat(64);
    assert!(EmailAddress::new(&format!("{local}@example.com")).is_ok());
    assert_eq!(refused(&format!("x{local}@example.com")), AddressError::LocalTooLong { bytes: 65 });
    let label = "y".repeat(60);
    let domain = [label.as_str(); 3].join(".");
    assert!(EmailAddress::new(&format!("{local}@{domain}.{}", "z".repeat(6))).is_ok());
    assert_eq!(refused(&format!("{local}@{domain}.{}", "z".repeat(7))), AddressError::TooLong { bytes: 255 });
    assert_eq!(refused(&format!("jane@{}.com", "y".repeat(64))), AddressError::Domain);
    assert_eq!(refused(&"@".repeat(10_000)), AddressError::TooLong { bytes: 10_000 });
}

#[test]
fn a_refusal_is_a_sentence() {
    assert_eq!(refused("a b@example.com").to_string(), "Character 2 (a space) cannot stand before the @.");
    assert_eq!(refused("a@exa_mple.com").to_string(), "Character 6 (_) cannot stand after the @.");
    assert_eq!(
        refused("jane\u{202E}@example.com").to_string(),
        "Character 5 is a hidden control for the direction of text (U+202E): delete it."
    );
}

#[test]
fn a_stored_address_is_checked_when_it_is_read() {
    let stored = serde_json::to_string(&address("Jane@Example.com")).unwrap();
    assert_eq!(stored, "\"Jane@Example.com\"");
    assert_eq!(serde_json::from_str::<EmailAddress>(&stored).unwrap(), address("Jane@Example.com"));
    assert!(serde_json::from_str::<EmailAddress>("\"jane\\u202e@example.com\"").is_err());
}

proptest! {
    #[test]
    fn what_needs_no_closer_look_passes_one(local in "([a-zA-Z0-9+_.-]{1,6}|a{60,66})", domain in "([a-zA-Z0-9.-]{1,4}|xn--[a-z]{1,4}|a{60,66}|(abc\\.){60,64})[.][a-zA-Z0-9-]{1,3}") {
        let typed = format!("{local}@{domain}");
        if is_ordinary(&typed) {
            let examined = EmailAddress::examined(&typed, &typed);
            prop_assert_eq!(examined.as_ref(), Ok(&EmailAddress(typed.as_str().into())));
            let key = AddressKey::join(&folded(&local), &examined.unwrap().domain());
            prop_assert_eq!(address(&typed).key(), key);
        }
    }

    #[test]
    fn an_accepted_address_is_shown_as_it_is_and_keeps_its_key(local in "[\\PC]{1,12}", domain in "[\\pL\\pN\\pM-]{1,8}\\.[a-z]{2,4}") {
        if let Ok(address) = EmailAddress::new(&format!("{local}@{domain}")) {
            prop_assert_eq!(Shown::new(address.as_str()).text(), address.as_str());
            let key = address.key();
            prop_assert_eq!(folded(key.as_str()), key.as_str());
            prop_assert_eq!(key.as_str().matches('@').count(), 1);
            prop_assert_eq!(EmailAddress::new(address.as_str()).unwrap(), address);
        }
    }

    #[test]
    fn no_text_is_too_strange_to_be_judged(text in any::<String>()) {
        if let Err(error) = EmailAddress::new(&text) {
            prop_assert!(!error.to_string().contains(char::is_control));
        }
    }
}
