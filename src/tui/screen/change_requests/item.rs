//! One change request as the lists know it.
use std::sync::Arc;

use jiff::Timestamp;

use crate::command::Proposal;
use crate::domain::access::Person;
use crate::domain::change_request::{ChangeRequest, RequestState};
use crate::domain::id::UserId;
use crate::domain::org::Org;

/// What is to be said of a request at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Somebody can decide.
    Waiting,
    /// It cannot be done as it was asked for, or would do something else by now.
    Stale,
    /// Nobody decided in time.
    Expired,
    /// Approved and done.
    Applied,
    /// Somebody said no.
    Rejected,
    /// The requester took it back.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Stale, Self::Expired, Self::Applied, Self::Rejected, Self::Withdrawn];

    /// In one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Stale => "Stale",
            Self::Expired => "Expired",
            Self::Applied => "Applied",
            Self::Rejected => "Rejected",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

/// What trying an open request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trial {
    /// It still does what it did, and whoever looks can approve it.
    Mine,
    /// It still does what it did.
    Fits,
    /// It does not.
    Stale,
}

/// A request, and what trying it came to.
pub(super) struct Item {
    pub request: Arc<ChangeRequest>,
    /// The requester's name.
    pub requester: String,
    /// None when it is decided, or was expired already.
    trial: Option<Trial>,
}

impl Item {
    /// A request as `who` sees it. An open one is tried.
    pub fn new(org: &Org, request: &Arc<ChangeRequest>, who: Person, now: Timestamp) -> Self {
        let waits = request.is_open() && !request.is_expired(now);
        Self {
            request: Arc::clone(request),
            requester: name_of(org, request.by.user),
            trial: waits.then(|| trial(org, request, who, now)),
        }
    }

    /// What is to be said of it now.
    pub fn state(&self, now: Timestamp) -> State {
        match &self.request.state {
            RequestState::Applied { .. } => State::Applied,
            RequestState::Rejected { .. } => State::Rejected,
            RequestState::Withdrawn { .. } => State::Withdrawn,
            RequestState::Pending if self.request.is_expired(now) => State::Expired,
            RequestState::Pending if self.trial == Some(Trial::Stale) => State::Stale,
            RequestState::Pending => State::Waiting,
        }
    }

    /// Whether whoever looks can approve it now.
    pub fn can_be_approved(&self, now: Timestamp) -> bool {
        self.trial == Some(Trial::Mine) && !self.request.is_expired(now)
    }

    /// When its state changes by itself.
    pub fn ends(&self, now: Timestamp) -> Option<Timestamp> {
        (self.request.is_open() && !self.request.is_expired(now)).then_some(self.request.expires)
    }
}

fn trial(org: &Org, request: &ChangeRequest, who: Person, now: Timestamp) -> Trial {
    match Proposal::open(org, request, now) {
        Ok(proposal) if proposal.may_approve(org, who).is_ok() => Trial::Mine,
        Ok(_) => Trial::Fits,
        Err(_) => Trial::Stale,
    }
}

/// A user's name, also of one who was removed.
pub(super) fn name_of(org: &Org, user: UserId) -> String {
    org.user(user).map_or_else(|| format!("a user who is not there ({user})"), |user| user.name.to_string())
}
