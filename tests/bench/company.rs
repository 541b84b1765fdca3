//! The company that the benchmarks work with: the sample with many more people.
use std::collections::BTreeSet;

use jiff::Timestamp;
use rolodeck::command::Found;
use rolodeck::domain::id::UserId;
use rolodeck::domain::org::Org;
use rolodeck::domain::row::Row;
use rolodeck::domain::sample;
use rolodeck::domain::user::{User, UserStatus};
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::secrets::{Secrets, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

/// A clock that stands still, and numbers that repeat.
pub fn outside() -> Outside {
    let drawn = std::sync::atomic::AtomicU64::new(0);
    let now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    Outside::new(
        move || now,
        move |bytes| {
            for chunk in bytes.chunks_mut(32) {
                let n = drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                chunk.copy_from_slice(sha256(&n.to_le_bytes()).0.get(..chunk.len()).unwrap());
            }
        },
    )
}

/// The sample with so many people.
pub fn company(outside: &Outside, users: usize) -> Org {
    let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let roles: Vec<_> = org.active_roles().filter(|role| !role.is_owner()).map(|role| role.id).collect();
    for n in org.users().len()..users {
        org.put(Row::User(User {
            id: UserId::new(outside.now(), &outside.seed()),
            name: format!("Person Number {n}").parse().unwrap(),
            address: format!("person{n}@lumbrevik.example.com").parse().unwrap(),
            roles: roles.get(n % roles.len()).copied().into_iter().collect(),
            status: UserStatus::Active,
            joined: outside.now(),
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
    }
    org
}

/// A store with such a company, and its Owner signed in.
pub fn office(outside: &Outside, users: usize, mut store: Store) -> (Store, Session) {
    let org = company(outside, users);
    let role = org.owner_role().unwrap().id;
    let user = org.holders(role).next().unwrap().id;
    let proof = signin::found(&mut store, outside, Found { org }, &Secrets::none(), user).unwrap().unwrap();
    let session = signin::enter(&mut store, outside, &proof, role).unwrap().unwrap();
    (store, session)
}
