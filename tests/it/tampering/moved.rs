//! Entries are swapped, taken out, edited, or computed anew.
use jiff::SignedDuration;
use rolodeck::ledger::store::{Finding, examine};

use super::forger::Forger;
use super::{Copy, ENTRIES, after};
use crate::signin::house::House;

/// What is found after the log was written in another way.
#[track_caller]
fn rewritten(change: impl FnOnce(&mut Forger)) -> Finding {
    let copy = Copy::new();
    let mut forger = copy.forge();
    change(&mut forger);
    forger.write();
    forger.done();
    copy.finding(&[])
}

#[test]
fn entries_that_were_swapped_are_reordered() {
    for (one, other) in [(4, 5), (1, 2), (5, 20), (2, ENTRIES - 1), (ENTRIES - 1, ENTRIES)] {
        let swap = |forger: &mut Forger| {
            forger.log.swap(one as usize - 1, other as usize - 1);
            forger.renumber();
        };
        let found = rewritten(swap);
        let right = matches!(found, Finding::Reordered { seq, stands } if (seq, stands) == (one, other));
        assert!(right && found.word() == "reordered", "{one} and {other}: {found}");
        // With new links, so that each names the one before it.
        let found = rewritten(|forger| {
            swap(forger);
            link(forger);
        });
        assert!(matches!(found, Finding::Reordered { seq, .. } if seq == one), "{one} and {other}: {found}");
    }
}

/// Lets every entry name the one that stands before it.
fn link(forger: &mut Forger) {
    let hashes: Vec<_> = forger.log.iter().map(|(header, _)| header.hash).collect();
    forger.log.iter_mut().skip(1).zip(hashes).for_each(|((header, _), hash)| header.previous = hash);
}

#[test]
fn an_entry_that_was_taken_out_is_missing() {
    for seq in [1, 2, 17, ENTRIES - 1] {
        let found = rewritten(|forger| drop(forger.log.remove(seq as usize - 1)));
        assert!(matches!(found, Finding::Missing { seq: missing } if missing == seq), "{found}");
        let found = rewritten(|forger| {
            forger.log.remove(seq as usize - 1);
            forger.renumber();
        });
        assert!(matches!(found, Finding::Missing { seq: missing } if missing == seq), "renumbered: {found}");
        let found = rewritten(|forger| {
            forger.log.remove(seq as usize - 1);
            forger.renumber();
            link(forger);
        });
        assert!(matches!(found, Finding::Missing { seq: missing } if missing == seq), "linked: {found}");
        assert_eq!(found.word(), "missing");
    }
}

#[test]
fn an_entry_that_was_edited_is_named() {
    let edited = |seq, statements: &str| {
        let found = after(statements);
        assert!(matches!(found, Finding::Edited { seq: named, .. } if named == seq), "{statements}: {found}");
        assert_eq!(found.word(), "edited");
    };
    edited(5, "UPDATE log SET command = 'harmless' WHERE seq = 5");
    edited(6, "UPDATE log SET outcome = 'nonsense' WHERE seq = 6");
    edited(6, "UPDATE log SET at = at || ' ' WHERE seq = 6");
    edited(7, "UPDATE log SET previous = zeroblob(32) WHERE seq = 7");
    edited(4, "UPDATE log SET hash = zeroblob(32) WHERE seq = 4");
    edited(1, "UPDATE log_body SET bytes = CAST(bytes || ' ' AS BLOB) WHERE seq = 1 AND n = 3");
    edited(1, "UPDATE log_body SET kind = 'usher' WHERE seq = 1 AND n = 3");
    edited(1, "UPDATE log_body SET n = 900 WHERE seq = 1 AND n = 3");
    edited(1, "UPDATE log_body SET version = -1 WHERE seq = 1 AND n = 3");
    edited(
        1,
        "INSERT INTO log SELECT 0, at, randomblob(16), command, outcome, actor, NULL, NULL, NULL, previous, hash FROM log WHERE seq = 1",
    );
    edited(1, "INSERT INTO log_body SELECT -5, n, kind, id, version, salt, bytes, hash FROM log_body WHERE seq = 1");
}

#[test]
fn an_entry_that_got_a_hash_of_its_own_is_known_by_the_next() {
    let found = rewritten(|forger| {
        let genuine = forger.log[9].clone();
        forger.log[8].0.command = "harmless".into();
        forger.compute();
        forger.log.truncate(9);
        forger.log.push(genuine);
    });
    assert!(matches!(found, Finding::Edited { seq: 9, .. }), "{found}");
}

#[test]
fn a_log_that_was_computed_anew_is_not_the_one_that_was_signed() {
    let house = House::on_disk();
    let path = house.path().to_path_buf();
    let known = house.store.checkpoint(house.now()).unwrap();
    drop(house.store);
    let copy = Copy::of(&std::fs::read(&path).unwrap());
    let early = rolodeck::ledger::checkpoint::Checkpoint { seq: 1, ..known };
    let mut forger = copy.forge();
    let early = rolodeck::ledger::checkpoint::Checkpoint { head: forger.log[0].0.hash, ..early };
    let session = forger.log[1].1.iter_mut().find(|body| &*body.kind == "session").unwrap();
    session.bytes = Some(b"{}".to_vec());
    forger.compute();
    forger.write();
    // The note of the newest entry is not what was computed anew.
    let noted: i64 = forger.raw.query_row("SELECT seq FROM log_head", [], |row| row.get(0)).unwrap();
    assert_eq!(noted as u64, known.seq);
    forger.done();
    assert_eq!(copy.word(&[]), "computed anew");
    let forger = copy.forge();
    forger.note_head();
    forger.done();

    examine(copy.path(), &[]).unwrap();
    let found = copy.finding(&[known]);
    assert!(matches!(found, Finding::ComputedAnew { after: 0, seq, .. } if seq == known.seq), "{found}");
    assert_eq!(found.word(), "computed anew");
    // The entry before it is the one that was signed; its digest of rows was not computed here.
    assert_eq!(copy.word(&[early]), "wrong checkpoint");
}

#[test]
fn a_time_before_the_entry_in_front_is_a_clock_that_ran_backwards() {
    let copy = Copy::new();
    let mut forger = copy.forge();
    // Without the entry that blanked, whose hashes would have to be forged, too.
    forger.log.truncate(ENTRIES as usize - 1);
    let before = forger.log[9].0.at;
    forger.log[10].0.at = before - SignedDuration::from_mins(1);
    forger.compute();
    forger.write().note_head();
    forger.done();
    let found = copy.finding(&[]);
    assert!(matches!(found, Finding::Clock { seq: 11, .. }), "{found}");
    assert_eq!(found.word(), "clock backwards");
}
