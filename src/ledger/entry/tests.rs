//! Entries and their hashes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::domain::access::Person;
use crate::domain::id::{EntityId, RoleId, SessionId, UserId};
use crate::domain::org::Org;
use crate::domain::organization::Entity;
use crate::domain::row::{Difference, Row};
use crate::outside::Outside;

fn at() -> Timestamp {
    "2026-03-02T09:30:00.5Z".parse().unwrap()
}

fn outside() -> Outside {
    Outside::new(at, |bytes| bytes.fill(7))
}

fn entity(name: &str) -> Row {
    Row::Entity(Entity { id: EntityId::from_uuid(Uuid::from_u128(9)), name: name.parse().unwrap(), parent: None })
}

fn entry() -> Entry {
    let mut org = Org::default();
    org.put(entity("Nordics"));
    let person = Person { user: UserId::from_uuid(Uuid::from_u128(1)), role: RoleId::from_uuid(Uuid::from_u128(2)) };
    let stamp = Stamp::person(person, Some(SessionId::from_uuid(Uuid::from_u128(3))));
    Draft::new("create_entity", Outcome::Done, stamp)
        .with("command", &json!({ "name": "Nordics" }))
        .with_difference(&Difference::between(&Org::default(), &org))
        .unwrap()
        .seal(&Head::START, at(), &outside())
}

fn fitting(entry: &Entry) -> crate::domain::user::Digest {
    let mut seal = Seal::new(&entry.header);
    entry.bodies.iter().for_each(|body| seal.add(body.version, &body.hash));
    seal.finish()
}

#[test]
fn a_sealed_entry_continues_the_head_and_fits_its_hashes() {
    let entry = entry();
    assert_eq!((entry.header.seq, entry.header.previous), (1, Head::START.hash));
    assert_eq!(fitting(&entry), entry.header.hash);
    for (n, body) in entry.bodies.iter().enumerate() {
        assert_eq!(body.n as usize, n);
        assert_eq!(body.fitting_hash(), body.hash);
    }
    let next = Draft::new("sign_out", Outcome::Done, entry.header.actor).seal(&entry.header.head(), at(), &outside());
    assert_eq!((next.header.seq, next.header.previous), (2, entry.header.hash));
}

/// The hashes of what was once written must be computed alike for ever.
#[test]
fn the_hashes_do_not_change_with_the_program() {
    let mut first = entry();
    for body in &mut first.bodies {
        body.version = 1;
        body.hash = body.fitting_hash();
    }
    assert_eq!(fitting(&first).to_string(), "f72161abe5ae832b47e13761d4a738921eac147542f448a728fa2a4f893fecf4");
    assert_eq!(first.bodies[1].hash.to_string(), "e6d1f2677d4f7ed99161471cf94b3fdfdf9ad878703e3195964fbbc7e5c8f965");
    let entry = entry();
    assert_eq!(entry.header.hash.to_string(), "7fb6a68a3e23336a7c652192dccb3ced0b585490a8f7bb7534280199127581dd");
    assert_eq!(entry.bodies[0].hash.to_string(), "c45b49ae471eb921caabc7a573883863c52229715b46d13e42be2568df9a79fe");
    assert_eq!(entry.bodies[1].hash.to_string(), "4ba3c5b45819ff36299893e550c8c132741922bae28d04e6fb8765099ba7bb51");
    let gone = Body { bytes: None, ..entry.bodies[1].clone() };
    assert_eq!(gone.fitting_hash().to_string(), "6c89e784b54fa49a85edd3e8f321087aa2f791b8561a085563f982554acdfdab");
}

/// Whoever blanks the name leaves a hash that the rest and the old inner hash still make.
#[test]
fn the_hash_of_a_body_has_a_part_that_blanking_leaves_alone() {
    let body = entry().bodies[0].clone();
    let says = |text: &str| Body { bytes: Some(text.into()), salt: [1; 16], ..body.clone() };
    let hash = |text: &str| says(text).hash_around(&body.inner());
    assert_eq!(hash(r#"{"name":"Nordics"}"#), body.hash);
    assert_eq!(hash(r#"{ "name" : "Erased" }"#), body.hash);
    for text in
        [r#"{"name":1}"#, r#"{"name":"Nordics","more":0}"#, r#"{"nbme":"Nordics"}"#, r#"{"name":""}{}"#, "{}", ""]
    {
        assert_ne!(hash(text), body.hash, "{text}");
    }
    assert_ne!(says(r#"{"name":"Nordics"}"#).inner(), body.inner(), "the salt");
    assert!(says(r#"{"name":"Erased"}"#).can_be_left());
    // Another form of the same, or a field that is there twice, is nothing that blanking leaves.
    for text in [r#"{"name": "Erased"}"#, r#"{"name":"","name":"Erased"}"#, r#"{"name":"Erased"#] {
        assert!(!says(text).can_be_left(), "{text}");
    }
    let things = Body { kind: "role".into(), ..says(r#"{"name":"Erased"}"#) };
    assert!(!things.can_be_left());
}

/// Frames are written with the fields of every object in order, whatever the order is in which they stand in a body.
#[test]
fn the_frame_has_its_fields_in_order() {
    let body = entry().bodies[0].clone();
    let hash = |text: &str| Body { bytes: Some(text.into()), ..body.clone() }.hash_around(&body.inner());
    let told = r#"{"b":[{"é":1,"z":2}],"a":"\u0007","name":"x"}"#;
    assert_eq!(hash(told), hash(r#"{"name":"y","a":"\u0007","b":[{"z":2,"\u00e9":1}]}"#));
    let value: serde_json::Value = serde_json::from_str(told).unwrap();
    assert_eq!(value.to_string(), r#"{"a":"\u0007","b":[{"z":2,"é":1}],"name":"x"}"#);
}

/// An entry says of which version its bodies are, so that nobody can pass a body off as one of the first version.
#[test]
fn the_hash_of_an_entry_covers_the_versions_of_its_bodies() {
    let entry = entry();
    for version in [0, 1, 3] {
        let mut changed = entry.clone();
        changed.bodies[0].version = version;
        assert_ne!(fitting(&changed), entry.header.hash, "{version}");
    }
}

#[test]
fn the_hash_covers_every_field_of_the_header() {
    let entry = entry();
    let changes: [fn(&mut Header); 10] = [
        |header| header.seq = 2,
        |header| header.at += jiff::SignedDuration::from_millis(1),
        |header| header.id = crate::domain::id::EntryId::from_uuid(Uuid::from_u128(5)),
        |header| header.command = "create_entitz".into(),
        |header| header.outcome = Outcome::Refused,
        |header| header.actor.kind = StampKind::Nobody,
        |header| header.actor.user = None,
        |header| header.actor.role = header.actor.user.map(|user| RoleId::from_uuid(user.uuid())),
        |header| header.actor.session = None,
        |header| header.previous.0[31] ^= 1,
    ];
    for (n, change) in changes.into_iter().enumerate() {
        let mut changed = entry.clone();
        change(&mut changed.header);
        assert_ne!(fitting(&changed), entry.header.hash, "change {n}");
    }
}

#[test]
fn the_hash_covers_every_body_and_their_order() {
    let entry = entry();
    let changes: [fn(&mut Vec<Body>); 3] = [|bodies| bodies.swap(0, 1), |bodies| bodies.truncate(1), Vec::clear];
    for change in changes {
        let mut changed = entry.clone();
        change(&mut changed.bodies);
        assert_ne!(fitting(&changed), entry.header.hash);
    }
}

#[test]
fn the_hash_of_a_body_covers_every_field() {
    let body = entry().bodies[1].clone();
    let changes: [fn(&mut Body); 6] = [
        |body| body.kind = "account".into(),
        |body| body.id = None,
        |body| body.version = 3,
        |body| body.salt[0] ^= 1,
        |body| body.bytes = None,
        |body| body.bytes = Some(Vec::new()),
    ];
    let mut hashes = vec![body.hash];
    for change in changes {
        let mut changed = body.clone();
        change(&mut changed);
        hashes.push(changed.fitting_hash());
    }
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), 7);
}

#[test]
fn a_body_tells_its_row() {
    let bodies = entry().bodies;
    assert_eq!(bodies[0].row().unwrap(), None);
    let (name, row) = bodies[1].row().unwrap().unwrap();
    assert_eq!((name, row), (entity("Nordics").row_id(), Some(entity("Nordics"))));
    let gone = Body { bytes: None, ..bodies[1].clone() };
    assert_eq!(gone.row().unwrap(), Some((name, None)));
}

#[test]
fn a_body_that_cannot_be_read_says_why() {
    let body = entry().bodies[1].clone();
    let why = |body: Body| body.row().unwrap_err().to_string();
    assert_eq!(why(Body { id: None, ..body.clone() }), "it does not say which row it is about");
    assert_eq!(why(Body { id: Some(Uuid::nil()), ..body.clone() }), "it is about another row than it says");
    assert_eq!(why(Body { version: 9, ..body.clone() }), "it has version 9, which is not known here");
    assert!(why(Body { bytes: Some(b"{".to_vec()), ..body }).starts_with("it cannot be read"));
}

#[test]
fn times_are_written_with_milliseconds_and_lose_nothing() {
    let text = |time: &str| time_text(time.parse().unwrap());
    assert_eq!(text("2026-03-02T09:30:00Z"), "2026-03-02T09:30:00.000Z");
    assert_eq!(text("2026-03-02T11:30:00.25+02:00"), "2026-03-02T09:30:00.250Z");
    assert_eq!(text("2026-03-02T09:30:00.123456789Z"), "2026-03-02T09:30:00.123456789Z");
}

#[test]
fn outcomes_and_actors_keep_their_stored_words() {
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::coded(outcome.code()), Some(outcome));
    }
    for kind in [StampKind::Person, StampKind::Founder, StampKind::Invitee, StampKind::System, StampKind::Nobody] {
        assert_eq!(StampKind::named(kind.name()), Some(kind));
    }
    assert_eq!(Outcome::coded("forgotten"), None);
}
