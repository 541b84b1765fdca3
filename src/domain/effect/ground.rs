//! What each role comes to in one organization, worked out once.
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::held::Held;
use super::place::{Spread, Where};
use crate::domain::access::{owns_account, reaches_entity};
use crate::domain::draft::heeding_scope;
use crate::domain::id::{AccountId, EntityId, RoleId};
use crate::domain::org::Org;
use crate::domain::role::{Role, RoleSet};
use crate::domain::row::Difference;
use crate::domain::scope::Scope;

/// An organization, asked about its roles.
pub(super) struct Ground<'a> {
    org: &'a Org,
    accounts: OnceCell<BTreeMap<EntityId, Vec<AccountId>>>,
    roles: BTreeMap<RoleId, Held>,
}

impl<'a> Ground<'a> {
    pub(super) const fn of(org: &'a Org) -> Self {
        Self { org, accounts: OnceCell::new(), roles: BTreeMap::new() }
    }

    /// What somebody with these roles can activate, all together (decision 7 in the crate docs); without roles nothing.
    pub(super) fn held(&mut self, roles: Option<&RoleSet>) -> Held {
        let mut held = Held::default();
        for id in roles.into_iter().flat_map(RoleSet::iter) {
            if !self.roles.contains_key(&id) {
                let of_role = self.of_role(id);
                self.roles.insert(id, of_role);
            }
            if let Some(of_role) = self.roles.get(&id) {
                held.join(of_role);
            }
        }
        held
    }

    fn of_role(&self, id: RoleId) -> Held {
        let mut held = Held::default();
        let Some(role) = self.org.role(id).filter(|role| role.is_active()) else { return held };
        let permissions = role.permissions();
        let limited = heeding_scope(permissions);
        held.add(permissions.minus(limited), &Where::Organization);
        if role.is_owner() || *role.scope == Scope::AllFuture {
            held.add(limited, &Where::All);
        } else {
            let spread = self.spread(&role.scope);
            if !spread.is_empty() {
                held.add(limited, &Where::These(Arc::new(spread)));
            }
        }
        held
    }

    /// The same as asking for every entity and account, without looking at each account.
    /// Nothing for *All future entities*, which is no list of places.
    fn spread(&self, scope: &Scope) -> Spread {
        let Scope::Chosen { accounts: chosen, .. } = scope else { return Spread::default() };
        let owners = self.accounts_by_owner().iter().filter(|(owner, _)| reaches_entity(self.org, scope, **owner));
        let chosen = chosen.iter().filter(|account| self.org.account(**account).is_some());
        let accounts = owners.flat_map(|(_, accounts)| accounts).chain(chosen).copied().collect();
        Spread { entities: reached_entities(self.org, scope), accounts }
    }

    fn accounts_by_owner(&self) -> &BTreeMap<EntityId, Vec<AccountId>> {
        self.accounts.get_or_init(|| {
            let mut owners: BTreeMap<EntityId, Vec<AccountId>> = BTreeMap::new();
            for account in self.org.accounts().values() {
                owners.entry(account.entity).or_default().push(account.id);
            }
            owners
        })
    }
}

fn reached_entities(org: &Org, scope: &Scope) -> BTreeSet<EntityId> {
    org.entities().keys().filter(|entity| reaches_entity(org, scope, **entity)).copied().collect()
}

/// The roles that give something else afterwards: those that were changed themselves, and those whose chosen entities
/// or accounts come to something else because an account or an entity is new, gone or moved.
pub(super) fn touched(before: &Org, after: &Org, difference: &Difference) -> BTreeSet<RoleId> {
    let gives = |role: Option<&Role>| {
        let active = role.filter(|role| role.is_active())?;
        Some((active.permissions(), active.scope.clone()))
    };
    let changed = difference.roles().filter(|(old, new)| gives(*old) != gives(*new));
    let mut touched: BTreeSet<RoleId> = changed.filter_map(|(old, new)| Some(new.or(old)?.id)).collect();
    let moved: Vec<AccountId> = difference
        .accounts()
        .filter(|(old, new)| old.map(|row| row.entity) != new.map(|row| row.entity))
        .filter_map(|(old, new)| Some(new.or(old)?.id))
        .collect();
    let reshaped = difference.entities().any(|(old, new)| old.map(|row| row.parent) != new.map(|row| row.parent));
    if moved.is_empty() && !reshaped {
        return touched;
    }
    let reaches_else = |role: &&Role| {
        let scope = &role.scope;
        let gained_or_lost = |id: &AccountId| owns_account(before, scope, *id) != owns_account(after, scope, *id);
        moved.iter().any(gained_or_lost)
            || (reshaped && reached_entities(before, scope) != reached_entities(after, scope))
    };
    let chosen = after.active_roles().filter(|role| *role.scope != Scope::AllFuture);
    touched.extend(chosen.filter(reaches_else).map(|role| role.id));
    touched
}
