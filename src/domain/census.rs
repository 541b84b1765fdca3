//! How many people use each role and how many accounts each entity has, counted in one pass.
use std::collections::{BTreeMap, BTreeSet};

use super::access::reaches_entity;
use super::id::{EntityId, RoleId};
use super::org::Org;
use super::organization::AccountState;
use super::scope::Scope;
use super::user::UserStatus;

/// How many people have one role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleUse {
    /// Users who may sign in.
    pub active: usize,
    /// Users who may not, for now.
    pub deactivated: usize,
    /// Open invitations, expired ones included.
    pub invitations: usize,
}

impl RoleUse {
    /// Everybody together.
    pub const fn total(self) -> usize {
        self.active + self.deactivated + self.invitations
    }
}

/// How many people have each role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleUses(BTreeMap<RoleId, RoleUse>);

impl RoleUses {
    /// Counts, looking at every user and invitation once.
    pub fn of(org: &Org) -> Self {
        let mut uses: BTreeMap<RoleId, RoleUse> = BTreeMap::new();
        for user in org.users().values() {
            for role in user.roles.iter() {
                let counted = uses.entry(role).or_default();
                match user.status {
                    UserStatus::Active => counted.active += 1,
                    UserStatus::Deactivated => counted.deactivated += 1,
                    UserStatus::Removed => {}
                }
            }
        }
        for role in org.invitations().values().flat_map(|open| open.roles.iter()) {
            uses.entry(role).or_default().invitations += 1;
        }
        Self(uses)
    }

    /// The count of one role; zeros for a role that nobody has.
    pub fn of_role(&self, role: RoleId) -> RoleUse {
        self.0.get(&role).copied().unwrap_or_default()
    }
}

/// How many accounts one entity has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountCount {
    /// Its own accounts that are in use.
    pub own: usize,
    /// Its own and those of all entities below it, in use.
    pub below: usize,
    /// Its own that are ignored.
    pub ignored: usize,
}

/// How many accounts each entity has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountCounts {
    entities: BTreeMap<EntityId, AccountCount>,
    total: usize,
}

impl AccountCounts {
    /// Counts, looking at every account and entity once.
    pub fn of(org: &Org) -> Self {
        let mut counts = Self::default();
        for account in org.accounts().values() {
            let counted = counts.entities.entry(account.entity).or_default();
            match account.state {
                AccountState::Provisioned => counted.own += 1,
                AccountState::Ignored => counted.ignored += 1,
            }
        }
        let own: Vec<(EntityId, usize)> = counts.entities.iter().map(|(id, count)| (*id, count.own)).collect();
        for (entity, own) in own {
            counts.total += own;
            let mut seen = BTreeSet::new();
            for above in org.ancestry(entity).take_while(|above| seen.insert(*above)) {
                counts.entities.entry(above).or_default().below += own;
            }
        }
        counts
    }

    /// The count of one entity; zeros for one without accounts.
    pub fn of_entity(&self, entity: EntityId) -> AccountCount {
        self.entities.get(&entity).copied().unwrap_or_default()
    }

    /// All accounts in use.
    pub const fn total(&self) -> usize {
        self.total
    }

    /// How many accounts a role with this scope acts on: in use, and in the scope.
    pub fn reached(&self, org: &Org, scope: &Scope) -> usize {
        let Scope::Chosen { entities, accounts } = scope else { return self.total };
        let chosen_above = |entity: EntityId| org.ancestry(entity).skip(1).any(|above| entities.contains(&above));
        let topmost = entities.iter().filter(|entity| !chosen_above(**entity));
        let through_entities: usize = topmost.map(|entity| self.of_entity(*entity).below).sum();
        let single = accounts.iter().filter_map(|account| org.account(*account)).filter(|account| {
            account.state == AccountState::Provisioned && !reaches_entity(org, scope, account.entity)
        });
        through_entities + single.count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::access::reaches_account;
    use crate::domain::fixture::{self, Company};
    use crate::domain::role::Grants;

    #[test]
    fn people_are_counted_by_role_and_standing() {
        let mut company = Company::new();
        let reader = company.role("Reader", Grants::Everything, Scope::AllFuture);
        let unused = company.role("Unused", Grants::Everything, Scope::AllFuture);
        company.user("Ada", [reader], UserStatus::Active);
        company.user("Ben", [reader, unused], UserStatus::Deactivated);
        company.user("Cem", [], UserStatus::Removed);
        company.invitation("dana@example.com", [reader]);
        let uses = RoleUses::of(company.org());
        assert_eq!(uses.of_role(reader), RoleUse { active: 1, deactivated: 1, invitations: 1 });
        assert_eq!(uses.of_role(reader).total(), 3);
        assert_eq!(uses.of_role(unused), RoleUse { active: 0, deactivated: 1, invitations: 0 });
        assert_eq!(uses.of_role(fixture::no_role()), RoleUse::default());
    }

    #[test]
    fn accounts_are_counted_with_those_of_child_entities_and_without_ignored_ones() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let north = company.entity("North", Some(group));
        let empty = company.entity("Empty", Some(north));
        company.account("Main", group);
        company.account("Oslo", north);
        let old = company.account("Old", north);
        company.ignore(old);
        let counts = AccountCounts::of(company.org());
        assert_eq!(counts.of_entity(group), AccountCount { own: 1, below: 2, ignored: 0 });
        assert_eq!(counts.of_entity(north), AccountCount { own: 1, below: 1, ignored: 1 });
        assert_eq!(counts.of_entity(empty), AccountCount::default());
        assert_eq!(counts.total(), 2);
    }

    proptest! {
        #[test]
        fn the_accounts_reached_are_those_that_deciding_finds(
            company in fixture::companies(),
            scope in fixture::scope_picks(),
        ) {
            let (org, scope) = (company.org(), scope.on(&company));
            let one_by_one = org.accounts().keys().filter(|account| reaches_account(org, &scope, **account)).count();
            prop_assert_eq!(AccountCounts::of(org).reached(org, &scope), one_by_one);
        }
    }
}
