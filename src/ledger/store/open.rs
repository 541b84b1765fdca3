//! Making a file and opening one. What is not ours, damaged or newer is refused and left as it is.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::failure::{Attempt, Failure};
use super::file::Store;
use super::{busy, migrate, probe, schema, seal};
use crate::disk::{folder_of, private_file, private_folder};
use crate::domain::organization::Nature;
use crate::ledger::fault::Fault;

/// Before this version SQLite can damage a file that two processes write.
const OLDEST_SQLITE: i32 = 3_051_003;

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 128;

/// Whether a file is opened for writing, too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Yes.
    Write,
    /// No.
    Read,
}

impl Store {
    /// Makes a new file at `path` (mode 0600), and the folders above it (mode 0700) where they are missing.
    ///
    /// # Errors
    /// When there is something at `path` already, or the disk says no.
    pub fn create(path: &Path, nature: Nature) -> Result<Self, Fault> {
        reserve(path).map_err(|source| Fault::Io { path: path.to_owned(), doing: "created", source })?;
        let made = connect(path, Mode::Write, busy::PATIENCE).and_then(|mut conn| {
            let cookie = schema::install(&mut conn, nature)?;
            Ok((conn, cookie))
        });
        let made = made.map_err(|failure| failure.at(path));
        let made = made.and_then(|(conn, cookie)| finish(conn, path, nature, cookie, Mode::Write));
        if made.is_err() {
            // Half a file helps nobody; it was made here and just now.
            fs::remove_file(path).ok();
        }
        made
    }

    /// Opens the file at `path`.
    ///
    /// # Errors
    /// When it is not ours, damaged, from a newer version, held by another program, or cannot be read or
    /// written. It is left as it is then.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        open(path, Mode::Write, busy::PATIENCE)
    }

    /// Opens the file at `path` for reading alone.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_read_only(path: &Path) -> Result<Self, Fault> {
        open(path, Mode::Read, busy::PATIENCE)
    }

    /// Opens the file at `path`, and waits no longer than `patience` for others.
    #[cfg(test)]
    pub(super) fn open_within(path: &Path, patience: Duration) -> Result<Self, Fault> {
        open(path, Mode::Write, patience)
    }

    /// An organization without a file, which is gone with the value.
    ///
    /// # Errors
    /// Only if SQLite cannot be used at all.
    pub fn in_memory(nature: Nature) -> Result<Self, Fault> {
        let path = PathBuf::from(":memory:");
        let made = Connection::open_in_memory().map_err(Failure::from).and_then(|mut conn| {
            prepare(&mut conn, busy::PATIENCE)?;
            let cookie = schema::install(&mut conn, nature)?;
            Ok((conn, cookie))
        });
        let (conn, cookie) = made.map_err(|failure| failure.at(&path))?;
        Self::load(conn, path, nature, cookie)
    }
}

/// Takes the name, so that nobody else's file is ever written to.
fn reserve(path: &Path) -> io::Result<()> {
    private_folder(folder_of(path))?;
    private_file(path).map(|_| ())
}

fn open(path: &Path, mode: Mode, patience: Duration) -> Result<Store, Fault> {
    probe::look(path)?;
    let fault = |failure: Failure| failure.at(path);
    let mut conn = connect(path, mode, patience).map_err(fault)?;
    let nature = probe::nature(&conn, path)?;
    let version = schema::version(&conn).map_err(fault)?;
    match mode {
        Mode::Write => migrate::migrate(&mut conn, path, version).map_err(fault)?,
        Mode::Read => schema::check_version(&conn).map_err(fault)?,
    }
    let cookie = schema::check(&conn).map_err(fault)?;
    finish(conn, path, nature, cookie, mode)
}

/// Opens a connection to a file that is there.
pub(super) fn connect(path: &Path, mode: Mode, patience: Duration) -> Attempt<Connection> {
    let access = match mode {
        Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let left_behind = wal_of(path).exists();
    let mut conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&mut conn, patience)?;
    // Until everything is checked, closing again must not even tidy up what somebody left behind.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, left_behind)?;
    if mode == Mode::Write && conn.is_readonly("main")? {
        return Err(Failure::NotWritable);
    }
    Ok(conn)
}

/// Where SQLite keeps what it has not yet written into the file itself.
pub(super) fn wal_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// A file beside the one at `path`, with a longer name.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// What holds for every connection.
pub(super) fn prepare(conn: &mut Connection, patience: Duration) -> Attempt<()> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        let version = rusqlite::version();
        return Err(Failure::Contradiction(format!("it was built with SQLite {version}, which can damage files")));
    }
    conn.busy_handler(Some(busy::handler(patience)))?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    // Pages of a large change stay in memory until its commit, rather than going to the disk and coming back.
    conn.pragma_update(None, "cache_spill", false)?;
    conn.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    Ok(seal::register(conn)?)
}

/// The checks are done: from here on the file is used.
fn finish(conn: Connection, path: &Path, nature: Nature, cookie: i64, mode: Mode) -> Result<Store, Fault> {
    let settle = || -> Attempt<()> {
        if mode == Mode::Write {
            let journal: String = conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
            if journal != "wal" {
                return Err(Failure::Damage(format!("its journal cannot be a WAL, it stays “{journal}”")));
            }
        }
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(())
    };
    settle().map_err(|failure| failure.at(path))?;
    Store::load(conn, path.to_owned(), nature, cookie)
}
