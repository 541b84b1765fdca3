use std::{fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::{level::Level, pair::Permission, resource::Resource};

/// Some of the catalogue's permissions: a mask with one bit for each, so that asking and combining
/// cost a few instructions. Written as a sorted list of names, which outlives any change of bits.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "Vec<String>", from = "Vec<Permission>")]
pub struct PermissionSet([u64; 4]);

static EVERYTHING: LazyLock<PermissionSet> =
    LazyLock::new(|| Resource::all().flat_map(|r| r.levels().filter_map(move |l| Permission::of(r, l))).collect());

/// The word of the mask that holds this permission, and its bit in that word.
const fn place(permission: Permission) -> (usize, u64) {
    let position = permission.position();
    (position / 64, 1 << (position % 64))
}

impl PermissionSet {
    /// No permission.
    pub const NONE: Self = Self([0; 4]);

    /// All permissions of the catalogue: what an Owner has.
    pub fn everything() -> Self {
        *EVERYTHING
    }

    /// Adds one.
    pub fn insert(&mut self, permission: Permission) {
        let (word, bit) = place(permission);
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    /// Takes one away.
    pub fn remove(&mut self, permission: Permission) {
        let (word, bit) = place(permission);
        if let Some(word) = self.0.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Whether this one is among them.
    pub fn contains(self, permission: Permission) -> bool {
        let (word, bit) = place(permission);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// What is in either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a | e, b | f, c | g, d | h])
    }

    /// What is in both.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a & e, b & f, c & g, d & h])
    }

    /// What is in this one and not in the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a & !e, b & !f, c & !g, d & !h])
    }

    /// Whether the other has all of these.
    pub fn is_subset(self, other: Self) -> bool {
        self.minus(other).is_empty()
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.into_iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Each of them, in the order of the catalogue.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        // Only offered pairs are ever put in, so a pair whose bit is set is an offered one.
        Resource::all()
            .flat_map(|resource| Level::ALL.map(|level| Permission::unchecked(resource, level)))
            .filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        let mut set = Self::NONE;
        set.extend(permissions);
        set
    }
}

impl Extend<Permission> for PermissionSet {
    fn extend<I: IntoIterator<Item = Permission>>(&mut self, permissions: I) {
        permissions.into_iter().for_each(|permission| self.insert(permission));
    }
}

impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}

impl From<PermissionSet> for Vec<String> {
    fn from(set: PermissionSet) -> Self {
        let mut names: Self = set.iter().map(String::from).collect();
        names.sort_unstable();
        names
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn some_permissions() -> impl Strategy<Value = BTreeSet<Permission>> {
        let all: Vec<Permission> = PermissionSet::everything().iter().collect();
        proptest::collection::btree_set(proptest::sample::select(all), 0..60)
    }

    fn set(permissions: &BTreeSet<Permission>) -> PermissionSet {
        permissions.iter().copied().collect()
    }

    #[test]
    fn everything_is_139_permissions() {
        assert_eq!(PermissionSet::everything().len(), 139);
        assert_eq!(PermissionSet::everything().iter().count(), 139);
    }

    #[test]
    fn nothing_is_the_default() {
        assert_eq!(PermissionSet::default(), PermissionSet::NONE);
        assert!(PermissionSet::NONE.is_empty());
        assert!(PermissionSet::NONE.is_subset(PermissionSet::NONE));
    }

    #[test]
    fn it_is_written_as_a_sorted_list_of_names() {
        let set: PermissionSet = [
            Permission::ROLES_UPDATE,
            Permission::ROLES_CREATE,
            Permission::ACCOUNTS_READ,
            Permission::CREDIT_TRANSFERS_CREATE,
        ]
        .into_iter()
        .collect();
        let json = r#"["accounts:read","credit_transfers:create","roles:create","roles:update"]"#;
        assert_eq!(serde_json::to_string(&set).unwrap(), json);
        assert_eq!(serde_json::from_str::<PermissionSet>(json).unwrap(), set);
    }

    #[test]
    fn an_unknown_name_in_the_list_is_refused_in_a_sentence() {
        let refusal = serde_json::from_str::<PermissionSet>(r#"["accounts:read","mandates:delete"]"#).unwrap_err();
        assert!(refusal.to_string().starts_with("Mandates has no DELETE"), "{refusal}");
    }

    proptest! {
        #[test]
        fn it_behaves_like_a_set(a in some_permissions(), b in some_permissions()) {
            let same = |mask: PermissionSet, model: BTreeSet<Permission>| mask.iter().eq(model);
            prop_assert!(same(set(&a), a.clone()));
            prop_assert!(same(set(&a).union(set(&b)), &a | &b));
            prop_assert!(same(set(&a).intersection(set(&b)), &a & &b));
            prop_assert!(same(set(&a).minus(set(&b)), &a - &b));
            prop_assert_eq!(set(&a).is_subset(set(&b)), a.is_subset(&b));
            prop_assert_eq!(set(&a).len(), a.len());
            prop_assert_eq!(set(&a).is_empty(), a.is_empty());
        }

        #[test]
        fn removing_takes_exactly_one_away(a in some_permissions(), pick in any::<proptest::sample::Index>()) {
            prop_assume!(!a.is_empty());
            let gone = *pick.get(&a.iter().copied().collect::<Vec<_>>());
            let mut rest = set(&a);
            rest.remove(gone);
            prop_assert!(!rest.contains(gone));
            prop_assert_eq!(rest.len(), a.len() - 1);
            rest.insert(gone);
            prop_assert_eq!(rest, set(&a));
        }

        #[test]
        fn it_survives_being_written_and_read(a in some_permissions()) {
            let json = serde_json::to_string(&set(&a)).unwrap();
            prop_assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), set(&a));
        }
    }
}
