//! A role's permissions and scope as they are or as they are about to be.
use std::sync::LazyLock;

use super::id::RoleId;
use super::permission::{PermissionSet, Resource};
use super::role::{Grants, Role};
use super::scope::Scope;

/// What a role is, or would be: questions about it need no stored role.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The role that is being edited; none for a new one.
    pub role: Option<RoleId>,
    /// What it permits.
    pub grants: &'a Grants,
    /// Where.
    pub scope: &'a Scope,
}

impl<'a> From<&'a Role> for Draft<'a> {
    fn from(role: &'a Role) -> Self {
        Self { role: Some(role.id), grants: &role.grants, scope: &role.scope }
    }
}

static ACCOUNT_SCOPED: LazyLock<PermissionSet> = LazyLock::new(|| offered(Resource::account_scoped));

static HEEDING_SCOPE: LazyLock<PermissionSet> = LazyLock::new(|| {
    offered(|resource| resource.account_scoped() || matches!(resource.key(), "accounts" | "entities"))
});

fn offered(which: impl Fn(Resource) -> bool) -> PermissionSet {
    PermissionSet::everything().iter().filter(|permission| which(permission.resource())).collect()
}

/// Those of them that hold for single accounts, so that a role has to say which (decision 5 in the crate docs).
pub fn account_scoped(permissions: PermissionSet) -> PermissionSet {
    permissions.intersection(*ACCOUNT_SCOPED)
}

/// Those of them that a scope limits: the account-scoped ones, and those on accounts and entities, which obey a scope
/// without asking for one (decision 5 in the crate docs).
pub fn heeding_scope(permissions: PermissionSet) -> PermissionSet {
    permissions.intersection(*HEEDING_SCOPE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::permissions_of;

    #[test]
    fn accounts_and_entities_obey_a_scope_that_they_do_not_ask_for() {
        let some = permissions_of("roles:read accounts:update entities:read mandates:read");
        assert_eq!(account_scoped(some), permissions_of("mandates:read"));
        assert_eq!(heeding_scope(some), permissions_of("accounts:update entities:read mandates:read"));
    }
}
