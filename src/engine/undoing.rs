//! What undoing the last own change would do.
use jiff::Timestamp;

use super::request::Trouble;
use crate::command::{Proposal, Undo};
use crate::domain::change_request::Told;
use crate::domain::refusal::Refusal;
use crate::ledger::actor::Session;
use crate::ledger::own_change::last_own_change;
use crate::ledger::store::Store;
use crate::outside::Outside;

/// Somebody's last change.
#[derive(Debug)]
pub struct LastChange {
    /// Its entry.
    pub entry: u64,
    /// When.
    pub at: Timestamp,
    /// The stored name of the command.
    pub command: Box<str>,
    /// What undoes it and what that does; or why it cannot be undone.
    pub undo: Result<(Undo, Told), Refusal>,
}

/// The last change of whoever this session is of; none when there is none that was not undone already.
pub(super) fn last_change(store: &Store, outside: &Outside, session: &Session) -> Result<Option<LastChange>, Trouble> {
    let person = session.person();
    let Some(own) = last_own_change(store, person.user)? else { return Ok(None) };
    let (org, now) = (store.org(), outside.now());
    let changes = (own.header.seq, own.changes.as_slice());
    let undo = Undo::of(&org, changes, person.user, now, &mut || outside.seed()).and_then(|undo| {
        let proposal = Proposal::new(&org, person, undo.clone().into())?;
        Ok((undo, Told::of(proposal.effect(), &org, proposal.after())))
    });
    Ok(Some(LastChange { entry: own.header.seq, at: own.header.at, command: own.header.command, undo }))
}
