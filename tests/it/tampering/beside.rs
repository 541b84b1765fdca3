//! What stands beside the log: messages, failed sign-ins, the note of the newest entry.
use rolodeck::ledger::fault::Fault;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::Secret;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use super::{Copy, after};
use crate::desk::Weather;
use crate::signin::house::{BO, WRONG};

#[test]
fn messages_and_counts_that_were_damaged_are_found() {
    for statements in [
        "UPDATE outbox SET tries = 0 WHERE state = 'waiting' AND tries > 0",
        "UPDATE outbox SET last_error = NULL WHERE last_error IS NOT NULL",
        "UPDATE outbox SET state = 'sent', seal = NULL",
        "DELETE FROM outbox WHERE state = 'sent'",
    ] {
        assert_eq!(after(statements).word(), "damaged delivery", "{statements}");
    }
    for statements in [
        "UPDATE attempt SET failures = 0",
        "UPDATE attempt SET paused_until = last",
        "UPDATE stranger SET tries = 0",
        "UPDATE stranger SET noted = '2020-01-01T00:00:00.000Z'",
    ] {
        assert_eq!(after(statements).word(), "damaged attempt", "{statements}");
    }
}

#[test]
fn reading_refuses_what_was_damaged() {
    let copy = Copy::new();
    let forger = copy.forge();
    forger.sql("UPDATE outbox SET tries = 7; UPDATE attempt SET failures = 0; UPDATE stranger SET tries = 0");
    forger.done();
    let mut store = Store::open(copy.path()).unwrap();
    assert!(matches!(store.deliveries(), Err(Fault::Damaged { .. })));
    assert!(matches!(store.waiting(jiff::Timestamp::MAX, 10), Err(Fault::Damaged { .. })));
    let weather = Weather::new();
    weather.wait(jiff::SignedDuration::from_hours(1_000));
    let mut prove =
        |address| signin::prove(&mut store, &weather.outside(), &Cost::least().unwrap(), address, &Secret::from(WRONG));
    assert!(matches!(prove(BO), Err(Fault::Damaged { .. })));
    assert!(matches!(prove("somebody.else@hollin.example.com"), Err(Fault::Damaged { .. })));
}

#[test]
fn the_note_of_the_newest_entry_must_be_true() {
    let older = after("UPDATE log_head SET (seq, hash) = (SELECT seq, hash FROM log WHERE seq = 7)");
    assert_eq!(older.word(), "row changed", "{older}");
    assert_eq!(after("DELETE FROM log_head").word(), "row changed");
    assert_eq!(after("UPDATE log_head SET hash = zeroblob(32)").word(), "computed anew");
    assert_eq!(after("UPDATE log_head SET seq = 99").word(), "tail cut");
}
