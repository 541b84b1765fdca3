//! A change that waits, or waited, for a second person (decisions 1, 10 and 12 in the crate docs).
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::access::Person;
use super::effect::{Effect, Line};
use super::id::ChangeRequestId;
use super::name::Reason;
use super::org::Org;
use super::security::Area;
use super::user::Digest;

/// How long a request can be decided.
pub const REQUEST_VALID: SignedDuration = SignedDuration::from_hours(72);

/// The most lines of an effect that are kept with a request. Its digest covers all of them.
const LINES: usize = 60;

/// A command as it waits: opaque to everything below the commands themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The version of its form.
    pub version: u16,
    /// The command, in JSON.
    pub json: serde_json::Value,
}

/// What an approver is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Over everything that it does, by ids; see [`Effect`].
    pub digest: Digest,
    /// Field by field, as far as they are kept.
    pub lines: Vec<Line>,
    /// Who gains or loses what, in words, as far as it is kept.
    pub access: Vec<String>,
    /// How many lines there are beyond those that are kept.
    pub more: usize,
}

impl Told {
    /// The effect as it is kept with a request.
    pub fn of(effect: &Effect, before: &Org, after: &Org) -> Self {
        let access = effect.access.iter().flat_map(|change| change.in_words(before, after));
        let access: Vec<_> = access.collect();
        let beyond = |len: usize| len.saturating_sub(LINES);
        Self {
            digest: effect.digest,
            more: beyond(effect.lines.len()) + beyond(access.len()),
            lines: effect.lines.iter().take(LINES).cloned().collect(),
            access: access.into_iter().take(LINES).collect(),
        }
    }
}

/// What became of a request. That it expired or went stale is computed, never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RequestState {
    /// Nobody decided yet.
    Pending,
    /// Approved, and done in the same moment.
    Applied {
        /// Who approved.
        by: Person,
        /// When.
        at: Timestamp,
        /// Whether the requester had looked at the code that the approver signed up with.
        code_seen: bool,
    },
    /// Somebody said no.
    Rejected {
        /// Who.
        by: Person,
        /// When.
        at: Timestamp,
        /// Why.
        reason: Reason,
    },
    /// The requester took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

impl RequestState {
    /// Its stable name, as stored.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Applied { .. } => "applied",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// One change request. Kept for ever; its command leaves it when it is decided, and stays in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRequest {
    /// Never changes.
    pub id: ChangeRequestId,
    /// Who asked, and as what.
    pub by: Person,
    /// When it was filed, or filed again.
    pub filed: Timestamp,
    /// Until when it can be decided.
    pub expires: Timestamp,
    /// The number of the entry that contains its command.
    pub entry: u64,
    /// The area that asks for a second person.
    pub area: Area,
    /// The name of its command.
    pub command: Box<str>,
    /// What it does, in one sentence without a full stop.
    pub summary: Box<str>,
    /// What it does, as its approver is shown it.
    pub told: Told,
    /// What became of it.
    pub state: RequestState,
    /// The command, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<Parked>,
}

impl ChangeRequest {
    /// Whether nobody decided about it yet; it may have expired or gone stale.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, RequestState::Pending)
    }

    /// Whether its time is over at `now`. Computed, never stored.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires
    }
}
