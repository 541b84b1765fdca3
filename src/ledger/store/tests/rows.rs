//! Every kind of row survives the way to the disk and back, and unique values may wander.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use std::sync::Arc;

use super::desk::*;
use crate::domain::catalogue::GroupSet;
use crate::domain::organization::{AccountState, Nature};
use crate::domain::permission::PermissionSet;
use crate::domain::role::{Grants, RoleState};
use crate::domain::row::{Difference, Kind, Row, RowId};
use crate::domain::scope::Scope;
use crate::domain::user::{CredentialKind, UserStatus};
use crate::ledger::entry::{Draft, Outcome, Stamp, StampKind};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secrets;
use crate::ledger::store::Store;

#[test]
fn an_organization_and_its_domains_are_kept_in_order() {
    let (_folder, _, mut store) = on_disk();
    assert_kept(&store);
    change(&mut store, |org| {
        let mut row = organization(Nature::Real);
        row.name = "Harbour Foods Group".parse().unwrap();
        row.domains.reverse();
        org.put(Row::Organization(row));
    });
    assert_eq!(store.org().organization().unwrap().domains[0].as_str(), "foods.example.com");
    assert_kept(&store);
}

#[test]
fn entities_and_accounts_are_kept() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| {
        org.put(Row::Entity(entity(1, "Nordics", None)));
        org.put(Row::Entity(entity(2, "Sweden", Some(1))));
        org.put(Row::Account(account(1, 2, "SE3550000000054910000003")));
        let mut ignored = account(2, 1, "Petty cash, 北京 office");
        ignored.state = AccountState::Ignored;
        ignored.currency = typed("\"HRK\"");
        org.put(Row::Account(ignored));
    });
    assert_kept(&store);
    change(&mut store, |org| {
        org.remove(account_id(1).into());
        org.remove(entity_id(2).into());
        let mut moved = account(2, 1, "Petty cash");
        moved.name = "Till".parse().unwrap();
        org.put(Row::Account(moved));
    });
    assert_eq!(store.org().accounts().len(), 1);
    assert_kept(&store);
}

#[test]
fn roles_of_every_setup_and_scope_are_kept() {
    let (_folder, _, mut store) = on_disk();
    let everything = PermissionSet::everything();
    change(&mut store, |org| {
        org.put(Row::Entity(entity(1, "Nordics", None)));
        org.put(Row::Account(account(1, 1, "001")));
        org.put(Row::Account(account(2, 1, "002")));
        let mut chosen = role(3, "Everything by hand", Grants::Advanced(everything));
        chosen.scope = Arc::new(Scope::Chosen {
            entities: [entity_id(1)].into(),
            accounts: [account_id(1), account_id(2)].into(),
        });
        org.put(Row::Role(chosen));
        let mut nothing = role(4, "Nothing", Grants::Simple(GroupSet::NONE));
        nothing.scope = Arc::new(Scope::nothing());
        org.put(Row::Role(nothing));
        let mut gone = role(5, "Viewer", Grants::Advanced(PermissionSet::NONE));
        gone.state = RoleState::Deleted;
        org.put(Row::Role(gone));
    });
    assert_kept(&store);
    change(&mut store, |org| {
        let mut narrower = role(3, "By hand", Grants::Advanced(everything.iter().take(7).collect()));
        narrower.scope = Arc::new(Scope::Chosen { entities: [].into(), accounts: [account_id(2)].into() });
        org.put(Row::Role(narrower));
        org.put(Row::Role(role(4, "Something", simple())));
        org.remove(role_id(5).into());
    });
    assert_kept(&store);
}

#[test]
fn users_and_invitations_are_kept() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| {
        let mut bo = user(2, "Bo Ek", "Bo.Ek@Example.COM");
        bo.roles = roles([1, 2]);
        bo.status = UserStatus::Deactivated;
        bo.code_seen_by = [user_id(1)].into();
        org.put(Row::User(bo));
        let mut left = user(3, "Cleo", "cleo@example.com");
        left.roles = roles([]);
        left.status = UserStatus::Removed;
        org.put(Row::User(left));
        let mut open = invitation(1, "cleo@example.com");
        open.name = Some("Cleo again".parse().unwrap());
        open.attempt = 3;
        open.code_seen_by = [user_id(1), user_id(2)].into();
        open.expires = now() + jiff::SignedDuration::from_nanos(1);
        org.put(Row::Invitation(open));
        org.put(Row::Invitation(invitation(2, "dana@müller.example.com")));
    });
    assert_eq!(store.org().addresses().len(), 4);
    assert_kept(&store);
    change(&mut store, |org| {
        org.remove(invitation_id(1).into());
        let mut back = user(3, "Cleo", "cleo@example.com");
        back.roles = roles([2]);
        org.put(Row::User(back));
        let mut seen = invitation(2, "dana@müller.example.com");
        seen.roles = roles([1, 2]);
        org.put(Row::Invitation(seen));
    });
    assert_kept(&store);
}

#[test]
fn credentials_are_kept_with_their_secrets() {
    let (_folder, _, mut store) = on_disk();
    let (passphrase, first) = proof(CredentialKind::Passphrase, user_id(1).uuid(), b"$argon2id$first");
    let (recovery, second) = proof(CredentialKind::RecoveryCode, organization(Nature::Real).id.uuid(), b"recovery");
    change_with(&mut store, &Secrets::none().with(first).with(second), |org| {
        org.put(passphrase);
        org.put(recovery);
    })
    .unwrap();
    assert_eq!(store.verify().unwrap().credentials, 2);
    assert_kept(&store);
    change(&mut store, |org| {
        let owner = organization(Nature::Real).id.uuid();
        org.remove(RowId { kind: Kind::Credential(CredentialKind::RecoveryCode), id: owner });
    });
    assert_eq!(store.verify().unwrap().credentials, 1);
    assert_kept(&store);
}

#[test]
fn two_roles_can_swap_their_names() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| org.put(Row::Role(role(3, "Payer", simple()))));
    change(&mut store, |org| {
        org.put(Row::Role(role(2, "Payer", simple())));
        org.put(Row::Role(role(3, "Viewer", simple())));
    });
    assert_eq!(store.org().role(role_id(2)).unwrap().name.as_str(), "Payer");
    assert_kept(&store);
}

#[test]
fn a_role_can_take_a_name_that_becomes_free_in_the_same_change() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| org.put(Row::Role(role(3, "Payer", simple()))));
    change(&mut store, |org| {
        org.put(Row::Role(role(2, "PAYER", simple())));
        let mut gone = role(3, "Payer", simple());
        gone.state = RoleState::Deleted;
        org.put(Row::Role(gone));
    });
    assert_kept(&store);
    change(&mut store, |org| {
        let mut back = role(3, "Payer", simple());
        back.name = "Payer of old".parse().unwrap();
        org.put(Row::Role(back));
    });
    assert_kept(&store);
}

#[test]
fn entities_and_accounts_can_swap_what_is_unique() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| {
        org.put(Row::Entity(entity(1, "Nordics", None)));
        org.put(Row::Entity(entity(2, "Baltics", None)));
        org.put(Row::Entity(entity(3, "Baltics", Some(1))));
        org.put(Row::Account(account(1, 1, "001")));
        org.put(Row::Account(account(2, 1, "002")));
    });
    change(&mut store, |org| {
        org.put(Row::Entity(entity(1, "Baltics", None)));
        org.put(Row::Entity(entity(2, "Nordics", Some(1))));
        org.put(Row::Entity(entity(3, "Nordics", None)));
        org.put(Row::Account(account(1, 1, "002")));
        org.put(Row::Account(account(2, 1, "001")));
    });
    assert_kept(&store);
}

#[test]
fn addresses_can_wander_between_people() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| {
        org.put(Row::User(user(2, "Bo Ek", "bo@example.com")));
        org.put(Row::Invitation(invitation(1, "cleo@example.com")));
    });
    change(&mut store, |org| {
        org.put(Row::User(user(1, "Ada Lindqvist", "bo@example.com")));
        org.put(Row::User(user(2, "Bo Ek", "cleo@example.com")));
        org.put(Row::Invitation(invitation(1, "ada@example.com")));
    });
    assert_kept(&store);
    change(&mut store, |org| org.put(Row::User(user(1, "Ada Lindqvist", "BO@example.com"))));
    assert_eq!(store.org().addresses().len(), 3);
    assert_kept(&store);
}

#[test]
fn what_the_tables_forbid_is_refused_and_changes_nothing() {
    let (_folder, _, mut store) = on_disk();
    let before = store.head();
    let twice = change_with(&mut store, &Secrets::none(), |org| org.put(Row::Role(role(3, "VIEWER", simple()))));
    assert!(matches!(twice, Err(Fault::Inconsistent(_))), "{twice:?}");
    let nowhere = change_with(&mut store, &Secrets::none(), |org| org.put(Row::Account(account(1, 9, "001"))));
    assert!(matches!(nowhere, Err(Fault::Inconsistent(_))), "{nowhere:?}");
    let taken = change_with(&mut store, &Secrets::none(), |org| {
        org.put(Row::User(user(2, "Bo Ek", "bo@example.com")));
        org.put(Row::User(user(3, "Bo Ek", "BO@example.com")));
    });
    assert!(matches!(taken, Err(Fault::Inconsistent(_))), "{taken:?}");
    assert_eq!(store.head(), before);
    assert_kept(&store);
}

#[test]
fn a_sample_cannot_become_real() {
    let mut store = Store::in_memory(Nature::Sample).unwrap();
    let real = change_with(&mut store, &Secrets::none(), |org| *org = small(Nature::Real));
    assert!(matches!(real, Err(Fault::Inconsistent(_))), "{real:?}");
    change(&mut store, |org| *org = small(Nature::Sample));
    assert!(store.org().is_sample());
}

#[test]
fn an_entry_that_does_not_tell_the_change_is_refused() {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    let mut writing = store.begin().unwrap();
    let after = small(Nature::Real);
    let difference = Difference::between(&writing.org(), &after);
    let silent = Draft::new("test", Outcome::Done, Stamp::of(StampKind::System));
    let entry = silent.seal(&writing.head(), now(), &outside());
    let appended = writing.append(entry, &difference, after, &Secrets::none());
    assert!(matches!(appended, Err(Fault::Inconsistent(_))), "{appended:?}");
}

#[test]
fn ten_thousand_invitations_are_one_change() {
    let (_folder, _, mut store) = on_disk();
    change(&mut store, |org| {
        for n in 0..10_000 {
            org.put(Row::Invitation(invitation(n, &format!("person{n}@example.com"))));
        }
    });
    assert_eq!(store.head().seq, 2);
    assert_eq!(store.waiting(now(), 20_000).unwrap().len(), 10_000);
    assert_kept(&store);
}
