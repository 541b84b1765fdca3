//! The tables equal the fold of the log, whatever is put and removed.
#![expect(clippy::unwrap_used, reason = "tests")]
use std::sync::Arc;

use proptest::prelude::*;

use super::desk::*;
use crate::domain::org::Org;
use crate::domain::organization::{AccountState, Nature};
use crate::domain::permission::PermissionSet;
use crate::domain::role::{Grants, RoleState};
use crate::domain::row::Row;
use crate::domain::scope::Scope;
use crate::domain::user::{CredentialKind, User, UserStatus};
use crate::ledger::secrets::Secrets;
use crate::ledger::store::Store;

/// One thing that happens to an organization. What it names need not be there.
#[derive(Clone, Debug)]
enum Step {
    Entity(u128, u128),
    Account(u128, u128, u8),
    Role(u128, u8, usize),
    User(u128, u8, u8),
    Invitation(u128, u8, u32),
    Close(u128),
    RemoveAccount(u128),
}

fn step() -> impl Strategy<Value = Step> {
    let n = || 1..5_u128;
    prop_oneof![
        (n(), 0..4_u128).prop_map(|(n, parent)| Step::Entity(n, parent)),
        (n(), n(), 0..6_u8).prop_map(|(n, entity, number)| Step::Account(n, entity, number)),
        (2..6_u128, 0..6_u8, 0..9_usize).prop_map(|(n, name, kind)| Step::Role(n, name, kind)),
        (2..6_u128, 0..8_u8, 0..4_u8).prop_map(|(n, address, status)| Step::User(n, address, status)),
        (n(), 0..8_u8, 0..3_u32).prop_map(|(n, address, attempt)| Step::Invitation(n, address, attempt)),
        n().prop_map(Step::Close),
        n().prop_map(Step::RemoveAccount),
    ]
}

/// Takes the step where an organization allows it: unique things stay unique and references whole.
fn take(step: &Step, org: &mut Org) {
    match *step {
        Step::Entity(n, parent) if parent < n => {
            let parent = Some(parent).filter(|parent| org.entity(entity_id(*parent)).is_some());
            org.put(Row::Entity(entity(n, &format!("Unit {n}"), parent)));
        }
        Step::Account(n, owner, number) => {
            let mut row = account(n, owner, &format!("number {number}"));
            let free = |org: &Org| org.accounts().values().all(|o| o.id == row.id || o.identifier != row.identifier);
            if org.entity(row.entity).is_some() && free(org) {
                row.state = if number % 2 == 0 { AccountState::Provisioned } else { AccountState::Ignored };
                org.put(Row::Account(row));
            }
        }
        Step::Role(n, name, kind) => {
            let mut row = role(n, &format!("Role {name}"), simple());
            if kind % 2 == 0 {
                row.grants = Grants::Advanced(PermissionSet::everything().iter().skip(kind * 15).collect());
            }
            if kind % 3 == 0 {
                let accounts = org.accounts().keys().copied().collect();
                row.scope = Arc::new(Scope::Chosen { entities: [].into(), accounts });
            }
            row.state = if kind == 8 { RoleState::Deleted } else { RoleState::Active };
            let taken = org.active_roles().any(|other| other.id != row.id && other.name == row.name);
            if row.state == RoleState::Deleted || !taken {
                org.put(Row::Role(row));
            }
        }
        Step::User(n, address, status) => {
            let status = match status {
                0 | 1 => UserStatus::Active,
                2 => UserStatus::Deactivated,
                _ => UserStatus::Removed,
            };
            let row = user(n, "Somebody", &format!("a{address}@example.com"));
            let held = org.holder(&row.address.key());
            if status == UserStatus::Removed || held.is_none() {
                org.put(Row::User(User { status, roles: org.roles().keys().copied().collect(), ..row }));
            }
        }
        Step::Invitation(n, address, attempt) => {
            let mut row = invitation(n, &format!("a{address}@example.com"));
            if org.holder(&row.address.key()).is_none() {
                row.attempt = attempt;
                row.sent = later(i64::from(attempt));
                org.put(Row::Invitation(row));
            }
        }
        Step::Close(n) => org.remove(invitation_id(n).into()),
        Step::RemoveAccount(n) => {
            let chosen =
                |scope: &Scope| matches!(scope, Scope::Chosen { accounts, .. } if accounts.contains(&account_id(n)));
            if !org.roles().values().any(|role| chosen(&role.scope)) {
                org.remove(account_id(n).into());
            }
        }
        Step::Entity(..) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_tables_equal_the_log(
        changes in proptest::collection::vec(proptest::collection::vec(step(), 1..6), 1..12),
    ) {
        let mut store = Store::in_memory(Nature::Real).unwrap();
        change(&mut store, |org| *org = small(Nature::Real));
        let mut states = vec![store.org()];
        for (n, steps) in changes.iter().enumerate() {
            let (credential, stored) = proof(CredentialKind::Passphrase, user_id(1).uuid(), &n.to_be_bytes());
            change_with(&mut store, &Secrets::none().with(stored), |org| {
                steps.iter().for_each(|step| take(step, org));
                org.put(credential);
            })
            .unwrap();
            store.verify().unwrap();
            states.push(store.org());
        }
        for (before, state) in states.iter().enumerate() {
            let seq = before as u64 + 1;
            assert_same(&store.fold(seq).unwrap(), state);
            assert_same(&store.org_at(seq).unwrap(), state);
        }
    }
}
