//! What goes wrong below a change, as opposed to a refusal of it.
use std::path::{Path, PathBuf};

use jiff::Timestamp;

/// Something that is not expected: the file, the disk or another program stands in the way.
/// Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file holds something else.
    #[error("{path} is not a rolodeck organization: {why}")]
    NotOurs {
        /// Which file.
        path: PathBuf,
        /// What is found instead.
        why: String,
    },
    /// A newer version wrote the file.
    #[error("{path} was written by a newer version of rolodeck (schema {found}, this one knows up to {known})")]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest known one.
        known: i64,
    },
    /// The file is damaged, or was changed by another program.
    #[error("{path} is damaged: {why}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What does not fit.
        why: String,
    },
    /// Another copy was put into the place of the file while it was open.
    #[error("{path} is another copy now: its log no longer continues at entry {seq}")]
    Parted {
        /// Which file.
        path: PathBuf,
        /// The newest entry that had been seen.
        seq: u64,
    },
    /// Another program holds the file.
    #[error("{path} is in use by another program")]
    Locked {
        /// Which file.
        path: PathBuf,
    },
    /// The file or its folder cannot be read or written.
    #[error("{path} cannot be {doing}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What was tried, as a past participle.
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// A new file would replace one that is there.
    #[error("{path} is there already")]
    Exists {
        /// Which file.
        path: PathBuf,
    },
    /// The database says no in a way that none of the above covers.
    #[error("{path}: the database failed: {why}")]
    Database {
        /// Which file.
        path: PathBuf,
        /// What it says.
        why: String,
    },
    /// The clock is far behind the log.
    #[error("the clock says {now}, but the newest entry is from {head}")]
    Clock {
        /// The machine's time.
        now: Timestamp,
        /// The newest entry's time.
        head: Timestamp,
    },
    /// The program contradicts itself; please report it.
    #[error("rolodeck contradicts itself: {0}")]
    Inconsistent(String),
}

impl Fault {
    /// The same fault, said of `file`: of what a person named, and not of a copy that was made of it.
    #[must_use]
    pub fn about(self, file: &Path) -> Self {
        let path = file.to_owned();
        match self {
            Self::NotOurs { why, .. } => Self::NotOurs { path, why },
            Self::Newer { found, known, .. } => Self::Newer { path, found, known },
            Self::Damaged { why, .. } => Self::Damaged { path, why },
            Self::Parted { seq, .. } => Self::Parted { path, seq },
            Self::Locked { .. } => Self::Locked { path },
            Self::Io { doing, source, .. } => Self::Io { path, doing, source },
            Self::Exists { .. } => Self::Exists { path },
            Self::Database { why, .. } => Self::Database { path, why },
            other @ (Self::Clock { .. } | Self::Inconsistent(_)) => other,
        }
    }

    /// What to do about it, in a sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotOurs { .. } => "Choose another file with --db, or leave it out to use the default one.",
            Self::Newer { .. } => "Use the newer version; nothing was changed.",
            Self::Damaged { .. } => "Put back a copy of the file; nothing was changed.",
            Self::Parted { .. } => "A backup was put back; open the file and sign in again.",
            Self::Locked { .. } => "Close the other program and try again; nothing was changed.",
            Self::Io { .. } => "Check that the folder exists, that it is yours and that the disk has room.",
            Self::Exists { .. } => "Give the new file another name; nothing was changed.",
            Self::Database { .. } => "Check the disk and try again; nothing was changed.",
            Self::Clock { .. } => "Set this machine's clock and try again; nothing was changed.",
            Self::Inconsistent(_) => "Nothing was changed. Please report this with the log file.",
        }
    }
}
