//! What waits for the person at the keyboard.
use jiff::Timestamp;

use crate::command::Proposal;
use crate::domain::access::Person;
use crate::domain::id::ChangeRequestId;
use crate::domain::org::Org;
use crate::domain::permission::Permission;

/// The change requests that somebody can decide, as of one state of the organization and one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The oldest first.
    pub requests: Vec<ChangeRequestId>,
    next_expiry: Option<Timestamp>,
}

impl Waiting {
    /// Tries every open request once.
    pub fn of(org: &Org, person: Person, now: Timestamp) -> Self {
        let decides = |role: &crate::domain::role::Role| role.permissions().contains(Permission::ORGANIZATIONS_UPDATE);
        if !org.role(person.role).is_some_and(decides) {
            return Self::default();
        }
        let mine = org.open_requests().filter(|request| {
            Proposal::open(org, request, now).is_ok_and(|proposal| proposal.may_approve(org, person).is_ok())
        });
        let mine: Vec<_> = mine.collect();
        Self {
            next_expiry: mine.iter().map(|request| request.expires).min(),
            requests: mine.into_iter().map(|request| request.id).collect(),
        }
    }

    /// Whether one of them expired since.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.next_expiry.is_some_and(|expiry| now >= expiry)
    }
}
