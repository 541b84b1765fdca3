//! What blanking leaves alone, leaf by leaf.
#![expect(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Traces, can_be_blanked, frame};
use crate::domain::id::UserId;
use crate::domain::row::Kind;
use crate::domain::user::{User, UserStatus};

const KINDS: [&str; 9] =
    ["user", "invitation", "change_request", "command", "refusal", "session", "later", "role", "redaction"];

fn traces(name: &str) -> Traces {
    let mut traces = Traces::of(&User {
        id: UserId::from_uuid(Uuid::from_u128(7)),
        name: name.parse().unwrap(),
        address: "anna@example.com".parse().unwrap(),
        roles: [].into_iter().collect(),
        status: UserStatus::Removed,
        joined: "2026-03-02T09:30:00Z".parse().unwrap(),
        code_seen_by: [].into(),
        apart: [].into(),
        deactivated: None,
    });
    traces.learn_request(Uuid::from_u128(5));
    traces
}

/// The places of all leaves, and every value with another leaf there.
fn changed(value: &Value) -> Vec<(String, Vec<Value>)> {
    let below = |parts: Vec<(String, &Value)>, put: &dyn Fn(&str, Value) -> Value| -> Vec<(String, Vec<Value>)> {
        let under = |(name, part): (String, &Value)| {
            let put = |value| put(&name, value);
            let leaves = changed(part).into_iter();
            leaves
                .map(|(path, others)| (format!("/{name}{path}"), others.into_iter().map(put).collect()))
                .collect::<Vec<_>>()
        };
        parts.into_iter().flat_map(under).collect()
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let parts = fields.iter().map(|(name, field)| (name.clone(), field)).collect();
            below(parts, &|name, part| {
                let mut fields = fields.clone();
                fields.insert(name.into(), part);
                Value::Object(fields)
            })
        }
        Value::Array(items) if !items.is_empty() => {
            let parts = items.iter().enumerate().map(|(n, item)| (n.to_string(), item)).collect();
            below(parts, &|n, part| {
                let mut items = items.clone();
                if let Some(item) = items.get_mut(n.parse::<usize>().unwrap()) {
                    *item = part;
                }
                Value::Array(items)
            })
        }
        Value::String(text) => {
            vec![(String::new(), vec![json!(format!("{text}x")), json!("ann@example.com"), json!("")])]
        }
        Value::Number(number) => {
            vec![(String::new(), vec![json!(number.as_u64().unwrap() + 1), json!("1"), Value::Null])]
        }
        _ => vec![(String::new(), vec![json!(true), json!([]), json!({}), json!(0), json!("")])],
    }
}

/// Where a text may be another one and the frame stays.
fn free(kind: &str, value: &Value) -> Vec<String> {
    let framed = frame(kind, value.clone());
    let stays = |other: &Value| frame(kind, other.clone()) == framed;
    let places = changed(value).into_iter();
    places
        .filter(|(_, others)| others.iter().any(|other| other != value && stays(other)))
        .map(|(path, _)| path)
        .collect()
}

#[test]
fn of_rows_only_names_addresses_and_sentences_are_free() {
    let user = json!({
        "id": "0195", "name": "Anna", "address": "anna@example.com", "roles": ["01", "02"], "status": "removed",
        "joined": "2026-03-02T09:30:00Z", "code_seen_by": [], "apart": ["03"], "deactivated": { "by": { "name": "x" } },
    });
    assert_eq!(free("user", &user), ["/address", "/name"]);
    assert_eq!(free("invitation", &user), ["/address", "/name"]);
    assert_eq!(free("invitation", &json!({ "name": null, "address": "a@b", "attempt": 2 })), ["/address"]);
    for kind in Kind::ALL.map(Kind::name).into_iter().chain(["redaction"]) {
        let people = ["user", "invitation", "change_request"].contains(&kind);
        assert_eq!(can_be_blanked(kind), people, "{kind}");
        assert!(people || free(kind, &user).is_empty(), "{kind}");
    }
}

#[test]
fn of_a_request_only_what_people_read_is_free() {
    let request = json!({
        "id": "0195", "by": { "user": "01", "role": "02" }, "filed": "2026-03-02", "entry": 9, "area": "role_management",
        "command": "rename_role", "summary": "rename Anna's role", "told": {
            "digest": "ab", "more": 2, "access": ["Anna gains x"],
            "lines": [{ "subject": "Role “Anna”", "field": "Name", "before": null, "after": "B" }],
        },
        "state": { "state": "rejected", "by": { "user": "01", "role": "02" }, "at": "2026-03-03", "reason": "because" },
        "parked": { "version": 1, "json": { "command": "rename_role", "role": "02", "name": "B" } },
    });
    let places = [
        "/parked/json/name",
        "/state/reason",
        "/summary",
        "/told/access/0",
        "/told/digest",
        "/told/lines/0/after",
        "/told/lines/0/subject",
    ];
    assert_eq!(free("change_request", &request), places);
}

#[test]
fn of_a_command_ids_roles_permissions_scopes_and_times_stay() {
    let command = json!({
        "command": "invite_users", "by": "01", "at": "2026-03-02T09:30:00Z", "roles": ["01", "02"],
        "people": [{ "id": "03", "address": "a@example.com", "name": "A" }], "name": { "deep": ["B", 1] },
        "grants": { "advanced": ["roles:delete"] }, "scope": { "entities": ["04"] }, "note": "by a@example.com",
        "request": "05", "shown": "ab", "reason": "because", "first": 2, "all": false,
    });
    let places = ["/name/deep/0", "/note", "/people/0/address", "/people/0/name", "/reason", "/shown"];
    assert_eq!(free("command", &command), places);
    // An address is never exchanged for something else than one.
    let with = |by: &str| frame("command", json!({ "command": "x", "by": by }));
    assert_eq!(with("a@example.com"), with("b@example.com"));
    assert_ne!(with("a@example.com"), with("01"));
    assert_eq!(with("a@example.com"), json!({ "command": "x", "by": "" }));
}

#[test]
fn of_facts_texts_are_free_and_nothing_else() {
    let facts = json!({ "text": ["by Anna"], "count": 3, "more": { "a": null, "b": "c" } });
    for kind in ["refusal", "session", "a kind to come"] {
        assert_eq!(free(kind, &facts), ["/more/b", "/text/0"], "{kind}");
    }
}

/// Parts with the names of fields that mean something, and texts in which somebody may stand.
fn parts() -> impl Strategy<Value = Value> {
    let digest = "ab".repeat(32);
    let texts = prop::sample::select(vec![
        "Anna Berg".to_owned(),
        "role of Anna Berg, ANNA@example.com".into(),
        "Anna@Example.com".into(),
        "anna@example.com".into(),
        "bo@example.com".into(),
        Uuid::from_u128(5).to_string(),
        Uuid::from_u128(7).to_string(),
        "accept_invitation".into(),
        "approve_request".into(),
        digest,
        String::new(),
    ]);
    let names = prop::sample::select(vec![
        "name",
        "address",
        "summary",
        "told",
        "lines",
        "subject",
        "before",
        "after",
        "access",
        "digest",
        "state",
        "reason",
        "parked",
        "json",
        "command",
        "request",
        "shown",
        "user",
        "invitation",
        "id",
        "people",
        "text",
        "field",
        "roles",
    ]);
    let leaf =
        prop_oneof![6 => texts.prop_map(Value::from), 1 => any::<u8>().prop_map(Value::from), 1 => Just(Value::Null)];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let fields = prop::collection::vec((names.clone(), inner.clone()), 0..6);
        let object = fields.prop_map(|fields| {
            Value::Object(fields.into_iter().map(|(name, field)| (name.to_owned(), field)).collect::<Map<_, _>>())
        });
        prop_oneof![4 => object, 1 => prop::collection::vec(inner, 0..4).prop_map(Value::Array)]
    })
}

/// A request or command as they are, around such parts.
fn shaped() -> impl Strategy<Value = Value> {
    let part = || parts().boxed();
    let request = (part(), part(), part(), part()).prop_map(|(a, b, c, d)| {
        json!({
            "summary": a, "state": { "reason": b, "other": a }, "parked": { "json": d, "version": 1 },
            "told": { "digest": "ab", "lines": [{ "subject": a, "before": c, "after": b, "field": d }], "access": [c, b] },
        })
    });
    prop_oneof![parts(), request]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn blanking_leaves_the_frame_alone(
        value in shaped(), kind in prop::sample::select(KINDS.to_vec()),
        id in 4_u128..8, name in prop::sample::select(vec!["Anna Berg", "Berg", "B"]),
    ) {
        let (traces, mut left) = (traces(name), value.clone());
        let told = traces.blank(kind, Some(Uuid::from_u128(id)), &mut left);
        prop_assert!(told || left == value, "something was changed in silence");
        prop_assert_eq!(frame(kind, left), frame(kind, value.clone()));
        let framed = frame(kind, value.clone());
        prop_assert_eq!(frame(kind, framed.clone()), framed);
    }
}
