//! Which accounts a role reaches.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::id::{AccountId, EntityId};

/// The accounts that a role's account-scoped permissions hold for (decisions 5 and 6 in the crate docs).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// "All future entities": every account that exists, now and later.
    AllFuture,
    /// Chosen entities with their present and future accounts and children, and exactly the chosen accounts.
    Chosen {
        /// Entities; each stands for its accounts and its child entities, later ones included.
        entities: BTreeSet<EntityId>,
        /// Single accounts; they do not widen.
        accounts: BTreeSet<AccountId>,
    },
}

impl Scope {
    /// A scope that reaches nothing. It never turns into "all".
    pub const fn nothing() -> Self {
        Self::Chosen { entities: BTreeSet::new(), accounts: BTreeSet::new() }
    }
}

/// Where a permission is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The organization as a whole; scopes do not matter.
    Organization,
    /// Everywhere, later entities included: only *All future entities* reaches it.
    Everywhere,
    /// One entity.
    Entity(EntityId),
    /// One account.
    Account(AccountId),
}
