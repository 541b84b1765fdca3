//! The one way in which an organization and its log are written.
use std::sync::Arc;

use rusqlite::Connection;

use super::blank::{Blanked, Blanking};
use super::failure::{Attempt, Failure};
use super::file::{Store, fits};
use super::{address, attempt, blank, busy, log, outbox, park, put, secret, vanish};
use crate::domain::erasure::Traces;
use crate::domain::org::Org;
use crate::domain::row::{Difference, Kind};
use crate::domain::user::Digest;
use crate::ledger::entry::{Entry, Head, Outcome};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secrets;
use crate::outside::Outside;

/// A transaction that holds the file for writing. Dropped without [`Writing::commit`], it never happened.
pub struct Writing<'a> {
    store: &'a mut Store,
    org: Arc<Org>,
    head: Head,
    secrets_gone: bool,
    blanked: bool,
}

impl Store {
    /// Takes the file for writing, waits for others who have it, and applies what they appended.
    pub(in crate::ledger) fn begin(&mut self) -> Result<Writing<'_>, Fault> {
        self.lock().map_err(|failure| failure.at(self.path()))?;
        // From here on, dropping it ends the transaction.
        let mut writing =
            Writing { org: self.org(), head: self.head(), store: self, secrets_gone: false, blanked: false };
        writing.store.follow().map_err(|failure| failure.at(writing.store.path()))?;
        writing.org = writing.store.org();
        writing.head = writing.store.head();
        Ok(writing)
    }
}

impl Writing<'_> {
    /// The organization as it will be when this is committed.
    pub(in crate::ledger) fn org(&self) -> Arc<Org> {
        Arc::clone(&self.org)
    }

    /// The entry that the next one continues.
    pub(in crate::ledger) const fn head(&self) -> Head {
        self.head
    }

    /// Appends an entry, with the difference that leads to `after` in the tables and the secrets that belong
    /// to its credentials.
    ///
    /// # Errors
    /// When the parts contradict each other, or the disk says no. Drop it then.
    pub(in crate::ledger) fn append(
        &mut self,
        entry: Entry,
        difference: &Difference,
        after: Org,
        secrets: &Secrets,
    ) -> Result<(), Fault> {
        let appended = self.try_append(&entry, difference, &after, secrets);
        appended.map_err(|failure| failure.at(self.store.path()))?;
        self.org = Arc::new(after);
        self.head = entry.header.head();
        Ok(())
    }

    /// What has to be done to the log to take a person out of it, as of now.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub(in crate::ledger) fn blanking(&self, traces: Traces, outside: &Outside) -> Result<Blanking, Fault> {
        blank::plan(&self.store.conn, traces, outside).map_err(|failure| failure.at(self.store.path()))
    }

    /// Does that, in the name of the entry that was just appended and says so; tries to sign in are forgotten under
    /// these keys.
    ///
    /// # Errors
    /// When the disk says no. Drop it then.
    pub(in crate::ledger) fn blank(&mut self, bodies: &[Blanked], tries: &[Digest]) -> Result<(), Fault> {
        let conn = &self.store.conn;
        let blanked = blank::write(conn, self.head.seq, bodies);
        let forgotten = tries.iter().try_for_each(|key| attempt::forget(conn, key));
        blanked.and(forgotten).map_err(|failure| failure.at(self.store.path()))?;
        self.blanked = true;
        Ok(())
    }

    /// Makes all of it true at once, on the disk and then in memory.
    ///
    /// # Errors
    /// When the disk says no, or a row refers to one that is not there. Nothing happened then.
    pub(in crate::ledger) fn commit(self) -> Result<(), Fault> {
        let committed = self.store.conn.execute_batch("COMMIT");
        committed.map_err(|error| Failure::from(error).at(self.store.path()))?;
        self.store.org = self.org();
        self.store.head = self.head;
        self.store.unpacked |= self.blanked;
        self.store.pack();
        self.store.unwiped |= self.secrets_gone || self.blanked;
        self.store.wipe();
        Ok(())
    }

    fn try_append(&mut self, entry: &Entry, difference: &Difference, after: &Org, secrets: &Secrets) -> Attempt<()> {
        belongs_here(entry, self.head)?;
        says(entry, difference)?;
        fits(self.store.nature(), after).map_err(|_| Failure::Contradiction("a sample stays a sample".into()))?;
        let conn = &self.store.conn;
        log::append(conn, entry)?;
        self.secrets_gone |= write(conn, entry, difference, secrets)?;
        Ok(())
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.store.conn.is_autocommit() {
            // What cannot be rolled back ends with the connection; there is nobody to tell.
            self.store.conn.execute_batch("ROLLBACK").ok();
        }
    }
}

impl Store {
    /// Writes the file anew after somebody was blanked: SQLite zeroes what is deleted, but where pages were split, copies
    /// of rows can stand between others. When that does not work now, the next commit tries again.
    fn pack(&mut self) {
        if self.unpacked {
            self.unpacked = self.conn.execute_batch("VACUUM").is_err();
            self.unwiped = true;
        }
    }

    /// Empties the WAL after a secret was deleted, since the old pages in it would still hold it. When others
    /// are reading just now, the next commit tries again.
    fn wipe(&mut self) {
        if !self.unwiped {
            return;
        }
        let wiped = self
            .conn
            .busy_handler(None::<fn(i32) -> bool>)
            .and_then(|()| self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
        self.unwiped = !matches!(wiped, Ok(0));
        // A connection that does not wait only fails more often; the next try tells.
        self.conn.busy_handler(Some(busy::handler(busy::PATIENCE))).ok();
    }
}

/// Writes a difference to the tables: what vanished goes first, then unique values that change make room,
/// then the rows come. Tells whether a secret was deleted.
fn write(conn: &Connection, entry: &Entry, difference: &Difference, secrets: &Secrets) -> Attempt<bool> {
    let secrets_gone = secret::withdraw(conn, difference)?;
    address::release(conn, difference)?;
    vanish::rows(conn, difference)?;
    park::unique_values(conn, difference)?;
    put::rows(conn, difference)?;
    address::take(conn, difference)?;
    secret::deposit(conn, difference, secrets)?;
    outbox::fill(conn, difference, entry.header.at)?;
    Ok(secrets_gone)
}

/// Whether the entry continues `head`.
fn belongs_here(entry: &Entry, head: Head) -> Attempt<()> {
    let header = &entry.header;
    if header.seq == head.seq + 1 && header.previous == head.hash && header.at >= head.at {
        Ok(())
    } else {
        Err(Failure::Contradiction(format!("entry {} does not continue entry {}", header.seq, head.seq)))
    }
}

/// Whether the entry tells of exactly the rows that change, so that the log tells what the tables hold.
fn says(entry: &Entry, difference: &Difference) -> Attempt<()> {
    let told = entry.bodies.iter().filter_map(|body| Some((Kind::named(&body.kind)?, body.id, body.bytes.is_some())));
    let changed =
        difference.changes.iter().map(|change| (change.row.kind, Some(change.row.id), change.after.is_some()));
    let done = entry.header.outcome != Outcome::Refused || difference.is_empty();
    if done && told.eq(changed) {
        Ok(())
    } else {
        Err(Failure::Contradiction(format!("entry {} does not tell what changes", entry.header.seq)))
    }
}
