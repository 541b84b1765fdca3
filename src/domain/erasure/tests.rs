//! What is left of texts, rows and commands.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Traces;
use crate::domain::address::EmailAddress;
use crate::domain::id::UserId;
use crate::domain::name::{PersonName, Reason};
use crate::domain::org::Org;
use crate::domain::row::Row;
use crate::domain::user::{User, UserStatus};

fn user(name: &str, address: &str) -> User {
    User {
        id: UserId::from_uuid(Uuid::from_u128(7)),
        name: name.parse().unwrap(),
        address: address.parse().unwrap(),
        roles: [].into_iter().collect(),
        status: UserStatus::Removed,
        joined: "2026-03-02T09:30:00Z".parse().unwrap(),
        code_seen_by: [].into(),
        apart: [].into(),
        deactivated: None,
    }
}

fn of(name: &str, address: &str) -> Traces {
    Traces::of(&user(name, address))
}

fn left(name: &str, text: &str) -> String {
    of(name, "anna@example.com").prose(text).unwrap_or_else(|| text.to_owned())
}

const ADDRESS: &str = "erased-000000000007@erased.invalid";

#[test]
fn what_is_left_of_an_address_is_one() {
    for id in [0, 7, u128::MAX] {
        let erased = EmailAddress::erased(UserId::from_uuid(Uuid::from_u128(id)));
        assert_eq!(EmailAddress::new(erased.as_str()).unwrap(), erased);
        assert!(erased.is_erased());
    }
    assert!(!EmailAddress::new("erased-7@example.com").unwrap().is_erased());
    assert_eq!(PersonName::new("Erased person").unwrap(), PersonName::erased());
}

#[test]
fn names_are_whole_words() {
    for (name, text, expected) in [
        ("Ann", "give Ann, Anna and Joann “Ann”", "give Erased person, Anna and Joann “Erased person”"),
        ("Ann", "Ann-Marie and ann and Ann's", "Ann-Marie and ann and Erased person's"),
        ("Ann", "Ann.Berg@example.com. Ann. Ann", "Ann.Berg@example.com. Erased person. Erased person"),
        ("Anna \"Ace\" (CEO)", "User Anna \"Ace\" (CEO) left", "User Erased person left"),
        ("a.*b[c]$^", "a.*b[c]$^ and aXb[c]", "Erased person and aXb[c]"),
        ("Élise Ångström", "remove Élise Ångström", "remove Erased person"),
        ("美咲", "佐藤美咲さん", "佐藤Erased personさん"),
        ("раураl", "User раураl <scripts: Cyrillic, Latin>", "User Erased person"),
        ("Bo", "nobody", "nobody"),
    ] {
        assert_eq!(left(name, text), expected, "{name}");
    }
}

#[test]
fn addresses_are_found_in_any_case_and_others_stay() {
    for (text, expected) in [
        ("Invitation Anna@EXAMPLE.com, twice", format!("Invitation {ADDRESS}, twice")),
        ("“anna@example.com.”", format!("“{ADDRESS}.”")),
        ("'anna@example.com' anna@example.com's", format!("'{ADDRESS}' {ADDRESS}'s")),
        ("joanna@example.com x.anna@example.com", "joanna@example.com x.anna@example.com".into()),
        ("anna@example.com.au anna@example.community", "anna@example.com.au anna@example.community".into()),
        ("anna+x@example.com anna@example.co", "anna+x@example.com anna@example.co".into()),
    ] {
        assert_eq!(left("Zoe Zimmer", text), expected);
    }
}

fn blanked(traces: &Traces, kind: &str, id: u128, mut value: Value) -> Option<Value> {
    traces.blank(kind, Some(Uuid::from_u128(id)), &mut value).then_some(value)
}

#[test]
fn rows_of_others_keep_their_names() {
    let traces = of("Anna Berg", "anna@example.com");
    let row = |id: u128, address: &str| json!({ "id": Uuid::from_u128(id), "name": "Anna Berg", "address": address });
    let own = blanked(&traces, "user", 7, row(7, "ANNA@example.com")).unwrap();
    assert_eq!((&own["name"], &own["address"]), (&json!("Erased person"), &json!(ADDRESS)));
    assert_eq!(blanked(&traces, "user", 8, row(8, "other@example.com")), None);
    let twin = blanked(&traces, "user", 8, row(8, "anna@example.com")).unwrap();
    assert_eq!((&twin["name"], &twin["address"]), (&json!("Anna Berg"), &json!(ADDRESS)));
    assert_eq!(blanked(&traces, "role", 9, json!({ "name": "Anna Berg" })), None);
}

#[test]
fn names_are_learned_from_invitations_and_acceptances_of_the_address() {
    let mut traces = of("Anna Berg", "anna@example.com");
    let (mine, other) = (Uuid::from_u128(21), Uuid::from_u128(22));
    let people = json!([
        { "id": mine, "address": "ａnna@Example.com", "name": "Annie B" },
        { "id": other, "address": "bo@example.com", "name": "Bo" },
    ]);
    traces.learn("command", None, &json!({ "command": "invite_users", "people": people }));
    let accept = |invitation: Uuid, name: &str| json!({ "command": "accept_invitation", "invitation": invitation, "user": Uuid::from_u128(99), "name": name });
    traces.learn("command", None, &accept(mine, "Ana Burg"));
    traces.learn("command", None, &accept(other, "Bo Boson"));
    let text = "Annie B, Ana Burg, ａnna@Example.com; Bo, Bo Boson";
    assert_eq!(traces.prose(text).unwrap(), format!("Erased person, Erased person, {ADDRESS}; Bo, Bo Boson"));
    let left = blanked(&traces, "command", 0, json!({ "command": "invite_users", "people": people })).unwrap();
    assert_eq!(left["people"][0], json!({ "id": mine, "address": ADDRESS, "name": "Erased person" }));
    assert_eq!(left["people"][1], people[1]);
    assert_eq!(blanked(&traces, "command", 0, accept(mine, "Ana Burg")).unwrap()["name"], "Erased person");
    assert_eq!(blanked(&traces, "command", 0, accept(other, "Bo Boson")), None);
}

#[test]
fn whoever_invites_does_not_choose_what_is_forgotten() {
    let mut org = Org::default();
    let other = UserId::from_uuid(Uuid::from_u128(8));
    org.put(Row::User(User { id: other, ..user("Bo Boson", "bo@example.com") }));
    org.put(Row::User(User { id: UserId::from_uuid(Uuid::from_u128(10)), ..user("Anna Berg", "ab@example.com") }));
    let mut traces = of("Anna Berg", "anna@example.com").sparing(&org);
    for name in ["Bo Boson", "Annie"] {
        let invited = json!({ "id": Uuid::from_u128(21), "address": "anna@example.com", "name": name });
        traces.learn("invitation", Some(Uuid::from_u128(21)), &invited);
        let left = blanked(&traces, "invitation", 21, invited).unwrap();
        assert_eq!(left["name"], "Erased person");
    }
    // Her own name goes from sentences although somebody else has it, too.
    let left = traces.prose("Bo Boson, Annie and Anna Berg").unwrap();
    assert_eq!(left, "Bo Boson, Erased person and Erased person");
}

#[test]
fn facts_of_any_kind_are_texts() {
    let traces = of("Anna Berg", "anna@example.com");
    for kind in ["refusal", "session", "a kind to come"] {
        let left = blanked(&traces, kind, 0, json!({ "text": ["by Anna Berg"], "count": 3 })).unwrap();
        assert_eq!(left, json!({ "text": ["by Erased person"], "count": 3 }));
    }
    assert_eq!(blanked(&traces, "redaction", 0, json!(["Anna Berg"])), None);
    assert_eq!(blanked(&traces, "entity", 0, json!({ "name": "Anna Berg" })), None);
}

#[test]
fn what_a_thing_was_to_be_called_is_a_text_and_other_people_keep_their_names() {
    let traces = of("Anna Berg", "anna@example.com");
    let role = json!({ "command": "create_role", "role": Uuid::from_u128(3), "name": "Desk of Anna Berg" });
    assert_eq!(blanked(&traces, "command", 0, role).unwrap()["name"], "Desk of Erased person");
    let namesake =
        json!({ "command": "invite_users", "people": [{ "address": "ab@example.com", "name": "Anna Berg" }] });
    assert_eq!(blanked(&traces, "command", 0, namesake), None);
    let signs_up = json!({ "command": "accept_invitation", "user": Uuid::from_u128(9), "name": "Anna Berg" });
    assert_eq!(blanked(&traces, "command", 0, signs_up), None);
}

#[test]
fn a_reason_stays_one() {
    let traces = of("Bo", "bo@example.com");
    for length in [1, 20, 66] {
        let reason = ["Bo"; 66][..length].join(" ");
        Reason::new(&reason).unwrap();
        let body = json!({ "state": { "state": "rejected", "reason": reason } });
        let left = blanked(&traces, "change_request", 1, body).unwrap();
        let left = left["state"]["reason"].as_str().unwrap().to_owned();
        Reason::new(&left).unwrap();
        assert!(left.starts_with("Erased person") && !left.contains("Bo"), "{left}");
    }
}

#[test]
fn a_digest_that_could_confirm_a_guess_goes_with_the_words() {
    let mut traces = of("Anna Berg", "anna@example.com");
    let (digest, none) = ("ab".repeat(32), "0".repeat(64));
    let body = |subject: &str| {
        let lines = json!([{ "subject": subject, "field": "Name", "before": null, "after": "x" }]);
        json!({ "summary": "s", "told": { "digest": digest, "lines": lines, "access": [] }, "state": {} })
    };
    assert_eq!(blanked(&traces, "change_request", 5, body("User Bo")), None);
    let left = blanked(&traces, "change_request", 5, body("User Anna Berg")).unwrap();
    assert_eq!(
        (&left["told"]["lines"][0]["subject"], &left["told"]["digest"]),
        (&json!("User Erased person"), &json!(none))
    );
    let approval = json!({ "command": "approve_request", "request": Uuid::from_u128(5), "shown": digest });
    assert_eq!(blanked(&traces, "command", 0, approval.clone()), None);
    traces.learn_request(Uuid::from_u128(5));
    assert_eq!(blanked(&traces, "command", 0, approval).unwrap()["shown"], json!(none));
}

#[test]
fn the_quick_look_misses_nothing_however_it_is_written() {
    let traces = of("Zoë \"Z\" Ä", "zoë@bücher.example");
    for text in [
        r#"{"name":"Zo\u00eb \"Z\" \u00c4"}"#,
        r#"{"name":"Zoë \"Z\" Ä"}"#,
        r#"{"address":"zo\u00eb@b\u00fccher.example"}"#,
        r#"{"address":"ZOË@BÜCHER.example"}"#,
        r#"{"address":"zoë@xn--bcher-kva.example"}"#,
    ] {
        assert!(traces.may_stand_in(text), "{text}");
    }
    assert!(!traces.may_stand_in(r#"{"name":"Zoe","address":"zoe@example.com"}"#));
    assert!(of("Bo", "bo@example.com").may_be_reached_in(r#"{"address":"BO@Example.Com"}"#));
}

proptest! {
    #[test]
    fn nothing_of_a_name_is_left_as_a_word(name in "[a-z.*(\\[\"\\\\]{1,6}", texts in prop::collection::vec("[ab .,“”é-]{0,6}", 0..6)) {
        prop_assume!(PersonName::new(&name).is_ok() && !"Erased person".contains(&name));
        let text = texts.join(&format!(" {name} "));
        let traces = of(&name, "anna@example.com");
        let left = traces.prose(&text).unwrap_or(text);
        let again = traces.prose(&left);
        prop_assert!(again.is_none(), "{name:?} {left:?} {again:?}");
    }
}
