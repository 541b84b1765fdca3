//! A walk along the log that believes nothing: every hash is computed again from the stored bytes.
//!
//! Headers and bodies are read by one question each, both in order, and run along beside each other.
use rusqlite::{Connection, Row, Rows};

use super::column::Number;
use super::failure::{Attempt, Failure};
use super::{log, redact};
use crate::ledger::entry::{Body, Head, Header, Seal};

/// Visits the bodies of the entries behind `from` up to `upto`, in order, and returns the last entry's head.
///
/// # Errors
/// The first entry that does not continue the one before it, or that is not what was once appended.
/// A body is visited before the hash of its whole entry is known: after an error, throw away what came of it.
pub(super) fn walk(
    conn: &Connection,
    from: Head,
    upto: u64,
    mut visit: impl FnMut(&Header, &Body) -> Attempt<()>,
) -> Attempt<Head> {
    let mut head = from;
    let mut headers = conn.prepare_cached(log::HEADERS_AFTER)?;
    let mut bodies = conn.prepare_cached(log::BODIES_AFTER)?;
    let mut rows = headers.query(log::between(from.seq, upto))?;
    let mut parts = Parts { rows: bodies.query(log::between(from.seq, upto))?, ahead: None };
    parts.step()?;
    while let Some(row) = rows.next()? {
        let header = expected(row, head)?;
        let broken = |why: &str| Failure::Entry { seq: header.seq, why: why.into() };
        let mut seal = Seal::new(&header);
        let mut n = 0;
        while let Some(body) = parts.of(header.seq)? {
            if body.n != n || !is_what_was_said(conn, header.seq, &body)? {
                return Err(broken(&format!("part {n} was changed")));
            }
            seal.add(body.version, &body.hash);
            visit(&header, &body)?;
            n += 1;
        }
        if seal.finish() != header.hash {
            return Err(broken("it was changed"));
        }
        if header.at < head.at {
            return Err(broken("it is older than the entry before it"));
        }
        head = header.head();
    }
    match parts.ahead {
        None => Ok(head),
        Some((seq, _)) => Err(Failure::Entry { seq, why: "only parts of it are left".into() }),
    }
}

/// The header in this row, which must be that of the entry behind `head`.
fn expected(row: &Row<'_>, head: Head) -> Attempt<Header> {
    let Number(seq) = row.get(0)?;
    if seq != head.seq + 1 {
        return Err(Failure::Entry { seq: head.seq + 1, why: "it is missing".into() });
    }
    let broken = |why: &str| Failure::Entry { seq, why: why.into() };
    let header = log::header(row).map_err(|error| Failure::from(error).in_entry(seq))?;
    if header.previous != head.hash {
        return Err(broken("it does not continue the entry before it"));
    }
    if !log::is_canonical(row, &header)? {
        return Err(broken("its time is not written as it should be"));
    }
    Ok(header)
}

/// Whether a body fits its hash, or is what was left of it when a person in it was blanked.
pub(super) fn is_what_was_said(conn: &Connection, seq: u64, body: &Body) -> Attempt<bool> {
    let fitting = body.fitting_hash();
    if fitting == body.hash {
        return Ok(true);
    }
    Ok(redact::newest(conn, seq, body.n)?.is_some_and(|(left, _)| left == fitting))
}

/// The bodies of the log, from entry to entry.
struct Parts<'a> {
    rows: Rows<'a>,
    ahead: Option<(u64, rusqlite::Result<Body>)>,
}

impl Parts<'_> {
    /// The next body of this entry. Ask in the order of numbers.
    fn of(&mut self, entry: u64) -> Attempt<Option<Body>> {
        match self.ahead.take() {
            Some((seq, body)) if seq == entry => {
                self.step()?;
                Ok(Some(body.map_err(|error| Failure::from(error).in_entry(seq))?))
            }
            Some((seq, _)) if seq < entry => Err(Failure::Entry { seq, why: "only parts of it are left".into() }),
            later => {
                self.ahead = later;
                Ok(None)
            }
        }
    }

    fn step(&mut self) -> Attempt<()> {
        self.ahead = match self.rows.next()? {
            None => None,
            Some(row) => {
                let Number(seq) = row.get(7)?;
                Some((seq, log::body(row)))
            }
        };
        Ok(())
    }
}
