//! Reading the log.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use jiff::SignedDuration;

use super::desk::*;
use crate::domain::access::Person;
use crate::domain::organization::Nature;
use crate::domain::row::{Row, RowId};
use crate::ledger::entry::{Header, Outcome, Stamp, StampKind};
use crate::ledger::store::column::Number;
use crate::ledger::store::{Head, Store};

fn storied() -> Store {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    change(&mut store, |org| *org = small(Nature::Real));
    for name in ["Reader", "Looker", "Watcher", "Observer"] {
        change(&mut store, |org| org.put(Row::Role(role(2, name, simple()))));
    }
    store
}

fn numbers(headers: &[Header]) -> Vec<u64> {
    headers.iter().map(|header| header.seq).collect()
}

#[test]
fn a_new_log_starts_at_nothing() {
    let store = Store::in_memory(Nature::Real).unwrap();
    assert_eq!(store.head(), Head::START);
    assert_eq!(store.entries(0, 10).unwrap(), []);
    assert_eq!(store.verify().unwrap().head, Head::START);
}

#[test]
fn pages_run_both_ways() {
    let store = storied();
    assert_eq!(numbers(&store.entries(0, 3).unwrap()), [1, 2, 3]);
    assert_eq!(numbers(&store.entries(3, 3).unwrap()), [4, 5]);
    assert_eq!(numbers(&store.newest_before(u64::MAX, 3).unwrap()), [5, 4, 3]);
    assert_eq!(numbers(&store.newest_before(3, 3).unwrap()), [2, 1]);
    assert_eq!(numbers(&store.newest_before(1, 3).unwrap()), [0; 0]);
}

#[test]
fn each_entry_continues_the_one_before() {
    let store = storied();
    let entries = store.entries(0, 10).unwrap();
    assert_eq!(entries[0].previous, Head::START.hash);
    for pair in entries.windows(2) {
        assert_eq!(pair[1].previous, pair[0].hash);
    }
    assert_eq!(entries[4].head(), store.head());
}

#[test]
fn what_a_row_was_before_is_in_the_log() {
    let store = storied();
    let row = RowId::from(role_id(2));
    let body = &store.bodies(3).unwrap()[0];
    let Some((_, Some(Row::Role(after)))) = body.row().unwrap() else { unreachable!("a role") };
    assert_eq!(after.name.as_str(), "Looker");
    let before = store.body_before(3, row).unwrap().unwrap();
    let Some((_, Some(Row::Role(before)))) = before.row().unwrap() else { unreachable!("a role") };
    assert_eq!(before.name.as_str(), "Reader");
    assert_eq!(store.body_before(1, row).unwrap(), None);
}

#[test]
fn the_past_can_be_told() {
    let store = storied();
    let name = |seq| store.fold(seq).unwrap().role(role_id(2)).map(|role| role.name.as_str().to_owned());
    assert_eq!(name(0), None);
    assert_eq!(name(1).as_deref(), Some("Viewer"));
    assert_eq!(name(4).as_deref(), Some("Watcher"));
    assert_same(&store.fold(5).unwrap(), &store.org());
}

#[test]
fn the_last_sign_in_is_the_newest_that_succeeded() {
    let mut store = storied();
    let person = |n| Person { user: user_id(n), role: role_id(1) };
    let at = |minutes| now() + SignedDuration::from_mins(minutes);
    assert_eq!(store.last_sign_in(user_id(1), u64::MAX).unwrap(), None);
    note(&mut store, "sign_in", Outcome::Done, Stamp::person(person(1), None), at(1));
    note(&mut store, "sign_in", Outcome::Done, Stamp::person(person(1), None), at(2));
    note(&mut store, "sign_in", Outcome::Done, Stamp::person(person(2), None), at(3));
    note(&mut store, "sign_in", Outcome::Refused, Stamp::person(person(1), None), at(4));
    note(&mut store, "sign_out", Outcome::Done, Stamp::person(person(1), None), at(5));
    note(&mut store, "sign_in", Outcome::Refused, Stamp::of(StampKind::Nobody), at(6));
    assert_eq!(store.last_sign_in(user_id(1), u64::MAX).unwrap(), Some(at(2)));
}

#[test]
fn the_entry_of_a_moment_is_the_newest_that_is_not_after_it() {
    let mut store = storied();
    let founded = store.entries(0, 1).unwrap()[0].at;
    for minutes in [10, 10, 20] {
        note(
            &mut store,
            "sign_out",
            Outcome::Done,
            Stamp::of(StampKind::Nobody),
            founded + SignedDuration::from_mins(minutes),
        );
    }
    let all = store.entries(0, 100).unwrap();
    let at = |moment| store.head_at(moment).unwrap().map(|head| head.seq);
    assert_eq!(at(founded - SignedDuration::from_millis(1)), None);
    for header in &all {
        let last = all.iter().rev().find(|other| other.at <= header.at).unwrap().seq;
        assert_eq!(at(header.at), Some(last), "{header:?}");
    }
    let seq = all.len() as u64;
    assert_eq!(at(founded + SignedDuration::from_mins(15)), Some(seq - 1));
    assert_eq!(at(founded + SignedDuration::from_mins(500)), Some(seq));
    assert_eq!(Store::in_memory(Nature::Real).unwrap().head_at(founded).unwrap(), None);
}

#[test]
fn of_another_day_a_body_is_what_was_said_or_what_is_left_of_it() {
    let mut store = storied();
    let row = RowId::from(role_id(2));
    let named = |store: &Store, seq| store.org_at(seq).map(|org| org.role(role_id(2)).unwrap().name.to_string());
    assert_eq!(named(&store, 2).unwrap(), "Reader");
    assert_eq!(store.blanked().unwrap(), 0);
    let body = store.body_before(3, row).unwrap().unwrap();
    let mut left = body.clone();
    left.bytes = Some(String::from_utf8(body.bytes.unwrap()).unwrap().replace("Reader", "Nobody").into_bytes());
    note(&mut store, "sign_out", Outcome::Done, Stamp::of(StampKind::Nobody), now());
    let blank = "UPDATE log_body SET bytes = ?1 WHERE seq = 2 AND n = ?2";
    let change = rusqlite::params![left.bytes, left.n];
    assert!(store.conn.execute(blank, change).is_err(), "nobody was blanked");
    let newest = store.head().seq;
    let entry = rusqlite::params![left.n, Number(newest), body.hash, left.fitting_hash()];
    store.conn.execute("INSERT INTO redaction (seq, n, entry, old, new) VALUES (2, ?1, ?2, ?3, ?4)", entry).unwrap();
    store.conn.execute(blank, change).unwrap();
    assert_eq!(store.blanked().unwrap(), newest);
    assert_eq!(named(&store, 2).unwrap(), "Nobody", "what is left");
    assert_eq!(named(&store, 3).unwrap(), "Looker");

    let forged = rusqlite::params![b"{}".as_slice(), left.n];
    store.conn.execute(blank, forged).unwrap();
    let fault = named(&store, 2).unwrap_err().to_string();
    assert!(fault.contains("entry 2 of the log: part") && fault.contains("was changed"), "{fault}");
    assert!(store.org_later(&store.org_at(1).unwrap(), 1, 2).is_err());
    assert_eq!(named(&store, 3).unwrap(), "Looker", "it does not count there");
}
