//! What a checkpoint says is what a walk along the log says.
#![expect(clippy::unwrap_used, reason = "tests")]
use super::desk::*;
use crate::domain::organization::Nature;
use crate::domain::row::{Kind, Row};
use crate::domain::user::{CredentialKind, Digest};
use crate::ledger::checkpoint::RowHashes;
use crate::ledger::entry::{Outcome, Stamp, StampKind};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secrets;
use crate::ledger::store::Store;

/// The digest that a walk along the whole log comes to.
fn walked(store: &Store) -> Digest {
    let mut rows = RowHashes::default();
    for header in store.entries(0, u32::MAX).unwrap() {
        if header.outcome != Outcome::Refused {
            store.bodies(header.seq).unwrap().iter().for_each(|body| rows.note(body));
        }
    }
    rows.digest()
}

#[track_caller]
fn agrees(store: &Store) -> Digest {
    let checkpoint = store.checkpoint(now()).unwrap();
    assert_eq!((checkpoint.seq, checkpoint.head), (store.head().seq, store.head().hash));
    assert_eq!(checkpoint.rows, walked(store));
    checkpoint.rows
}

#[test]
fn rows_of_every_kind_that_come_change_go_and_come_back_are_counted() {
    let (_folder, _, mut store) = on_disk();
    let first = agrees(&store);
    let (row, stored) = proof(CredentialKind::Passphrase, user_id(1).uuid(), b"one");
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(row)).unwrap();
    change(&mut store, |org| {
        org.put(Row::Entity(entity(1, "Nordics", None)));
        org.put(Row::Entity(entity(2, "Sweden", Some(1))));
        org.put(Row::Account(account(1, 1, "001")));
        org.put(Row::Invitation(invitation(1, "eve@example.com")));
    });
    let full = agrees(&store);
    change(&mut store, |org| org.put(Row::Role(role(2, "Looker", simple()))));
    let renamed = agrees(&store);
    change(&mut store, |org| {
        org.remove(entity_id(2).into());
        org.remove(invitation_id(1).into());
    });
    let fewer = agrees(&store);
    change(&mut store, |org| org.put(Row::Entity(entity(2, "Sweden", Some(1)))));
    let again = agrees(&store);
    let digests = [first, full, renamed, fewer, again];
    assert!(digests.iter().enumerate().all(|(n, one)| !digests.iter().take(n).any(|other| other == one)));
}

#[test]
fn an_entry_without_rows_moves_the_head_alone() {
    let (_folder, _, mut store) = on_disk();
    let before = agrees(&store);
    note(&mut store, "sign_in", Outcome::Done, Stamp::of(StampKind::System), later(1));
    assert_eq!(agrees(&store), before);
}

#[test]
fn the_time_is_never_before_that_of_the_newest_entry() {
    let (_folder, _, mut store) = on_disk();
    note(&mut store, "sign_in", Outcome::Done, Stamp::of(StampKind::System), later(5));
    assert_eq!(store.checkpoint(now()).unwrap().at, later(5));
    assert_eq!(store.checkpoint(later(9)).unwrap().at, later(9));
}

#[test]
fn before_the_founding_there_is_nothing_to_say() {
    let store = Store::in_memory(Nature::Real).unwrap();
    assert!(matches!(store.checkpoint(now()), Err(Fault::Inconsistent(_))));
}

#[test]
fn kinds_are_listed_in_the_order_in_which_they_are_hashed() {
    assert!(Kind::ALL.is_sorted());
}
