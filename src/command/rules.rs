//! The rules that every change obeys, checked on the difference that it makes
//! (decisions 8 and 9 in the crate docs). A new command cannot forget them.
use std::collections::BTreeSet;

use super::deadlock;
use crate::domain::access::{Person, covers, owns_account, reaches_entity};
use crate::domain::catalogue;
use crate::domain::id::{AccountId, EntityId};
use crate::domain::identity::same_person;
use crate::domain::org::Org;
use crate::domain::permission::{Level, Permission, PermissionSet};
use crate::domain::refusal::Refusal;
use crate::domain::role::{Role, RoleSet};
use crate::domain::row::Difference;
use crate::domain::scope::Scope;
use crate::domain::security::Area;
use crate::domain::user::{Invitation, User};

/// Whether a change may be made. `who` is the signed-in person, if a person makes it.
///
/// # Errors
/// The rule that stands against it.
pub fn check(before: &Org, after: &Org, difference: &Difference, who: Option<Person>) -> Result<(), Refusal> {
    fixed_facts(difference)?;
    last_owner(after, difference)?;
    deadlock::check(before, after, difference)?;
    let Some(person) = who else { return Ok(()) };
    declared_by_a_third(before, difference, person)?;
    let actor = before.role(person.role).ok_or(Refusal::OwnersOnly)?;
    hand_out(before, after, difference, actor)?;
    move_into_reach(before, after, difference, actor)?;
    if gains(before, after, difference, person) { Err(Refusal::OwnAccess) } else { Ok(()) }
}

/// What is settled at the founding stays: whose file this is, and whether it is a sample.
fn fixed_facts(difference: &Difference) -> Result<(), Refusal> {
    for (before, after) in difference.organizations() {
        match (before, after) {
            (None, _) => {}
            (Some(_), None) => return Err(Refusal::Fixed("That there is an organization")),
            (Some(old), Some(new)) if old.nature != new.nature => {
                return Err(Refusal::Fixed("Whether an organization is a sample"));
            }
            (Some(old), Some(new)) if old.id != new.id || old.founded != new.founded => {
                return Err(Refusal::Fixed("What an organization is known by"));
            }
            (Some(_), Some(_)) => {}
        }
    }
    Ok(())
}

/// There is always an active Owner.
fn last_owner(after: &Org, difference: &Difference) -> Result<(), Refusal> {
    let touched = difference.users().next().is_some()
        || difference.roles().next().is_some()
        || difference.organizations().next().is_some();
    let owned = || after.owner_role().is_some_and(|owner| after.holders(owner.id).next().is_some());
    if touched && !owned() { Err(Refusal::LastOwner) } else { Ok(()) }
}

/// Nobody declares on their own that another account of theirs is somebody else. With four-eyes, whoever approves
/// is that third person.
fn declared_by_a_third(before: &Org, difference: &Difference, person: Person) -> Result<(), Refusal> {
    if before.security().four_eyes.areas.contains(&Area::UserManagement) {
        return Ok(());
    }
    let declared = |pair: (Option<&User>, Option<&User>)| match pair {
        (Some(old), Some(new)) if old.apart != new.apart => Some(new.id),
        _ => None,
    };
    let mut declared = difference.users().filter_map(declared);
    if declared.any(|user| same_person(before, user, person.user)) { Err(Refusal::AboutYou) } else { Ok(()) }
}

/// Nobody hands out what they may not: Owner only by an Owner, administration only by who has it.
fn hand_out(before: &Org, after: &Org, difference: &Difference, actor: &Role) -> Result<(), Refusal> {
    for (old, new) in difference.roles() {
        let Some(new) = new.filter(|role| role.is_active()) else { continue };
        let old = old.filter(|role| role.is_active());
        let had = old.map(Role::permissions).unwrap_or_default();
        let widened = old.is_some_and(|old| !covers(after, &old.scope, &new.scope));
        let given = if widened { new.permissions() } else { new.permissions().minus(had) };
        may_give(after, actor, given, &new.scope)?;
    }
    let mut given = Vec::new();
    for (old, new) in difference.users() {
        let Some(new) = new else { continue };
        let kept = old.filter(|old| old.is_active() || !new.is_active());
        given.push(gained(kept.map(|old| &old.roles), &new.roles));
    }
    for (old, new) in difference.invitations() {
        let Some(new) = new else { continue };
        let nothing_shown = |old: &Invitation| old.sent == new.sent && new.code_seen_by.is_subset(&old.code_seen_by);
        let kept = old.filter(|old| nothing_shown(old));
        given.push(gained(kept.map(|old| &old.roles), &new.roles));
    }
    given.sort_unstable();
    given.dedup();
    let roles: RoleSet = given.iter().flat_map(RoleSet::iter).collect();
    let mut roles = roles.iter().filter_map(|id| after.role(id).or_else(|| before.role(id)));
    roles.try_for_each(|role| may_hand_out(after, actor, role))
}

/// Whether somebody whose active role is `actor` may give `role` to people (decision 8 in the crate docs).
///
/// # Errors
/// The rule that stands against it.
pub fn may_hand_out(org: &Org, actor: &Role, role: &Role) -> Result<(), Refusal> {
    if role.is_owner() && !actor.is_owner() {
        return Err(Refusal::OwnersOnly);
    }
    may_give(org, actor, role.permissions(), &role.scope)
}

/// The roles of `new` that were not there before.
fn gained(old: Option<&RoleSet>, new: &RoleSet) -> RoleSet {
    old.map_or_else(|| new.clone(), |old| new.without(old))
}

/// Moving brings places into the reach of roles: their administration, too, only by somebody who has it there.
fn move_into_reach(before: &Org, after: &Org, difference: &Difference, actor: &Role) -> Result<(), Refusal> {
    let entities: Vec<_> = moved_entities(difference).collect();
    let accounts: Vec<_> = moved_accounts(difference).collect();
    if entities.is_empty() && accounts.is_empty() {
        return Ok(());
    }
    for role in after.active_roles() {
        let came = |reaches: &dyn Fn(&Org) -> bool| !reaches(before) && reaches(after);
        let entity = |id: &&EntityId| came(&|org| reaches_entity(org, &role.scope, **id));
        let account = |id: &&AccountId| came(&|org| owns_account(org, &role.scope, **id));
        let entities: BTreeSet<_> = entities.iter().filter(entity).copied().collect();
        let accounts: BTreeSet<_> = accounts.iter().filter(account).copied().collect();
        if !entities.is_empty() {
            let scope = Scope::Chosen { entities, accounts: BTreeSet::new() };
            may_give(before, actor, local(role.permissions(), &["accounts", "entities"]), &scope)?;
        }
        if !accounts.is_empty() {
            let scope = Scope::Chosen { entities: BTreeSet::new(), accounts };
            may_give(before, actor, local(role.permissions(), &["accounts"]), &scope)?;
        }
    }
    Ok(())
}

/// Administration can be given by whoever has it, and only where they have it.
fn may_give(org: &Org, actor: &Role, given: PermissionSet, scope: &Scope) -> Result<(), Refusal> {
    let administration = given.intersection(catalogue::administration());
    let missing = administration.minus(actor.permissions());
    if !missing.is_empty() {
        return Err(Refusal::administration(missing));
    }
    let local = local(administration, &["accounts", "entities"]);
    if local.is_empty() || covers(org, &actor.scope, scope) {
        return Ok(());
    }
    Err(Refusal::AdministrationElsewhere { missing: local.iter().collect() })
}

/// What administers single entities or accounts, so that its scope matters.
fn local(permissions: PermissionSet, of: &[&str]) -> PermissionSet {
    let changes = |permission: &Permission| permission.level() != Level::Read;
    let of_places = |permission: &Permission| of.contains(&permission.resource().key());
    permissions.iter().filter(|permission| changes(permission) && of_places(permission)).collect()
}

/// Whether the person could do anything afterwards, with any of their roles, that they could not do before
/// with any of them: for the organization, for later entities, and for every entity and account that was and stays.
/// Ignored accounts count as if they were in use: they can come back.
fn gains(before: &Org, after: &Org, difference: &Difference, person: Person) -> bool {
    let (Some(old), Some(new)) = (before.user(person.user), after.user(person.user)) else { return false };
    let (old, new) = (held(before, old), held(after, new));
    if old == new && moved_entities(difference).next().is_none() && moved_accounts(difference).next().is_none() {
        return false;
    }
    let more = |old: PermissionSet, new: PermissionSet| !new.is_subset(old);
    let all = |_: &Role| true;
    let future = |role: &Role| *role.scope == Scope::AllFuture;
    if more(union(&old, all), union(&new, all)) || more(union(&old, future), union(&new, future)) {
        return true;
    }
    let entity = |id| {
        let had = union(&old, |role| reaches_entity(before, &role.scope, id));
        more(had, union(&new, |role| reaches_entity(after, &role.scope, id)))
    };
    let account = |id| {
        let had = union(&old, |role| owns_account(before, &role.scope, id));
        more(had, union(&new, |role| owns_account(after, &role.scope, id)))
    };
    before.entities().keys().any(|id| after.entity(*id).is_some() && entity(*id))
        || before.accounts().keys().any(|id| after.account(*id).is_some() && account(*id))
}

fn held<'a>(org: &'a Org, user: &User) -> Vec<&'a Role> {
    user.roles.iter().filter_map(|id| org.role(id)).filter(|role| role.is_active()).collect()
}

fn union(roles: &[&Role], which: impl Fn(&Role) -> bool) -> PermissionSet {
    let sets = roles.iter().filter(|role| which(role)).map(|role| role.permissions());
    sets.fold(PermissionSet::default(), PermissionSet::union)
}

/// The entities that have another parent than before.
fn moved_entities(difference: &Difference) -> impl Iterator<Item = EntityId> {
    difference.entities().filter_map(|pair| match pair {
        (Some(old), Some(new)) if old.parent != new.parent => Some(new.id),
        _ => None,
    })
}

/// The accounts that have another entity than before.
fn moved_accounts(difference: &Difference) -> impl Iterator<Item = AccountId> {
    difference.accounts().filter_map(|pair| match pair {
        (Some(old), Some(new)) if old.entity != new.entity => Some(new.id),
        _ => None,
    })
}
