//! Where permissions hold.
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::id::{AccountId, EntityId};
use crate::domain::permission::PermissionSet;

/// Where some permissions hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Places {
    /// In the organization: no scope limits these permissions.
    Organization,
    /// On all accounts and entities, now and later.
    All,
    /// On all of them except these, which are kept. Only losses are told like this.
    AllBut {
        /// Entities, with their later accounts.
        entities: BTreeSet<EntityId>,
        /// Accounts, ignored ones included.
        accounts: BTreeSet<AccountId>,
    },
    /// On exactly these.
    These {
        /// Entities, with their later accounts.
        entities: BTreeSet<EntityId>,
        /// Accounts, ignored ones included.
        accounts: BTreeSet<AccountId>,
    },
}

/// Some permissions, and where they hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reach {
    /// What.
    pub permissions: PermissionSet,
    /// Where.
    pub places: Places,
}

/// The entities and accounts that a chosen scope comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spread {
    pub(super) entities: BTreeSet<EntityId>,
    pub(super) accounts: BTreeSet<AccountId>,
}

impl Spread {
    pub(super) fn is_empty(&self) -> bool {
        self.entities.is_empty() && self.accounts.is_empty()
    }

    fn union(&self, other: &Self) -> Self {
        Self { entities: &self.entities | &other.entities, accounts: &self.accounts | &other.accounts }
    }

    fn minus(&self, other: &Self) -> Self {
        Self { entities: &self.entities - &other.entities, accounts: &self.accounts - &other.accounts }
    }
}

/// Where a permission is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Organization,
    All,
    /// Never empty; shared by all permissions of a role.
    These(Arc<Spread>),
}

impl Where {
    /// Where it is held by one role or another (decision 7 in the crate docs): for one permission the places add up.
    pub(super) fn union(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::These(one), Self::These(more)) if Arc::ptr_eq(one, more) => self.clone(),
            (Self::These(one), Self::These(more)) => Self::These(Arc::new(one.union(more))),
            (Self::Organization, _) | (_, Self::Organization) => Self::Organization,
            (Self::All, _) | (_, Self::All) => Self::All,
        }
    }

    /// What is in this and not in `other`.
    pub(super) fn minus(&self, other: &Self) -> Option<Places> {
        match (self, other) {
            (_, Self::Organization | Self::All) => None,
            (Self::These(one), Self::These(less)) => {
                let Spread { entities, accounts } = one.minus(less);
                (!entities.is_empty() || !accounts.is_empty()).then_some(Places::These { entities, accounts })
            }
            (Self::All | Self::Organization, Self::These(kept)) => {
                Some(Places::AllBut { entities: kept.entities.clone(), accounts: kept.accounts.clone() })
            }
        }
    }
}

impl From<&Where> for Places {
    fn from(held: &Where) -> Self {
        match held {
            Where::Organization => Self::Organization,
            Where::All => Self::All,
            Where::These(spread) => {
                Self::These { entities: spread.entities.clone(), accounts: spread.accounts.clone() }
            }
        }
    }
}
