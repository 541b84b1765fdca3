//! Bodies in which a person was blanked.
use rusqlite::{Connection, OptionalExtension, params};

use super::column::Number;
use super::failure::Attempt;
use super::file::Store;
use super::log;
use crate::domain::user::Digest;
use crate::ledger::entry::Part;
use crate::ledger::fault::Fault;

/// Like the bodies of one entry, each with the hash that fits what is left of it.
const PARTS: &str = "SELECT n, kind, id, version, salt, bytes, hash, \
        (SELECT new FROM redaction WHERE redaction.seq = log_body.seq AND redaction.n = log_body.n \
         ORDER BY entry DESC LIMIT 1) \
     FROM log_body WHERE seq = ?1 ORDER BY n";

impl Store {
    /// What an entry says, part by part, and which parts say less than they once did. Read at one moment, so that a
    /// body and the hash that fits it belong together.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn parts(&self, seq: u64) -> Result<Vec<Part>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached(PARTS)?;
            let parts =
                statement.query_map([Number(seq)], |row| Ok(Part { body: log::body(row)?, left: row.get(7)? }))?;
            Ok(parts.collect::<rusqlite::Result<_>>()?)
        })
    }
}

/// The hash that fits what is left of a body, if something in it was blanked. That an entry says so, too, is checked by
/// verifying.
pub(super) fn newest(conn: &Connection, seq: u64, n: u32) -> Attempt<Option<Digest>> {
    let mut statement =
        conn.prepare_cached("SELECT new FROM redaction WHERE seq = ?1 AND n = ?2 ORDER BY entry DESC LIMIT 1")?;
    Ok(statement.query_row(params![Number(seq), n], |row| row.get(0)).optional()?)
}
