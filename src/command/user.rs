//! Changes to users.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard, invitation, role};
use crate::domain::access::Need;
use crate::domain::id::{InvitationId, UserId};
use crate::domain::name::PersonName;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::role::RoleSet;
use crate::domain::row::{Kind, Row, RowId};
use crate::domain::security::Area;
use crate::domain::user::{Credential, CredentialKind, Deactivated, Digest, User, UserStatus};

/// Signs somebody up with an invitation's code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptInvitation {
    /// Which invitation.
    pub invitation: InvitationId,
    /// SHA-256 of the stored form of the code that was typed; an older code no longer works.
    pub code: Digest,
    /// The new user's id.
    pub user: UserId,
    /// As the person calls themselves.
    pub name: PersonName,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the stored passphrase hash.
    pub passphrase: Digest,
}

/// Gives a user more roles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AssignRoles {
    /// Whom.
    pub user: UserId,
    /// What.
    pub roles: RoleSet,
}

/// Takes roles from a user; one stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeAwayRoles {
    /// From whom.
    pub user: UserId,
    /// What.
    pub roles: RoleSet,
}

/// Stops a user from signing in, at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeactivateUser {
    /// Whom.
    pub user: UserId,
    /// Who does it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// Lets a deactivated user sign in again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReactivateUser {
    /// Whom.
    pub user: UserId,
}

/// Ends a user's membership.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveUser {
    /// Whom.
    pub user: UserId,
}

/// Changes one's own passphrase.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangePassphrase {
    /// Whose.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the stored passphrase hash.
    pub passphrase: Digest,
}

impl Change for AcceptInvitation {
    fn name(&self) -> &'static str {
        "accept_invitation"
    }

    fn actors(&self) -> Actors {
        Actors::Invitee(self.invitation)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, _: &Org) -> String {
        format!("sign up {} with an invitation", self.name)
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let open = org.invitation(self.invitation).cloned().ok_or(Refusal::CodeRejected)?;
        let code = org.credential(CredentialKind::InvitationCode, self.invitation.uuid());
        if open.is_expired(self.at) || code.is_none_or(|code| code.digest != self.code) {
            return Err(Refusal::CodeRejected);
        }
        if org.user(self.user).is_some() {
            return Err(Refusal::IdTaken(Kind::User));
        }
        invitation::close(org, self.invitation);
        org.put(Row::User(User {
            id: self.user,
            name: self.name.clone(),
            address: open.address,
            roles: open.roles,
            status: UserStatus::Active,
            joined: self.at,
            code_seen_by: open.code_seen_by,
            apart: [].into(),
            deactivated: None,
        }));
        org.put(passphrase(self.user, self.at, self.passphrase));
        Ok(())
    }
}

impl Change for AssignRoles {
    fn name(&self) -> &'static str {
        "assign_roles"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("give {} the role {}", name_of(org, self.user), names(org, &self.roles))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut user = member(org, self.user)?;
        if self.roles.iter().any(|id| org.role(id).is_none_or(|role| !role.is_active())) {
            return Err(Refusal::Gone(Kind::Role));
        }
        let roles = user.roles.with(self.roles.iter());
        if roles == user.roles {
            return Err(Refusal::NothingChanges);
        }
        user.roles = roles;
        org.put(Row::User(user));
        Ok(())
    }
}

impl Change for TakeAwayRoles {
    fn name(&self) -> &'static str {
        "take_away_roles"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("take the role {} from {}", names(org, &self.roles), name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut user = member(org, self.user)?;
        let roles = user.roles.without(&self.roles);
        if roles == user.roles {
            return Err(Refusal::NothingChanges);
        }
        if roles.is_empty() {
            return Err(Refusal::LastRole);
        }
        user.roles = roles;
        org.put(Row::User(user));
        Ok(())
    }
}

impl Change for DeactivateUser {
    fn name(&self) -> &'static str {
        "deactivate_user"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("deactivate {}", name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        turn(org, self.user, UserStatus::Deactivated, Some(Deactivated { by: self.by, at: self.at }))
    }
}

impl Change for ReactivateUser {
    fn name(&self) -> &'static str {
        "reactivate_user"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("reactivate {}", name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        turn(org, self.user, UserStatus::Active, None)
    }
}

impl Change for RemoveUser {
    fn name(&self) -> &'static str {
        "remove_user"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_DELETE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("remove {}", name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut user = member(org, self.user)?;
        user.roles = RoleSet::from_iter([]);
        user.status = UserStatus::Removed;
        user.deactivated = None;
        org.put(Row::User(user));
        org.remove(RowId { kind: Kind::Credential(CredentialKind::Passphrase), id: self.user.uuid() });
        Ok(())
    }
}

impl Change for ChangePassphrase {
    fn name(&self) -> &'static str {
        "change_passphrase"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.user)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("change the passphrase of {}", name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        member(org, self.user)?;
        org.put(passphrase(self.user, self.at, self.passphrase));
        Ok(())
    }
}

/// The user as people know them, or the id when there is none.
pub(super) fn name_of(org: &Org, user: UserId) -> String {
    org.user(user).map_or_else(|| user.to_string(), |user| user.name.to_string())
}

/// The credential row of a passphrase.
pub(super) const fn passphrase(user: UserId, since: Timestamp, digest: Digest) -> Row {
    Row::Credential(Credential { owner: user.uuid(), kind: CredentialKind::Passphrase, since, digest })
}

fn names(org: &Org, roles: &RoleSet) -> Few {
    roles.iter().map(|id| role::name_of(org, id)).collect()
}

pub(super) fn member(org: &Org, user: UserId) -> Result<User, Refusal> {
    let user = org.user(user).filter(|user| user.status != UserStatus::Removed);
    user.cloned().ok_or(Refusal::Gone(Kind::User))
}

fn turn(org: &mut Org, user: UserId, status: UserStatus, deactivated: Option<Deactivated>) -> Result<(), Refusal> {
    let mut user = member(org, user)?;
    if user.status == status {
        return Err(Refusal::NothingChanges);
    }
    user.status = status;
    user.deactivated = deactivated;
    org.put(Row::User(user));
    Ok(())
}
