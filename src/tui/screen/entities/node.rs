//! What stands in the tree: an entity or an account.
use crate::domain::access::Need;
use crate::domain::id::{AccountId, EntityId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState, Entity};
use crate::domain::permission::Permission;
use crate::domain::row::RowId;
use crate::domain::usage::Used;
use crate::tui::scene::Scene;

/// One row of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A business unit.
    Entity(EntityId),
    /// A bank account or wallet.
    Account(AccountId),
}

impl Node {
    /// Its name as it is stored; empty when it is gone.
    pub fn stored_name(self, org: &Org) -> &str {
        match self {
            Self::Entity(id) => org.entity(id).map(|entity| entity.name.as_str()).unwrap_or_default(),
            Self::Account(id) => org.account(id).map(|account| account.name.as_str()).unwrap_or_default(),
        }
    }

    /// Its name as it may be shown.
    pub fn name(self, org: &Org) -> String {
        match self {
            Self::Entity(id) => org.entity(id).map(|entity| entity.name.to_string()).unwrap_or_default(),
            Self::Account(id) => org.account(id).map(|account| account.name.to_string()).unwrap_or_default(),
        }
    }

    /// Its row.
    pub fn row(self) -> RowId {
        match self {
            Self::Entity(id) => id.into(),
            Self::Account(id) => id.into(),
        }
    }

    /// It, as something that others use.
    pub const fn used(self) -> Used {
        match self {
            Self::Entity(id) => Used::Entity(id),
            Self::Account(id) => Used::Account(id),
        }
    }

    /// The word for what it is.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Entity(_) => "entity",
            Self::Account(_) => "account",
        }
    }

    /// Whether it still exists.
    pub fn exists(self, org: &Org) -> bool {
        match self {
            Self::Entity(id) => org.entity(id).is_some(),
            Self::Account(id) => org.account(id).is_some(),
        }
    }

    /// The entity that it is, or that owns it.
    pub fn entity(self, org: &Org) -> Option<EntityId> {
        match self {
            Self::Entity(id) => Some(id),
            Self::Account(id) => org.account(id).map(|account| account.entity),
        }
    }
}

/// Whether an account is in use by nobody.
pub(super) const fn is_ignored(account: &Account) -> bool {
    matches!(account.state, AccountState::Ignored)
}

/// Whether the active role may see an entity.
pub(super) fn sees_entity(scene: &Scene, entity: &Entity) -> bool {
    allows(scene, Need::entity(Permission::ENTITIES_READ, Some(entity.id)))
}

/// Whether the active role may see an account.
pub(super) fn sees_account(scene: &Scene, account: &Account) -> bool {
    allows(scene, Need::account(Permission::ACCOUNTS_READ, account.id))
}

/// Whether the active role has what is needed, without saying why not.
pub(super) fn allows(scene: &Scene, need: Need) -> bool {
    scene.person().is_some_and(|person| scene.decide(person, need).is_allowed())
}
