//! Failed sign-ins: how often, and until when the next try has to wait. What the pauses are is decided
//! elsewhere. A key is a hash of the address, so that known and unknown addresses look alike.
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use super::column::{Number, Time};
use super::failure::Attempt;
use super::file::Store;
use super::seal;
use crate::domain::user::Digest;
use crate::ledger::fault::Fault;

/// After this long without a failure the earlier ones are forgotten.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// How long failures at unknown addresses are gathered for one entry.
const GATHERING: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Until when tries under this key have to wait, if they ever had to.
    pub(in crate::ledger) fn paused_until(&self, key: &Digest) -> Result<Option<Timestamp>, Fault> {
        self.ask(|conn| {
            let sql = format!("SELECT paused_until, {} FROM attempt WHERE key = ?1", seal::ATTEMPT.whole());
            let mut statement = conn.prepare_cached(&sql)?;
            let until = statement.query_row([key], |row| {
                seal::check(row, 1)?;
                row.get::<_, Option<Time>>(0)
            });
            Ok(until.optional()?.flatten().map(|Time(until)| until))
        })
    }

    /// Counts a failure and returns how many there are under this key now.
    pub(in crate::ledger) fn count_try(&mut self, key: &Digest, now: Timestamp) -> Result<u32, Fault> {
        let forgotten = now.saturating_sub(MEMORY).unwrap_or(Timestamp::MIN);
        self.note(|conn| {
            let mut statement = conn.prepare_cached(
                "DELETE FROM attempt WHERE last < ?1 AND (paused_until IS NULL OR paused_until < ?2)",
            )?;
            statement.execute([Time(forgotten), Time(now)])?;
            let mut statement = conn.prepare_cached(
                "INSERT INTO attempt (key, failures, last) VALUES (?1, 1, ?2) \
                 ON CONFLICT (key) DO UPDATE SET failures = failures + 1, last = excluded.last \
                 RETURNING failures",
            )?;
            let failures = statement.query_row(params![key, Time(now)], |row| row.get(0))?;
            seal::ATTEMPT.close(conn, key)?;
            Ok(failures)
        })
    }

    /// Makes further tries under this key wait.
    pub(in crate::ledger) fn pause(&mut self, key: &Digest, until: Timestamp) -> Result<(), Fault> {
        self.note(|conn| {
            let mut statement = conn.prepare_cached("UPDATE attempt SET paused_until = ?2 WHERE key = ?1")?;
            statement.execute(params![key, Time(until)])?;
            seal::ATTEMPT.close(conn, key)
        })
    }

    /// Forgets the failures under this key.
    pub(in crate::ledger) fn clear_tries(&mut self, key: &Digest) -> Result<(), Fault> {
        // Nearly always there is nothing to forget, and nobody has to wait for a lock.
        let any = self.ask(|conn| {
            let mut statement = conn.prepare_cached("SELECT 1 FROM attempt WHERE key = ?1")?;
            Ok(statement.exists([key])?)
        })?;
        if !any {
            return Ok(());
        }
        self.note(|conn| forget(conn, key))
    }

    /// Counts a failure at an unknown address. When an entry about these is due, which is at most one an
    /// hour, returns the number of failures that it stands for: all since the entry before it.
    pub(in crate::ledger) fn count_stranger(&mut self, now: Timestamp) -> Result<Option<u64>, Fault> {
        self.note(|conn| {
            let known = strangers(conn)?;
            let tries = known.map_or(0, |(Number(tries), _)| tries) + 1;
            // A clock that was set back must not silence the entries.
            let gathered = known.map(|(_, Time(noted))| now.duration_since(noted));
            let due = gathered.is_none_or(|since| since >= GATHERING || since.is_negative());
            let (left, noted) = match known {
                Some((_, noted)) if !due => (tries, noted),
                _ => (0, Time(now)),
            };
            let mut statement = conn.prepare_cached(
                "INSERT INTO stranger (singleton, tries, noted) VALUES (1, ?1, ?2) \
                 ON CONFLICT (singleton) DO UPDATE SET tries = excluded.tries, noted = excluded.noted",
            )?;
            statement.execute(params![Number(left), noted])?;
            seal::STRANGER.close(conn, 1)?;
            Ok(due.then_some(tries))
        })
    }
}

/// Forgets that anybody ever tried under this key.
pub(super) fn forget(conn: &Connection, key: &Digest) -> Attempt<()> {
    conn.prepare_cached("DELETE FROM attempt WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// How many tries at unknown addresses there were since the last entry about them, and when that was.
fn strangers(conn: &Connection) -> Attempt<Option<(Number, Time)>> {
    let mut statement =
        conn.prepare_cached(&format!("SELECT tries, noted, {} FROM stranger", seal::STRANGER.whole()))?;
    let known = statement.query_row([], |row| {
        seal::check(row, 2)?;
        Ok((row.get(0)?, row.get(1)?))
    });
    Ok(known.optional()?)
}
