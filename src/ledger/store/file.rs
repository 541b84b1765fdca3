//! An open organization.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::failure::{Attempt, Failure};
use super::open::{Mode, connect};
use super::{busy, follow, load, log, schema};
use crate::domain::org::Org;
use crate::domain::organization::Nature;
use crate::ledger::entry::Head;
use crate::ledger::fault::Fault;

/// One open organization: its file, its value as of the newest entry that was seen, and that entry.
pub struct Store {
    pub(super) conn: Connection,
    path: PathBuf,
    nature: Nature,
    pub(super) org: Arc<Org>,
    pub(super) head: Head,
    /// By which SQLite tells that another connection committed something; none while a connection has not looked yet.
    seen: Option<i64>,
    /// What the file was opened for, while there is no connection to it: the last try to open another one failed.
    adrift: Option<Mode>,
    /// By which SQLite tells that somebody changed the tables themselves.
    cookie: i64,
    /// Whether a deleted secret may still stand in the WAL.
    pub(super) unwiped: bool,
    /// Whether what was blanked may still stand between the rows of the file.
    pub(super) unpacked: bool,
    #[cfg(test)]
    asked: std::cell::Cell<u64>,
}

/// What another program did to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Nothing.
    Not,
    /// It wrote beside the organization: how far messages have come, failed sign-ins.
    Beside,
    /// It appended entries.
    Log,
}

impl Store {
    /// Reads the organization from an open file whose tables were checked when they had this `cookie`.
    pub(super) fn load(conn: Connection, path: PathBuf, nature: Nature, cookie: i64) -> Result<Self, Fault> {
        let read = || -> Attempt<(Org, Head, i64)> {
            let seen = seen(&conn)?;
            let snapshot = conn.unchecked_transaction()?;
            let org = load::org(&conn)?;
            fits(nature, &org)?;
            let head = log::newest(&conn)?;
            snapshot.finish()?;
            Ok((org, head, seen))
        };
        let (org, head, seen) = read().map_err(|failure| failure.at(&path))?;
        Ok(Self {
            conn,
            path,
            nature,
            org: Arc::new(org),
            head,
            seen: Some(seen),
            adrift: None,
            cookie,
            unwiped: false,
            unpacked: false,
            #[cfg(test)]
            asked: std::cell::Cell::default(),
        })
    }

    /// How often the file was read for an answer.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> u64 {
        self.asked.get()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is a sample, as fixed when the file was made.
    pub const fn nature(&self) -> Nature {
        self.nature
    }

    /// The organization as of [`Store::head`].
    pub fn org(&self) -> Arc<Org> {
        Arc::clone(&self.org)
    }

    /// The newest entry that was seen.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// Applies what other programs appended since. Cheap when nothing happened.
    ///
    /// # Errors
    /// When the file cannot be read any more, or its log does not continue where it was.
    pub fn catch_up(&mut self) -> Result<Moved, Fault> {
        self.caught_up().map_err(|failure| failure.at(&self.path))
    }

    fn caught_up(&mut self) -> Attempt<Moved> {
        let seen = self.unstuck(|store| seen(&store.conn))?;
        if self.seen == Some(seen) {
            return Ok(Moved::Not);
        }
        self.conn.execute_batch("BEGIN")?;
        let before = self.head;
        let followed = self.follow();
        self.conn.execute_batch("COMMIT")?;
        followed?;
        self.seen = Some(seen);
        Ok(if self.head == before { Moved::Beside } else { Moved::Log })
    }

    /// Inside a transaction: checks that the file is still what it was, and applies the entries that others
    /// appended.
    pub(super) fn follow(&mut self) -> Attempt<()> {
        self.check_tables()?;
        if let Some((org, head)) = follow::tail(&self.conn, &self.org, self.head)? {
            fits(self.nature, &org)?;
            self.org = Arc::new(org);
            self.head = head;
        }
        Ok(())
    }

    fn check_tables(&mut self) -> Attempt<()> {
        schema::check_version(&self.conn)?;
        if schema::cookie(&self.conn)? != self.cookie {
            self.cookie = schema::check(&self.conn)?;
        }
        Ok(())
    }

    /// Reads something.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Connection) -> Attempt<T>) -> Result<T, Fault> {
        #[cfg(test)]
        self.asked.set(self.asked.get() + 1);
        question(&self.conn).map_err(|failure| failure.at(&self.path))
    }

    /// Writes something beside the log and the organization, in a transaction of its own.
    pub(super) fn note<T>(&mut self, write: impl FnOnce(&Connection) -> Attempt<T>) -> Result<T, Fault> {
        let noted = self.noted(write);
        if noted.is_err() && !self.conn.is_autocommit() {
            // The failure is what matters; a transaction that cannot be rolled back ends with the connection.
            self.conn.execute_batch("ROLLBACK").ok();
        }
        noted.map_err(|failure| failure.at(&self.path))
    }

    /// Begins a transaction that holds the file for writing.
    pub(super) fn lock(&mut self) -> Attempt<()> {
        self.unstuck(|store| {
            // SQLite would begin one that only reads, and say no in the middle.
            if store.conn.is_readonly("main")? {
                return Err(Failure::NotWritable);
            }
            Ok(store.conn.execute_batch("BEGIN IMMEDIATE")?)
        })
    }

    /// Tries something outside of a transaction, and once more on a connection of its own where this one is stuck.
    fn unstuck<T>(&mut self, attempt: impl Fn(&Self) -> Attempt<T>) -> Attempt<T> {
        if self.adrift.is_none() {
            match attempt(self) {
                Err(failure) if failure.is_stuck() => {}
                done => return done,
            }
        }
        self.connect_anew()?;
        attempt(self)
    }

    /// Lets go of the connection, and of every lock that it could not give back, and opens another one. Whether the file
    /// is still the same is seen by whoever follows its log next.
    pub(super) fn connect_anew(&mut self) -> Attempt<()> {
        let mode = match self.adrift {
            Some(mode) => mode,
            None if self.conn.is_readonly("main")? => Mode::Read,
            None => Mode::Write,
        };
        // The old one has to go first: as long as it is there, so are its locks.
        self.conn = Connection::open_in_memory()?;
        self.adrift = Some(mode);
        self.conn = connect(&self.path, mode, busy::PATIENCE)?;
        self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        self.seen = None;
        self.adrift = None;
        Ok(())
    }

    fn noted<T>(&mut self, write: impl FnOnce(&Connection) -> Attempt<T>) -> Attempt<T> {
        self.lock()?;
        self.check_tables()?;
        // What is noted belongs to the organization that was read.
        follow::continues(&self.conn, self.head)?;
        let answer = write(&self.conn)?;
        self.conn.execute_batch("COMMIT")?;
        Ok(answer)
    }
}

fn seen(conn: &Connection) -> Attempt<i64> {
    Ok(conn.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// A file is a sample or it is not; what its organization says about that must be the same.
pub(super) fn fits(nature: Nature, org: &Org) -> Attempt<()> {
    match org.organization() {
        Some(organization) if organization.nature != nature => {
            Err(Failure::Damage("a sample was turned into a real organization, or the reverse".into()))
        }
        _ => Ok(()),
    }
}
