//! A walk along the log that believes nothing: every hash is computed again from the stored bytes.
use rusqlite::Connection;

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
    let mut bodies = conn.prepare_cached(log::BODIES)?;
    let mut rows = headers.query(log::between(from.seq, upto))?;
    while let Some(row) = rows.next()? {
        let header = log::header(row).map_err(|error| Failure::from(error).in_table("log"))?;
        let broken = |why: &str| Failure::Entry { seq: header.seq, why: why.into() };
        if header.seq != head.seq + 1 {
            return Err(Failure::Entry { seq: head.seq + 1, why: "it is missing".into() });
        }
        if header.previous != head.hash {
            return Err(broken("it does not continue the entry before it"));
        }
        if header.at < head.at {
            return Err(broken("it is older than the entry before it"));
        }
        if !log::is_canonical(row, &header)? {
            return Err(broken("its time is not written as it should be"));
        }
        let mut seal = Seal::new(&header);
        let mut parts = bodies.query([Number(header.seq)])?;
        let mut n = 0;
        while let Some(part) = parts.next()? {
            let body = log::body(part).map_err(|error| Failure::from(error).in_table("log_body"))?;
            if body.n != n || !is_what_was_said(conn, header.seq, &body)? {
                return Err(broken(&format!("part {n} was changed")));
            }
            seal.add(&body.hash);
            visit(&header, &body)?;
            n += 1;
        }
        if seal.finish() != header.hash {
            return Err(broken("it was changed"));
        }
        head = header.head();
    }
    Ok(head)
}

/// Whether a body fits its hash, or is what was left of it when a person in it was blanked.
pub(super) fn is_what_was_said(conn: &Connection, seq: u64, body: &Body) -> Attempt<bool> {
    let fitting = body.fitting_hash();
    if fitting == body.hash {
        return Ok(true);
    }
    Ok(redact::newest(conn, seq, body.n)?.is_some_and(|left| left == fitting))
}
