//! The end of the log is cut off, or an older file is put back.
use rolodeck::ledger::store::{Finding, examine};
use rusqlite::Connection;

use super::{Copy, ENTRIES, after};
use crate::signin::house::{ADA, House};

/// Cuts so many entries off, with or without their parts, and with or without noting another newest entry.
fn cut(count: u64, noted: bool) -> Copy {
    let copy = Copy::new();
    let mut forger = copy.forge();
    let last = ENTRIES - count;
    forger.sql(&format!("DELETE FROM log_body WHERE seq > {last}; DELETE FROM log WHERE seq > {last}"));
    forger.log.truncate(last as usize);
    if noted {
        forger.note_head();
    }
    forger.done();
    copy
}

#[test]
fn a_tail_that_was_cut_off_is_missed() {
    for count in 1..=ENTRIES {
        let found = cut(count, false).finding(&[]);
        assert!(matches!(found, Finding::TailCut { last, .. } if last == ENTRIES - count), "{count}: {found}");
        assert_eq!(found.word(), "tail cut");
    }
}

#[test]
fn whoever_cuts_the_note_as_well_is_told_on_by_the_tables() {
    // The newest entry blanked something; the one before it filed a request.
    for count in 1..ENTRIES {
        assert_eq!(cut(count, true).word(&[]), "tail cut", "{count}");
    }
}

#[test]
fn a_checkpoint_knows_the_entries_that_were_cut_off() {
    let known = Copy::new().checkpoint();
    assert_eq!(known.seq, ENTRIES);
    for count in 1..ENTRIES {
        assert_eq!(cut(count, false).word(&[known]), "tail cut", "{count}");
        assert_eq!(cut(count, true).word(&[known]), "tail cut", "{count}");
    }
}

#[test]
fn parts_that_are_left_of_entries_tell_of_them() {
    let found = after(&format!(
        "DELETE FROM log WHERE seq = {ENTRIES}; UPDATE log_head SET (seq, hash) = (SELECT seq, hash FROM log ORDER BY seq DESC)"
    ));
    assert!(matches!(found, Finding::TailCut { last, .. } if last == ENTRIES - 1), "{found}");
}

/// The file as it is on the disk when everybody has closed it.
fn closed(house: &House) -> Copy {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.db");
    Connection::open(house.path()).unwrap().execute("VACUUM INTO ?1", [path.to_str().unwrap()]).unwrap();
    Copy::of(&std::fs::read(path).unwrap())
}

#[test]
fn yesterdays_file_is_whole_and_a_checkpoint_knows_better() {
    let mut house = House::on_disk();
    let yesterday = closed(&house);
    let early = yesterday.checkpoint();
    house.person(ADA);
    house.person(ADA);
    let today = closed(&house);
    let late = today.checkpoint();
    assert_eq!(late.seq, early.seq + 2);

    examine(yesterday.path(), &[]).unwrap();
    examine(yesterday.path(), &[early]).unwrap();
    let found = yesterday.finding(&[late, early]);
    assert!(matches!(found, Finding::OlderCopy { last, known } if (last, known) == (early.seq, late.seq)), "{found}");
    assert_eq!(found.word(), "older copy");
    let proof = examine(today.path(), &[late, early]).unwrap();
    assert_eq!(proof.checkpoints, [early, late]);
    assert_eq!((proof.head.seq, proof.head.hash), (late.seq, late.head));
    assert!(proof.organization.is_some_and(|organization| organization.id == late.organization));

    // Sign-ins change no row, so cutting them off cleanly is the same as putting the older copy back.
    let mut forger = today.forge();
    forger.sql(&format!("DELETE FROM log_body WHERE seq > {0}; DELETE FROM log WHERE seq > {0}", early.seq));
    forger.log.truncate(early.seq as usize);
    forger.note_head();
    forger.done();
    examine(today.path(), &[early]).unwrap();
    assert_eq!(today.word(&[late]), "older copy");
}
