//! How fast the dashboard is: first frame, key to frame, one durable change, opening a file.
//!
//! Run with `cargo bench`. Figures depend on the machine; compare medians of one run.
#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]
mod company;

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rolodeck::command::{Command, RenameEntity};
use rolodeck::domain::access::{Need, Person, decide};
use rolodeck::domain::id::EntityId;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::permission::Permission;
use rolodeck::engine::{Change, Library, Post, Worker};
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::store::Store;
use rolodeck::mail::DropFolder;
use rolodeck::outside::Outside;
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

use company::{company, office, outside};

const SIZES: [usize; 2] = [1_000, 100_000];

fn app(outside: &Outside, users: usize) -> App {
    let (store, session) = office(outside, users, Store::in_memory(Nature::Sample).unwrap());
    let folder = std::env::temp_dir().join("rolodeck-bench-outbox");
    let post = Post { mailer: Box::new(DropFolder::new(folder)), folder: None };
    let library = Library::new(std::env::temp_dir());
    let mut worker = Worker::new(outside.clone(), Cost::least().unwrap(), library, post, Change::Never, None);
    worker.adopt(store);
    App::new(Start {
        view: worker.view().unwrap(),
        session: Some(session),
        outside: outside.clone(),
        appearance: Appearance::default(),
        change: Change::Allowed,
        organizations: Vec::new(),
        opening: None,
        zone: rolodeck::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
    })
}

fn frames(criterion: &mut Criterion) {
    for (screen, place) in [("Overview", "0"), ("Users", "1")] {
        let mut group = criterion.benchmark_group(format!("key to frame, 120x40, {screen}"));
        for users in SIZES {
            let mut app = app(&outside(), users);
            app.handle(Event::Key(place.parse::<Key>().unwrap()));
            let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
            let keys = ["j", "j", "j", "k"].map(|key| key.parse::<Key>().unwrap());
            let mut turn = keys.iter().cycle();
            group.bench_function(BenchmarkId::from_parameter(users), |bencher| {
                bencher.iter(|| {
                    app.handle(Event::Key(*turn.next().unwrap()));
                    terminal.draw(|frame| app.draw(frame)).unwrap();
                });
            });
        }
    }
}

fn decisions(criterion: &mut Criterion) {
    let outside = outside();
    let org = company(&outside, 100_000);
    let role = org.active_roles().find(|role| role.name.as_str() == "Payment initiator").unwrap().id;
    let user = org.holders(role).next().unwrap().id;
    let account = *org.accounts().keys().next().unwrap();
    let need = Need::account(Permission::CREDIT_TRANSFERS_CREATE, account);
    criterion.bench_function("one decision on an account", |bencher| {
        bencher.iter(|| decide(black_box(&org), Person { user, role }, need));
    });
}

fn changes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one change, durable");
    for users in SIZES {
        let outside = outside();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bench.db");
        let (mut store, session) = office(&outside, users, Store::create(&file, Nature::Sample).unwrap());
        let entity: EntityId = *store.org().entities().keys().next().unwrap();
        let mut n = 0;
        group.bench_function(BenchmarkId::from_parameter(users), |bencher| {
            bencher.iter_batched(
                || {
                    n += 1;
                    Command::from(RenameEntity { entity, name: format!("Name {n}").parse().unwrap() })
                },
                |command| {
                    run(&mut store, &outside, &Actor::Person(session.clone()), &command, &Secrets::none()).unwrap()
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

fn opening(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open the file");
    group.sample_size(10);
    for users in SIZES {
        let outside = outside();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bench.db");
        drop(office(&outside, users, Store::create(&file, Nature::Sample).unwrap()));
        group.bench_function(BenchmarkId::from_parameter(users), |bencher| {
            bencher.iter(|| Store::open(&file).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, frames, decisions, changes, opening);
criterion_main!(benches);
