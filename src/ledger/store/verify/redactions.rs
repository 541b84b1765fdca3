//! Whether exactly those bodies were blanked of which entries say so.
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::finding::Finding;
use crate::domain::user::Digest;
use crate::ledger::entry::{Body, Header, Outcome, Redaction};
use crate::ledger::store::column::Number;
use crate::ledger::store::failure::Attempt;
use crate::ledger::store::log;

/// What one entry says of one body.
#[derive(Clone, Copy)]
pub(super) struct Step {
    old: Digest,
    new: Digest,
    /// That of what the body said first; none of the first version.
    pub(super) inner: Option<Digest>,
}

/// What the entries say, gathered along the log: which body, blanked by which entry, from which hash to which.
#[derive(Default)]
pub(super) struct Redactions(BTreeMap<(u64, u32, u64), Step>);

impl Redactions {
    /// Takes in the next body. Tells what is wrong when it is one of these and cannot be true.
    pub(super) fn note(&mut self, header: &Header, body: &Body) -> Result<(), String> {
        if &*body.kind != Redaction::KIND {
            return Ok(());
        }
        if !can_blank(header) {
            return Err(format!("part {}: it blanks something, and nobody was erased by it", body.n));
        }
        let lines = Redaction::read(body).map_err(|error| format!("part {}: it cannot be read: {error}", body.n))?;
        for Redaction { seq, n, old, new, inner } in lines {
            if seq >= header.seq || self.0.insert((seq, n, header.seq), Step { old, new, inner }).is_some() {
                return Err(format!("part {}: it blanks what it cannot blank", body.n));
            }
        }
        Ok(())
    }

    /// How many bodies were blanked of which this is so.
    pub(super) fn count(&self, is_so: impl Fn(&Step) -> bool) -> usize {
        let mut bodies: Vec<_> =
            self.0.iter().filter(|(_, step)| is_so(step)).map(|((seq, n, _), _)| (seq, n)).collect();
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
            if said.next().map(|(place, step)| (*place, (step.old, step.new))) != Some(found) {
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
        while let Some((&(seq, n, _), first)) = steps.next() {
            let edited = |why| Ok(Some(Finding::Edited { seq, why }));
            let body = bodies.query_row(params![Number(seq), n], log::body).optional()?;
            let Some(body) = body.filter(|body| body.hash == first.old) else {
                return edited(format!("part {n} was blanked, and is not what was left of it"));
            };
            let (mut continues, mut proved, mut left) = (true, first.is_proved_by(&body), first.new);
            while let Some((_, next)) = steps.next_if(|((other, m, _), _)| (*other, *m) == (seq, n)) {
                continues &= next.old == left;
                proved &= next.is_proved_by(&body);
                left = next.new;
            }
            if !continues || body.fitting_hash() != left {
                return edited(format!("part {n} was blanked, and is not what was left of it"));
            }
            if !proved || !body.can_be_left() {
                return edited(format!("more than names, addresses and texts was changed in part {n}"));
            }
        }
        Ok(None)
    }
}

impl Step {
    /// Whether what is left has the frame that the body was appended with. The oldest bodies have none, and are believed
    /// the entry.
    fn is_proved_by(&self, body: &Body) -> bool {
        match &self.inner {
            Some(inner) => body.is_framed() && body.hash_around(inner) == body.hash,
            None => !body.is_framed(),
        }
    }
}

/// Whether an entry is one in which a person was erased.
fn can_blank(header: &Header) -> bool {
    let erasing = [("erase_person", Outcome::Done), ("approve_request", Outcome::Approved)];
    erasing.contains(&(&*header.command, header.outcome))
}
