//! What is signed now and then about the log, so that somebody outside can hold it against what the file says later.
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::entry::{Body, rows_digest};
use crate::domain::id::OrganizationId;
use crate::domain::row::{Kind, RowId};
use crate::domain::user::Digest;

/// What was true of a log when its newest entry was `seq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log.
    pub organization: OrganizationId,
    /// The number of its newest entry.
    pub seq: u64,
    /// The hash of that entry.
    pub head: Digest,
    /// The digest of every row of the organization, see [`RowHashes::digest`].
    pub rows: Digest,
    /// When it was signed.
    pub at: Timestamp,
}

/// The hash of the newest body of every row. It covers what the rows say by what the log says of them, so that it stays
/// the same when a person is blanked later.
#[derive(Clone, Debug, Default)]
pub struct RowHashes(BTreeMap<RowId, Digest>);

impl RowHashes {
    /// Takes in the next body of an entry that was not refused.
    pub fn note(&mut self, body: &Body) {
        let (Some(kind), Some(id)) = (Kind::named(&body.kind), body.id) else { return };
        let row = RowId { kind, id };
        if body.bytes.is_some() {
            self.0.insert(row, body.hash);
        } else {
            self.0.remove(&row);
        }
    }

    /// One digest over all of them, in the order of kind and id.
    pub fn digest(&self) -> Digest {
        rows_digest(self.0.iter().map(|(row, hash)| (row.kind.name(), row.id, *hash)))
    }
}
