//! What somebody changed last, read from the log, with the rows as they were before and after.
use std::collections::BTreeSet;

use super::entry::{Header, Outcome};
use super::fault::Fault;
use super::query::{Direction, Query, Span, Who};
use super::store::Store;
use crate::command::Command;
use crate::domain::id::UserId;
use crate::domain::row::{self, Kind, Row, RowId};

/// Entries that are read at once.
const PAGE: usize = 32;

/// Steps that a page may take.
const BUDGET: u32 = 2_000;

/// What is noted with somebody's name and changes nothing that they would take back.
const NOTES: [&str; 2] = ["look_at_code", "prove_address"];

/// An entry with the rows that it changed.
#[derive(Debug)]
pub struct OwnChange {
    /// The entry.
    pub header: Header,
    /// The rows, before and after.
    pub changes: Vec<row::Change>,
}

/// The newest change of a user that was neither undone nor is an undoing itself.
///
/// # Errors
/// When the file cannot be read.
pub fn last_own_change(store: &Store, user: UserId) -> Result<Option<OwnChange>, Fault> {
    let outcomes = vec![Outcome::Done, Outcome::Requested, Outcome::Approved, Outcome::Rejected];
    let query = Query { who: Some(Who::User(user)), outcomes, ..Query::default() };
    let mut undone = BTreeSet::new();
    let mut from = store.head().seq + 1;
    loop {
        let span = Span { direction: Direction::Older, from, limit: PAGE, budget: BUDGET };
        let found = store.trail(&query, &span, |_, _| true)?;
        for header in found.headers {
            if header.outcome == Outcome::Done && &*header.command == "undo" {
                undone.extend(undone_by(store, header.seq)?);
                continue;
            }
            if undone.contains(&header.seq) || NOTES.contains(&&*header.command) {
                continue;
            }
            let changes = changes(store, header.seq)?;
            if !changes.is_empty() {
                return Ok(Some(OwnChange { header, changes }));
            }
        }
        match found.rest {
            Some(rest) => from = rest,
            None => return Ok(None),
        }
    }
}

/// The entry that an undoing undid.
fn undone_by(store: &Store, seq: u64) -> Result<Option<u64>, Fault> {
    let bodies = store.bodies(seq)?;
    let command = bodies.iter().find(|body| &*body.kind == "command").and_then(|body| body.bytes.as_deref());
    let command = command.and_then(|bytes| serde_json::from_slice::<Command>(bytes).ok());
    Ok(match command {
        Some(Command::Undo(undo)) => Some(undo.entry),
        _ => None,
    })
}

/// The rows of an entry, before and after.
fn changes(store: &Store, seq: u64) -> Result<Vec<row::Change>, Fault> {
    let mut changes = Vec::new();
    for body in store.bodies(seq)? {
        let Some((kind, id)) = Kind::named(&body.kind).zip(body.id) else { continue };
        let row = RowId { kind, id };
        let before = store.body_before(seq, row)?.and_then(|body| body.bytes);
        let read = |bytes: Option<Vec<u8>>| bytes.map(|bytes| Row::from_json(kind, &bytes)).transpose();
        let pair = read(before).and_then(|before| Ok((before, read(body.bytes)?)));
        let (before, after) =
            pair.map_err(|error| Fault::Inconsistent(format!("a row of entry {seq} cannot be read: {error}")))?;
        changes.push(row::Change { row, before, after });
    }
    Ok(changes)
}
