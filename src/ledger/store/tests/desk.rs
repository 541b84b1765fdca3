//! What the tests work with: an organization with a row of every kind, and a way to change it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use uuid::Uuid;

use crate::domain::catalogue::{Group, GroupSet};
use crate::domain::id::{AccountId, EntityId, InvitationId, OrganizationId, RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState, Entity, Nature, Organization};
use crate::domain::role::{Grants, Role, RoleSet, RoleState};
use crate::domain::row::{Difference, Row};
use crate::domain::scope::Scope;
use crate::domain::user::{Credential, CredentialKind, Invitation, User, UserStatus};
use crate::ledger::entry::{Draft, Outcome, Stamp, StampKind};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::{Secret, Secrets, Stored};
use crate::ledger::store::Store;
use crate::outside::Outside;

/// A clock that stands still.
pub(super) fn now() -> Timestamp {
    "2026-03-02T09:30:00.123Z".parse().unwrap()
}

pub(super) fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

/// The clock that stands still, and bytes that are never the same twice.
pub(super) fn outside() -> Outside {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    Outside::new(now, |bytes| {
        for byte in bytes.chunks_mut(8) {
            let next = DRAWN.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            byte.copy_from_slice(&next.to_be_bytes()[..byte.len()]);
        }
    })
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(super) fn entity_id(n: u128) -> EntityId {
    EntityId::from_uuid(uuid(0x100 + n))
}

pub(super) fn account_id(n: u128) -> AccountId {
    AccountId::from_uuid(uuid(0x200 + n))
}

pub(super) fn role_id(n: u128) -> RoleId {
    RoleId::from_uuid(uuid(0x300 + n))
}

pub(super) fn user_id(n: u128) -> UserId {
    UserId::from_uuid(uuid(0x40_0000 + n))
}

pub(super) fn invitation_id(n: u128) -> InvitationId {
    InvitationId::from_uuid(uuid(0x80_0000 + n))
}

pub(super) fn organization(nature: Nature) -> Organization {
    Organization {
        id: OrganizationId::from_uuid(uuid(1)),
        name: "Harbour Foods".parse().unwrap(),
        nature,
        domains: ["harbour.example.com", "foods.example.com"].map(|domain| typed(&format!("{domain:?}"))).into(),
        founded: now(),
        security: crate::domain::security::Security::default(),
    }
}

pub(super) fn entity(n: u128, name: &str, parent: Option<u128>) -> Entity {
    Entity { id: entity_id(n), name: name.parse().unwrap(), parent: parent.map(entity_id) }
}

pub(super) fn account(n: u128, entity: u128, identifier: &str) -> Account {
    Account {
        id: account_id(n),
        entity: entity_id(entity),
        name: format!("Account {n}").parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        identifier: typed(&format!("{identifier:?}")),
        state: AccountState::Provisioned,
    }
}

pub(super) fn role(n: u128, name: &str, grants: Grants) -> Role {
    Role {
        id: role_id(n),
        name: name.parse().unwrap(),
        grants,
        scope: Arc::new(Scope::AllFuture),
        state: RoleState::Active,
        created: now(),
    }
}

pub(super) fn simple() -> Grants {
    Grants::Simple([Group::BasicAccess, Group::ReadFinancialData].into_iter().collect::<GroupSet>())
}

pub(super) fn roles<const N: usize>(numbers: [u128; N]) -> RoleSet {
    numbers.into_iter().map(role_id).collect()
}

pub(super) fn user(n: u128, name: &str, address: &str) -> User {
    User {
        id: user_id(n),
        name: name.parse().unwrap(),
        address: address.parse().unwrap(),
        roles: roles([1]),
        status: UserStatus::Active,
        joined: now(),
        code_seen_by: BTreeSet::new(),
        apart: BTreeSet::new(),
        deactivated: None,
    }
}

pub(super) fn invitation(n: u128, address: &str) -> Invitation {
    Invitation {
        id: invitation_id(n),
        address: address.parse().unwrap(),
        name: None,
        roles: roles([2]),
        invited_by: user_id(1),
        invited: now(),
        sent: now(),
        attempt: 0,
        expires: later(7 * 24 * 60),
        code_seen_by: BTreeSet::new(),
    }
}

/// A secret and the credential that announces it.
pub(super) fn proof(kind: CredentialKind, owner: Uuid, bytes: &[u8]) -> (Row, Stored) {
    let stored = Stored { kind, owner, bytes: Secret::new(bytes.to_vec()) };
    (Row::Credential(Credential { owner, kind, since: now(), digest: stored.digest() }), stored)
}

/// The organization with its Owner Ada, and the role Viewer that is given to people who are invited.
pub(super) fn small(nature: Nature) -> Org {
    let mut org = Org::default();
    org.put(Row::Organization(organization(nature)));
    org.put(Row::Role(role(1, "Owner", Grants::Everything)));
    org.put(Row::Role(role(2, "Viewer", simple())));
    org.put(Row::User(user(1, "Ada Lindqvist", "ada@example.com")));
    org
}

/// A store with `small` in it.
pub(super) fn founded(path: &Path) -> Store {
    let mut store = Store::create(path, Nature::Real).unwrap();
    change(&mut store, |org| *org = small(Nature::Real));
    store
}

/// A folder, and a founded organization in it.
pub(super) fn on_disk() -> (TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbour.db");
    let store = founded(&path);
    (folder, path, store)
}

/// Changes the organization, and returns the number of the entry.
pub(super) fn change(store: &mut Store, edit: impl FnOnce(&mut Org)) -> u64 {
    change_with(store, &Secrets::none(), edit).unwrap()
}

/// Changes the organization together with secrets.
pub(super) fn change_with(store: &mut Store, secrets: &Secrets, edit: impl FnOnce(&mut Org)) -> Result<u64, Fault> {
    let mut writing = store.begin()?;
    let mut after = Org::clone(&writing.org());
    edit(&mut after);
    let difference = Difference::between(&writing.org(), &after);
    let draft = Draft::new("test", Outcome::Done, Stamp::of(StampKind::System)).with_difference(&difference)?;
    let entry = draft.seal(&writing.head(), now(), &outside());
    let seq = entry.header.seq;
    writing.append(entry, &difference, after, secrets)?;
    writing.commit()?;
    Ok(seq)
}

/// Appends an entry without rows.
pub(super) fn note(store: &mut Store, command: &'static str, outcome: Outcome, actor: Stamp, at: Timestamp) -> u64 {
    let mut writing = store.begin().unwrap();
    let entry = Draft::new(command, outcome, actor).seal(&writing.head(), at, &outside());
    let (seq, org) = (entry.header.seq, Org::clone(&writing.org()));
    writing.append(entry, &Difference::default(), org, &Secrets::none()).unwrap();
    writing.commit().unwrap();
    seq
}

/// Fails unless both say the same.
#[track_caller]
pub(super) fn assert_same(left: &Org, right: &Org) {
    assert_eq!(Difference::between(left, right).changes, []);
    assert_eq!(left.addresses(), right.addresses());
}

/// Fails unless the file, opened again, says what the store says, tables and log alike.
#[track_caller]
pub(super) fn assert_kept(store: &Store) {
    let again = Store::open(store.path()).unwrap();
    assert_same(&store.org(), &again.org());
    assert_eq!(again.head(), store.head());
    assert_same(&again.fold(u64::MAX).unwrap(), &store.org());
    assert_eq!(again.verify().unwrap().head, store.head());
}

/// A second connection, as another program would have it.
pub(super) fn stranger(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

/// Reads a value from its JSON form.
pub(super) fn typed<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}
