//! The organization as it was, read from the newest body of each row instead of from every entry.
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::column::{Id, Number, Time};
use super::failure::{Attempt, Failure};
use super::file::{Store, fits};
use super::{log, walk};
use crate::domain::org::Org;
use crate::domain::row::Kind;
use crate::ledger::entry::{Body, Head};
use crate::ledger::fault::Fault;
use crate::ledger::progress::Progress;

/// Which entry says last what a row of one kind was. Answered from an index alone.
const NEWEST: &str = "SELECT id, max(seq) FROM log_body WHERE kind = ?1 AND id IS NOT NULL AND seq <= ?2 GROUP BY id";

/// What an entry says of a row.
const BODY: &str = "SELECT n, kind, id, version, salt, bytes, hash FROM log_body \
     WHERE kind = ?1 AND id = ?2 AND seq = ?3 ORDER BY n DESC LIMIT 1";

/// What a stretch of entries says of rows, in order. An entry that was refused says nothing of any.
const BETWEEN: &str = "SELECT n, kind, id, version, salt, bytes, hash, seq FROM log_body \
     WHERE seq > ?1 AND seq <= ?2 AND id IS NOT NULL ORDER BY seq, n";

impl Store {
    /// The newest entry that is not after a moment; none when the first entry came later. Times never go backwards, so
    /// the numbers are searched by halves.
    ///
    /// # Errors
    /// When the file cannot be read or an entry is missing.
    pub fn head_at(&self, time: Timestamp) -> Result<Option<Head>, Fault> {
        self.ask(|conn| {
            let snapshot = conn.unchecked_transaction()?;
            // Entries up to `found` are not after the moment, those behind `end` are.
            let (mut found, mut end) = (None, log::newest(conn)?.seq);
            loop {
                let from = found.map_or(0, |head: Head| head.seq);
                if from >= end {
                    break;
                }
                let middle = head(conn, from + (end - from).div_ceil(2))?;
                if middle.at <= time {
                    found = Some(middle);
                } else {
                    end = middle.seq - 1;
                }
            }
            snapshot.finish()?;
            Ok(found)
        })
    }

    /// The organization as it was after the entry `seq`: of every row what was said of it last. Each body is checked
    /// against its hash; that the entries continue each other is what [`Store::fold`] checks.
    ///
    /// # Errors
    /// When a body was changed or the file cannot be read.
    pub fn org_at(&self, seq: u64) -> Result<Org, Fault> {
        let read = self.org_at_unless_stopped(seq, &Progress::default())?;
        read.ok_or_else(|| Fault::Inconsistent("reading was stopped, although nobody could".into()))
    }

    /// As [`Store::org_at`], counting the rows; none when it was stopped.
    ///
    /// # Errors
    /// As [`Store::org_at`].
    pub fn org_at_unless_stopped(&self, seq: u64, progress: &Progress) -> Result<Option<Org>, Fault> {
        self.ask(|conn| {
            let snapshot = conn.unchecked_transaction()?;
            let mut org = Org::default();
            for kind in Kind::ALL {
                put_newest(conn, kind, (seq, progress), &mut org)?;
            }
            snapshot.finish()?;
            if progress.is_stopped() {
                return Ok(None);
            }
            fits(self.nature(), &org)?;
            Ok(Some(org))
        })
    }

    /// The organization after the entry `seq`, made from how it was after an earlier one. Worth it for few entries.
    ///
    /// # Errors
    /// When a body was changed or the file cannot be read.
    pub fn org_later(&self, earlier: &Org, after: u64, seq: u64) -> Result<Org, Fault> {
        self.ask(|conn| {
            let mut org = earlier.clone();
            let mut statement = conn.prepare_cached(BETWEEN)?;
            let mut rows = statement.query(log::between(after, seq))?;
            while let Some(row) = rows.next()? {
                let Number(seq) = row.get(7)?;
                put(conn, seq, &log::body(row)?, &mut org)?;
            }
            Ok(org)
        })
    }

    /// The newest entry in which somebody was blanked; 0 when nobody was. What was read before it says too much.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn blanked(&self) -> Result<u64, Fault> {
        self.ask(|conn| {
            let newest: Option<Number> = conn
                .prepare_cached("SELECT entry FROM redaction ORDER BY entry DESC LIMIT 1")?
                .query_row([], |row| row.get(0))
                .optional()?;
            Ok(newest.map_or(0, |Number(entry)| entry))
        })
    }
}

fn head(conn: &Connection, seq: u64) -> Attempt<Head> {
    let mut statement = conn.prepare_cached("SELECT seq, at, hash FROM log WHERE seq = ?1")?;
    let head = statement.query_row([Number(seq)], |row| {
        let (Number(seq), Time(at)) = (row.get(0)?, row.get(1)?);
        Ok(Head { seq, at, hash: row.get(2)? })
    });
    head.optional()?.ok_or_else(|| Failure::Entry { seq, why: "it is missing".into() })
}

/// Puts what was said last about every row of a kind, until it is stopped.
fn put_newest(conn: &Connection, kind: Kind, (upto, progress): (u64, &Progress), org: &mut Org) -> Attempt<()> {
    let mut newest = conn.prepare_cached(NEWEST)?;
    let mut body = conn.prepare_cached(BODY)?;
    let mut rows = newest.query(params![kind.name(), Number(upto)])?;
    while let Some(row) = rows.next()?
        && !progress.is_stopped()
    {
        let (Id(id), Number(seq)) = (row.get(0)?, row.get(1)?);
        let body = body.query_row(params![kind.name(), Id(id), Number(seq)], log::body)?;
        put(conn, seq, &body, org)?;
        progress.add(1);
    }
    Ok(())
}

/// Puts what a body says of a row, if it is what was once said.
fn put(conn: &Connection, seq: u64, body: &Body, org: &mut Org) -> Attempt<()> {
    if !walk::is_what_was_said(conn, seq, body)? {
        return Err(Failure::Entry { seq, why: format!("part {} was changed", body.n) });
    }
    body.apply(org).map_err(|error| Failure::Entry { seq, why: format!("part {}: {error}", body.n) })
}
