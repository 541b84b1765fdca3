//! What a role permits, in a few words.
use super::list::counted;
use crate::domain::catalogue::Group;
use crate::domain::permission::Resource;
use crate::domain::role::Grants;

/// How the role was set up: `Built in`, `Simple` or `Advanced`.
pub const fn setup_name(grants: &Grants) -> &'static str {
    match grants {
        Grants::Everything => "Built in",
        Grants::Simple(_) => "Simple",
        Grants::Advanced(_) => "Advanced",
    }
}

/// The permission groups for a table cell: `Basic Access, Initiate payments`, or `custom`.
pub fn groups_cell(grants: &Grants) -> String {
    match grants {
        Grants::Everything => "everything".to_owned(),
        Grants::Simple(groups) if groups.is_empty() => "none".to_owned(),
        Grants::Simple(groups) => groups.iter().map(Group::name).collect::<Vec<_>>().join(", "),
        Grants::Advanced(_) => "custom".to_owned(),
    }
}

/// What the role permits: its groups by name, or `custom: 23 permissions on 12 resources`.
pub fn grants_in_words(grants: &Grants) -> String {
    let permissions = grants.permissions();
    match grants {
        Grants::Everything => "everything, always".to_owned(),
        Grants::Simple(_) => groups_cell(grants),
        Grants::Advanced(_) if permissions.is_empty() => "custom: no permissions".to_owned(),
        Grants::Advanced(_) => {
            let mut resources: Vec<Resource> = permissions.iter().map(|permission| permission.resource()).collect();
            resources.dedup();
            let permissions = counted(permissions.len(), "permission", "permissions");
            format!("custom: {permissions} on {}", counted(resources.len(), "resource", "resources"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture::{advanced, all_grants, simple};

    #[test]
    fn every_setup_has_its_words() {
        let cases = [
            (Grants::Everything, "Built in", "everything", "everything, always"),
            (simple([]), "Simple", "none", "none"),
            (
                simple([Group::InitiatePayments, Group::BasicAccess]),
                "Simple",
                "Basic Access, Initiate payments",
                "Basic Access, Initiate payments",
            ),
            (advanced(""), "Advanced", "custom", "custom: no permissions"),
            (advanced("roles:read"), "Advanced", "custom", "custom: 1 permission on 1 resource"),
            (
                advanced("roles:read roles:create views:read"),
                "Advanced",
                "custom",
                "custom: 3 permissions on 2 resources",
            ),
        ];
        for (grants, setup, cell, words) in cases {
            assert_eq!(setup_name(&grants), setup);
            assert_eq!(groups_cell(&grants), cell);
            assert_eq!(grants_in_words(&grants), words);
        }
    }

    proptest! {
        #[test]
        fn words_are_never_empty(grants in all_grants()) {
            prop_assert!(!groups_cell(&grants).is_empty());
            prop_assert!(!grants_in_words(&grants).is_empty());
        }
    }
}
