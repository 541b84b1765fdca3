//! Somebody who knows all formulas appends an erasure that rewrites history, and a genuine erasure beside it.
use rolodeck::command::{ErasePerson, RemoveUser, RenameRole};
use rolodeck::domain::address::EmailAddress;
use rolodeck::domain::id::UserId;
use rolodeck::domain::organization::Nature;
use rolodeck::ledger::entry::Redaction;
use rolodeck::ledger::store::{Finding, Store, examine};
use serde_json::{Value, json};

use super::forger::Forger;
use super::{Copy, ENTRIES};
use crate::signin::house::{ADA, CY, House};

/// The first body of this kind that says this.
fn place(forger: &Forger, kind: &str, says: &str) -> (u64, u32) {
    let bodies = forger.log.iter().flat_map(|(header, bodies)| bodies.iter().map(|body| (header.seq, body)));
    let mut found = bodies.filter(|(_, body)| {
        let text = body.bytes.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        &*body.kind == kind && text.contains(says)
    });
    found.next().map(|(seq, body)| (seq, body.n)).unwrap_or_else(|| panic!("no {kind} says {says}"))
}

/// What is found when this is called a redaction: with and without a checkpoint from before, which still fits.
#[track_caller]
fn forged(kind: &str, says: &str, change: impl Fn(&mut Value)) {
    let copy = Copy::new();
    let known = copy.checkpoint();
    let mut forger = copy.forge();
    let place = place(&forger, kind, says);
    let before = forger.log[place.0 as usize - 1].1[place.1 as usize].bytes.clone();
    forger.redact(place, |_, value| change(value));
    let after = forger.log[place.0 as usize - 1].1[place.1 as usize].clone();
    assert_ne!(before, after.bytes, "nothing was changed");
    forger.done();
    for checkpoints in [&[][..], &[known]] {
        let found = copy.finding(checkpoints);
        assert!(matches!(found, Finding::Edited { seq, .. } if seq == place.0), "{kind}: {found}");
    }
}

#[test]
fn an_erasure_that_rewrites_anything_but_texts_about_people_is_found() {
    forged("role", "Payer", |role| role["grants"] = json!({ "simple": ["basic_access"] }));
    forged("role", "Payer", |role| role["name"] = "Erased person".into());
    forged("user", CY, |user| user["roles"] = json!([]));
    forged("user", CY, |user| user["status"] = "removed".into());
    forged("user", CY, |user| user["joined"] = "2020-01-01T00:00:00Z".into());
    forged("invitation", "guest", |invitation| invitation["roles"] = json!([invitation["id"].clone()]));
    forged("invitation", "guest", |invitation| invitation["attempt"] = 7.into());
    forged("command", "invite_users", |command| command["roles"] = json!([command["by"].clone()]));
    forged("command", "deactivate_user", |command| command["user"] = command["by"].clone());
    forged("command", "rename_role", |command| command["role"] = "erased-7@erased.invalid".into());
    forged("change_request", "edit_organization", |request| {
        request["parked"]["json"]["domains"] = json!(["evil.example"])
    });
    forged("change_request", "edit_organization", |request| request["told"]["lines"][0]["field"] = "Roles".into());
    forged("change_request", "edit_organization", |request| request["by"]["user"] = request["by"]["role"].clone());
    forged("organization", "Hollin", |organization| organization["nature"] = "sample".into());
    forged("session", "", |facts| facts["more"] = 1.into());
    forged("command", "create_role", |command| command["more"] = json!([]));
}

/// Rows of people lose their names and get no others.
#[test]
fn an_erasure_that_gives_somebody_another_name_is_found() {
    for (kind, says) in [("user", CY), ("invitation", "guest")] {
        forged(kind, says, |row| row["name"] = "Somebody Else".into());
        forged(kind, says, |row| row["address"] = "else@hollin.example.com".into());
        forged(kind, says, |row| {
            let user: uuid::Uuid = row["id"].as_str().unwrap().parse().unwrap();
            row["address"] = EmailAddress::erased(UserId::from_uuid(user)).as_str().into();
            row["name"] = "Somebody Else".into();
        });
    }
}

/// A body of the first version has no frame, so that nobody must be able to pass one off as such.
#[test]
fn nothing_is_proved_by_calling_it_older() {
    for version in [0, 1, 3] {
        let copy = Copy::new();
        let mut forger = copy.forge();
        let (seq, n) = place(&forger, "user", CY);
        forger.log[seq as usize - 1].1[n as usize].version = version;
        forger.redact((seq, n), |_, user| user["roles"] = json!([]));
        forger.done();
        let found = copy.finding(&[]);
        assert!(matches!(found, Finding::Edited { seq: found, .. } if found == seq), "{version}: {found}");
    }
}

#[test]
fn only_entries_that_erase_somebody_say_what_they_blank() {
    for command in ["rename_role", "erase_everything"] {
        let copy = Copy::new();
        let mut forger = copy.forge();
        forger.append(command, Redaction::KIND, Some(b"[]".to_vec()));
        forger.done();
        let found = copy.finding(&[]);
        assert!(matches!(found, Finding::Edited { seq, .. } if seq == ENTRIES + 1), "{found}");
    }
    let copy = Copy::new();
    let mut forger = copy.forge();
    forger.append("erase_person", Redaction::KIND, Some(b"[]".to_vec()));
    forger.done();
    examine(copy.path(), &[]).unwrap();
}

/// An inner hash that is no longer the first one, or is missing, makes another hash than the body was appended with.
#[test]
fn an_entry_must_name_the_first_inner_hash() {
    for lie in [Some(7), None] {
        let copy = Copy::new();
        let mut forger = copy.forge();
        let place = place(&forger, "user", CY);
        forger.blank(&[place]);
        let (header, bodies) = forger.log.last().unwrap().clone();
        let mut lines = Redaction::read(&bodies[0]).unwrap();
        lines[0].inner = lie.map(|byte| rolodeck::domain::user::Digest([byte; 32]));
        forger.sql(&format!("DELETE FROM log_body WHERE seq = {0}; DELETE FROM log WHERE seq = {0}", header.seq));
        forger.log.pop();
        forger.append("erase_person", Redaction::KIND, Some(json!(lines).to_string().into_bytes()));
        forger.done();
        let found = copy.finding(&[]);
        assert!(matches!(found, Finding::Edited { seq, .. } if seq == place.0), "{found}");
    }
}

/// Closes the file, so that another tool can have it.
fn closed(house: &mut House) -> std::path::PathBuf {
    let path = house.path().to_path_buf();
    house.store = Store::in_memory(Nature::Real).unwrap();
    path
}

#[test]
fn a_file_with_bodies_of_the_first_version_goes_on() {
    let mut house = House::on_disk();
    let user = house.user(CY);
    let path = closed(&mut house);
    let mut forger = Forger::over(&path);
    forger.turn_back();
    let old = forger.log.len();
    forger.done();
    let before = examine(&path, &[]).unwrap();
    assert_eq!(before.head.seq, old as u64);

    house.store = Store::open(&path).unwrap();
    let mut follower = Store::open(&path).unwrap();
    let known = house.store.checkpoint(house.store.head().at).unwrap();
    let ada = house.person(ADA);
    house.run(&ada, RenameRole { role: house.role("Spare"), name: "Since".parse().unwrap() }).unwrap();
    house.run(&ada, RemoveUser { user }).unwrap();
    follower.catch_up().unwrap();
    let (by, at) = (ada.person().user, house.now());
    house.run(&ada, ErasePerson { user, by, at }).unwrap();
    follower.catch_up().unwrap();
    assert_eq!(follower.head(), house.store.head());
    assert!(follower.fold(follower.head().seq).unwrap().user(user).unwrap().is_erased());
    let last = house.store.head().seq;
    let told = house.store.bodies(last).unwrap();
    let told =
        told.iter().filter(|body| &*body.kind == Redaction::KIND).flat_map(|body| Redaction::read(body).unwrap());
    let (first, since): (Vec<_>, Vec<_>) = told.partition(|line| line.seq <= old as u64);
    assert!(!first.is_empty() && first.iter().all(|line| line.inner.is_none()));
    assert!(!since.is_empty() && since.iter().all(|line| line.inner.is_some()));
    drop(follower);
    closed(&mut house);
    let proof = examine(&path, &[known]).unwrap();
    assert_eq!((proof.head.seq, proof.redactions, proof.believed), (last, first.len() + since.len(), first.len()));
    assert_eq!(
        Store::open(&path).unwrap().fold(old as u64).unwrap().user(user).unwrap().name.as_str(),
        "Erased person"
    );

    // What is new there is proved as anywhere.
    let mut forger = Forger::over(&path);
    forger.redact(place(&forger, "role", "Since"), |_, role| role["name"] = "Erased person".into());
    forger.done();
    assert_eq!(examine(&path, &[]).unwrap_err().word(), "edited");
}
