//! Who was invited and has not signed up, by when their codes end.
use jiff::Timestamp;

use crate::domain::id::InvitationId;
use crate::domain::org::Org;

/// Every open invitation in the order in which the codes end. It does not depend on the time; its questions do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pending(Vec<(Timestamp, InvitationId)>);

impl Pending {
    /// Looks at every open invitation once.
    pub fn of(org: &Org) -> Self {
        let mut ends: Vec<_> = org.invitations().values().map(|open| (open.expires, open.id)).collect();
        ends.sort_unstable();
        Self(ends)
    }

    /// All of them.
    pub const fn total(&self) -> usize {
        self.0.len()
    }

    /// How many codes no longer work.
    pub fn expired(&self, now: Timestamp) -> usize {
        self.0.partition_point(|(ends, _)| *ends <= now)
    }

    /// How many codes work now and no longer at `then`.
    pub fn expiring(&self, now: Timestamp, then: Timestamp) -> usize {
        self.expired(then).saturating_sub(self.expired(now))
    }

    /// Whose code ends next comes first; then those whose code ended, the latest first.
    pub fn in_turn(&self, now: Timestamp) -> impl Iterator<Item = InvitationId> + '_ {
        let (over, open) = self.0.split_at_checked(self.expired(now)).unwrap_or_default();
        open.iter().chain(over.iter().rev()).map(|(_, id)| *id)
    }
}
