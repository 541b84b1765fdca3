//! The log: appending to it and reading pages of it.
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::column::{Id, Number, Time};
use super::failure::Attempt;
use super::file::Store;
use crate::domain::id::UserId;
use crate::domain::row::RowId;
use crate::domain::user::Digest;
use crate::ledger::entry::{Body, Entry, Head, Header, Stamp, time_text};
use crate::ledger::fault::Fault;

/// Headers behind the first number up to the second, oldest first.
pub(super) const HEADERS_AFTER: &str = "SELECT seq, at, id, command, outcome, actor, user, role, session, previous, hash \
     FROM log WHERE seq > ?1 AND seq <= ?2 ORDER BY seq";

/// The bodies of one entry.
pub(super) const BODIES: &str =
    "SELECT n, kind, id, version, salt, bytes, hash FROM log_body WHERE seq = ?1 ORDER BY n";

/// The bodies of the entries behind the first number up to the second, oldest first; their entry stands last.
pub(super) const BODIES_AFTER: &str = "SELECT n, kind, id, version, salt, bytes, hash, seq \
     FROM log_body WHERE seq > ?1 AND seq <= ?2 ORDER BY seq, n";

/// The parameters of [`HEADERS_AFTER`] and [`BODIES_AFTER`].
pub(super) fn between(after: u64, upto: u64) -> [Number; 2] {
    [Number(after), Number(upto)]
}

impl Store {
    /// The entries behind `after`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entries(&self, after: u64, limit: u32) -> Result<Vec<Header>, Fault> {
        self.ask(|conn| headers(conn, &format!("{HEADERS_AFTER} LIMIT ?3"), after, u64::MAX, limit))
    }

    /// The entries before `before`, newest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_before(&self, before: u64, limit: u32) -> Result<Vec<Header>, Fault> {
        let last = before.saturating_sub(1);
        self.ask(|conn| headers(conn, &format!("{HEADERS_AFTER} DESC LIMIT ?3"), 0, last, limit))
    }

    /// What an entry says, part by part.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn bodies(&self, seq: u64) -> Result<Vec<Body>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached(BODIES)?;
            let bodies = statement.query_map([Number(seq)], body)?;
            Ok(bodies.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// What the log said about a row before the entry `seq`; none when it was new there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn body_before(&self, seq: u64, row: RowId) -> Result<Option<Body>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT n, kind, id, version, salt, bytes, hash FROM log_body \
                 WHERE kind = ?1 AND id = ?2 AND seq < ?3 ORDER BY seq DESC LIMIT 1",
            )?;
            Ok(statement.query_row(params![row.kind.name(), Id(row.id), Number(seq)], body).optional()?)
        })
    }

    /// When a user signed in last, up to the entry `upto`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_sign_in(&self, user: UserId, upto: u64) -> Result<Option<Timestamp>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT at FROM log INDEXED BY log_sign_in WHERE user = ?1 AND command = 'sign_in' AND outcome = 'done' \
                 AND seq <= ?2 ORDER BY seq DESC LIMIT 1",
            )?;
            let at = statement.query_row(params![user, Number(upto)], |row| row.get(0)).optional()?;
            Ok(at.map(|Time(at)| at))
        })
    }
}

/// The newest entry.
pub(super) fn newest(conn: &Connection) -> Attempt<Head> {
    let mut statement = conn.prepare_cached("SELECT seq, at, hash FROM log ORDER BY seq DESC LIMIT 1")?;
    let head = statement.query_row([], |row| {
        let (Number(seq), Time(at)) = (row.get(0)?, row.get(1)?);
        Ok(Head { seq, at, hash: row.get(2)? })
    });
    Ok(head.optional()?.unwrap_or(Head::START))
}

/// The hash of an entry.
pub(super) fn hash_at(conn: &Connection, seq: u64) -> Attempt<Option<Digest>> {
    let mut statement = conn.prepare_cached("SELECT hash FROM log WHERE seq = ?1")?;
    Ok(statement.query_row([Number(seq)], |row| row.get(0)).optional()?)
}

/// Writes an entry behind the newest one.
pub(super) fn append(conn: &Connection, entry: &Entry) -> Attempt<()> {
    let header = &entry.header;
    let mut statement = conn.prepare_cached(
        "INSERT INTO log (seq, at, id, command, outcome, actor, user, role, session, previous, hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    let actor = &header.actor;
    statement.execute(params![
        Number(header.seq),
        Time(header.at),
        header.id,
        header.command,
        header.outcome,
        actor.kind,
        actor.user,
        actor.role,
        actor.session,
        header.previous,
        header.hash,
    ])?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO log_body (seq, n, kind, id, version, salt, bytes, hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for body in &entry.bodies {
        let id = body.id.map(Id);
        let seq = Number(header.seq);
        statement.execute(params![seq, body.n, body.kind, id, body.version, body.salt, body.bytes, body.hash])?;
    }
    note_head(conn, header)
}

/// Notes which entry is the newest, beside the log: whoever cuts its end off has to know.
fn note_head(conn: &Connection, header: &Header) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO log_head (singleton, seq, hash) VALUES (1, ?1, ?2) \
         ON CONFLICT (singleton) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
    )?;
    statement.execute(params![Number(header.seq), header.hash])?;
    Ok(())
}

fn headers(conn: &Connection, sql: &str, after: u64, upto: u64, limit: u32) -> Attempt<Vec<Header>> {
    let mut statement = conn.prepare_cached(sql)?;
    let headers = statement.query_map(params![Number(after), Number(upto), limit], header)?;
    Ok(headers.collect::<rusqlite::Result<_>>()?)
}

/// Reads a header from a row of [`HEADERS_AFTER`].
pub(super) fn header(row: &Row<'_>) -> rusqlite::Result<Header> {
    let (Number(seq), Time(at)) = (row.get(0)?, row.get(1)?);
    Ok(Header {
        seq,
        at,
        id: row.get(2)?,
        command: row.get(3)?,
        outcome: row.get(4)?,
        actor: Stamp { kind: row.get(5)?, user: row.get(6)?, role: row.get(7)?, session: row.get(8)? },
        previous: row.get(9)?,
        hash: row.get(10)?,
    })
}

/// Whether the stored time is the text that was hashed.
pub(super) fn is_canonical(row: &Row<'_>, header: &Header) -> rusqlite::Result<bool> {
    Ok(row.get_ref(1)?.as_str()? == time_text(header.at))
}

/// Reads a body from a row of [`BODIES`] or [`BODIES_AFTER`].
pub(super) fn body(row: &Row<'_>) -> rusqlite::Result<Body> {
    let id: Option<Id> = row.get(2)?;
    Ok(Body {
        n: row.get(0)?,
        kind: row.get(1)?,
        id: id.map(|id| -> Uuid { id.0 }),
        version: row.get(3)?,
        salt: row.get(4)?,
        bytes: row.get(5)?,
        hash: row.get(6)?,
    })
}
