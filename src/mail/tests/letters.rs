//! What the letters say, read back by somebody else's parser.
use mail_parser::{MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::super::text_of;
use super::*;

/// The headers that a message has, and the only ones.
const HEADERS: [&str; 9] = [
    "From",
    "To",
    "Date",
    "Message-ID",
    "Subject",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

fn parsed(message: &Message) -> mail_parser::Message<'_> {
    MessageParser::default().parse(message.eml()).unwrap()
}

fn header_names(message: &Message) -> Vec<String> {
    let eml = String::from_utf8(message.eml().to_vec()).unwrap();
    let (headers, _) = eml.split_once("\r\n\r\n").unwrap();
    headers
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split_once(':').unwrap().0.to_owned())
        .collect()
}

fn body(message: &Message) -> String {
    text_of(message.eml()).unwrap()
}

#[test]
fn the_code_for_an_address_says_what_it_is_for_and_how_long_it_works() {
    let message = written(&verification());
    assert_eq!(parsed(&message).subject(), Some("Verify your e-mail address for rolodeck"));
    let body = body(&message);
    assert!(body.starts_with("Hello Ana Nováková,\n"), "{body}");
    assert!(body.contains("\n    483920\n"), "{body}");
    assert!(body.contains("for 15 minutes, until 23 November 2026, 06:55 UTC."), "{body}");
    assert!(body.contains("We will never ask you"), "{body}");
}

#[test]
fn the_code_is_in_the_body_only() {
    let eml = String::from_utf8(written(&verification()).eml().to_vec()).unwrap();
    let (headers, _) = eml.split_once("\r\n\r\n").unwrap();
    assert!(!headers.contains("483920"), "a locked telephone shows the subject");
}

#[test]
fn an_invitation_says_who_what_until_when_and_how() {
    let message = written(&invite("ben@example.com", invitation()));
    assert_eq!(parsed(&message).subject(), Some("Invitation to Example Holding on rolodeck"));
    let body = body(&message);
    for part in [
        "Ana Nováková (ana@example.com) invites you",
        "\n    Example Holding\n",
        "Your roles there:\n\n  - Payments\n  - Viewer\n",
        "Start rolodeck",
        "\"Accept an invitation\"",
        "until 30 November 2026, 06:40 UTC:\n\n    RLX7-QM2A-PV9D\n",
        "We will never ask you for a code or a passphrase",
    ] {
        assert!(body.contains(part), "{part:?} is missing in\n{body}");
    }
    let plain = Invitation { inviter: "Ana".to_owned(), ..invitation() };
    let eml = written(&invite("ben@example.com", plain)).eml().to_vec();
    let raw = String::from_utf8(eml).unwrap();
    assert!(raw.contains("Encoding: 7bit"), "in ASCII, the file itself can be read:\n{raw}");
    assert!(!body.contains(['{', '}']), "a place was not filled in:\n{body}");
}

#[test]
fn headers_are_complete_and_say_who_when_and_which() {
    let message = written(&verification());
    assert_eq!(header_names(&message), HEADERS);
    let parsed = parsed(&message);
    let from = parsed.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Example Treasury"), Some("treasury@example.com")));
    let to = parsed.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Ana Nováková"), Some("ana@example.com")));
    assert_eq!(parsed.date().unwrap().to_rfc3339(), NOW);
    assert_eq!(parsed.message_id(), Some("07070707070707070707070707070707@example.com"));
    assert_eq!(parsed.content_type().and_then(|t| t.attribute("charset")), Some("utf-8"));
}

#[test]
fn the_same_letter_written_twice_is_the_same_message() {
    assert_eq!(written(&verification()), written(&verification()));
}

#[test]
fn a_message_does_not_show_its_code_in_a_log() {
    let shown = format!("{:?} {:?}", verification(), written(&verification()));
    assert!(!shown.contains("483920") && shown.contains("ana@example.com"), "{shown}");
}

#[test]
fn a_long_list_of_roles_stays_readable() {
    let roles = (1..=200).map(|n| format!("Payments of entity {n}")).collect();
    let body = body(&written(&invite("ben@example.com", Invitation { roles, ..invitation() })));
    assert!(body.contains("  - Payments of entity 30\n  - and 170 more\n"), "{body}");
}

#[test]
fn names_of_any_script_arrive() {
    for organization in ["株式会社テスト", "Ťažké písmená a.s.", "مجموعة الاختبار", "Tést 🏦 Bank"]
    {
        let message =
            written(&invite("ben@example.com", Invitation { organization: organization.to_owned(), ..invitation() }));
        assert!(parsed(&message).subject().unwrap().contains(organization));
        assert!(body(&message).contains(organization));
        assert!(message.eml().is_ascii());
    }
}

#[test]
fn a_name_that_adds_a_header_is_shown_instead() {
    let mut letter = verification();
    letter.name = Some("Ana\r\nBcc: eve@example.com".to_owned());
    let message = written(&letter);
    assert_eq!(header_names(&message), HEADERS);
    assert!(parsed(&message).bcc().is_none());
    let greeting = format!("Hello Ana{}Bcc: eve@example.com,\n", shown("\r\n"));
    assert!(body(&message).starts_with(&greeting));
}

#[test]
fn an_organization_whose_name_is_an_encoded_word_is_shown_as_typed() {
    let organization = "=?utf-8?b?4oCuZXZpbA==?=";
    let message =
        written(&invite("ben@example.com", Invitation { organization: organization.to_owned(), ..invitation() }));
    let subject = parsed(&message).subject().unwrap().to_owned();
    assert_eq!(subject, "Invitation to <U+003D>?utf-8?b?4oCuZXZpbA=<U+003D>?= on rolodeck");
}

#[test]
fn a_signed_text_arrives_as_it_was_signed() {
    let note = "rolodeck/0198c0de-0000-7000-8000-000000000001\n41\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n\n\
                — rolodeck/0198c0de-0000-7000-8000-000000000001 "
        .to_owned()
        + &"Qk1=".repeat(30)
        + "\n";
    let checkpoint = Checkpoint {
        organization: "Acme =?utf-8?b?4oCuZXZpbA=?=\nHello {note}".to_owned(),
        seq: 41,
        at: at(NOW),
        note: note.clone(),
        key: "rolodeck/0198c0de-0000-7000-8000-000000000001+c74f20a3+ARpc".to_owned(),
    };
    let letter = Letter { to: "auditor@example.com".to_owned(), name: None, content: Content::Checkpoint(checkpoint) };
    let message = written(&letter);
    assert_eq!(header_names(&message), HEADERS);
    let read = parsed(&message).body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(body(&message).trim_end(), read.trim_end());
    let ruler = "-".repeat(60) + "\n";
    assert_eq!(read.split(&ruler).nth(1), Some(&*note));
    assert!(read.contains("on 23 November 2026, 06:40 UTC, when its newest entry was number 41."), "{read}");
    assert!(read.contains("+c74f20a3+ARpc\n"), "{read}");
}

#[test]
fn an_organization_cannot_write_lines_of_the_letter() {
    let organization = "Acme\n\nHow to accept:\n\n 1. Open https://evil.example/".to_owned();
    let body = body(&written(&invite("ben@example.com", Invitation { organization, ..invitation() })));
    assert_eq!(body.matches("\nHow to accept:\n").count(), 1, "{body}");
}

#[test]
fn a_recipient_that_is_not_an_address_is_refused_with_a_reason() {
    let refusal = invite("ben@example.com\r\nBcc: eve@example.com", invitation())
        .write(&Postmark { sender: &sender(), now: at(NOW), random: [7; 16] })
        .unwrap_err();
    assert_eq!(refusal.code(), "mail-address");
    let address = format!("ben@example.com{}Bcc: eve@example.com", shown("\r\n"));
    assert_eq!(refusal.to_string(), format!("No message can be addressed to {address}."));
}

#[test]
fn a_time_before_1970_does_not_end_the_program() {
    let postmark = Postmark { sender: &sender(), now: Timestamp::MIN, random: [7; 16] };
    assert!(verification().write(&postmark).is_ok());
    let postmark = Postmark { sender: &sender(), now: Timestamp::MAX, random: [7; 16] };
    assert!(verification().write(&postmark).is_ok());
}

/// Anything that somebody could type, with what hurts mail more often than chance would have it.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("\r\nBcc: eve@example.com\r\n\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\n.\r\n".to_owned()),
        Just("=?utf-8?q?=0D=0ABcc:_eve?=".to_owned()),
        Just("\"<>,;:\\".to_owned()),
        Just("\u{202e}\u{200b}\u{feff}\u{e0041}\u{85}\u{2028}".to_owned()),
        Just("{code}".to_owned()),
        "[ -~]{0,2000}",
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_is_typed_the_message_is_well_formed(
        organization in hostile(),
        inviter in hostile(),
        inviter_address in hostile(),
        name in hostile(),
        roles in proptest::collection::vec(hostile(), 0..5),
    ) {
        let invitation = Invitation { organization, inviter, inviter_address, roles, ..invitation() };
        let mut letter = invite("ben@example.com", invitation);
        letter.name = Some(name);
        let message = written(&letter);

        let eml = std::str::from_utf8(message.eml()).unwrap();
        prop_assert!(eml.is_ascii());
        prop_assert_eq!(header_names(&message), HEADERS);
        for line in eml.split("\r\n") {
            prop_assert!(!line.contains(['\r', '\n']), "a line end that is none: {:?}", line);
            prop_assert!(line.len() <= 998, "a line of {} characters", line.len());
        }

        let parsed = parsed(&message);
        let recipients: Vec<_> = parsed.to().unwrap().iter().filter_map(|a| a.address()).collect();
        prop_assert_eq!(recipients, ["ben@example.com"]);
        let subject = parsed.subject().unwrap();
        prop_assert!(!subject.chars().any(char::is_control), "{:?}", subject);

        let theirs = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        let ours = body(&message);
        prop_assert_eq!(ours.trim_end(), theirs.trim_end());
        prop_assert_eq!(theirs.matches("\n    RLX7-QM2A-PV9D\n").count(), 1);
    }

    #[test]
    fn no_address_ends_the_program_or_adds_a_header(to in hostile()) {
        let postmark = Postmark { sender: &sender(), now: at(NOW), random: [7; 16] };
        if let Ok(message) = invite(&to, invitation()).write(&postmark) {
            prop_assert_eq!(header_names(&message), HEADERS);
        }
    }
}
