//! Counts that need a look at everybody: made in one pass, then kept up with what changes.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use crate::domain::catalogue::Group;
use crate::domain::id::{RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState};
use crate::domain::row::Difference;
use crate::domain::user::{User, UserStatus};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Whether something came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Came,
    Went,
}

impl Step {
    /// Counts it.
    const fn count(self, counted: &mut usize) {
        *counted = match self {
            Self::Came => *counted + 1,
            Self::Went => counted.saturating_sub(1),
        };
    }
}

/// What a role means for the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    owner: bool,
    /// One bit for each group that it has the whole of.
    groups: u8,
}

/// How many there are of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Users who may sign in.
    pub active: usize,
    /// Users who may not, for now.
    pub deactivated: usize,
    /// Accounts in use.
    pub accounts: usize,
    /// Roles that are not deleted, Owner among them.
    pub roles: usize,
    /// Owners who hold no other role.
    pub bare_owners: BTreeSet<UserId>,
    /// When those who are here joined: how many on each day, counted from 1970.
    joined: BTreeMap<i64, usize>,
    groups: [usize; Group::ALL.len()],
    held: HashMap<RoleId, Held>,
}

/// How many of those who are here had joined by the end of a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The end of the stretch.
    pub until: Timestamp,
    /// How many.
    pub people: usize,
}

impl Tally {
    /// Looks at every user and account once.
    pub fn of(org: &Org) -> Self {
        let mut tally = Self { held: held(org), roles: org.active_roles().count(), ..Self::default() };
        org.users().values().for_each(|user| tally.user(user, Step::Came));
        org.accounts().values().for_each(|account| tally.account(account, Step::Came));
        tally
    }

    /// The counts after these became others. Costs what the difference costs, unless a role changed: what its holders can
    /// do is then counted anew.
    pub fn follow(&mut self, before: &Org, after: &Org) {
        let difference = Difference::between(before, after);
        if difference.roles().next().is_some() {
            *self = Self::of(after);
            return;
        }
        for (old, new) in difference.users() {
            old.into_iter().for_each(|user| self.user(user, Step::Went));
            new.into_iter().for_each(|user| self.user(user, Step::Came));
        }
        for (old, new) in difference.accounts() {
            old.into_iter().for_each(|account| self.account(account, Step::Went));
            new.into_iter().for_each(|account| self.account(account, Step::Came));
        }
    }

    /// How many people who may sign in have a role with the whole of a group.
    pub fn with_group(&self, group: Group) -> usize {
        self.groups.get(group as usize).copied().unwrap_or_default()
    }

    /// On how many different days those who are here joined.
    pub fn days(&self) -> usize {
        self.joined.len()
    }

    /// How the number of those who are here grew, in so many equal stretches from the first who joined until `now`.
    pub fn growth(&self, now: Timestamp, stretches: i64) -> Vec<Growth> {
        let Some(first) = self.joined.keys().next() else { return Vec::new() };
        let days = (day(now) - first + 1).max(stretches);
        let ends = (1..=stretches).map(|n| first + days * n / stretches - 1);
        let mut growth = Vec::new();
        let (mut people, mut from) = (0, i64::MIN);
        for end in ends {
            people += self.joined.range(from..=end).map(|(_, joined)| joined).sum::<usize>();
            from = end + 1;
            let until = Timestamp::from_second(end.saturating_mul(DAY)).unwrap_or(now);
            growth.push(Growth { until, people });
        }
        growth
    }

    fn user(&mut self, user: &User, step: Step) {
        if user.status == UserStatus::Removed {
            return;
        }
        let joined = self.joined.entry(day(user.joined)).or_default();
        step.count(joined);
        if *joined == 0 {
            self.joined.remove(&day(user.joined));
        }
        if user.status == UserStatus::Deactivated {
            step.count(&mut self.deactivated);
            return;
        }
        step.count(&mut self.active);
        let roles = || user.roles.iter().filter_map(|role| self.held.get(&role));
        let groups = roles().fold(0, |all, held| all | held.groups);
        if roles().any(|held| held.owner) && roles().count() == 1 {
            match step {
                Step::Came => self.bare_owners.insert(user.id),
                Step::Went => self.bare_owners.remove(&user.id),
            };
        }
        for (bit, counted) in self.groups.iter_mut().enumerate() {
            if groups >> bit & 1 == 1 {
                step.count(counted);
            }
        }
    }

    fn account(&mut self, account: &Account, step: Step) {
        if account.state == AccountState::Provisioned {
            step.count(&mut self.accounts);
        }
    }
}

/// What each active role means for the counts.
fn held(org: &Org) -> HashMap<RoleId, Held> {
    let of = |role: &crate::domain::role::Role| {
        let permissions = role.permissions();
        let whole = Group::ALL.into_iter().filter(|group| group.permissions().is_subset(permissions));
        let groups = whole.fold(0, |all, group| all | 1 << group as u8);
        Held { owner: role.is_owner(), groups }
    };
    org.active_roles().map(|role| (role.id, of(role))).collect()
}

/// The day of a moment, counted from 1970, in UTC.
fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(DAY)
}
