//! What must be so when an entry was undone, said without the code that undoes.
use std::collections::BTreeSet;

use rolodeck::domain::org::Org;
use rolodeck::domain::organization::AccountState;
use rolodeck::domain::row::{Change, Difference, Kind, Row, RowId};

/// Fails unless every change of the entry is taken back as far as people see it, and nothing else moved.
pub fn check(entry: &[Change], before: &Org, after: &Org) {
    for change in entry {
        taken_back(change, after);
    }
    let touched: BTreeSet<RowId> = entry.iter().map(|change| change.row).collect();
    for change in Difference::between(before, after).changes {
        let anew = change.before.is_none() && matches!(change.row.kind, Kind::Role | Kind::Invitation);
        let secret = matches!(change.row.kind, Kind::Credential(_));
        // Who is one person with somebody is said on both sides.
        let known = touched.contains(&change.row) || anew || secret;
        assert!(known, "undoing changed something else: {change:?}");
    }
}

fn taken_back(change: &Change, after: &Org) {
    match (change.before.as_ref(), change.after.as_ref()) {
        (None, Some(Row::Role(new))) => assert!(after.role(new.id).is_none_or(|role| !role.is_active())),
        (Some(Row::Role(old)), Some(Row::Role(_))) => {
            let same = after
                .active_roles()
                .filter(|role| (&role.name, &role.grants, &role.scope) == (&old.name, &old.grants, &old.scope));
            assert_eq!(same.count(), 1, "there is no role like {old:?}");
        }
        (None, Some(Row::Account(new))) => {
            assert_eq!(after.account(new.id).unwrap().state, AccountState::Ignored);
        }
        (Some(Row::Account(old)), Some(Row::Account(_))) => assert_eq!(after.account(old.id), Some(old)),
        (None, Some(Row::Entity(new))) => {
            let under = |entity| after.ancestry(entity).any(|above| above == new.id);
            let kept = after.accounts().values().any(|account| under(account.entity));
            assert_eq!(after.entity(new.id).is_some(), kept, "an entity with accounts stays, and no other: {new:?}");
        }
        (Some(Row::Entity(old)), _) => assert_eq!(after.entity(old.id), Some(old)),
        (Some(Row::User(old)), Some(Row::User(_))) => {
            let now = after.user(old.id).unwrap();
            assert_eq!((&now.roles, &now.status, &now.apart), (&old.roles, &old.status, &old.apart));
        }
        (None, Some(Row::Invitation(new))) => assert!(after.invitation(new.id).is_none()),
        (Some(Row::Invitation(old)), None) => {
            let open = after.invitations().values().find(|open| open.address.key() == old.address.key()).unwrap();
            assert_eq!((&open.roles, &open.name), (&old.roles, &old.name));
        }
        (Some(Row::Organization(old)), Some(Row::Organization(_))) => {
            let now = after.organization().unwrap();
            assert_eq!((&now.name, &now.domains), (&old.name, &old.domains));
            assert_eq!(now.security.four_eyes.areas, old.security.four_eyes.areas);
        }
        (_, Some(Row::Credential(_))) | (Some(Row::Credential(_)), _) => {}
        other => panic!("this cannot be undone, and yet it was: {other:?}"),
    }
}
