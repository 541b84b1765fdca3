use std::fmt;

use serde::{Deserialize, Serialize};

use super::group::Group;
use crate::domain::permission::PermissionSet;

/// The groups that are ticked in Simple setup. They are kept as ticks, because permissions alone
/// do not tell which groups they came from (decision 2 in the crate docs).
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "Vec<Group>", from = "Vec<Group>")]
pub struct GroupSet(u8);

const fn bit(group: Group) -> u8 {
    1 << group as u8
}

impl GroupSet {
    /// No group.
    pub const NONE: Self = Self(0);

    /// Ticks one.
    pub const fn insert(&mut self, group: Group) {
        self.0 |= bit(group);
    }

    /// Unticks one. What it shares with another ticked group stays permitted.
    pub const fn remove(&mut self, group: Group) {
        self.0 &= !bit(group);
    }

    /// Whether this one is ticked.
    pub const fn contains(self, group: Group) -> bool {
        self.0 & bit(group) != 0
    }

    /// The same ticks without this one.
    #[must_use]
    pub const fn without(mut self, group: Group) -> Self {
        self.remove(group);
        self
    }

    /// How many are ticked.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether none is ticked.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them, in documented order.
    pub fn iter(self) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(move |group| self.contains(*group))
    }

    /// Everything that at least one of them gives.
    pub fn permissions(self) -> PermissionSet {
        self.iter().map(Group::permissions).fold(PermissionSet::NONE, PermissionSet::union)
    }
}

impl FromIterator<Group> for GroupSet {
    fn from_iter<I: IntoIterator<Item = Group>>(groups: I) -> Self {
        let mut set = Self::NONE;
        groups.into_iter().for_each(|group| set.insert(group));
        set
    }
}

impl From<Vec<Group>> for GroupSet {
    fn from(groups: Vec<Group>) -> Self {
        groups.into_iter().collect()
    }
}

impl From<GroupSet> for Vec<Group> {
    fn from(set: GroupSet) -> Self {
        set.iter().collect()
    }
}

impl fmt::Debug for GroupSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// The permissions that make an administrator: only somebody whose active role has one of them may
/// pass it on (decision 8 in the crate docs).
pub fn administration() -> PermissionSet {
    Group::ALL.into_iter().filter(|group| group.sensitive()).collect::<GroupSet>().permissions()
}

/// All groups whose permissions together are exactly these, as many as fit; nothing when no union
/// of groups gives these (decision 3 in the crate docs).
pub fn as_groups(permissions: PermissionSet) -> Option<GroupSet> {
    let fitting: GroupSet = Group::ALL.into_iter().filter(|group| group.permissions().is_subset(permissions)).collect();
    (fitting.permissions() == permissions).then_some(fitting)
}

/// The other ticked groups that already give everything in this one, and none of them in vain;
/// nothing when the group would add something (or adds it now, being ticked itself).
pub fn covered_by(group: Group, ticked: GroupSet) -> Option<GroupSet> {
    let covers = |groups: GroupSet| group.permissions().is_subset(groups.permissions());
    let others = ticked.without(group);
    covers(others).then(|| {
        others.iter().fold(others, |needed, other| {
            let fewer = needed.without(other);
            if covers(fewer) { fewer } else { needed }
        })
    })
}

/// Whether one of these reaches into accounts, so that *Select accounts* has to be asked
/// (decision 5 in the crate docs).
pub fn needs_account(permissions: PermissionSet) -> bool {
    permissions.iter().any(|permission| permission.resource().account_scoped())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::permission::Permission;

    fn ticks() -> impl Strategy<Value = GroupSet> {
        any::<u8>().prop_map(GroupSet)
    }

    fn of<const N: usize>(groups: [Group; N]) -> GroupSet {
        groups.into_iter().collect()
    }

    #[test]
    fn programmatic_access_is_contained_in_sensitive_admin_operations() {
        let (outer, inner) = (Group::SensitiveAdminOperations, Group::SetUpProgrammaticAccess);
        assert!(inner.permissions().is_subset(outer.permissions()));
        assert_eq!(covered_by(inner, of([Group::BasicAccess, outer])), Some(of([outer])));
        assert_eq!(covered_by(inner, of([Group::BasicAccess, outer, inner])), Some(of([outer])));
        assert_eq!(covered_by(outer, of([Group::BasicAccess, inner])), None);
    }

    #[test]
    fn erp_access_is_covered_by_two_groups_together_and_covers_reading() {
        let (erp, read, initiate) = (Group::ErpAccess, Group::ReadFinancialData, Group::InitiatePayments);
        assert_eq!(covered_by(erp, of([read, initiate, Group::ManageDashboard])), Some(of([read, initiate])));
        assert_eq!(covered_by(erp, of([read])), None);
        assert_eq!(covered_by(read, of([erp])), Some(of([erp])));
    }

    #[test]
    fn a_ticked_group_does_not_cover_itself() {
        for group in Group::ALL {
            assert_eq!(covered_by(group, of([group])), None);
        }
    }

    #[test]
    fn administration_is_what_the_two_sensitive_groups_give() {
        assert_eq!(administration(), Group::SensitiveAdminOperations.permissions());
        assert!(administration().contains(Permission::ROLES_CREATE));
        assert!(administration().contains(Permission::ROLES_READ));
        assert!(!administration().contains(Permission::CREDIT_TRANSFERS_CREATE));
        assert!(!administration().contains(Permission::ACCOUNTS_UPDATE));
        assert_eq!(administration().len(), 41);
    }

    #[test]
    fn a_permission_beside_the_groups_is_no_union_of_groups() {
        let mut permissions = Group::BasicAccess.permissions();
        assert_eq!(as_groups(permissions), Some(of([Group::BasicAccess])));
        permissions.insert(Permission::CREDIT_TRANSFERS_CREATE);
        assert_eq!(as_groups(permissions), None);
        permissions.remove(Permission::CREDIT_TRANSFERS_CREATE);
        permissions.remove(Permission::ROLES_READ);
        assert_eq!(as_groups(permissions), None);
        assert_eq!(as_groups(PermissionSet::NONE), Some(GroupSet::NONE));
        assert_eq!(as_groups(PermissionSet::everything()), Some(Group::ALL.into_iter().collect()));
    }

    #[test]
    fn only_account_scoped_permissions_ask_for_accounts() {
        assert!(!needs_account(Group::BasicAccess.permissions()));
        assert!(!needs_account(administration()));
        assert!(needs_account(Group::ReadFinancialData.permissions()));
        assert!(needs_account(Group::ApproveAndRejectPayments.permissions()));
        assert!(!needs_account([Permission::ACCOUNTS_READ, Permission::ENTITIES_UPDATE].into_iter().collect()));
    }

    #[test]
    fn ticks_are_written_as_a_list_of_keys() {
        let ticked = of([Group::ErpAccess, Group::BasicAccess]);
        let json = r#"["basic_access","erp_access"]"#;
        assert_eq!(serde_json::to_string(&ticked).unwrap(), json);
        assert_eq!(serde_json::from_str::<GroupSet>(json).unwrap(), ticked);
        assert!(serde_json::from_str::<GroupSet>(r#"["owner"]"#).is_err());
    }

    proptest! {
        #[test]
        fn ticks_to_permissions_to_ticks(ticked in ticks()) {
            let back = as_groups(ticked.permissions()).unwrap();
            prop_assert_eq!(back.permissions(), ticked.permissions());
            prop_assert!(ticked.iter().all(|group| back.contains(group)));
            // Whatever came back in addition was contained in the ticks anyway.
            for extra in back.iter().filter(|group| !ticked.contains(*group)) {
                prop_assert!(covered_by(extra, ticked).is_some());
            }
        }

        #[test]
        fn unticking_a_group_never_removes_what_another_gives(ticked in ticks()) {
            for gone in ticked.iter() {
                let rest = ticked.without(gone);
                for kept in rest.iter() {
                    prop_assert!(kept.permissions().is_subset(rest.permissions()));
                }
                let lost = ticked.permissions().minus(rest.permissions());
                prop_assert!(lost.is_subset(gone.permissions()));
                prop_assert_eq!(lost.is_empty(), covered_by(gone, ticked).is_some());
            }
        }

        #[test]
        fn no_covering_group_is_named_in_vain(ticked in ticks()) {
            for group in Group::ALL {
                let Some(covering) = covered_by(group, ticked) else { continue };
                prop_assert!(!covering.contains(group));
                prop_assert!(covering.iter().all(|one| ticked.contains(one)));
                prop_assert!(group.permissions().is_subset(covering.permissions()));
                for one in covering.iter() {
                    prop_assert!(!group.permissions().is_subset(covering.without(one).permissions()));
                }
            }
        }
    }
}
