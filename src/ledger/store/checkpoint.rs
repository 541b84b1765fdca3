//! What a checkpoint says, read from the log at one moment.
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::column::{Id, Number};
use super::failure::Attempt;
use super::file::Store;
use super::log;
use crate::domain::row::Kind;
use crate::domain::user::Digest;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::entry::rows_digest;
use crate::ledger::fault::Fault;

/// The next row of a kind behind an id: one step along the index, however often a row was changed.
const NEXT_ROW: &str = "SELECT id FROM log_body WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT 1";

/// The newest body of a row in an entry that was not refused.
const NEWEST_BODY: &str = "SELECT body.hash, body.bytes IS NULL \
     FROM log_body AS body INDEXED BY log_body_row CROSS JOIN log ON log.seq = body.seq \
     WHERE body.kind = ?1 AND body.id = ?2 AND body.seq <= ?3 AND log.outcome <> 'refused' \
     ORDER BY body.seq DESC, body.rowid DESC LIMIT 1";

impl Store {
    /// What is true of the log now: its newest entry, and the digest of every row as the log tells it. It believes what
    /// is stored; whether that fits is what verifying is for.
    ///
    /// # Errors
    /// When the file cannot be read, or there is no organization in it.
    pub fn checkpoint(&self, at: Timestamp) -> Result<Checkpoint, Fault> {
        let organization = self.org.organization().map(|row| row.id);
        let organization = organization.ok_or(Fault::Inconsistent("no organization was founded yet".into()))?;
        self.ask(|conn| {
            let snapshot = conn.unchecked_transaction()?;
            let head = log::newest(&snapshot)?;
            let rows = rows(&snapshot, head.seq)?;
            snapshot.finish()?;
            Ok(Checkpoint { organization, seq: head.seq, head: head.hash, rows, at: at.max(head.at) })
        })
    }
}

/// The digest of every row, as [`crate::ledger::checkpoint::RowHashes`] has it, without reading the whole log.
fn rows(conn: &Connection, upto: u64) -> Attempt<Digest> {
    let mut next = conn.prepare_cached(NEXT_ROW)?;
    let mut newest = conn.prepare_cached(NEWEST_BODY)?;
    let mut found: Vec<(&'static str, Uuid, Digest)> = Vec::new();
    for kind in Kind::ALL.map(Kind::name) {
        let mut last: Option<Uuid> = None;
        loop {
            let behind: &[u8] = last.as_ref().map_or(&[], |id| id.as_bytes());
            let Some(Id(id)) = next.query_row(params![kind, behind], |row| row.get(0)).optional()? else { break };
            let body = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let body: Option<(Digest, bool)> =
                newest.query_row(params![kind, Id(id), Number(upto)], body).optional()?;
            if let Some((hash, false)) = body {
                found.push((kind, id, hash));
            }
            last = Some(id);
        }
    }
    Ok(rows_digest(found.into_iter()))
}
