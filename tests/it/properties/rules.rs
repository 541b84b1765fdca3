//! What may never happen, whoever asks for whatever.
use std::collections::BTreeSet;

use rolodeck::command::{Command, LookAtCode};
use rolodeck::domain::access::Person;
use rolodeck::domain::id::{InvitationId, RoleId, UserId};
use rolodeck::domain::org::{Holder, Org};
use rolodeck::domain::role::{Grants, Role, RoleState};
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::UserStatus;

use super::model::{self, Access, Place};

/// Whether a user may act in a role at all.
pub fn may_act(org: &Org, user: UserId, role: RoleId) -> bool {
    let active = org.role(role).is_some_and(|role| role.state == RoleState::Active);
    let holds = |user: &rolodeck::domain::user::User| {
        user.status == UserStatus::Active && user.roles.iter().any(|held| held == role)
    };
    active && org.user(user).is_some_and(holds)
}

/// Fails if a person should not have been able to make this change.
#[track_caller]
pub fn check(before: &Org, after: &Org, who: Person, command: &Command) {
    assert!(may_act(before, who.user, who.role), "somebody acted who may not");
    assert!(model::owners(after) > 0, "no Owner is left");
    let places = model::places(before, after);
    let (old, new) = (model::of_user(before, who.user, &places), model::of_user(after, who.user, &places));
    let more = model::gained(&old, &new);
    assert!(more.is_empty(), "somebody widened their own access: {more:?}");
    let actor = Actor { org: before, role: before.role(who.role).unwrap() };
    for id in after.users().keys() {
        let more = model::gained(&model::of_user(before, *id, &places), &model::of_user(after, *id, &places));
        actor.may_hand_out(&more, "to a user");
        let held = |org: &Org| {
            org.user(*id).is_some_and(|user| user.is_active() && user.roles.iter().any(|id| owner(org, id)))
        };
        assert!(actor.is_owner() || held(before) || !held(after), "somebody who is no Owner made an Owner");
    }
    for role in after.active_roles() {
        let then = before.role(role.id).map(|role| model::of_role(before, role, &places)).unwrap_or_default();
        actor.may_hand_out(&model::gained(&then, &model::of_role(after, role, &places)), "in a role");
        assert_eq!(owner(before, role.id), owner(after, role.id), "a role became Owner or stopped to be it");
    }
    for invitation in handed_over(before, command) {
        let roles: Vec<_> =
            after.invitation(invitation).unwrap().roles.iter().filter_map(|id| after.role(id)).collect();
        for role in roles {
            actor.may_hand_out(&model::of_role(after, role, &places), "with an invitation");
            assert!(actor.is_owner() || !owner(after, role.id), "somebody who is no Owner invited an Owner");
        }
    }
    makes_sense(after);
}

struct Actor<'a> {
    org: &'a Org,
    role: &'a Role,
}

impl Actor<'_> {
    fn is_owner(&self) -> bool {
        self.role.grants == Grants::Everything
    }

    /// Fails if there is administration among it that the actor's active role lacks.
    #[track_caller]
    fn may_hand_out(&self, access: &Access, how: &str) {
        let has = model::permissions(&self.role.grants);
        for (place, permissions) in access {
            for permission in permissions.intersection(model::administration()).iter() {
                if model::administers(permission, *place) {
                    let there = has.contains(permission) && model::reaches(self.org, &self.role.scope, *place);
                    assert!(there, "{permission} was handed out {how} at {place:?}, where the actor does not have it");
                } else if *place == Place::Organization {
                    assert!(has.contains(permission), "{permission} was handed out {how} without having it");
                }
            }
        }
    }
}

fn owner(org: &Org, role: RoleId) -> bool {
    org.role(role).is_some_and(|role| role.is_active() && role.grants == Grants::Everything)
}

/// The invitations whose codes a command sends out, or shows to somebody who has not seen them.
fn handed_over(before: &Org, command: &Command) -> Vec<InvitationId> {
    let seen =
        |look: &LookAtCode| before.invitation(look.invitation).is_some_and(|open| open.code_seen_by.contains(&look.by));
    match command {
        Command::InviteUsers(invite) => invite.people.iter().map(|invitee| invitee.id).collect(),
        Command::ImportInvitations(import) => {
            import.lists.iter().flat_map(|list| &list.people).map(|invitee| invitee.id).collect()
        }
        Command::ResendInvitations(resend) => resend.invitations.iter().copied().collect(),
        Command::LookAtCode(look) if !seen(look) => vec![look.invitation],
        _ => Vec::new(),
    }
}

/// Fails if the organization contradicts itself.
#[track_caller]
fn makes_sense(org: &Org) {
    for entity in org.entities().values() {
        let mut above = BTreeSet::new();
        let mut next = Some(entity.id);
        while let Some(id) = next {
            assert!(above.insert(id), "an entity is below itself");
            next = org.entity(id).unwrap().parent;
        }
    }
    unique(org.entities().values().map(|entity| (entity.parent, entity.name.as_str().to_lowercase())));
    unique(org.accounts().values().map(|account| {
        let identifier = account.identifier.as_str().to_lowercase().replace(' ', "");
        (identifier, account.currency.code().to_owned())
    }));
    unique(org.active_roles().map(|role| role.name.as_str().to_lowercase()));
    assert!(org.accounts().values().all(|account| org.entity(account.entity).is_some()));
    for role in org.active_roles() {
        assert!(!model::permissions(&role.grants).is_empty(), "a role without permissions");
        if let Scope::Chosen { entities, accounts } = role.scope.as_ref() {
            assert!(entities.iter().all(|id| org.entity(*id).is_some()));
            assert!(accounts.iter().all(|id| org.account(*id).is_some()));
        }
    }
    let alive = |id: RoleId| org.role(id).is_some_and(Role::is_active);
    let mut addresses = BTreeSet::new();
    for user in org.users().values() {
        let gone = user.status == UserStatus::Removed;
        assert_eq!(user.roles.is_empty(), gone, "a user without roles, or a removed one with some");
        assert!(user.roles.iter().all(alive));
        if !gone {
            assert!(addresses.insert(user.address.key()), "an address twice");
            assert_eq!(org.holder(&user.address.key()), Some(Holder::User(user.id)));
        }
    }
    for open in org.invitations().values() {
        assert!(!open.roles.is_empty() && open.roles.iter().all(alive));
        assert!(addresses.insert(open.address.key()), "an address twice");
        assert_eq!(org.holder(&open.address.key()), Some(Holder::Invitation(open.id)));
    }
    assert_eq!(org.addresses().len(), addresses.len());
}

#[track_caller]
fn unique<T: Ord + std::fmt::Debug>(things: impl Iterator<Item = T>) {
    let mut seen = BTreeSet::new();
    for thing in things {
        let text = format!("{thing:?}");
        assert!(seen.insert(thing), "there twice: {text}");
    }
}
