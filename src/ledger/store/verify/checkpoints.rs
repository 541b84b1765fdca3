//! What was signed about the log earlier, held against what it says now.
use rusqlite::{Connection, OptionalExtension};

use super::finding::Finding;
use crate::domain::org::Org;
use crate::domain::user::Digest;
use crate::ledger::checkpoint::{Checkpoint, RowHashes};
use crate::ledger::entry::{Body, Head, Header, Outcome};
use crate::ledger::store::column::Number;
use crate::ledger::store::failure::Attempt;

/// Checkpoints, oldest first, and what the log says at their entries.
pub(super) struct Witnesses<'a> {
    checkpoints: Vec<&'a Checkpoint>,
    rows: RowHashes,
    digests: Vec<Digest>,
}

impl<'a> Witnesses<'a> {
    pub(super) fn new(checkpoints: &'a [Checkpoint]) -> Self {
        let mut checkpoints: Vec<_> = checkpoints.iter().collect();
        checkpoints.sort_by_key(|checkpoint| checkpoint.seq);
        Self { checkpoints, rows: RowHashes::default(), digests: Vec::new() }
    }

    /// Takes in the next body of the log.
    pub(super) fn note(&mut self, header: &Header, body: &Body) {
        if self.digests.len() < self.checkpoints.len() {
            self.pass(header.seq - 1);
            if header.outcome != Outcome::Refused {
                self.rows.note(body);
            }
        }
    }

    /// Notes what the log says at the checkpoints up to the entry `seq`, when everything up to there was taken in.
    pub(super) fn pass(&mut self, seq: u64) {
        while self.checkpoints.get(self.digests.len()).is_some_and(|next| next.seq <= seq) {
            self.digests.push(self.rows.digest());
        }
    }

    /// A checkpoint that knows something else about an entry that is there.
    pub(super) fn contradiction(&self, conn: &Connection, org: &Org) -> Attempt<Option<Finding>> {
        let organization = org.organization().map(|organization| organization.id);
        if let Some(other) =
            self.checkpoints.iter().find(|known| organization.is_some_and(|ours| ours != known.organization))
        {
            return Ok(Some(Finding::OtherOrganization { seq: other.seq, of: other.organization }));
        }
        let mut after = 0;
        let mut hashes = conn.prepare("SELECT hash FROM log WHERE seq = ?1")?;
        for (known, rows) in self.checkpoints.iter().zip(&self.digests) {
            let seq = known.seq;
            let found: Option<Digest> = hashes.query_row([Number(seq)], |row| row.get(0)).optional()?;
            if found.unwrap_or(Head::START.hash) != known.head {
                return Ok(Some(Finding::ComputedAnew { after, seq, witness: "a checkpoint" }));
            }
            if *rows != known.rows {
                return Ok(Some(Finding::WrongCheckpoint { seq }));
            }
            after = seq;
        }
        Ok(None)
    }

    /// All of them, oldest first.
    pub(super) fn all(&self) -> Vec<Checkpoint> {
        self.checkpoints.iter().copied().copied().collect()
    }

    /// The newest entry that a checkpoint knows and the log does not have.
    pub(super) fn later_than(&self, head: Head) -> Option<u64> {
        self.checkpoints.last().map(|known| known.seq).filter(|known| *known > head.seq)
    }
}
