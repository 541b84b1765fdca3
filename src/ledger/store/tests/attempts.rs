//! Failed sign-ins are counted, pauses end, and strangers share an entry an hour.
#![expect(clippy::unwrap_used, reason = "tests")]
use super::desk::*;
use crate::domain::organization::Nature;
use crate::domain::user::Digest;
use crate::ledger::store::Store;

const ADA: Digest = Digest([1; 32]);
const BO: Digest = Digest([2; 32]);

#[test]
fn failures_are_counted_for_every_key_by_itself() {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    assert_eq!(store.count_try(&ADA, now()).unwrap(), 1);
    assert_eq!(store.count_try(&ADA, later(1)).unwrap(), 2);
    assert_eq!(store.count_try(&BO, later(2)).unwrap(), 1);
    store.clear_tries(&ADA).unwrap();
    assert_eq!(store.count_try(&ADA, later(3)).unwrap(), 1);
}

#[test]
fn a_pause_stands_until_it_is_cleared() {
    let (_folder, path, mut store) = on_disk();
    assert_eq!(store.paused_until(&ADA).unwrap(), None);
    store.count_try(&ADA, now()).unwrap();
    assert_eq!(store.paused_until(&ADA).unwrap(), None);
    store.pause(&ADA, later(30)).unwrap();
    assert_eq!(Store::open(&path).unwrap().paused_until(&ADA).unwrap(), Some(later(30)));
    store.count_try(&ADA, later(31)).unwrap();
    assert_eq!(store.paused_until(&BO).unwrap(), None);
    store.clear_tries(&ADA).unwrap();
    assert_eq!(store.paused_until(&ADA).unwrap(), None);
}

#[test]
fn old_failures_are_forgotten_unless_a_pause_still_runs() {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    let day = 24 * 60;
    store.count_try(&ADA, now()).unwrap();
    store.count_try(&BO, now()).unwrap();
    store.pause(&BO, later(3 * day)).unwrap();
    assert_eq!(store.count_try(&ADA, later(day)).unwrap(), 2);
    assert_eq!(store.count_try(&ADA, later(2 * day + 1)).unwrap(), 1);
    assert_eq!(store.paused_until(&BO).unwrap(), Some(later(3 * day)));
}

#[test]
fn strangers_share_an_entry_an_hour() {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    assert_eq!(store.count_stranger(now()).unwrap(), Some(1));
    assert_eq!(store.count_stranger(later(1)).unwrap(), None);
    assert_eq!(store.count_stranger(later(59)).unwrap(), None);
    assert_eq!(store.count_stranger(later(60)).unwrap(), Some(3));
    assert_eq!(store.count_stranger(later(61)).unwrap(), None);
    assert_eq!(store.count_stranger(later(200)).unwrap(), Some(2));
}

#[test]
fn a_clock_that_was_set_back_does_not_silence_the_entries() {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    assert_eq!(store.count_stranger(later(600)).unwrap(), Some(1));
    assert_eq!(store.count_stranger(now()).unwrap(), Some(1));
    assert_eq!(store.count_stranger(later(1)).unwrap(), None);
}
