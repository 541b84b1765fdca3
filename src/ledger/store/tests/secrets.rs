//! Secrets come and go with their credentials, and leave the disk when they go.
#![expect(clippy::unwrap_used, reason = "tests")]
use std::fs;

use super::desk::*;
use crate::domain::row::{Kind, Row, RowId};
use crate::domain::user::CredentialKind::{InvitationCode, Passphrase};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secrets;
use crate::ledger::store::Store;

#[test]
fn a_secret_is_found_by_its_owner_alone() {
    let (_folder, _, mut store) = on_disk();
    let (credential, stored) = proof(Passphrase, user_id(1).uuid(), b"$argon2id$hash");
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(credential)).unwrap();
    assert_eq!(store.secret(Passphrase, user_id(1).uuid()).unwrap().unwrap().as_slice(), b"$argon2id$hash");
    assert!(store.secret(Passphrase, user_id(2).uuid()).unwrap().is_none());
    assert!(store.secret(InvitationCode, user_id(1).uuid()).unwrap().is_none());
}

#[test]
fn an_invitation_is_found_by_the_hash_of_its_newest_code() {
    let (_folder, _, mut store) = on_disk();
    let id = invitation_id(1);
    let (first, first_code) = proof(InvitationCode, id.uuid(), &[1; 32]);
    change_with(&mut store, &Secrets::none().with(first_code), |org| {
        org.put(Row::Invitation(invitation(1, "bo@example.com")));
        org.put(first);
    })
    .unwrap();
    assert_eq!(store.invitation_with_code(&[1; 32]).unwrap(), Some(id));
    let (second, second_code) = proof(InvitationCode, id.uuid(), &[2; 32]);
    change_with(&mut store, &Secrets::none().with(second_code), |org| org.put(second)).unwrap();
    assert_eq!(store.invitation_with_code(&[1; 32]).unwrap(), None);
    assert_eq!(store.invitation_with_code(&[2; 32]).unwrap(), Some(id));
    change(&mut store, |org| {
        org.remove(id.into());
        org.remove(RowId { kind: Kind::Credential(InvitationCode), id: id.uuid() });
    });
    assert_eq!(store.invitation_with_code(&[2; 32]).unwrap(), None);
    assert_kept(&store);
}

#[test]
fn a_credential_and_its_secret_come_together_or_not_at_all() {
    let (_folder, _, mut store) = on_disk();
    let owner = user_id(1).uuid();
    let (credential, _) = proof(Passphrase, owner, b"one");
    let (_, other) = proof(Passphrase, owner, b"two");
    let missing = change_with(&mut store, &Secrets::none(), |org| org.put(credential.clone()));
    let swapped = change_with(&mut store, &Secrets::none().with(other), |org| org.put(credential.clone()));
    let (_, stored) = proof(Passphrase, owner, b"one");
    let alone = change_with(&mut store, &Secrets::none().with(stored), |org| {
        org.put(Row::Role(role(3, "Payer", simple())));
    });
    for result in [missing, swapped, alone] {
        assert!(matches!(result, Err(Fault::Inconsistent(_))), "{result:?}");
    }
    assert!(store.secret(Passphrase, owner).unwrap().is_none());
    assert_eq!(store.head().seq, 1);
}

#[test]
fn a_secret_that_was_replaced_is_nowhere_in_the_files() {
    let (folder, _, mut store) = on_disk();
    let old = b"a passphrase hash that nobody needs any more";
    let owner = user_id(1).uuid();
    let (credential, stored) = proof(Passphrase, owner, old);
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(credential)).unwrap();
    let holds = || {
        let files = fs::read_dir(folder.path()).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        files.filter(|bytes| bytes.windows(old.len()).any(|window| window == old)).count()
    };
    assert!(holds() > 0);
    let (credential, stored) = proof(Passphrase, owner, b"the new one");
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(credential)).unwrap();
    assert_eq!(holds(), 0);
}

#[test]
fn a_reader_in_between_only_delays_the_wiping() {
    let (_folder, path, mut store) = on_disk();
    let owner = user_id(1).uuid();
    let (credential, stored) = proof(Passphrase, owner, b"old");
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(credential)).unwrap();
    let reader = stranger(&path);
    reader.execute_batch("BEGIN; SELECT * FROM user").unwrap();
    let (credential, stored) = proof(Passphrase, owner, b"new");
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(credential)).unwrap();
    assert!(store.unwiped);
    reader.execute_batch("ROLLBACK").unwrap();
    change(&mut store, |org| org.put(Row::Role(role(3, "Payer", simple()))));
    assert!(!store.unwiped);
    assert_kept(&Store::open(&path).unwrap());
}
