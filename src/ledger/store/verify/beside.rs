//! What stands beside the log: the note of its newest entry, messages, failed sign-ins.
use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::finding::Finding;
use crate::domain::id::InvitationId;
use crate::domain::org::Org;
use crate::domain::user::Digest;
use crate::ledger::entry::Head;
use crate::ledger::store::column::{Number, Time};
use crate::ledger::store::failure::Attempt;
use crate::ledger::store::{load, seal};

/// Whether the note of the newest entry names the one that the log ends with.
pub(super) fn head(conn: &Connection, head: Head) -> Attempt<Option<Finding>> {
    let noted =
        conn.query_row("SELECT seq, hash FROM log_head", [], |row| Ok((row.get::<_, Number>(0)?.0, row.get(1)?)));
    let noted: Option<(u64, Digest)> = noted.optional()?;
    let last = head.seq;
    Ok(match noted {
        None if last == 0 => None,
        None => Some(Finding::Head { noted: 0, last }),
        Some((noted, _)) if noted > last => {
            Some(Finding::TailCut { last, why: format!("it is noted that it went on to entry {noted}") })
        }
        Some((noted, hash)) if noted == last && hash == head.hash => None,
        Some((noted, hash)) => {
            let found = conn.query_row("SELECT hash FROM log WHERE seq = ?1", [Number(noted)], |row| row.get(0));
            let found: Option<Digest> = found.optional()?;
            Some(if found == Some(hash) {
                Finding::Head { noted, last }
            } else {
                Finding::ComputedAnew { after: 0, seq: noted, witness: "the note of the newest entry" }
            })
        }
    })
}

/// Whether messages and failed sign-ins are as they were written, and there is a message for every open invitation.
pub(super) fn rows(conn: &Connection, org: &Org) -> Attempt<Option<Finding>> {
    for sealed in seal::ALL {
        if sealed.is_broken(conn)? {
            return Ok(Some(match sealed.table {
                "outbox" => Finding::Delivery("its seal is broken".into()),
                _ => Finding::Attempt,
            }));
        }
    }
    let mut asked: BTreeMap<InvitationId, _> = org.invitations().iter().map(|(id, open)| (*id, open.sent)).collect();
    let mut wrong = None;
    load::each(conn, "SELECT invitation, asked FROM outbox", |row| {
        let (id, Time(at)) = (row.get(0)?, row.get(1)?);
        if asked.remove(&id) != Some(at) {
            wrong = Some(id);
        }
        Ok(())
    })
    .map_err(|failure| failure.in_table("outbox"))?;
    let wrong = wrong.map(|id| format!("the one of invitation {id} is another than was asked for"));
    let missing = asked.into_keys().next().map(|id| format!("the one of invitation {id} is missing"));
    Ok(wrong.or(missing).map(Finding::Delivery))
}
