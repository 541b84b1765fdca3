//! Who may do what, and why: pure questions about an organization (decisions 6, 7 and 14 in the crate docs).
use serde::{Deserialize, Serialize};

use super::id::{AccountId, EntityId, RoleId, UserId};
use super::org::Org;
use super::organization::AccountState;
use super::permission::Permission;
use super::scope::{Place, Scope};
use super::user::{User, UserStatus};

/// A person with the one role that is active in their session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: RoleId,
}

/// One permission at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Need {
    /// What.
    pub permission: Permission,
    /// Where.
    pub place: Place,
}

impl Need {
    /// A permission on the organization as a whole.
    pub const fn organization(permission: Permission) -> Self {
        Self { permission, place: Place::Organization }
    }

    /// A permission on one entity, or everywhere when there is none.
    pub const fn entity(permission: Permission, entity: Option<EntityId>) -> Self {
        let place = match entity {
            Some(entity) => Place::Entity(entity),
            None => Place::Everywhere,
        };
        Self { permission, place }
    }

    /// A permission on one account.
    pub const fn account(permission: Permission, account: AccountId) -> Self {
        Self { permission, place: Place::Account(account) }
    }
}

/// An answer, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes: this role gives it.
    Allow {
        /// The active role.
        role: RoleId,
    },
    /// No.
    Deny(Denial),
}

impl Decision {
    /// Whether it is a yes.
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allow { .. })
    }
}

/// Why not. The first reason in this order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// No such user.
    #[error("nobody here is known by that name")]
    UnknownUser,
    /// The user cannot sign in for now.
    #[error("this user is deactivated")]
    Deactivated,
    /// The user is gone.
    #[error("this user was removed")]
    Removed,
    /// The role is not one of the user's, or is deleted.
    #[error("this user does not hold that role")]
    RoleNotHeld,
    /// The role does not contain the permission.
    #[error("the active role lacks {0}")]
    Missing(Permission),
    /// The role contains the permission, but not there.
    #[error("the active role has {0}, but not here: its scope does not reach this place")]
    OutsideScope(Permission),
    /// The account or entity does not exist, or is ignored.
    #[error("there is no such account or entity")]
    UnknownPlace,
    /// A permission that holds for accounts was asked without one.
    #[error("{0} holds for single accounts, so the question needs an account")]
    AccountMissing(Permission),
}

/// Whether `who` may do `need`. An unknown name is a denial, never an error.
pub fn decide(org: &Org, who: Person, need: Need) -> Decision {
    match ask(org, who, need) {
        Ok(()) => Decision::Allow { role: who.role },
        Err(denial) => Decision::Deny(denial),
    }
}

/// Whether the person may act at all, whatever the permission.
///
/// # Errors
/// The reason why not.
pub fn standing(org: &Org, who: Person) -> Result<(), Denial> {
    let user = org.user(who.user).ok_or(Denial::UnknownUser)?;
    match user.status {
        UserStatus::Active => {}
        UserStatus::Deactivated => return Err(Denial::Deactivated),
        UserStatus::Removed => return Err(Denial::Removed),
    }
    let held = user.roles.contains(who.role) && org.role(who.role).is_some_and(|role| role.is_active());
    if held { Ok(()) } else { Err(Denial::RoleNotHeld) }
}

fn ask(org: &Org, who: Person, need: Need) -> Result<(), Denial> {
    standing(org, who)?;
    let role = org.role(who.role).ok_or(Denial::RoleNotHeld)?;
    let permission = need.permission;
    if !role.permissions().contains(permission) {
        return Err(Denial::Missing(permission));
    }
    let reached = match need.place {
        Place::Organization if permission.resource().account_scoped() => {
            return Err(Denial::AccountMissing(permission));
        }
        Place::Organization => true,
        Place::Everywhere => *role.scope == Scope::AllFuture,
        Place::Entity(entity) => {
            org.entity(entity).ok_or(Denial::UnknownPlace)?;
            reaches_entity(org, &role.scope, entity)
        }
        Place::Account(account) => {
            org.account(account).ok_or(Denial::UnknownPlace)?;
            owns_account(org, &role.scope, account)
        }
    };
    if reached { Ok(()) } else { Err(Denial::OutsideScope(permission)) }
}

/// Whether the scope contains the entity, by itself or through an entity above it.
pub fn reaches_entity(org: &Org, scope: &Scope, entity: EntityId) -> bool {
    match scope {
        Scope::AllFuture => org.entity(entity).is_some(),
        Scope::Chosen { entities, .. } => {
            !entities.is_empty() && org.ancestry(entity).any(|above| entities.contains(&above))
        }
    }
}

/// Whether the scope contains the account, ignored or not.
pub fn owns_account(org: &Org, scope: &Scope, account: AccountId) -> bool {
    let Some(row) = org.account(account) else { return false };
    match scope {
        Scope::AllFuture => true,
        Scope::Chosen { accounts, .. } => accounts.contains(&account) || reaches_entity(org, scope, row.entity),
    }
}

/// Whether a role with this scope acts on the account: the scope contains it and it is not ignored.
pub fn reaches_account(org: &Org, scope: &Scope, account: AccountId) -> bool {
    let provisioned = org.account(account).is_some_and(|row| row.state == AccountState::Provisioned);
    provisioned && owns_account(org, scope, account)
}

/// Whether everything that `inner` reaches, now and later, is reached by `outer` too.
pub fn covers(org: &Org, outer: &Scope, inner: &Scope) -> bool {
    match (outer, inner) {
        (Scope::AllFuture, _) => true,
        (Scope::Chosen { .. }, Scope::AllFuture) => false,
        (Scope::Chosen { .. }, Scope::Chosen { entities, accounts }) => {
            entities.iter().all(|entity| reaches_entity(org, outer, *entity))
                && accounts.iter().all(|account| owns_account(org, outer, *account))
        }
    }
}

/// The active people who could hand out `permission`: some role of theirs may assign roles and,
/// where the permission is for administration, has it.
pub fn who_could_grant<'a>(org: &'a Org, permission: Permission) -> impl Iterator<Item = &'a User> + use<'a> {
    let administration = super::catalogue::administration().contains(permission);
    org.users().values().map(AsRef::as_ref).filter(move |user| {
        let grants = |role: RoleId| {
            let permissions = org.role(role).map(super::role::Role::permissions).unwrap_or_default();
            permissions.contains(Permission::MEMBERSHIPS_UPDATE)
                && (!administration || permissions.contains(permission))
        };
        user.is_active() && user.roles.iter().any(grants)
    })
}
