//! How fast another day is shown: the first question about it, and the next one.
//!
//! Run with `cargo bench --bench past`. Figures depend on the machine; compare medians of one run.
#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]
use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use rolodeck::command::{AssignRoles, Command, Found, RenameEntity, TakeAwayRoles};
use rolodeck::domain::holders::{Question, holdings};
use rolodeck::domain::id::UserId;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::permission::Permission;
use rolodeck::domain::row::Row;
use rolodeck::domain::sample;
use rolodeck::domain::user::{User, UserStatus};
use rolodeck::engine::{Change, Library, Post, Reply, Request, Then, Worker};
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::progress::Progress;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::{Secrets, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::mail::DropFolder;
use rolodeck::outside::Outside;

const ENTRIES: u64 = 100_000;
const USERS: usize = 1_000;

/// Seconds between two entries: about 90 in a day.
const APART: i64 = 960;

const START: i64 = 1_700_000_000;

fn outside(clock: &Arc<AtomicI64>) -> Outside {
    let (clock, drawn) = (Arc::clone(clock), AtomicU64::new(0));
    Outside::new(
        move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap(),
        move |bytes| {
            for chunk in bytes.chunks_mut(32) {
                let n = drawn.fetch_add(1, Ordering::Relaxed);
                chunk.copy_from_slice(sha256(&n.to_le_bytes()).0.get(..chunk.len()).unwrap());
            }
        },
    )
}

fn company(outside: &Outside) -> Org {
    let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let roles: Vec<_> = org.active_roles().filter(|role| !role.is_owner()).map(|role| role.id).collect();
    for n in org.users().len()..USERS {
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

/// A file with so many entries: roles come and go, entities are renamed.
fn years(path: &std::path::Path) -> Store {
    let clock = Arc::new(AtomicI64::new(START));
    let outside = outside(&clock);
    let org = company(&outside);
    let owner = org.owner_role().unwrap().id;
    let user = org.holders(owner).next().unwrap().id;
    let entity = *org.entities().keys().next().unwrap();
    let reader = org.active_roles().find(|role| role.name.as_str().starts_with("Group accountant")).unwrap().id;
    let others: Vec<_> = org.users().values().filter(|user| !user.roles.contains(reader)).map(|user| user.id).collect();
    let mut store = Store::create(path, Nature::Sample).unwrap();
    let proof = signin::found(&mut store, &outside, Found { org }, &Secrets::none(), user).unwrap().unwrap();
    let session = signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
    let mut turn = 0;
    while store.head().seq < ENTRIES {
        clock.fetch_add(APART, Ordering::Relaxed);
        let who = *others.get(turn / 3 % others.len()).unwrap();
        let roles = [reader].into_iter().collect();
        let command: Command = match turn % 3 {
            0 => AssignRoles { user: who, roles }.into(),
            1 => TakeAwayRoles { user: who, roles }.into(),
            _ => RenameEntity { entity, name: format!("Name {turn}").parse().unwrap() }.into(),
        };
        turn += 1;
        let ran = run(&mut store, &outside, &Actor::Person(session.clone()), &command, &Secrets::none());
        ran.unwrap().done().unwrap();
    }
    store
}

fn ask(worker: &mut Worker, at: Timestamp) -> (u64, Arc<Org>) {
    match worker.serve(Request::Past { at, progress: Progress::default() }) {
        Ok(Reply::Past(Then::Was { head, org })) => (head.seq, org),
        other => unreachable!("{other:?}"),
    }
}

fn another_day(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let store = years(&folder.path().join("years.db"));
    let mut group = criterion.benchmark_group("another day, 100,000 entries");
    group.sample_size(10);
    for seq in [ENTRIES / 2, ENTRIES - 1] {
        group.bench_function(format!("the organization at entry {seq}"), |bencher| {
            bencher.iter(|| store.org_at(black_box(seq)).unwrap());
        });
    }
    let middle = Timestamp::from_second(START + APART * 50_000).unwrap();
    group.bench_function("the entry of a moment", |bencher| {
        bencher.iter(|| store.head_at(black_box(middle)).unwrap());
    });
    let post = Post { mailer: Box::new(DropFolder::new(folder.path().join("outbox"))), folder: None };
    let (library, cost) = (Library::new(folder.path().into()), Cost::least().unwrap());
    let clock = Arc::new(AtomicI64::new(START * 2));
    let mut worker = Worker::new(outside(&clock), cost, library, post, Change::Never, None);
    worker.adopt(store);
    let (_, org) = ask(&mut worker, middle);
    group.bench_function("the next question about the same moment", |bencher| {
        bencher.iter(|| ask(&mut worker, black_box(middle)));
    });
    let mut hour = 0;
    group.bench_function("the next question about another hour of the day", |bencher| {
        bencher.iter(|| {
            hour = (hour + 1) % 24;
            ask(&mut worker, Timestamp::from_second(middle.as_second() + 3_600 * hour).unwrap())
        });
    });
    let account = org.accounts().values().find(|account| account.name.as_str() == "Betriebskonto").unwrap().id;
    let question =
        Question { permission: Some(Permission::CREDIT_TRANSFERS_CREATE), account: Some(account), user: None };
    group.bench_function("who held a permission on an account", |bencher| {
        bencher.iter(|| holdings(black_box(&org), question).len());
    });
    group.finish();
}

criterion_group!(benches, another_day);
criterion_main!(benches);
