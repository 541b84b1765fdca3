//! Who may do what, worked out a second time and differently: by trying everything everywhere.
use std::collections::BTreeMap;

use rolodeck::domain::catalogue;
use rolodeck::domain::id::{AccountId, EntityId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::permission::{Level, Permission, PermissionSet};
use rolodeck::domain::role::{Grants, Role, RoleState};
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::UserStatus;

/// Where something can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The organization as such.
    Organization,
    /// Entities that nobody has created yet.
    Later,
    Entity(EntityId),
    Account(AccountId),
}

/// What can be done where.
pub type Access = BTreeMap<Place, PermissionSet>;

/// What a role permits, from the printed catalogue.
pub fn permissions(grants: &Grants) -> PermissionSet {
    let rows = |wanted: &dyn Fn(&catalogue::Row) -> bool| -> PermissionSet {
        let rows = catalogue::rows().iter().filter(|row| wanted(row));
        rows.flat_map(|row| row.levels().iter().map(|level| Permission::of(row.resource(), *level).unwrap())).collect()
    };
    match grants {
        Grants::Everything => rows(&|_| true),
        Grants::Simple(groups) => {
            let groups: Vec<_> = groups.iter().collect();
            rows(&|row| groups.contains(&row.group()))
        }
        Grants::Advanced(permissions) => *permissions,
    }
}

/// The permissions of the two groups for administrators.
pub fn administration() -> PermissionSet {
    let names = ["Sensitive Admin Operations", "Set Up Programmatic Access"];
    let rows =
        catalogue::rows().iter().filter(|row| names.iter().any(|name| row.group().name().eq_ignore_ascii_case(name)));
    rows.flat_map(|row| row.levels().iter().map(|level| Permission::of(row.resource(), *level).unwrap())).collect()
}

/// Whether it administers this very place: entities and accounts are, place by place.
pub fn administers(permission: Permission, place: Place) -> bool {
    let resources: &[&str] = match place {
        Place::Organization => &[],
        Place::Account(_) => &["accounts"],
        Place::Entity(_) | Place::Later => &["accounts", "entities"],
    };
    permission.level() != Level::Read && resources.contains(&permission.resource().key())
}

/// Every place that is there before and after a change, so that having it can be compared. An account that is
/// ignored may be used again, so it counts.
pub fn places(before: &Org, after: &Org) -> Vec<Place> {
    let entities = before.entities().keys().filter(|id| after.entity(**id).is_some());
    let accounts = before.accounts().keys().filter(|id| after.account(**id).is_some());
    [Place::Organization, Place::Later]
        .into_iter()
        .chain(entities.map(|id| Place::Entity(*id)))
        .chain(accounts.map(|id| Place::Account(*id)))
        .collect()
}

/// Whether a role holds at a place.
pub fn reaches(org: &Org, scope: &Scope, place: Place) -> bool {
    let Scope::Chosen { entities, accounts } = scope else { return true };
    match place {
        Place::Organization => true,
        Place::Later => false,
        Place::Entity(id) => {
            entities.contains(&id)
                || org.entity(id).unwrap().parent.is_some_and(|above| reaches(org, scope, Place::Entity(above)))
        }
        Place::Account(id) => {
            accounts.contains(&id) || reaches(org, scope, Place::Entity(org.account(id).unwrap().entity))
        }
    }
}

/// What one role lets its holder do at these places.
pub fn of_role(org: &Org, role: &Role, places: &[Place]) -> Access {
    let has = if role.state == RoleState::Active { permissions(&role.grants) } else { PermissionSet::NONE };
    places
        .iter()
        .map(|place| (*place, if reaches(org, &role.scope, *place) { has } else { PermissionSet::NONE }))
        .collect()
}

/// What a user can do with any of their roles at these places; nothing for somebody who may not sign in.
pub fn of_user(org: &Org, user: UserId, places: &[Place]) -> Access {
    let mut access: Access = places.iter().map(|place| (*place, PermissionSet::NONE)).collect();
    let Some(user) = org.user(user).filter(|user| user.status == UserStatus::Active) else { return access };
    for role in user.roles.iter().filter_map(|id| org.role(id)) {
        for (place, permissions) in of_role(org, role, places) {
            let sum = access.get_mut(&place).unwrap();
            *sum = sum.union(permissions);
        }
    }
    access
}

/// What `after` has more than `before`.
pub fn gained(before: &Access, after: &Access) -> Access {
    let more = after.iter().map(|(place, now)| (*place, now.minus(before.get(place).copied().unwrap_or_default())));
    more.filter(|(_, more)| !more.is_empty()).collect()
}

/// The active people who hold an active role that may do everything.
pub fn owners(org: &Org) -> usize {
    let everything = |id| org.role(id).is_some_and(|role| role.grants == Grants::Everything && role.is_active());
    org.users().values().filter(|user| user.status == UserStatus::Active && user.roles.iter().any(everything)).count()
}
