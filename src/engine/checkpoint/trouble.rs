//! Why there is no new checkpoint.
use std::io;
use std::path::PathBuf;

use crate::ledger::fault::Fault;
use crate::ledger::note::CheckpointError;
use crate::mail::MailError;

/// What stands in the way of a checkpoint.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointTrouble {
    /// The organization is none that matters.
    #[error("the log of a sample organization is not signed")]
    Sample,
    /// The file of the organization.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The folder for checkpoints.
    #[error("the folder for checkpoints, {path}, cannot be {doing}: {source}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// What was tried, as a past participle.
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// Something else has the name.
    #[error("{path} is there already and says something else, so it was left as it is")]
    Taken {
        /// Which file.
        path: PathBuf,
    },
    /// A file that carries the name of a checkpoint and is none.
    #[error("{path} is not a checkpoint that this organization's key signed: {why}")]
    Odd {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: CheckpointError,
    },
    /// The private key can be read by others.
    #[error("the private key {path} can be read by other users of this machine")]
    Exposed {
        /// Which file.
        path: PathBuf,
    },
    /// The private key cannot be used.
    #[error("{path} cannot be used: {why}")]
    Key {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: CheckpointError,
    },
    /// The private key is of another organization.
    #[error("the private key {path} is of another organization")]
    OtherOrganization {
        /// Which file.
        path: PathBuf,
    },
    /// The folder knows a key, and there is none here, or another one.
    #[error("the checkpoints in this folder were signed by another key: {public} does not fit {private}")]
    OtherKey {
        /// The public key in the folder.
        public: PathBuf,
        /// Where the private key is, or should be.
        private: PathBuf,
    },
    /// The log ends before an entry that was signed.
    #[error(
        "{path} was signed for entry {seq}, and the log ends before it: its end was cut off, or an older copy was put back"
    )]
    Behind {
        /// The checkpoint.
        path: PathBuf,
        /// Its entry.
        seq: u64,
    },
    /// What was signed is something else now.
    #[error("{path} does not fit entry {seq} of the log as it is now: the log was changed since it was signed")]
    Differs {
        /// The checkpoint.
        path: PathBuf,
        /// Its entry.
        seq: u64,
    },
    /// It was written, and could not be mailed.
    #[error("{path} was written, but not mailed: {}", why.to_string().trim_end_matches('.'))]
    Mail {
        /// The checkpoint.
        path: PathBuf,
        /// Why.
        why: MailError,
    },
}

impl CheckpointTrouble {
    /// What to do about it, in a sentence.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Sample => "Found an organization of your own; its log can be.",
            Self::Fault(fault) => fault.hint(),
            Self::Folder { .. } => "Check that it is there, mounted and yours to write.",
            Self::Taken { .. } => "Look who wrote it, and move it away.",
            Self::Odd { .. } => "Look who changed it, and get it again from a copy.",
            Self::Exposed { path } => return format!("Take that right away with chmod 600 {}.", path.display()),
            Self::Key { why, .. } => why.hint(),
            Self::OtherOrganization { .. } => "Put the key back that belongs beside this organization's file.",
            Self::OtherKey { .. } => {
                "Put the private key back from a copy. If it is lost, choose a new folder and tell whoever checks."
            }
            Self::Behind { .. } | Self::Differs { .. } => "Run rolodeck audit verify with this checkpoint.",
            Self::Mail { why, .. } => return why.hint().into(),
        };
        hint.into()
    }

    /// What is wrong, as a sentence.
    pub fn sentence(&self) -> String {
        let words = self.to_string();
        let mut letters = words.chars();
        let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }
}
