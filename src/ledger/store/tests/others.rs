//! Several programs at one file.
#![expect(clippy::unwrap_used, reason = "tests")]
use std::thread;
use std::time::Duration;

use super::desk::*;
use crate::domain::org::Org;
use crate::domain::row::{Difference, Row};
use crate::ledger::entry::{Draft, Outcome, Stamp, StampKind};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secrets;
use crate::ledger::store::{Moved, Store};

#[test]
fn what_another_program_appends_is_followed() {
    let (_folder, path, mut ours) = on_disk();
    let mut theirs = Store::open(&path).unwrap();
    assert_eq!(ours.catch_up().unwrap(), Moved::Not);
    change(&mut theirs, |org| {
        org.put(Row::Invitation(invitation(1, "bo@example.com")));
        org.put(Row::Role(role(2, "Reader", simple())));
    });
    change(&mut theirs, |org| org.remove(invitation_id(1).into()));
    assert_eq!(ours.catch_up().unwrap(), Moved::Log);
    assert_same(&ours.org(), &theirs.org());
    assert_eq!(ours.head(), theirs.head());
    assert_eq!(ours.catch_up().unwrap(), Moved::Not);
}

#[test]
fn a_reader_follows_and_cannot_write() {
    let (_folder, path, mut writer) = on_disk();
    let mut reader = Store::open_read_only(&path).unwrap();
    change(&mut writer, |org| org.put(Row::User(user(2, "Bo Ek", "bo@example.com"))));
    assert_eq!(reader.catch_up().unwrap(), Moved::Log);
    assert_same(&reader.org(), &writer.org());
    assert!(matches!(reader.begin().map(drop), Err(Fault::Io { .. })));
}

#[test]
fn what_is_written_beside_the_log_is_noticed() {
    let (_folder, path, mut ours) = on_disk();
    change(&mut ours, |org| org.put(Row::Invitation(invitation(1, "bo@example.com"))));
    let mut theirs = Store::open(&path).unwrap();
    theirs.sent(invitation_id(1), now(), now()).unwrap();
    let head = ours.head();
    assert_eq!(ours.catch_up().unwrap(), Moved::Beside);
    assert_eq!(ours.head(), head);
}

#[test]
fn a_connection_that_got_stuck_is_left_for_another_one() {
    let (_folder, path, mut ours) = on_disk();
    let mut reader = Store::open_read_only(&path).unwrap();
    let mut theirs = Store::open(&path).unwrap();
    change(&mut theirs, |org| org.put(Row::Invitation(invitation(1, "bo@example.com"))));
    for store in [&mut ours, &mut reader] {
        store.connect_anew().unwrap();
        assert_eq!(store.catch_up().unwrap(), Moved::Log, "what others did meanwhile is not missed");
        assert_same(&store.org(), &theirs.org());
        assert_eq!(store.catch_up().unwrap(), Moved::Not);
    }
    change(&mut ours, |org| org.remove(invitation_id(1).into()));
    assert_eq!(theirs.catch_up().unwrap(), Moved::Log);
    assert!(matches!(reader.begin().map(drop), Err(Fault::Io { .. })), "what was opened for reading stays so");
}

#[test]
fn a_file_that_is_away_for_a_while_is_found_again() {
    let (folder, path, mut ours) = on_disk();
    let mut reader = Store::open_read_only(&path).unwrap();
    let away = folder.path().join("away.db");
    drop(Store::open(&path).unwrap());
    std::fs::rename(&path, &away).unwrap();
    for store in [&mut ours, &mut reader] {
        assert!(store.connect_anew().is_err());
        assert!(store.catch_up().is_err());
        assert!(store.begin().map(drop).is_err());
    }
    std::fs::rename(&away, &path).unwrap();
    change(&mut ours, |org| org.put(Row::Invitation(invitation(1, "bo@example.com"))));
    assert_eq!(reader.catch_up().unwrap(), Moved::Log);
    assert!(matches!(reader.begin().map(drop), Err(Fault::Io { .. })));
}

#[test]
fn programs_that_append_in_turn_keep_one_chain() {
    let (_folder, path, mut ours) = on_disk();
    let mut theirs = Store::open(&path).unwrap();
    for n in 1..=10 {
        change(&mut ours, |org| org.put(Row::Invitation(invitation(n, &format!("a{n}@example.com")))));
        change(&mut theirs, |org| org.put(Row::Invitation(invitation(100 + n, &format!("b{n}@example.com")))));
    }
    assert_eq!(theirs.head().seq, 21);
    assert_eq!(theirs.org().invitations().len(), 20);
    ours.catch_up().unwrap();
    assert_kept(&ours);
}

#[test]
fn what_is_not_committed_never_happened() {
    let (_folder, path, mut ours) = on_disk();
    let mut theirs = Store::open(&path).unwrap();
    change(&mut theirs, |org| org.put(Row::Role(role(3, "Payer", simple()))));
    let mut writing = ours.begin().unwrap();
    assert!(writing.org().role(role_id(3)).is_some());
    let mut after = Org::clone(&writing.org());
    after.put(Row::Role(role(4, "Lost", simple())));
    let difference = Difference::between(&writing.org(), &after);
    let draft = Draft::new("test", Outcome::Done, Stamp::of(StampKind::System)).with_difference(&difference).unwrap();
    let entry = draft.seal(&writing.head(), now(), &outside());
    writing.append(entry, &difference, after, &Secrets::none()).unwrap();
    assert!(writing.org().role(role_id(4)).is_some());
    drop(writing);
    assert!(ours.org().role(role_id(4)).is_none());
    assert_eq!(ours.head(), theirs.head());
    assert_kept(&ours);
    change(&mut theirs, |org| org.put(Row::Role(role(4, "Found", simple()))));
}

#[test]
fn a_file_that_another_program_holds_is_in_use() {
    let (_folder, path, store) = on_disk();
    drop(store);
    let mut store = Store::open_within(&path, Duration::ZERO).unwrap();
    let other = stranger(&path);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(store.begin().map(drop), Err(Fault::Locked { .. })));
    other.execute_batch("ROLLBACK").unwrap();
    change(&mut store, |org| org.put(Row::Role(role(3, "Payer", simple()))));
}

/// The system drops all locks of a process on a file as soon as it closes the file once, however often it has
/// it open. Without its lock, another process that ends would clear away the WAL under our feet.
#[cfg(target_os = "linux")]
#[test]
fn opening_a_file_twice_and_closing_it_once_keeps_its_locks() {
    use std::os::unix::fs::MetadataExt;
    let (_folder, path, _store) = on_disk();
    let file = format!(":{} ", path.metadata().unwrap().ino());
    // The table is read in pieces, and lines slip through between them while others lock and unlock.
    let seen = || std::fs::read_to_string("/proc/locks").unwrap().lines().any(|lock| lock.contains(&file));
    let locked = || (0..100).any(|_| seen());
    assert!(locked());
    drop(Store::open(&path).unwrap());
    drop(Store::open_read_only(&path).unwrap());
    assert!(locked());
}

#[test]
fn sixteen_writers_lose_nothing() {
    const WRITERS: u128 = 16;
    const EACH: u128 = 6;
    let (_folder, path, mut ours) = on_disk();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap();
                for n in 0..EACH {
                    let row = invitation(writer * 100 + n, &format!("w{writer}n{n}@example.com"));
                    change(&mut store, |org| org.put(Row::Invitation(row)));
                }
            });
        }
    });
    ours.catch_up().unwrap();
    assert_eq!(ours.head().seq, 1 + (WRITERS * EACH) as u64);
    assert_eq!(ours.org().invitations().len(), (WRITERS * EACH) as usize);
    assert_kept(&ours);
}

#[test]
fn a_file_that_went_back_in_time_is_not_followed() {
    let (_folder, path, mut ours) = on_disk();
    change(&mut ours, |org| org.put(Row::Invitation(invitation(1, "bo@example.com"))));
    let other = stranger(&path);
    let mut guards =
        other.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'log%kept'").unwrap();
    let guards: Vec<String> = guards.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    other.execute_batch("DROP TRIGGER log_is_kept; DROP TRIGGER log_body_is_kept").unwrap();
    other.execute_batch("DELETE FROM log_body WHERE seq = 2; DELETE FROM log WHERE seq = 2").unwrap();
    guards.iter().for_each(|guard| other.execute_batch(guard).unwrap());
    assert!(matches!(ours.catch_up(), Err(Fault::Parted { seq: 2, .. })));
    assert!(matches!(ours.begin().map(drop), Err(Fault::Parted { seq: 2, .. })));
    assert!(matches!(ours.sent(invitation_id(1), now(), now()), Err(Fault::Parted { .. })));
    drop(ours);
    assert_eq!(Store::open(&path).unwrap().head().seq, 1);
}
