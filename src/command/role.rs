//! Changes to roles.
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard};
use crate::domain::access::Need;
use crate::domain::id::{RoleId, UserId};
use crate::domain::name::RoleName;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Named, Refusal};
use crate::domain::role::{Grants, Role, RoleState};
use crate::domain::row::{Kind, Row};
use crate::domain::scope::Scope;
use crate::domain::security::Area;

/// Creates a role; also how a role is duplicated.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateRole {
    /// Its id.
    pub role: RoleId,
    /// Unique among active roles.
    pub name: RoleName,
    /// What it permits.
    pub grants: Grants,
    /// Where.
    pub scope: Scope,
    /// When.
    pub at: Timestamp,
}

/// Changes everything about a role.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EditRole {
    /// Which role.
    pub role: RoleId,
    /// Unique among active roles.
    pub name: RoleName,
    /// What it permits.
    pub grants: Grants,
    /// Where.
    pub scope: Scope,
}

/// Changes a role's name alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RenameRole {
    /// Which role.
    pub role: RoleId,
    /// Unique among active roles.
    pub name: RoleName,
}

/// Deletes a role that nobody holds and nobody was invited with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteRole {
    /// Which role.
    pub role: RoleId,
}

impl Change for CreateRole {
    fn name(&self) -> &'static str {
        "create_role"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ROLES_CREATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, _: &Org) -> String {
        format!("create the role “{}” with {} permissions", self.name, self.grants.permissions().len())
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if org.role(self.role).is_some() {
            return Err(Refusal::IdTaken(Kind::Role));
        }
        check(org, self.role, &self.name, &self.grants, &self.scope)?;
        org.put(Row::Role(Role {
            id: self.role,
            name: self.name.clone(),
            grants: self.grants.clone(),
            scope: Arc::new(self.scope.clone()),
            state: RoleState::Active,
            created: self.at,
        }));
        Ok(())
    }
}

impl Change for EditRole {
    fn name(&self) -> &'static str {
        "edit_role"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ROLES_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("change the role “{}”", name_of(org, self.role))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let before = editable(org, self.role)?;
        check(org, self.role, &self.name, &self.grants, &self.scope)?;
        let after = Role {
            name: self.name.clone(),
            grants: self.grants.clone(),
            scope: Arc::new(self.scope.clone()),
            ..before.clone()
        };
        if after == before {
            return Err(Refusal::NothingChanges);
        }
        org.put(Row::Role(after));
        Ok(())
    }
}

impl Change for RenameRole {
    fn name(&self) -> &'static str {
        "rename_role"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ROLES_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("rename the role “{}” to “{}”", name_of(org, self.role), self.name)
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut role = editable(org, self.role)?;
        if role.name == self.name {
            return Err(Refusal::NothingChanges);
        }
        free_name(org, self.role, &self.name)?;
        role.name = self.name.clone();
        org.put(Row::Role(role));
        Ok(())
    }
}

impl Change for DeleteRole {
    fn name(&self) -> &'static str {
        "delete_role"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ROLES_DELETE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("delete the role “{}”", name_of(org, self.role))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut role = editable(org, self.role)?;
        let held = org.users().values().filter(|user| user.roles.contains(self.role)).map(|user| &user.name).collect();
        let invited = org.invitations().values().filter(|open| open.roles.contains(self.role));
        let invited = invited.map(|open| &open.address).collect();
        if !Few::is_empty(&held) || !Few::is_empty(&invited) {
            return Err(Refusal::RoleInUse { role: role.name, held, invited });
        }
        role.state = RoleState::Deleted;
        role.scope = Arc::new(Scope::nothing());
        org.put(Row::Role(role));
        Ok(())
    }
}

/// The role as people know it, or its id when it is gone.
pub(super) fn name_of(org: &Org, role: RoleId) -> String {
    org.role(role).map_or_else(|| role.to_string(), |role| role.name.to_string())
}

fn editable(org: &Org, role: RoleId) -> Result<Role, Refusal> {
    let role = org.role(role).filter(|role| role.is_active()).ok_or(Refusal::Gone(Kind::Role))?;
    if role.is_owner() { Err(Refusal::OwnerFixed) } else { Ok(role.clone()) }
}

fn check(org: &Org, role: RoleId, name: &RoleName, grants: &Grants, scope: &Scope) -> Result<(), Refusal> {
    if matches!(grants, Grants::Everything) {
        return Err(Refusal::OwnerFixed);
    }
    if grants.permissions().is_empty() {
        return Err(Refusal::NoPermission);
    }
    if let Scope::Chosen { entities, accounts } = scope {
        if entities.iter().any(|entity| org.entity(*entity).is_none()) {
            return Err(Refusal::Gone(Kind::Entity));
        }
        if accounts.iter().any(|account| org.account(*account).is_none()) {
            return Err(Refusal::Gone(Kind::Account));
        }
    }
    free_name(org, role, name)
}

fn free_name(org: &Org, role: RoleId, name: &RoleName) -> Result<(), Refusal> {
    let key = name.key();
    match org.active_roles().find(|other| other.id != role && other.name.key() == key) {
        Some(_) => Err(Refusal::NameTaken { named: Named::Role, name: name.to_string() }),
        None => Ok(()),
    }
}
