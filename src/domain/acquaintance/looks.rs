//! Everybody whose address is known, by the looks of it; learned a slice at a time.
use std::ops::Bound;

use jiff::Timestamp;

use crate::domain::address::{AddressKey, EmailAddress, LookAlikes};
use crate::domain::org::{Holder, Org};
use crate::domain::row::Difference;
use crate::domain::user::{Invitation, User, UserStatus};

/// Addresses that are learned in one slice.
const SLICE: usize = 1_000;

/// What was learned so far.
pub struct Acquaintance {
    like: LookAlikes,
    /// The last address that was learned, by its key; none when all are known.
    upto: Option<Bound<AddressKey>>,
    done: usize,
}

/// What a change of the organization means for what was learned and judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing: nobody's address came, went or is free again.
    None,
    /// What was judged has to be judged again.
    Some,
}

impl Default for Acquaintance {
    /// Nobody is known yet.
    fn default() -> Self {
        Self { like: LookAlikes::default(), upto: Some(Bound::Unbounded), done: 0 }
    }
}

impl Acquaintance {
    /// The known addresses by their looks, when all of them were learned.
    pub fn complete(&self) -> Option<&LookAlikes> {
        self.upto.is_none().then_some(&self.like)
    }

    /// How many addresses were learned.
    pub const fn done(&self) -> usize {
        self.done
    }

    /// Learns the next addresses; whether there was anything to learn.
    pub fn learn(&mut self, org: &Org) -> bool {
        let Some(upto) = self.upto.take() else { return false };
        let next = org.addresses().range((upto, Bound::Unbounded)).take(SLICE);
        let mut last = None;
        for (n, (key, holder)) in next.enumerate() {
            if let Some(address) = address_of(org, *holder) {
                self.like.add(address);
            }
            self.done += 1;
            last = (n + 1 == SLICE).then(|| Bound::Excluded(key.clone()));
        }
        self.upto = last;
        true
    }

    /// Takes over what changed between two states of the organization.
    pub fn follow(&mut self, before: &Org, after: &Org) -> News {
        let difference = Difference::between(before, after);
        let domains = |org: &Org| org.organization().map(|row| row.domains.clone());
        let mut lost = domains(before) != domains(after);
        let mut gained: Vec<&EmailAddress> = Vec::new();
        for (old, new) in difference.users() {
            let (old, new) = (old.and_then(of_user), new.and_then(of_user));
            if old != new {
                lost |= old.is_some();
                gained.extend(new);
            }
        }
        for (old, new) in difference.invitations() {
            if old.map(of_invitation) != new.map(of_invitation) {
                lost |= old.is_some();
                gained.extend(new.map(|open| &open.address));
            }
        }
        if lost {
            *self = Self::default();
        }
        for address in &gained {
            self.like.add(address);
        }
        if lost || !gained.is_empty() { News::Some } else { News::None }
    }
}

fn address_of(org: &Org, holder: Holder) -> Option<&EmailAddress> {
    match holder {
        Holder::User(id) => org.user(id).map(|user| &user.address),
        Holder::Invitation(id) => org.invitation(id).map(|open| &open.address),
    }
}

fn of_user(user: &User) -> Option<&EmailAddress> {
    (user.status != UserStatus::Removed).then_some(&user.address)
}

fn of_invitation(open: &Invitation) -> (&EmailAddress, Timestamp) {
    (&open.address, open.expires)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::id::{InvitationId, UserId};
    use crate::domain::role::RoleSet;
    use crate::domain::row::Row;

    fn invite(org: &mut Org, n: u16) -> InvitationId {
        let mut seed = [0; 10];
        seed.iter_mut().zip(n.to_be_bytes()).for_each(|(to, byte)| *to = byte);
        let id = InvitationId::new(Timestamp::UNIX_EPOCH, &seed);
        org.put(Row::Invitation(Invitation {
            id,
            address: format!("p{n}@example.com").parse().unwrap(),
            name: None,
            roles: RoleSet::from_iter([]),
            invited_by: UserId::new(Timestamp::UNIX_EPOCH, &[0; 10]),
            invited: Timestamp::UNIX_EPOCH,
            sent: Timestamp::UNIX_EPOCH,
            attempt: 0,
            expires: Timestamp::UNIX_EPOCH,
            code_seen_by: BTreeSet::new(),
        }));
        id
    }

    fn crowd() -> Org {
        let mut org = Org::default();
        for n in 0..2_500 {
            invite(&mut org, n);
        }
        org
    }

    fn learned(org: &Org) -> Acquaintance {
        let mut learned = Acquaintance::default();
        while learned.learn(org) {}
        learned
    }

    #[test]
    fn a_crowd_is_learned_in_slices() {
        let (org, mut learned) = (crowd(), Acquaintance::default());
        let after: Vec<_> = std::iter::from_fn(|| learned.learn(&org).then_some(learned.done())).collect();
        assert_eq!(after, [1_000, 2_000, 2_500]);
        assert!(learned.complete().is_some());
    }

    #[test]
    fn who_came_is_added_and_who_went_makes_everything_new() {
        let before = crowd();
        let mut known = learned(&before);
        let mut after = before.clone();
        let id = invite(&mut after, 3_000);
        assert_eq!(known.follow(&before, &after), News::Some);
        assert!(known.complete().is_some(), "one more is learned at once");
        let mut gone = after.clone();
        gone.remove(id.into());
        assert_eq!(known.follow(&after, &gone), News::Some);
        assert!(known.complete().is_none(), "nobody forgets a single address");
    }

    #[test]
    fn a_message_that_is_sent_is_no_news() {
        let before = crowd();
        let mut after = before.clone();
        let mut open = after.invitations().values().next().unwrap().as_ref().clone();
        open.attempt = 1;
        after.put(Row::Invitation(open));
        assert_eq!(learned(&before).follow(&before, &after), News::None);
    }
}
