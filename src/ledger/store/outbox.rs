//! How far the messages of open invitations have come. Their codes are drawn when they are sent.
use imbl::OrdMap;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::column::Time;
use super::failure::Attempt;
use super::file::Store;
use super::seal;
use crate::domain::id::InvitationId;
use crate::domain::row::Difference;
use crate::ledger::fault::Fault;

/// Where a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Not sent yet; it is tried again from [`Delivery::next_try`] on.
    Waiting,
    /// Handed over.
    Sent,
    /// Given up, until somebody sends the invitation again.
    Failed,
}

/// How far the newest message of an invitation has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// When it was asked for.
    pub asked: Timestamp,
    /// Where it is.
    pub state: DeliveryState,
    /// How often handing it over failed.
    pub tries: u32,
    /// When to try next.
    pub next_try: Timestamp,
    /// Why handing it over failed last.
    pub last_error: Option<Box<str>>,
    /// Since when it is as it is.
    pub written: Timestamp,
}

/// The question for deliveries, as [`delivery`] reads them.
fn question() -> String {
    let whole = seal::OUTBOX.whole();
    format!("SELECT invitation, asked, state, tries, next_try, last_error, written, {whole} FROM outbox")
}

impl Store {
    /// The messages to hand over now, the longest waiting first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting(&self, now: Timestamp, limit: u32) -> Result<Vec<(InvitationId, Delivery)>, Fault> {
        self.ask(|conn| {
            let sql = question() + " WHERE state = 'waiting' AND next_try <= ?1 ORDER BY next_try, invitation LIMIT ?2";
            let mut statement = conn.prepare_cached(&sql)?;
            let waiting = statement.query_map(params![Time(now), limit], delivery)?;
            Ok(waiting.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The newest message of every open invitation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn deliveries(&self) -> Result<OrdMap<InvitationId, Delivery>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached(&question())?;
            let deliveries = statement.query_map([], delivery)?;
            Ok(deliveries.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Notes that a message was handed over. A message that was overtaken by a newer one is left out.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn sent(&mut self, invitation: InvitationId, asked: Timestamp, now: Timestamp) -> Result<(), Fault> {
        self.note(|conn| {
            let mut statement = conn.prepare_cached(
                "UPDATE outbox SET state = 'sent', last_error = NULL, written = ?3 \
                 WHERE invitation = ?1 AND asked = ?2",
            )?;
            statement.execute(params![invitation, Time(asked), Time(now)])?;
            seal::OUTBOX.close(conn, invitation)
        })
    }

    /// Notes that a message could not be handed over, and when to try again.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn delayed(
        &mut self,
        invitation: InvitationId,
        asked: Timestamp,
        now: Timestamp,
        error: &str,
        next_try: Timestamp,
    ) -> Result<(), Fault> {
        self.note(|conn| {
            let mut statement = conn.prepare_cached(
                "UPDATE outbox SET tries = tries + 1, last_error = ?4, next_try = ?5, written = ?3 \
                 WHERE invitation = ?1 AND asked = ?2 AND state = 'waiting'",
            )?;
            statement.execute(params![invitation, Time(asked), Time(now), error, Time(next_try)])?;
            seal::OUTBOX.close(conn, invitation)
        })
    }

    /// Notes that a message cannot be handed over at all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn failed(
        &mut self,
        invitation: InvitationId,
        asked: Timestamp,
        now: Timestamp,
        error: &str,
    ) -> Result<(), Fault> {
        self.note(|conn| {
            let mut statement = conn.prepare_cached(
                "UPDATE outbox SET state = 'failed', tries = tries + 1, last_error = ?4, written = ?3 \
                 WHERE invitation = ?1 AND asked = ?2 AND state = 'waiting'",
            )?;
            statement.execute(params![invitation, Time(asked), Time(now), error])?;
            seal::OUTBOX.close(conn, invitation)
        })
    }
}

/// Puts a message into the outbox for every invitation that is new or asked for one more, and takes out those
/// of invitations that are closed.
pub(super) fn fill(conn: &Connection, difference: &Difference, at: Timestamp) -> Attempt<()> {
    let mut put = conn.prepare_cached(
        "INSERT INTO outbox (invitation, asked, state, tries, next_try, written) \
         VALUES (?1, ?2, 'waiting', 0, ?3, ?3) \
         ON CONFLICT (invitation) DO UPDATE SET asked = excluded.asked, state = excluded.state, tries = 0, \
         next_try = excluded.next_try, last_error = NULL, written = excluded.written",
    )?;
    let mut remove = conn.prepare_cached("DELETE FROM outbox WHERE invitation = ?1")?;
    for pair in difference.invitations() {
        match pair {
            (Some(closed), None) => {
                remove.execute([closed.id])?;
            }
            (before, Some(open)) if before.is_none_or(|before| before.sent != open.sent) => {
                put.execute(params![open.id, Time(open.sent), Time(at)])?;
                seal::OUTBOX.close(conn, open.id)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<(InvitationId, Delivery)> {
    seal::check(row, 7)?;
    let (Time(asked), Time(next_try), Time(written)) = (row.get(1)?, row.get(4)?, row.get(6)?);
    let delivery =
        Delivery { asked, state: row.get(2)?, tries: row.get(3)?, next_try, last_error: row.get(5)?, written };
    Ok((row.get(0)?, delivery))
}
