//! Taking a person out of the log: which bodies name them, what is left of those, and writing it.
//!
//! Everything is read inside the transaction that writes, so that no entry of somebody else comes in between. Whole
//! bodies are looked through as bytes; only those in which something may stand are understood.
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};
use serde_json::Value;

use super::column::Number;
use super::failure::{Attempt, Failure};
use super::file::Store;
use super::log;
use super::redact::{self, Inners};
use crate::domain::address::EmailAddress;
use crate::domain::erasure::Traces;
use crate::domain::id::{InvitationId, UserId};
use crate::domain::row::RowId;
use crate::domain::user::{Digest, Invitation};
use crate::ledger::entry::{Body, Redaction};
use crate::ledger::fault::Fault;
use crate::outside::Outside;

/// Every body, oldest first.
const ALL: &str = "SELECT n, kind, id, version, salt, bytes, hash, seq FROM log_body WHERE bytes IS NOT NULL";

/// What the log said about one row.
const OF_ROW: &str = "SELECT n, kind, id, version, salt, bytes, hash, seq FROM log_body \
     WHERE bytes IS NOT NULL AND kind = ?1 AND id = ?2 ORDER BY seq";

/// The commands of one name.
const OF_COMMAND: &str = "SELECT n, kind, b.id, version, salt, bytes, b.hash, b.seq FROM log h \
     JOIN log_body b ON b.seq = h.seq WHERE h.command = ?1 AND b.kind = 'command' AND bytes IS NOT NULL ORDER BY b.seq";

/// One body of which something is blanked.
#[derive(Clone, Debug)]
pub struct Blanked {
    /// The number of its entry.
    pub seq: u64,
    /// The hash that fits it until then.
    pub old: Digest,
    /// The inner hash of what it said first; none in bodies of version 1.
    pub inner: Option<Digest>,
    /// As it is afterwards. Its own hash stays, and does not fit any more.
    pub body: Body,
}

impl Blanked {
    /// As the entry says it that does this.
    pub fn told(&self) -> Redaction {
        let Self { seq, old, inner, .. } = *self;
        Redaction { seq, n: self.body.n, old, new: self.body.fitting_hash(), inner }
    }
}

/// What has to be done to the log to take a person out of it.
#[derive(Debug)]
pub struct Blanking {
    /// By what the log knows the person.
    pub traces: Traces,
    /// The bodies, oldest first.
    pub bodies: Vec<Blanked>,
    /// What is known of bodies that were blanked before.
    inners: Inners,
}

impl Blanking {
    /// The rows of which something older is blanked.
    pub fn rows(&self) -> BTreeSet<RowId> {
        self.bodies.iter().filter_map(|blanked| blanked.body.row().ok().flatten()).map(|(name, _)| name).collect()
    }
}

/// Reads what has to be done to take a person out of the log. Salts are drawn anew: with the old one, whoever guesses a
/// name could try it against the hash that stays.
pub(super) fn plan(conn: &Connection, traces: Traces, outside: &Outside) -> Attempt<Blanking> {
    let mut plan = Blanking { traces: learned(conn, traces)?, bodies: Vec::new(), inners: Inners::new() };
    each(conn, ALL, [], |row| plan.look(conn, row, outside))?;
    if plan.traces.has_requests() {
        each(conn, OF_COMMAND, ["approve_request"], |row| plan.look_closely(conn, row, outside))?;
    }
    Ok(plan)
}

/// What the whole log knows of the person.
fn learned(conn: &Connection, mut traces: Traces) -> Attempt<Traces> {
    let own = params!["user", traces.user()];
    each(conn, OF_ROW, own, |row| learn(&mut traces, row))?;
    each(conn, ALL, [], |row| match traces.may_be_reached_in(text(row)?) {
        true => learn(&mut traces, row),
        false => Ok(()),
    })?;
    each(conn, OF_COMMAND, ["accept_invitation"], |row| learn(&mut traces, row))?;
    Ok(traces)
}

fn learn(traces: &mut Traces, row: &Row<'_>) -> Attempt<()> {
    let body = log::body(row)?;
    traces.learn(&body.kind, body.id, &understood(row, &body)?);
    Ok(())
}

impl Blanking {
    fn look(&mut self, conn: &Connection, row: &Row<'_>, outside: &Outside) -> Attempt<()> {
        match self.traces.may_stand_in(text(row)?) {
            true => self.look_closely(conn, row, outside),
            false => Ok(()),
        }
    }

    fn look_closely(&mut self, conn: &Connection, row: &Row<'_>, outside: &Outside) -> Attempt<()> {
        let mut body = log::body(row)?;
        let mut value = understood(row, &body)?;
        if !self.traces.blank(&body.kind, body.id, &mut value) {
            return Ok(());
        }
        if let Some(request) = body.id.filter(|_| &*body.kind == "change_request") {
            self.traces.learn_request(request);
        }
        let Number(seq) = row.get(7)?;
        let (old, inner) = match redact::newest(conn, seq, body.n)? {
            None => (body.hash, body.is_framed().then(|| body.inner())),
            Some((left, entry)) => (left, self.inners.of(conn, entry, (seq, body.n))?),
        };
        body.bytes = Some(value.to_string().into_bytes());
        body.salt = outside.bytes();
        body.row()
            .map_err(|error| Failure::Contradiction(format!("blanking entry {seq}, part {}: {error}", body.n)))?;
        self.bodies.push(Blanked { seq, old, inner, body });
        Ok(())
    }
}

/// Writes it: which entry blanks what, and what is left.
pub(super) fn write(conn: &Connection, entry: u64, bodies: &[Blanked]) -> Attempt<()> {
    let mut note =
        conn.prepare_cached("INSERT INTO redaction (seq, n, entry, old, new) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut blank = conn.prepare_cached("UPDATE log_body SET salt = ?3, bytes = ?4 WHERE seq = ?1 AND n = ?2")?;
    for blanked in bodies {
        let (seq, body, told) = (Number(blanked.seq), &blanked.body, blanked.told());
        note.execute(params![seq, body.n, Number(entry), told.old, told.new])?;
        blank.execute(params![seq, body.n, body.salt, body.bytes])?;
    }
    Ok(())
}

impl Store {
    /// The invitations of a person who was blanked, each with the number of its newest message: what may still lie in
    /// the drop folder.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn invitations_of_erased(&self, user: UserId) -> Result<Vec<(InvitationId, u32)>, Fault> {
        self.ask(|conn| {
            let mut newest: BTreeMap<InvitationId, u32> = BTreeMap::new();
            let sql = "SELECT bytes FROM log_body WHERE kind = 'invitation' AND bytes IS NOT NULL \
                 AND instr(CAST(bytes AS TEXT), ?1)";
            each(conn, sql, [EmailAddress::erased(user).as_str()], |row| {
                let open: Invitation = serde_json::from_slice(row.get_ref(0)?.as_blob().unwrap_or_default())
                    .map_err(|error| Failure::Damage(error.to_string()))?;
                let attempt = newest.entry(open.id).or_default();
                *attempt = open.attempt.max(*attempt);
                Ok(())
            })?;
            Ok(newest.into_iter().collect())
        })
    }
}

fn each(
    conn: &Connection,
    sql: &str,
    of: impl rusqlite::Params,
    mut visit: impl FnMut(&Row<'_>) -> Attempt<()>,
) -> Attempt<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(of)?;
    while let Some(row) = rows.next()? {
        visit(row)?;
    }
    Ok(())
}

/// The stored text of a body, where it lies.
fn text<'r>(row: &'r Row<'_>) -> Attempt<&'r str> {
    let bytes = row.get_ref(5)?.as_blob().map_err(|_| Failure::Damage("a part of the log has no bytes".into()))?;
    std::str::from_utf8(bytes).map_err(|error| Failure::Damage(format!("a part of the log is no text: {error}")))
}

fn understood(row: &Row<'_>, body: &Body) -> Attempt<Value> {
    let Number(seq) = row.get(7)?;
    let unreadable = |error| Failure::Entry { seq, why: format!("part {}: {error}", body.n) };
    serde_json::from_slice(body.bytes.as_deref().unwrap_or_default()).map_err(unreadable)
}
