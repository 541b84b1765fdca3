//! The organization as the log tells it: entries applied one after the other.
use std::sync::Arc;

use rusqlite::Connection;

use super::failure::{Attempt, Failure};
use super::file::Store;
use super::{log, walk};
use crate::domain::org::Org;
use crate::ledger::entry::{Head, Outcome};
use crate::ledger::fault::Fault;

impl Store {
    /// The organization as it was after the entry `upto`, told by the log alone.
    ///
    /// # Errors
    /// When the log is damaged or cannot be read.
    pub fn fold(&self, upto: u64) -> Result<Org, Fault> {
        self.ask(|conn| {
            let mut org = Org::default();
            apply(conn, Head::START, upto, &mut org)?;
            Ok(org)
        })
    }
}

/// What became of `org` after `head`: none when that is still the newest entry.
pub(super) fn tail(conn: &Connection, org: &Arc<Org>, head: Head) -> Attempt<Option<(Org, Head)>> {
    let newest = log::newest(conn)?;
    if newest == head {
        return Ok(None);
    }
    continues(conn, head)?;
    let mut org = Org::clone(org);
    let head = apply(conn, head, newest.seq, &mut org)?;
    Ok(Some((org, head)))
}

/// Checks that the log still has the entry `head`. Otherwise another copy was put into the place of the file.
pub(super) fn continues(conn: &Connection, head: Head) -> Attempt<()> {
    if head == Head::START || log::hash_at(conn, head.seq)? == Some(head.hash) {
        return Ok(());
    }
    Err(Failure::Parted(head.seq))
}

/// Applies the entries behind `from` up to `upto`, and checks that each continues the one before.
pub(super) fn apply(conn: &Connection, from: Head, upto: u64, org: &mut Org) -> Attempt<Head> {
    walk::walk(conn, from, upto, |header, body| {
        if header.outcome != Outcome::Refused {
            let unreadable = |error| Failure::Entry { seq: header.seq, why: format!("part {}: {error}", body.n) };
            body.apply(org).map_err(unreadable)?;
        }
        Ok(())
    })
}
