//! Drafts that outlive the program: what somebody was making when a signal or a closed terminal ended it, to be offered
//! to them again.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::id::{OrganizationId, RoleId, UserId};
use crate::domain::role::Grants;
use crate::domain::scope::Scope;

/// A role that was being made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleInHand {
    /// The role that was being changed; none for a new one.
    pub changes: Option<RoleId>,
    /// What it would permit.
    pub grants: Grants,
    /// Which accounts it would reach.
    pub scope: Scope,
    /// Its name as typed.
    pub name: String,
}

/// A draft with whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The organization that it is for.
    pub organization: OrganizationId,
    /// Who was making it.
    pub user: UserId,
    /// When the program ended.
    pub at: Timestamp,
    /// The draft.
    pub role: RoleInHand,
}
