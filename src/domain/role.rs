//! Roles: a name, permissions and a scope.
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::catalogue::GroupSet;
use super::id::RoleId;
use super::name::RoleName;
use super::permission::PermissionSet;
use super::scope::Scope;

/// What a role permits, as it was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grants {
    /// Owner: everything, always; never a stored list.
    Everything,
    /// Simple setup: the ticked groups (decision 2 in the crate docs).
    Simple(GroupSet),
    /// Advanced setup: the ticked permissions.
    Advanced(PermissionSet),
}

impl Grants {
    /// The permissions that come of it.
    pub fn permissions(&self) -> PermissionSet {
        match self {
            Self::Everything => PermissionSet::everything(),
            Self::Simple(groups) => groups.permissions(),
            Self::Advanced(permissions) => *permissions,
        }
    }
}

/// Whether a role can be given to people. Roles are marked and never deleted, so that history can name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleState {
    /// In use.
    Active,
    /// Deleted: held by nobody, its name is free again.
    Deleted,
}

/// A named set of permissions on a scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Never changes; a role is its id, not its name.
    pub id: RoleId,
    /// Unique among active roles, however it is written.
    pub name: RoleName,
    /// What it permits.
    pub grants: Grants,
    /// Where.
    pub scope: Arc<Scope>,
    /// In use or deleted.
    pub state: RoleState,
    /// When it was created.
    pub created: Timestamp,
}

impl Role {
    /// Whether this is the built-in role that may do everything.
    pub const fn is_owner(&self) -> bool {
        matches!(self.grants, Grants::Everything)
    }

    /// Whether it can be given to people.
    pub const fn is_active(&self) -> bool {
        matches!(self.state, RoleState::Active)
    }

    /// The permissions that its setup comes to.
    pub fn permissions(&self) -> PermissionSet {
        self.grants.permissions()
    }
}

/// The roles of one person: sorted, without doubles, cheap to copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<RoleId>", into = "Vec<RoleId>")]
pub struct RoleSet(Arc<[RoleId]>);

impl RoleSet {
    /// Whether it holds `role`.
    pub fn contains(&self, role: RoleId) -> bool {
        self.0.binary_search(&role).is_ok()
    }

    /// The roles, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = RoleId> + '_ {
        self.0.iter().copied()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These and `more`.
    pub fn with(&self, more: impl IntoIterator<Item = RoleId>) -> Self {
        self.iter().chain(more).collect()
    }

    /// These without `less`.
    pub fn without(&self, less: &Self) -> Self {
        self.iter().filter(|role| !less.contains(*role)).collect()
    }
}

impl FromIterator<RoleId> for RoleSet {
    fn from_iter<I: IntoIterator<Item = RoleId>>(roles: I) -> Self {
        let mut roles: Vec<_> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles.into())
    }
}

impl From<Vec<RoleId>> for RoleSet {
    fn from(roles: Vec<RoleId>) -> Self {
        roles.into_iter().collect()
    }
}

impl From<RoleSet> for Vec<RoleId> {
    fn from(roles: RoleSet) -> Self {
        roles.0.to_vec()
    }
}
