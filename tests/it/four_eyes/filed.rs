//! What the model remembers, and how it says what comes next.
use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::Command;
use rolodeck::domain::access::Person;
use rolodeck::domain::id::ChangeRequestId;
use rolodeck::domain::org::Org;
use rolodeck::domain::user::Digest;

use super::shown::Shown;

/// Everything that stands against a step, by its code; which of it is told first is not decided anywhere.
pub type Reasons = BTreeSet<&'static str>;
/// Every request that was ever filed.
pub type Requests = BTreeMap<ChangeRequestId, Filed>;

/// A change request as it was filed; `digest` is the program's name for what was shown.
pub struct Filed {
    pub by: Person,
    pub command: Command,
    pub at: Timestamp,
    pub state: &'static str,
    pub shown: Shown,
    pub digest: Digest,
}

/// What must come of a step: it is done at once, it waits, or it is refused.
pub enum Verdict {
    Done(Org),
    Requested(Shown),
    Refused(Reasons),
}

impl Filed {
    /// Whether it can no longer be decided.
    pub fn is_late(&self, now: Timestamp) -> bool {
        now >= self.at + SignedDuration::from_hours(72)
    }
}

/// Those reasons that hold.
pub fn when<const N: usize>(all: [(bool, &'static str); N]) -> Reasons {
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, code)| code).collect()
}
