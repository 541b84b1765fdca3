//! What brings the values from before back, row by row.
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    AssignRoles, ChangeFourEyes, Command, CreateEntity, CreateRole, DeactivateUser, DeleteRole, EditOrganization,
    EditRole, IgnoreAccount, InviteUsers, Invitee, MoveAccount, MoveEntity, People, ProvisionAgain, ReactivateUser,
    RemoveEntity, RenameAccount, RenameEntity, RenameRole, RevokeInvitations, TakeAwayRoles, TellApart,
    WithdrawRequest,
};
use crate::domain::change_request::ChangeRequest;
use crate::domain::id::{InvitationId, RoleId, Seed, UserId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState, Entity, Organization};
use crate::domain::refusal::Refusal;
use crate::domain::role::{Role, RoleSet};
use crate::domain::row::{self, Row};
use crate::domain::user::{Invitation, User, UserStatus};

/// Who undoes, when, and where new ids come from.
pub(super) struct By<'a> {
    pub(super) user: UserId,
    pub(super) at: Timestamp,
    pub(super) seed: &'a mut dyn FnMut() -> Seed,
}

/// The commands that bring back what was before these changes.
pub(super) fn steps(org: &Org, changes: &[row::Change], by: &mut By<'_>) -> Result<Vec<Command>, Refusal> {
    let mut back =
        Back { org, by, steps: Vec::new(), last: Vec::new(), revoked: BTreeSet::new(), lost: BTreeMap::new() };
    for change in changes {
        back.row(change.before.as_ref(), change.after.as_ref())?;
    }
    // Entities that were made go after what is in them, the lowest first.
    let depth = |entity: &Entity| org.ancestry(entity.id).count();
    back.last.sort_by_key(|entity| std::cmp::Reverse(depth(entity)));
    let Back { mut steps, last, revoked, lost, .. } = back;
    steps.extend(last.iter().map(|entity| RemoveEntity { entity: entity.id }.into()));
    if !revoked.is_empty() {
        steps.push(RevokeInvitations { invitations: revoked }.into());
    }
    steps.extend(lost.into_iter().map(|(roles, people)| {
        let (by, at) = (by.user, by.at);
        Command::from(InviteUsers { by, at, roles: roles.into_iter().collect(), people })
    }));
    if steps.is_empty() {
        return Err(Refusal::CannotUndo("passphrases, codes and what was seen cannot be taken back"));
    }
    Ok(steps)
}

/// The steps while they are found.
struct Back<'a, 'b> {
    org: &'a Org,
    by: &'a mut By<'b>,
    steps: Vec<Command>,
    last: Vec<Entity>,
    revoked: BTreeSet<InvitationId>,
    lost: BTreeMap<Vec<RoleId>, Vec<Invitee>>,
}

impl Back<'_, '_> {
    fn row(&mut self, before: Option<&Row>, after: Option<&Row>) -> Result<(), Refusal> {
        match (before, after) {
            (None, None) => Ok(()),
            (Some(Row::Organization(old)), Some(Row::Organization(new))) => self.organization(old, new),
            (old, new) if is(old, new, |row| matches!(row, Row::Organization(_))) => {
                Err(Refusal::CannotUndo("an organization is founded once"))
            }
            (None, Some(Row::Entity(new))) => self.made_entity(new),
            (Some(Row::Entity(old)), None) => {
                let Entity { id: entity, name, parent } = old.clone();
                self.free(self.org.entity(entity).is_none(), &name)?;
                self.push(CreateEntity { entity, name, parent })
            }
            (Some(Row::Entity(old)), Some(Row::Entity(new))) => self.entity(old, new),
            (None, Some(Row::Account(new))) => {
                self.free(self.org.account(new.id) == Some(new), &new.name)?;
                self.push(IgnoreAccount { account: new.id })
            }
            (Some(Row::Account(old)), Some(Row::Account(new))) => self.account(old, new),
            (None, Some(Row::Role(new))) => {
                self.free(self.org.role(new.id) == Some(new), &new.name)?;
                self.push(DeleteRole { role: new.id })
            }
            (Some(Row::Role(old)), Some(Row::Role(new))) => self.role(old, new),
            (Some(Row::User(old)), Some(Row::User(new))) => self.user(old, new),
            (None, Some(Row::User(_))) => Err(Refusal::CannotUndo("somebody signed up; deactivate them under Users")),
            (None, Some(Row::Invitation(new))) => {
                let open = self.org.invitation(new.id).is_some_and(|open| open.roles == new.roles);
                self.free(open, &new.address)?;
                self.revoked.insert(new.id);
                Ok(())
            }
            (Some(Row::Invitation(old)), None) => self.lost_invitation(old),
            (Some(Row::Invitation(old)), Some(Row::Invitation(new))) if old.sent != new.sent => Err(
                Refusal::CannotUndo("a message that was asked for again may have left; revoke the invitation instead"),
            ),
            (None, Some(Row::ChangeRequest(new))) => self.request(new),
            (Some(Row::ChangeRequest(_)), Some(Row::ChangeRequest(_))) => Err(Refusal::CannotUndo(
                "a change request that was decided or withdrawn stays so; make the change anew",
            )),
            // What belongs to a secret follows from the row that it belongs to; of a message only what is not shown.
            _ => Ok(()),
        }
    }

    fn push(&mut self, step: impl Into<Command>) -> Result<(), Refusal> {
        self.steps.push(step.into());
        Ok(())
    }

    /// Refuses when something is no longer as the entry left it.
    fn free(&self, unchanged: bool, name: &dyn std::fmt::Display) -> Result<(), Refusal> {
        if unchanged { Ok(()) } else { Err(Refusal::ChangedSince(name.to_string())) }
    }

    fn organization(&mut self, old: &Organization, new: &Organization) -> Result<(), Refusal> {
        let now = self.org.organization().ok_or(Refusal::NothingChanges)?;
        let (was, is) = (&old.security, &new.security);
        if was.code_due != is.code_due || was.emergencies != is.emergencies {
            return Err(Refusal::CannotUndo("what was done about the recovery code stays done"));
        }
        if (&old.name, &old.domains) != (&new.name, &new.domains) {
            self.free((&now.name, &now.domains) == (&new.name, &new.domains), &"The organization")?;
            self.push(EditOrganization { name: old.name.clone(), domains: old.domains.clone() })?;
        }
        if was.four_eyes.areas != is.four_eyes.areas {
            self.free(now.security.four_eyes.areas == is.four_eyes.areas, &"Four-eyes")?;
            self.push(ChangeFourEyes { areas: was.four_eyes.areas.clone() })?;
        }
        Ok(())
    }

    /// An entity that got an account stays, since accounts are never deleted.
    fn made_entity(&mut self, new: &Entity) -> Result<(), Refusal> {
        self.free(self.org.entity(new.id) == Some(new), &new.name)?;
        let holds = |entity| self.org.ancestry(entity).any(|above| above == new.id);
        if !self.org.accounts().values().any(|account| holds(account.entity)) {
            self.last.push(new.clone());
        }
        Ok(())
    }

    fn entity(&mut self, old: &Entity, new: &Entity) -> Result<(), Refusal> {
        let now = self.org.entity(new.id);
        if old.name != new.name {
            self.free(now.is_some_and(|now| now.name == new.name), &new.name)?;
            self.push(RenameEntity { entity: old.id, name: old.name.clone() })?;
        }
        if old.parent != new.parent {
            self.free(now.is_some_and(|now| now.parent == new.parent), &new.name)?;
            self.push(MoveEntity { entity: old.id, parent: old.parent })?;
        }
        Ok(())
    }

    fn account(&mut self, old: &Account, new: &Account) -> Result<(), Refusal> {
        let (account, now) = (old.id, self.org.account(new.id));
        if old.state != new.state {
            self.free(now.is_some_and(|now| now.state == new.state), &new.name)?;
            match old.state {
                AccountState::Ignored => self.push(IgnoreAccount { account })?,
                _ => self.push(ProvisionAgain { account })?,
            }
        }
        if old.name != new.name {
            self.free(now.is_some_and(|now| now.name == new.name), &new.name)?;
            self.push(RenameAccount { account, name: old.name.clone() })?;
        }
        if old.entity != new.entity {
            self.free(now.is_some_and(|now| now.entity == new.entity), &new.name)?;
            self.push(MoveAccount { account, entity: old.entity })?;
        }
        Ok(())
    }

    fn role(&mut self, old: &Role, new: &Role) -> Result<(), Refusal> {
        let now = self.org.role(new.id);
        let (name, grants, scope) = (old.name.clone(), old.grants.clone(), old.scope.as_ref().clone());
        if !new.is_active() {
            // A deleted role stays deleted; nobody held it, so that one like it is as good.
            let role = RoleId::new(self.by.at, &(self.by.seed)());
            return self.push(CreateRole { role, name, grants, scope, at: self.by.at });
        }
        self.free(now == Some(new), &new.name)?;
        if (&old.grants, &old.scope) == (&new.grants, &new.scope) {
            self.push(RenameRole { role: old.id, name })
        } else {
            self.push(EditRole { role: old.id, name, grants, scope })
        }
    }

    fn user(&mut self, old: &User, new: &User) -> Result<(), Refusal> {
        let (user, now) = (old.id, self.org.user(new.id));
        if new.status == UserStatus::Removed {
            return Err(Refusal::CannotUndo("who was removed has to be invited again"));
        }
        if old.roles != new.roles {
            self.free(now.is_some_and(|now| now.roles == new.roles), &new.name)?;
            let (given, taken) = (new.roles.without(&old.roles), old.roles.without(&new.roles));
            let some = |roles: &RoleSet| roles.iter().next().is_some();
            if some(&taken) {
                self.push(AssignRoles { user, roles: taken })?;
            }
            if some(&given) {
                self.push(TakeAwayRoles { user, roles: given })?;
            }
        }
        if old.status != new.status {
            self.free(now.is_some_and(|now| now.status == new.status), &new.name)?;
            match new.status {
                UserStatus::Deactivated => self.push(ReactivateUser { user })?,
                _ => self.push(DeactivateUser { user, by: self.by.user, at: self.by.at })?,
            }
        }
        // Both of a pair say it; one of them undoes it.
        let declared: Vec<_> =
            old.apart.symmetric_difference(&new.apart).filter(|other| user < **other).copied().collect();
        for other in declared {
            self.free(now.is_some_and(|now| now.apart.contains(&other) == new.apart.contains(&other)), &new.name)?;
            let people = if old.apart.contains(&other) { People::Two } else { People::One };
            self.push(TellApart { one: user, other, people })?;
        }
        Ok(())
    }

    fn lost_invitation(&mut self, old: &Invitation) -> Result<(), Refusal> {
        self.free(self.org.holder(&old.address.key()).is_none(), &old.address)?;
        let id = InvitationId::new(self.by.at, &(self.by.seed)());
        let invitee = Invitee { id, address: old.address.clone(), name: old.name.clone() };
        self.lost.entry(old.roles.iter().collect()).or_default().push(invitee);
        Ok(())
    }

    fn request(&mut self, new: &ChangeRequest) -> Result<(), Refusal> {
        if !self.org.change_request(new.id).is_some_and(ChangeRequest::is_open) {
            return Err(Refusal::CannotUndo("a second person decided about it; make the opposite change"));
        }
        self.push(WithdrawRequest { request: new.id, by: self.by.user, at: self.by.at })
    }
}

/// Whether one of the sides is of a kind.
fn is(old: Option<&Row>, new: Option<&Row>, kind: impl Fn(&Row) -> bool) -> bool {
    old.is_some_and(&kind) || new.is_some_and(kind)
}
