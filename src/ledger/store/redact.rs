//! Bodies in which a person was blanked.
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::column::Number;
use super::failure::{Attempt, Failure};
use super::file::Store;
use super::log;
use crate::domain::user::Digest;
use crate::ledger::entry::{Left, Part, Redaction};
use crate::ledger::fault::Fault;

impl Store {
    /// What an entry says, part by part, and which parts say less than they once did. Read at one moment, so that a
    /// body and the hash that fits it belong together.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn parts(&self, seq: u64, inners: &mut Inners) -> Result<Vec<Part>, Fault> {
        self.ask(|conn| {
            let snapshot = conn.unchecked_transaction()?;
            let mut statement = conn.prepare_cached(log::BODIES)?;
            let mut rows = statement.query([Number(seq)])?;
            let mut parts = Vec::new();
            while let Some(row) = rows.next()? {
                let body = log::body(row)?;
                let left = match newest(conn, seq, body.n)? {
                    None => None,
                    Some((hash, entry)) => Some(Left { hash, inner: inners.of(conn, entry, (seq, body.n))? }),
                };
                parts.push(Part { body, left });
            }
            drop(rows);
            drop(statement);
            snapshot.finish()?;
            Ok(parts)
        })
    }
}

/// The hash that fits what is left of a body, and the entry that says so, if something in it was blanked. Whether the
/// entry does say so is checked by verifying.
pub(super) fn newest(conn: &Connection, seq: u64, n: u32) -> Attempt<Option<(Digest, u64)>> {
    let mut statement =
        conn.prepare_cached("SELECT new, entry FROM redaction WHERE seq = ?1 AND n = ?2 ORDER BY entry DESC LIMIT 1")?;
    let newest = statement.query_row(params![Number(seq), n], |row| {
        let Number(entry) = row.get(1)?;
        Ok((row.get(0)?, entry))
    });
    Ok(newest.optional()?)
}

/// A body: its entry and its place there.
type Place = (u64, u32);

/// The inner hashes of what blanked bodies said first, as the entries say that blanked them. Each of those is read once.
#[derive(Debug)]
pub struct Inners(BTreeMap<u64, BTreeMap<Place, Digest>>);

impl Inners {
    /// Nothing was read yet.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// That of a body that was blanked by this entry.
    pub(super) fn of(&mut self, conn: &Connection, entry: u64, place: Place) -> Attempt<Option<Digest>> {
        if let Some(told) = self.0.get(&entry) {
            return Ok(told.get(&place).copied());
        }
        let told = told(conn, entry)?;
        let inner = told.get(&place).copied();
        self.0.insert(entry, told);
        Ok(inner)
    }
}

impl Default for Inners {
    fn default() -> Self {
        Self::new()
    }
}

fn told(conn: &Connection, entry: u64) -> Attempt<BTreeMap<Place, Digest>> {
    let mut told = BTreeMap::new();
    let mut statement = conn.prepare_cached(log::BODIES)?;
    let mut rows = statement.query([Number(entry)])?;
    while let Some(row) = rows.next()? {
        let body = log::body(row)?;
        if &*body.kind == Redaction::KIND {
            let unreadable = |error| Failure::Entry { seq: entry, why: format!("part {}: {error}", body.n) };
            let lines = Redaction::read(&body).map_err(unreadable)?;
            told.extend(lines.into_iter().filter_map(|line| Some(((line.seq, line.n), line.inner?))));
        }
    }
    Ok(told)
}
