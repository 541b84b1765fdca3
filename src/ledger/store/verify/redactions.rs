//! Whether exactly those bodies were blanked of which entries say so.
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

use super::finding::Finding;
use crate::domain::user::Digest;
use crate::ledger::entry::{Body, Header, Outcome};
use crate::ledger::store::column::Number;
use crate::ledger::store::failure::Attempt;
use crate::ledger::store::log;

/// The kind of the bodies in which an entry says what it blanked.
const KIND: &str = "redaction";

/// One line of such a body.
#[derive(Deserialize)]
struct Line {
    seq: u64,
    n: u32,
    old: Digest,
    new: Digest,
}

/// What the entries say, gathered along the log: which body, blanked by which entry, from which hash to which.
#[derive(Default)]
pub(super) struct Redactions(BTreeMap<(u64, u32, u64), (Digest, Digest)>);

impl Redactions {
    /// Takes in the next body. Tells what is wrong when it is one of these and cannot be true.
    pub(super) fn note(&mut self, header: &Header, body: &Body) -> Result<(), String> {
        if &*body.kind != KIND || header.outcome == Outcome::Refused {
            return Ok(());
        }
        let lines: Vec<Line> = serde_json::from_slice(body.bytes.as_deref().unwrap_or_default())
            .map_err(|error| format!("part {}: it cannot be read: {error}", body.n))?;
        for Line { seq, n, old, new } in lines {
            if seq >= header.seq || self.0.insert((seq, n, header.seq), (old, new)).is_some() {
                return Err(format!("part {}: it blanks what it cannot blank", body.n));
            }
        }
        Ok(())
    }

    /// How many bodies were blanked.
    pub(super) fn count(&self) -> usize {
        let mut bodies: Vec<_> = self.0.keys().map(|(seq, n, _)| (seq, n)).collect();
        bodies.dedup();
        bodies.len()
    }

    /// Compares them with the table and with the bodies. The log ends with the entry `last`.
    pub(super) fn compare(&self, conn: &Connection, last: u64) -> Attempt<Option<Finding>> {
        let edited = |seq, why: &str| Ok(Some(Finding::Edited { seq, why: why.into() }));
        let mut said = self.0.iter();
        let mut statement = conn.prepare("SELECT seq, n, entry, old, new FROM redaction ORDER BY seq, n, entry")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (Number(seq), Number(entry)) = (row.get(0)?, row.get(2)?);
            if entry > last {
                let why = format!("a part of entry {seq} was blanked by entry {entry}");
                return Ok(Some(Finding::TailCut { last, why }));
            }
            let found = ((seq, row.get(1)?, entry), (row.get(3)?, row.get(4)?));
            if said.next().map(|(place, hashes)| (*place, *hashes)) != Some(found) {
                return edited(seq, "it was blanked in another way than an entry says");
            }
        }
        if let Some(((seq, ..), _)) = said.next() {
            return edited(*seq, "an entry blanked it, and that is noted nowhere");
        }
        self.wrong_body(conn)
    }

    /// A blanked body that is not what was left of it.
    fn wrong_body(&self, conn: &Connection) -> Attempt<Option<Finding>> {
        let mut bodies =
            conn.prepare("SELECT n, kind, id, version, salt, bytes, hash FROM log_body WHERE seq = ?1 AND n = ?2")?;
        let mut steps = self.0.iter().peekable();
        while let Some((&(seq, n, _), (old, new))) = steps.next() {
            let body = bodies.query_row(params![Number(seq), n], log::body).optional()?;
            let (mut continues, mut left) = (body.as_ref().is_some_and(|body| body.hash == *old), *new);
            while let Some((_, (old, new))) = steps.next_if(|((other, m, _), _)| (*other, *m) == (seq, n)) {
                continues &= *old == left;
                left = *new;
            }
            if !continues || body.is_none_or(|body| body.fitting_hash() != left) {
                let why = format!("part {n} was blanked, and is not what was left of it");
                return Ok(Some(Finding::Edited { seq, why }));
            }
        }
        Ok(None)
    }
}
