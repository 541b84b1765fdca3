//! What can be wrong with a file.
use jiff::Timestamp;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::domain::row::RowId;
use crate::domain::text::Shown;
use crate::domain::user::CredentialKind;
use crate::ledger::fault::Fault;

/// The first thing that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum Finding {
    /// The file itself is damaged, or what stands in it cannot be read.
    #[error("the database is damaged: {0}")]
    Database(String),
    /// The file was not raised to this version yet.
    #[error("the file is of an older version of rolodeck (schema {found}, this one has {known})")]
    OlderVersion {
        /// Its schema.
        found: i64,
        /// The one that can be examined.
        known: i64,
    },
    /// Tables, indexes or triggers are not ours.
    #[error("the tables themselves were changed: {0}")]
    Tables(String),
    /// An entry is not what was once appended.
    #[error("entry {seq} of the log was edited: {why}")]
    Edited {
        /// Which.
        seq: u64,
        /// What does not fit.
        why: String,
    },
    /// An entry was taken out, and others follow it.
    #[error("entry {seq} of the log is missing: later entries are there, and none of them is it")]
    Missing {
        /// Which.
        seq: u64,
    },
    /// An entry stands in another's place.
    #[error("entry {seq} of the log was reordered: it stands in the place of entry {stands}")]
    Reordered {
        /// Which.
        seq: u64,
        /// Where it stands.
        stands: u64,
    },
    /// The end of the log is gone.
    #[error("the tail of the log was cut off behind entry {last}: {why}")]
    TailCut {
        /// The newest entry that is left; 0 when none is.
        last: u64,
        /// What tells of more.
        why: String,
    },
    /// An entry is earlier than the one before it.
    #[error("entry {seq} of the log is from {at}, which is before the entry in front of it: the clock ran backwards")]
    Clock {
        /// Which.
        seq: u64,
        /// Its time.
        at: Timestamp,
    },
    /// The file fits together, and is older than a checkpoint.
    #[error(
        "the log ends with entry {last}, and a checkpoint knows entry {known}: an older copy of the file was put back, \
         or its end was cut off with all that it had changed"
    )]
    OlderCopy {
        /// The newest entry of the file.
        last: u64,
        /// The entry of the checkpoint.
        known: u64,
    },
    /// The log fits together and is not the one that was witnessed.
    #[error("the log was computed anew behind entry {after}: {witness} knows another entry {seq}")]
    ComputedAnew {
        /// The newest entry that is known to be genuine; 0 when none is.
        after: u64,
        /// The entry that is known by another hash.
        seq: u64,
        /// What knows it.
        witness: &'static str,
    },
    /// A row of the tables is not what the log says.
    #[error("the {} {} was changed without an entry: the tables say something else than the log", .0.kind.name(), .0.id)]
    Row(RowId),
    /// What is noted about the newest entry is not true.
    #[error(
        "the note of the newest entry was changed without an entry: it names entry {noted}, and the log ends with {last}"
    )]
    Head {
        /// The entry that it names.
        noted: u64,
        /// The newest entry.
        last: u64,
    },
    /// The table of addresses does not fit the people.
    #[error("the address {} is noted wrongly", Shown::new(.0))]
    Address(String),
    /// A secret is missing, was swapped, or belongs to nobody.
    #[error("the {} of {owner} is not the one that was stored: it was swapped or taken", kind.name())]
    Secret {
        /// What it proves.
        kind: CredentialKind,
        /// Whose it is.
        owner: Uuid,
    },
    /// What is noted about a message was damaged.
    #[error("how far a message has come is not as it was written: {0}")]
    Delivery(String),
    /// What is noted about failed sign-ins was damaged.
    #[error("a count of failed sign-ins is not as it was written")]
    Attempt,
    /// A checkpoint belongs to another log.
    #[error("the checkpoint of entry {seq} is of another organization ({of})")]
    OtherOrganization {
        /// The entry of the checkpoint.
        seq: u64,
        /// Whose it is.
        of: OrganizationId,
    },
    /// A checkpoint knows the entry, and says something else about the organization.
    #[error(
        "the checkpoint of entry {seq} is wrong: it has another digest of the organization than this entry leads to"
    )]
    WrongCheckpoint {
        /// The entry of the checkpoint.
        seq: u64,
    },
    /// The file cannot be examined.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Finding {
    /// What was done to the file, in a word or two that stay the same.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Database(_) => "damaged",
            Self::OlderVersion { .. } => "older version",
            Self::Tables(_) => "tables changed",
            Self::Edited { .. } => "edited",
            Self::Missing { .. } => "missing",
            Self::Reordered { .. } => "reordered",
            Self::TailCut { .. } => "tail cut",
            Self::Clock { .. } => "clock backwards",
            Self::OlderCopy { .. } => "older copy",
            Self::ComputedAnew { .. } => "computed anew",
            Self::Row(_) | Self::Head { .. } => "row changed",
            Self::Address(_) => "wrong address",
            Self::Secret { .. } => "swapped secret",
            Self::Delivery(_) => "damaged delivery",
            Self::Attempt => "damaged attempt",
            Self::OtherOrganization { .. } => "other organization",
            Self::WrongCheckpoint { .. } => "wrong checkpoint",
            Self::Fault(_) => "not examined",
        }
    }
}
