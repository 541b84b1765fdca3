//! Opening a file without touching it or anything beside it.
//!
//! SQLite makes the files beside a database even for somebody who only reads. So the way is chosen by what is there.
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::ledger::fault::Fault;
use crate::ledger::store::failure::{Attempt, Failure};
use crate::ledger::store::open::{beside, prepare, wal_of};
use crate::ledger::store::{busy, probe};

/// How many KiB of pages are kept: looking up every index entry wants many.
const CACHE: i64 = 64 * 1024;

/// An open file, and the copy that it is, if it is one.
pub(super) struct Quiet {
    pub(super) conn: Connection,
    _copy: Option<TempDir>,
}

/// Opens the file.
pub(super) fn open(path: &Path) -> Result<Quiet, Fault> {
    probe::look(path)?;
    let wal = wal_of(path);
    let unwritten = fs::metadata(&wal).ok().map(|found| found.len() > 0);
    let in_use = unwritten.is_some() && beside(path, "-shm").exists();
    if !in_use && unwritten != Some(true) {
        // Everything stands in the file itself, and nobody has it open.
        return quiet(path, probe::UNTOUCHED).map_err(|failure| failure.at(path));
    }
    if let Ok(quiet) = quiet(path, "mode=ro&readonly_shm=1") {
        return Ok(quiet);
    }
    copied(path, &wal).map_err(|source| Fault::Io { path: path.to_owned(), doing: "read", source })?.at(path)
}

/// Whether examining takes so long that two should share the work.
pub(super) fn is_large(path: &Path) -> bool {
    const LARGE: u64 = 8 * 1024 * 1024;
    fs::metadata(path).is_ok_and(|found| found.len() >= LARGE)
}

/// How long the file and what is not yet written into it are, and since when: the same as long as nobody writes.
pub(super) fn state(path: &Path) -> [Option<(u64, SystemTime)>; 2] {
    [path.to_owned(), wal_of(path)].map(|path| {
        let found = fs::metadata(path).ok()?;
        Some((found.len(), found.modified().ok()?))
    })
}

fn quiet(path: &Path, how: &str) -> Attempt<Quiet> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Ok(Quiet { conn: settled(Connection::open_with_flags(probe::uri(path, how), flags)?)?, _copy: None })
}

/// A copy of a file that nobody has open, and of what was not yet written into it.
fn copied(path: &Path, wal: &Path) -> io::Result<Copied> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.db");
    fs::copy(path, &copy)?;
    fs::copy(wal, wal_of(&copy))?;
    Ok(Copied(folder))
}

struct Copied(TempDir);

impl Copied {
    fn at(self, path: &Path) -> Result<Quiet, Fault> {
        let open =
            || settled(Connection::open_with_flags(self.0.path().join("copy.db"), OpenFlags::SQLITE_OPEN_READ_WRITE)?);
        let conn = open().map_err(|failure| failure.at(path))?;
        Ok(Quiet { conn, _copy: Some(self.0) })
    }
}

fn settled(mut conn: Connection) -> Attempt<Connection> {
    prepare(&mut conn, busy::PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "cache_size", -CACHE)?;
    // SQLite looks at the files only now.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(Failure::from)?;
    Ok(conn)
}
