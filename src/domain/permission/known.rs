//! The permissions that the program itself asks for (decision 16 in the crate docs). Each line is
//! a resource's position and key in the catalogue; a test compares every one of them with it.
use super::{level::Level, pair::Permission, resource::Resource};

macro_rules! known {
    ($($position:literal $key:literal { $($name:ident $level:ident),+ $(,)? })+) => {
        impl Permission {
            $($(
                #[doc = concat!("`", $key, "` with the level ", stringify!($level), ".")]
                pub const $name: Self = Self::unchecked(Resource::at($position), Level::$level);
            )+)+
        }

        #[cfg(test)]
        const KNOWN: &[(&str, &str, Level, Permission)] =
            &[$($((stringify!($name), $key, Level::$level, Permission::$name),)+)+];
    };
}

known! {
    0 "accounts" { ACCOUNTS_READ Read, ACCOUNTS_CREATE Create, ACCOUNTS_UPDATE Update }
    3 "entities" {
        ENTITIES_READ Read, ENTITIES_CREATE Create, ENTITIES_UPDATE Update, ENTITIES_DELETE Delete,
    }
    5 "memberships" {
        MEMBERSHIPS_READ Read, MEMBERSHIPS_CREATE Create, MEMBERSHIPS_UPDATE Update,
        MEMBERSHIPS_DELETE Delete,
    }
    8 "roles" { ROLES_READ Read, ROLES_CREATE Create, ROLES_UPDATE Update, ROLES_DELETE Delete }
    20 "credit_transfers" {
        CREDIT_TRANSFERS_READ Read, CREDIT_TRANSFERS_CREATE Create, CREDIT_TRANSFERS_UPDATE Update,
    }
    22 "direct_debits" {
        DIRECT_DEBITS_READ Read, DIRECT_DEBITS_CREATE Create, DIRECT_DEBITS_UPDATE Update,
    }
    38 "direct_debit_approvals" {
        DIRECT_DEBIT_APPROVALS_UPDATE Update, DIRECT_DEBIT_APPROVALS_DELETE Delete,
    }
    39 "credit_transfer_approvals" {
        CREDIT_TRANSFER_APPROVALS_UPDATE Update, CREDIT_TRANSFER_APPROVALS_DELETE Delete,
    }
    42 "invitations" {
        INVITATIONS_READ Read, INVITATIONS_CREATE Create, INVITATIONS_UPDATE Update,
        INVITATIONS_DELETE Delete,
    }
    43 "organizations" { ORGANIZATIONS_UPDATE Update }
    44 "resource_events" { RESOURCE_EVENTS_READ Read }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_permission_is_the_one_that_its_name_says() {
        for (name, key, level, permission) in KNOWN {
            let looked_up = Resource::named(key).and_then(|resource| Permission::of(resource, *level));
            assert_eq!(looked_up, Some(*permission), "{name}");
            assert_eq!(name.to_lowercase(), format!("{key}_{}", level.key()));
        }
    }
}
