#![expect(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;

use super::split_list;
use crate::domain::address::EmailAddress;

/// The entries of a list as `name <address>`.
fn entries(text: &str) -> Vec<String> {
    let shown = |name: Option<String>| name.map_or(String::new(), |name| format!("{name} "));
    split_list(text)
        .map(|entry| format!("{}<{}>", shown(entry.name.map(|name| name.as_str().to_owned())), entry.address))
        .collect()
}

#[test]
fn lists_are_split_as_people_paste_them() {
    for (text, expected) in [
        ("jane@example.com", &["<jane@example.com>"][..]),
        (
            "a@x.org,b@x.org;c@x.org d@x.org\ne@x.org\tf@x.org\r\n",
            &["<a@x.org>", "<b@x.org>", "<c@x.org>", "<d@x.org>", "<e@x.org>", "<f@x.org>"],
        ),
        ("Jane Doe <jane@x.org>; Joe <joe@x.org>", &["Jane Doe <jane@x.org>", "Joe <joe@x.org>"]),
        (
            "Jane <jane@x.org> Joe Roe <joe@x.org> <kim@x.org>",
            &["Jane <jane@x.org>", "Joe Roe <joe@x.org>", "<kim@x.org>"],
        ),
        (
            "\"Doe, Jane\" <jane@x.org>, \"O\\\"Neil; Jim\"<jim@x.org>",
            &["Doe, Jane <jane@x.org>", "O Neil; Jim <jim@x.org>"],
        ),
        (
            "Doe, Jane <jane@x.org>; Müller-Lüdenscheidt, Zoë <zoe@x.org>",
            &["Doe, Jane <jane@x.org>", "Müller-Lüdenscheidt, Zoë <zoe@x.org>"],
        ),
        ("a@x.org Jane Doe <jane@x.org>", &["<a@x.org>", "Jane Doe <jane@x.org>"]),
        ("a@x.org \"Doe, Jane\" <jane@x.org>", &["<a@x.org>", "Doe, Jane <jane@x.org>"]),
        ("jane@x.org <jane@x.org>", &["<jane@x.org>"]),
        ("a@x.org jane@x.org <Jane@x.org>", &["<a@x.org>", "<Jane@x.org>"]),
        ("a@x.org <b@x.org>", &["<a@x.org>", "<b@x.org>"]),
        (
            "mailto:jane@x.org?subject=hi, <mailto:joe%2Bx@x.org>, MAILTO:100%@x.org",
            &["<jane@x.org>", "<joe+x@x.org>", "<100%@x.org>"],
        ),
        (
            "'jane@x.org' (joe@x.org), \"kim@x.org, lee@x.org\". [max@x.org]!",
            &["<jane@x.org>", "<joe@x.org>", "<kim@x.org>", "<lee@x.org>", "<max@x.org>"],
        ),
        ("<a@x.org, b@x.org>", &["<a@x.org>", "<b@x.org>"]),
        ("\u{FEFF}• a@x.org\n- b@x.org\n\n ; ,, \t|", &["<a@x.org>", "<b@x.org>"]),
        (
            "山田太郎 <taro@x.org>、花子 <hanako@x.org>，a@x.org",
            &["山田太郎 <taro@x.org>", "花子 <hanako@x.org>", "<a@x.org>"],
        ),
    ] {
        assert_eq!(entries(text), expected, "{text:?}");
    }
}

#[test]
fn garbage_becomes_entries_that_can_be_refused() {
    for (text, expected) in [
        ("", &[][..]),
        ("jane.example.com joe@x.org", &["<jane.example.com>", "<joe@x.org>"]),
        ("Jane Doe, joe@x.org", &["<Jane Doe>", "<joe@x.org>"]),
        ("jane.x.org, Joe <joe@x.org>", &["<jane.x.org>", "Joe <joe@x.org>"]),
        ("<>", &["<>"]),
        ("<jane@x.org", &["<jane@x.org>"]),
        ("Jane <jane@x.org <joe@x.org>", &["Jane <jane@x.org>", "<joe@x.org>"]),
        (
            "\"never closed a@x.org, b@x.org <c@x.org>\nd@x.org",
            &["<never closed>", "<a@x.org>", "<b@x.org>", "<c@x.org>", "<d@x.org>"],
        ),
        ("\"a@x.org b@x.org <c@x.org>", &["<a@x.org>", "<b@x.org>", "<c@x.org>"]),
        ("jane\u{202E}@x.org", &["<jane\u{202E}@x.org>"]),
        ("Ja\u{200B}ne <jane@x.org>", &["<jane@x.org>"]),
        ("@ @@ <<<>>>", &["<@>", "<@@>", "<>"]),
    ] {
        assert_eq!(entries(text), expected, "{text:?}");
    }
}

#[test]
fn an_entry_keeps_its_text() {
    let texts: Vec<_> = split_list("a@x.org \"Doe, Jane\" <jane@x.org> x y").map(|entry| entry.text).collect();
    assert_eq!(texts, ["a@x.org".into(), "\"Doe, Jane\" <jane@x.org>".into(), Box::<str>::from("x y")]);
}

#[test]
fn a_hostile_list_takes_no_longer_than_its_length() {
    for unit in ["<", "\"", "\" ", "\"a\" ", "\\\"", "@", "a,", "\"\\", "<a@b ", " ", "\" <"] {
        let text = unit.repeat(300_000 / unit.len());
        assert!(split_list(&text).count() <= text.len(), "{unit}");
    }
}

proptest! {
    #[test]
    fn joined_addresses_come_apart(
        parts in prop::collection::vec(
            (0_usize..6, prop::sample::select(vec![",", ";", " ", "\n", "\t", ", ", " ; ", "\r\n", ",\n", "\n\n", ";;", "  "])),
            0..40,
        ),
    ) {
        let mut text = String::new();
        for (number, (form, separator)) in parts.iter().enumerate() {
            let address = format!("user{number}@example.com");
            text.push_str(&match form {
                0 => address,
                1 => format!("<{address}>"),
                2 => format!("Jane Doe <{address}>"),
                3 => format!("\"Doe, Jane; <x>\" <{address}>"),
                4 => format!("mailto:{address}"),
                _ => format!("{address} <{address}>"),
            });
            text.push_str(separator);
        }
        let split: Vec<_> = split_list(&text).map(|entry| EmailAddress::new(&entry.address).unwrap().as_str().to_owned()).collect();
        let expected: Vec<_> = (0..parts.len()).map(|number| format!("user{number}@example.com")).collect();
        prop_assert_eq!(split, expected, "{}", text);
    }

    #[test]
    fn every_letter_of_a_list_is_in_some_entry(text in "[a-z@<>\", ;\\\\\n.é']{0,60}") {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let entries: String = split_list(&text).map(|entry| entry.text).collect();
        prop_assert_eq!(letters(&entries), letters(&text));
    }
}
