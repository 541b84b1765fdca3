//! A copy of the whole file as one commit left it, while others go on writing.
use std::path::Path;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode};

use super::failure::{Attempt, Failure};
use super::file::Store;
use crate::ledger::fault::Fault;

impl Store {
    /// Writes a copy into the empty file `copy`, which will become `target`: whatever cannot be written is said of that.
    pub(in crate::ledger) fn duplicate(&self, copy: &Path, target: &Path) -> Result<(), Fault> {
        duplicate(&self.conn, copy).map_err(|failure| match &failure {
            Failure::Sqlite(error) if is_about_writing(error) => failure.at(target),
            _ => failure.at(self.path()),
        })
    }
}

/// Writes a copy into an empty file.
pub(super) fn duplicate(conn: &Connection, copy: &Path) -> Attempt<()> {
    let name = ToSqlOutput::Borrowed(ValueRef::Text(copy.as_os_str().as_encoded_bytes()));
    conn.execute("VACUUM INTO ?1", [name])?;
    Ok(())
}

fn is_about_writing(error: &rusqlite::Error) -> bool {
    use ErrorCode::{CannotOpen, DiskFull, PermissionDenied, ReadOnly, SystemIoFailure};
    let code = error.sqlite_error_code();
    matches!(code, Some(DiskFull | CannotOpen | ReadOnly | PermissionDenied | SystemIoFailure))
}
