//! Approvals never wait for ever (decision 10 in the crate docs): after every change, an ordinary request of every
//! person can still be approved by somebody else.
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::{RoleId, UserId};
use crate::domain::identity::{mailbox, same_person};
use crate::domain::org::Org;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::refusal::{Deadlock, Few, Refusal};
use crate::domain::role::Role;
use crate::domain::row::{Difference, Row};
use crate::domain::security::Area;
use crate::domain::user::{User, UserStatus};

/// What requests in an area need, one permission for each kind of request.
pub fn permissions_of(area: Area) -> &'static [Permission] {
    match area {
        Area::Organization => &[Permission::ORGANIZATIONS_UPDATE],
        Area::UserManagement => &[
            Permission::ROLES_CREATE,
            Permission::ROLES_UPDATE,
            Permission::ROLES_DELETE,
            Permission::INVITATIONS_CREATE,
            Permission::INVITATIONS_UPDATE,
            Permission::INVITATIONS_DELETE,
            Permission::MEMBERSHIPS_UPDATE,
            Permission::MEMBERSHIPS_DELETE,
        ],
        Area::ApprovalChains | Area::Counterparties => &[],
    }
}

/// Where requests are asked for: the areas that are on, and Organization from the first switching on, because
/// four-eyes itself is changed by requests from then on.
pub fn areas_in_force(org: &Org) -> BTreeSet<Area> {
    let four_eyes = &org.security().four_eyes;
    let mut areas = four_eyes.areas.clone();
    if four_eyes.begun {
        areas.insert(Area::Organization);
    }
    areas
}

/// Whether the change leaves a request of somebody without anybody who could approve it, where this was not so
/// before. A deactivation alone is never held up.
///
/// # Errors
/// [`Refusal::Deadlock`], which says who is missing what.
pub(super) fn check(before: &Org, after: &Org, difference: &Difference) -> Result<(), Refusal> {
    let touched = difference.users().next().is_some()
        || difference.roles().next().is_some()
        || difference.organizations().next().is_some();
    // Whatever is founded may have been left like this by a deactivation, elsewhere.
    if !touched || before.organization().is_none() {
        return Ok(());
    }
    let after = &awake(after, difference);
    let old_areas = areas_in_force(before);
    for area in areas_in_force(after) {
        for permission in permissions_of(area) {
            let Some(requester) = stranded(after, *permission) else { continue };
            if !old_areas.contains(&area) || stranded(before, *permission).is_none() {
                return Err(refusal(after, area, *permission, requester));
            }
        }
    }
    Ok(())
}

/// The organization as if those whom this change deactivates stayed.
fn awake(after: &Org, difference: &Difference) -> Org {
    let mut awake = Org::clone(after);
    for (old, new) in difference.users() {
        let (Some(old), Some(new)) = (old, new) else { continue };
        if old.is_active() && new.status == UserStatus::Deactivated {
            awake.put(Row::User(User { status: UserStatus::Active, ..new.clone() }));
        }
    }
    awake
}

/// Active roles that have all of these permissions.
fn roles_with(org: &Org, permissions: &[Permission]) -> BTreeSet<RoleId> {
    let has_all = |role: &&Role| permissions.iter().all(|permission| role.permissions().contains(*permission));
    org.active_roles().filter(has_all).map(|role| role.id).collect()
}

/// The active users who hold one of these roles.
fn holders(org: &Org, roles: BTreeSet<RoleId>) -> impl Iterator<Item = &User> {
    let users = org.users().values().map(AsRef::as_ref);
    users.filter(move |user: &&User| user.is_active() && user.roles.iter().any(|role| roles.contains(&role)))
}

/// The active users who can approve ordinary requests that need `permission`.
pub fn approvers(org: &Org, permission: Permission) -> Vec<&User> {
    let roles = roles_with(org, &[Permission::ORGANIZATIONS_UPDATE, permission]);
    holders(org, roles).collect()
}

/// The active users who can file requests that need `permission`.
pub fn requesters(org: &Org, permission: Permission) -> Vec<&User> {
    let roles = roles_with(org, &[permission]);
    holders(org, roles).collect()
}

/// Somebody whose ordinary request that needs `permission` could be approved by nobody.
pub fn stranded(org: &Org, permission: Permission) -> Option<UserId> {
    let roles = roles_with(org, &[Permission::ORGANIZATIONS_UPDATE, permission]);
    let mut eligible: Vec<&User> = Vec::new();
    for user in holders(org, roles) {
        // Two mailboxes: whoever asks, one of them is somebody else.
        if eligible.iter().any(|other| mailbox(other) != mailbox(user)) {
            return None;
        }
        eligible.push(user);
    }
    let alone = |user: &&User| eligible.iter().all(|other| same_person(org, other.id, user.id));
    let roles = roles_with(org, &[permission]);
    let stranded = holders(org, roles).find(alone);
    stranded.map(|user| user.id)
}

fn refusal(org: &Org, area: Area, permission: Permission, requester: UserId) -> Refusal {
    let eligible = approvers(org, permission);
    let lacking = lacking(org, &[Permission::ORGANIZATIONS_UPDATE, permission]);
    Refusal::Deadlock(Box::new(Deadlock {
        area,
        permission,
        requester: super::user::name_of(org, requester),
        eligible: eligible.iter().map(|user| &user.name).collect(),
        lacking,
    }))
}

/// The active users who could not approve, with what the best of their roles lacks; the nearest first.
fn lacking(org: &Org, needed: &[Permission]) -> Few {
    let needed: PermissionSet = needed.iter().copied().collect();
    let missing: BTreeMap<RoleId, PermissionSet> =
        org.active_roles().map(|role| (role.id, needed.minus(role.permissions()))).collect();
    let best = |user: &User| user.roles.iter().filter_map(|role| missing.get(&role)).min_by_key(|set| set.len());
    let users = org.users().values().filter(|user| user.is_active());
    let mut lacking: Vec<_> = users
        .filter_map(|user| Some((best(user)?, user)))
        .filter(|(missing, _)| !missing.is_empty())
        .map(|(missing, user)| (missing.len(), user.name.key(), user, missing))
        .collect();
    lacking.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    let lacks = |missing: &PermissionSet| missing.iter().collect::<Few>();
    lacking.into_iter().map(|(.., user, missing)| format!("{} lacks {}", user.name, lacks(missing))).collect()
}
