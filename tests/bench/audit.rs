//! How long it takes to prove a log of 100,000 entries.
//!
//! Run with `cargo bench --bench audit`. Figures depend on the machine.
#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use rolodeck::command::{AssignRoles, Command, Found, RenameEntity, TakeAwayRoles};
use rolodeck::domain::id::UserId;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::row::Row;
use rolodeck::domain::sample;
use rolodeck::domain::user::{User, UserStatus};
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::{Secrets, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{Store, examine};
use rolodeck::outside::Outside;

const ENTRIES: u64 = 100_000;

/// How many people there are.
const USERS: usize = 1_000;

fn outside() -> Outside {
    let drawn = AtomicU64::new(0);
    let now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    Outside::new(
        move || now,
        move |bytes| {
            for chunk in bytes.chunks_mut(32) {
                let n = drawn.fetch_add(1, Ordering::Relaxed);
                chunk.copy_from_slice(sha256(&n.to_le_bytes()).0.get(..chunk.len()).unwrap());
            }
        },
    )
}

/// The sample with many more people, in which a lot happened: one entry in four is a sign-in without rows, the others
/// change a row.
fn storied(path: &Path) {
    let outside = outside();
    let mut store = Store::create(path, Nature::Sample).unwrap();
    let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let (owner, other) = {
        let owner = org.owner_role().unwrap().id;
        (owner, org.active_roles().find(|role| !role.is_owner()).unwrap().id)
    };
    let creator = org.holders(owner).next().unwrap().id;
    for n in org.users().len()..USERS {
        org.put(Row::User(User {
            id: UserId::new(outside.now(), &outside.seed()),
            name: format!("Person Number {n}").parse().unwrap(),
            address: format!("person{n}@lumbrevik.example.com").parse().unwrap(),
            roles: [other].into_iter().collect(),
            status: UserStatus::Active,
            joined: outside.now(),
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
    }
    let extra = org.active_roles().filter(|role| !role.is_owner() && role.id != other).last().unwrap().id;
    let (users, entity): (Vec<_>, _) = (org.users().keys().copied().collect(), *org.entities().keys().next().unwrap());
    let proof = signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
    let session = signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
    let actor = Actor::Person(session);
    while store.head().seq < ENTRIES {
        let n = store.head().seq;
        let user = *users.get(usize::try_from(n).unwrap() / 4 % users.len()).unwrap();
        let command: Command = match n % 4 {
            0 => AssignRoles { user, roles: [extra].into_iter().collect() }.into(),
            1 => TakeAwayRoles { user, roles: [extra].into_iter().collect() }.into(),
            2 => RenameEntity { entity, name: format!("Unit {n}").parse().unwrap() }.into(),
            _ => {
                signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
                continue;
            }
        };
        run(&mut store, &outside, &actor, &command, &Secrets::none()).unwrap().done().ok();
    }
}

fn verifying(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("storied.db");
    storied(&path);
    let mut group = criterion.benchmark_group("verify");
    group.sample_size(10);
    group.bench_function("100,000 entries", |bencher| bencher.iter(|| examine(&path, &[]).unwrap()));
    group.finish();
}

criterion_group!(benches, verifying);
criterion_main!(benches);
