//! What an edit changes about a role, in words.
use super::grants::setup_name;
use super::scope::{account_in_words, scope_in_words};
use crate::domain::access::{owns_account, reaches_entity};
use crate::domain::catalogue::{Group, GroupSet};
use crate::domain::draft::Draft;
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState};
use crate::domain::permission::{PermissionSet, Resource};
use crate::domain::refusal::Few;
use crate::domain::role::Grants;
use crate::domain::scope::Scope;

/// What is different about a role afterwards. Each part is empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleDifference {
    /// How it is set up: the kind of setup and the ticked groups.
    pub setup: Vec<String>,
    /// Permissions by resource: `credit_transfers: + CREATE, − UPDATE`.
    pub permissions: Vec<String>,
    /// Where it holds: the scope itself, and the accounts and later accounts gained and lost.
    pub scope: Vec<String>,
}

impl RoleDifference {
    /// What turned the one into the other.
    pub fn between(org: &Org, before: Draft<'_>, after: Draft<'_>) -> Self {
        Self {
            setup: setup(before.grants, after.grants),
            permissions: permissions(before.grants.permissions(), after.grants.permissions()),
            scope: scope(org, before.scope, after.scope),
        }
    }

    /// Whether nothing is different.
    pub const fn is_empty(&self) -> bool {
        self.setup.is_empty() && self.permissions.is_empty() && self.scope.is_empty()
    }
}

fn setup(before: &Grants, after: &Grants) -> Vec<String> {
    let mut lines = Vec::new();
    let (old, new) = (setup_name(before), setup_name(after));
    if old != new {
        lines.push(format!("Setup: {old} → {new}"));
    }
    let ticked = |grants: &Grants| match grants {
        Grants::Simple(groups) => *groups,
        Grants::Everything | Grants::Advanced(_) => GroupSet::NONE,
    };
    let (old, new) = (ticked(before), ticked(after));
    let marked = |sign: char, groups: GroupSet, others: GroupSet| {
        let only: Vec<Group> = groups.iter().filter(|group| !others.contains(*group)).collect();
        only.into_iter().map(move |group| format!("{sign} {group}"))
    };
    lines.extend(marked('+', new, old));
    lines.extend(marked('−', old, new));
    lines
}

fn permissions(before: PermissionSet, after: PermissionSet) -> Vec<String> {
    let (added, removed) = (after.minus(before), before.minus(after));
    let line = |resource: Resource| {
        let marked = |sign: char, set: PermissionSet| {
            let of_it = set.iter().filter(move |permission| permission.resource() == resource);
            of_it.map(move |permission| format!("{sign} {}", permission.level()))
        };
        let signs: Vec<String> = marked('+', added).chain(marked('−', removed)).collect();
        (!signs.is_empty()).then(|| format!("{resource}: {}", signs.join(", ")))
    };
    Resource::all().filter_map(line).collect()
}

fn scope(org: &Org, before: &Scope, after: &Scope) -> Vec<String> {
    if before == after {
        return Vec::new();
    }
    let mut lines = vec![format!("{} → {}", scope_in_words(org, before), scope_in_words(org, after))];
    lines.extend(later(org, '+', after, before));
    lines.extend(later(org, '−', before, after));
    lines.extend(marked('+', &accounts(org, after, before)));
    lines.extend(marked('−', &accounts(org, before, after)));
    lines
}

/// The accounts in `one` and not in `other`.
fn accounts(org: &Org, one: &Scope, other: &Scope) -> Few {
    let accounts = org.accounts().values();
    let only = accounts.filter(|row| owns_account(org, one, row.id) && !owns_account(org, other, row.id));
    let name = |row: &Account| match row.state {
        AccountState::Provisioned => account_in_words(org, row),
        AccountState::Ignored => format!("{} (ignored)", account_in_words(org, row)),
    };
    only.map(|row| name(row)).collect()
}

/// Later accounts that `one` will reach and `other` will not.
fn later(org: &Org, sign: char, one: &Scope, other: &Scope) -> Option<String> {
    match (one, other) {
        (Scope::AllFuture, Scope::Chosen { .. }) => Some(format!("{sign} later entities and accounts everywhere")),
        (Scope::Chosen { entities, .. }, Scope::Chosen { .. }) => {
            let only = entities.iter().filter(|entity| !reaches_entity(org, other, **entity));
            let names: Few = only.filter_map(|id| org.entity(*id)).map(|row| format!("“{}”", row.name)).collect();
            marked(sign, &names).map(|line| format!("{line} with later accounts"))
        }
        (_, Scope::AllFuture) => None,
    }
}

fn marked(sign: char, items: &Few) -> Option<String> {
    (!items.is_empty()).then(|| format!("{sign} {items}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture::{self, Company, advanced, chosen, simple};

    fn between(company: &Company, before: (&Grants, &Scope), after: (&Grants, &Scope)) -> RoleDifference {
        let draft = |(grants, scope)| Draft { role: None, grants, scope };
        RoleDifference::between(company.org(), draft(before), draft(after))
    }

    #[test]
    fn permissions_are_grouped_by_resource() {
        let before = advanced("credit_transfers:update roles:read accounts:read");
        let after = advanced("credit_transfers:create credit_transfers:read accounts:read themes:read");
        let difference = between(&Company::new(), (&before, &Scope::AllFuture), (&after, &Scope::AllFuture));
        assert_eq!(
            difference.permissions,
            ["roles: − READ", "credit_transfers: + READ, + CREATE, − UPDATE", "themes: + READ"]
        );
        assert!(difference.setup.is_empty() && difference.scope.is_empty());
    }

    #[test]
    fn a_tick_that_adds_no_permission_is_told_all_the_same() {
        let before = simple([Group::SensitiveAdminOperations]);
        let after = simple([Group::SensitiveAdminOperations, Group::SetUpProgrammaticAccess]);
        let difference = between(&Company::new(), (&before, &Scope::AllFuture), (&after, &Scope::AllFuture));
        assert_eq!(difference.setup, ["+ Set up programmatic access"]);
        assert!(difference.permissions.is_empty());
        assert!(!difference.is_empty());
    }

    #[test]
    fn another_setup_with_the_same_permissions_is_told() {
        let before = simple([Group::BasicAccess]);
        let after = Grants::Advanced(before.permissions());
        let difference = between(&Company::new(), (&before, &Scope::AllFuture), (&after, &Scope::AllFuture));
        assert_eq!(difference.setup, ["Setup: Simple → Advanced", "− Basic Access"]);
        assert!(difference.permissions.is_empty());
    }

    #[test]
    fn a_scope_change_names_what_is_gained_and_lost() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let north = company.entity("North", Some(group));
        let main = company.account("Main", group);
        let oslo = company.account("Oslo", north);
        company.ignore(oslo);
        let grants = simple([Group::ReadFinancialData]);
        let scope = |before, after| between(&company, (&grants, &before), (&grants, &after)).scope;
        assert_eq!(
            scope(Scope::AllFuture, chosen([], [main])),
            [
                "All future entities → 1 account",
                "− later entities and accounts everywhere",
                "− “Oslo” in EUR of “North” (ignored)"
            ]
        );
        assert_eq!(
            scope(chosen([north], []), chosen([group], [])),
            ["1 entity → 1 entity", "+ “Group” with later accounts", "+ “Main” in EUR of “Group”"]
        );
        assert_eq!(
            scope(chosen([group], []), chosen([north], [])),
            ["1 entity → 1 entity", "− “Group” with later accounts", "− “Main” in EUR of “Group”"]
        );
        assert_eq!(
            scope(chosen([group], []), chosen([group], [main])),
            ["1 entity → 1 entity, 1 account"],
            "choosing what was reached anyway changes nothing else"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_different_only_between_equals(
            company in fixture::companies(),
            (one, other) in (fixture::all_grants(), fixture::all_grants()),
            (here, there) in (fixture::scope_picks(), fixture::scope_picks()),
        ) {
            let (here, there) = (here.on(&company), there.on(&company));
            prop_assert!(between(&company, (&one, &here), (&one, &here)).is_empty());
            let difference = between(&company, (&one, &here), (&other, &there));
            prop_assert_eq!(difference.is_empty(), one == other && here == there);
            let told: usize = difference.permissions.iter().map(|line| line.matches(['+', '−']).count()).sum();
            let (one, other) = (one.permissions(), other.permissions());
            prop_assert_eq!(told, one.minus(other).len() + other.minus(one).len());
        }
    }
}
