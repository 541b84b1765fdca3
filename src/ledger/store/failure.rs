//! From what SQLite says to what a person can act on.
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Error, ErrorCode};

use crate::domain::text::Shown;
use crate::ledger::fault::Fault;

/// What goes wrong inside the store, before it is known in which file.
#[derive(Debug)]
pub(super) enum Failure {
    /// SQLite's word.
    Sqlite(Error),
    /// An entry of the log is not what was once appended.
    Entry {
        /// Which.
        seq: u64,
        /// What does not fit.
        why: String,
    },
    /// The file says something that the program never writes.
    Damage(String),
    /// The log no longer has the entry that was the newest one when it was read.
    Parted(u64),
    /// A newer version of the program wrote the file meanwhile.
    Newer(i64),
    /// The file may be read, but not written.
    NotWritable,
    /// The file cannot be copied to this place.
    Copy {
        /// Where to.
        copy: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The caller contradicts itself.
    Contradiction(String),
}

/// A result inside the store.
pub(super) type Attempt<T> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Failure {
    /// Whether SQLite waited for a lock that is only ever held for a moment. Mostly it is this connection that could not
    /// give it back, and keeps it until it is closed.
    pub(super) fn is_stuck(&self) -> bool {
        matches!(self, Self::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::FileLockingProtocolFailed))
    }

    /// Says in which table an unreadable value stands.
    pub(super) fn in_table(self, table: &str) -> Self {
        match self {
            Self::Sqlite(error) if is_data(&error) => Self::Damage(format!("table {table}: {}", shown(&error))),
            other => other,
        }
    }

    /// Says in which entry an unreadable value stands.
    pub(super) fn in_entry(self, seq: u64) -> Self {
        match self {
            Self::Sqlite(error) if is_data(&error) => Self::Entry { seq, why: shown(&error) },
            other => other,
        }
    }

    /// The fault in the file at `path`.
    pub(super) fn at(self, path: &Path) -> Fault {
        let path = path.to_owned();
        match self {
            Self::Sqlite(error) => sqlite(path.as_path(), &error),
            Self::Entry { seq, why } => Fault::Damaged { path, why: format!("entry {seq} of the log: {why}") },
            Self::Damage(why) => Fault::Damaged { path, why },
            Self::Parted(seq) => Fault::Parted { path, seq },
            Self::Newer(found) => Fault::Newer { path, found, known: super::schema::VERSION },
            Self::NotWritable => Fault::Io { path, doing: "written", source: io::ErrorKind::PermissionDenied.into() },
            Self::Copy { copy, source } => Fault::Io { path: copy, doing: "written", source },
            Self::Contradiction(why) => Fault::Inconsistent(why),
        }
    }
}

fn sqlite(path: &Path, error: &Error) -> Fault {
    let why = shown(error);
    let path = path.to_owned();
    let io =
        |doing, kind: io::ErrorKind| Fault::Io { path: path.clone(), doing, source: io::Error::new(kind, why.clone()) };
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Locked { path },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Fault::Damaged { path, why },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => io("written", io::ErrorKind::PermissionDenied),
        Some(ErrorCode::DiskFull) => io("written", io::ErrorKind::StorageFull),
        Some(ErrorCode::CannotOpen) => io("opened", io::ErrorKind::Other),
        Some(ErrorCode::SystemIoFailure) => io("read or written", io::ErrorKind::Other),
        Some(ErrorCode::ConstraintViolation) => Fault::Inconsistent(format!("a row breaks a rule of its table: {why}")),
        _ if is_data(error) => Fault::Damaged { path, why },
        _ => Fault::Database { path, why },
    }
}

/// Whether a value was read that no version of the program writes.
const fn is_data(error: &Error) -> bool {
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..)
    )
}

/// What SQLite says can quote what somebody planted in the file.
fn shown(error: &Error) -> String {
    Shown::new(&error.to_string()).to_string()
}
