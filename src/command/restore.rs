//! That a backup was put back.
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard};
use crate::domain::access::Need;
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::user::Digest;

/// Notes that the organization is a backup that was put back, as the first entry after it. Changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NoteRestore {
    /// The newest entry of the backup.
    pub backup: LogEnd,
    /// The newest entry of what it took the place of; none when nothing was there that could be read.
    pub replaced: Option<LogEnd>,
    /// The newest entry that both had.
    pub shared: Option<u64>,
}

/// Where a log ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEnd {
    /// The number of the newest entry.
    pub seq: u64,
    /// Its hash.
    pub hash: Digest,
}

impl Change for NoteRestore {
    fn name(&self) -> &'static str {
        "note_restore"
    }

    fn actors(&self) -> Actors {
        Actors::System
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, _: &Org) -> String {
        format!("note that the backup of entry {} was put back", self.backup.seq)
    }

    fn apply(&self, _: &mut Org) -> Result<(), Refusal> {
        Ok(())
    }
}
