//! How fast the audit trail is in a log of 1,000,000 entries: opening the screen, and pages whatever is looked for.
//!
//! Run with `cargo bench --bench trail`. Figures depend on the machine; compare medians of one run. The log is made anew
//! each time, in memory, through the same door as every change; ROLODECK_BENCH_ENTRIES says how long it is.
#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]
use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rolodeck::command::{Command, Found, RenameEntity, RenameRole};
use rolodeck::domain::access::Person;
use rolodeck::domain::id::{EntityId, UserId};
use rolodeck::domain::organization::Nature;
use rolodeck::domain::row::{Kind, RowId};
use rolodeck::domain::sample;
use rolodeck::engine::{Change, Library, Post, Report, Worker};
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::entry::Outcome;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::query::{About, Direction, Query, Span, Who};
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::{Secrets, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::ledger::telling::{Addresses, Teller};
use rolodeck::ledger::trail::{Words, page};
use rolodeck::mail::DropFolder;
use rolodeck::outside::Outside;
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

/// Entries of the log, if nothing else is said.
const ENTRIES: u64 = 1_000_000;

/// Every so manieth entry is a refusal of one person who does nothing else.
const RARE: u64 = 10_000;

/// What the screen asks for at once.
const PAGE: Span = Span { direction: Direction::Older, from: u64::MAX, limit: 60, budget: 600 };

/// A clock that goes on by a second with every look, and numbers that look random but repeat.
fn outside() -> Outside {
    let (looks, drawn) = (std::sync::atomic::AtomicI64::new(0), std::sync::atomic::AtomicU64::new(0));
    let start: Timestamp = "2016-03-02T09:00:00Z".parse().unwrap();
    Outside::new(
        move || start + SignedDuration::from_secs(looks.fetch_add(1, std::sync::atomic::Ordering::Relaxed)),
        move |bytes| {
            for chunk in bytes.chunks_mut(32) {
                let n = drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                chunk.copy_from_slice(sha256(&n.to_le_bytes()).0.get(..chunk.len()).unwrap());
            }
        },
    )
}

struct House {
    store: Store,
    owner: Session,
    rare: UserId,
    entity: EntityId,
}

/// The sample after a long life: sign-ins, renamed entities, and now and then a refusal.
fn house(outside: &Outside, entries: u64) -> House {
    let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let who = |role: &str| {
        let role = org.active_roles().find(|one| one.name.as_str() == role).unwrap().id;
        Person { user: org.holders(role).next().unwrap().id, role }
    };
    let (owner, rare) = (who("Owner"), who("Payment initiator"));
    let mut store = Store::in_memory(Nature::Sample).unwrap();
    let proof = signin::found(&mut store, outside, Found { org: org.clone() }, &Secrets::none(), owner.user);
    let proof = proof.unwrap().unwrap();
    let session = signin::enter(&mut store, outside, &proof, owner.role).unwrap().unwrap();
    let other = signin::look_through(&mut store, outside, rare.user).unwrap().unwrap();
    let other = signin::enter(&mut store, outside, &other, rare.role).unwrap().unwrap();
    let entities: Vec<_> = org.entities().keys().copied().collect();
    let role = rare.role;
    let begun = Instant::now();
    while store.head().seq < entries {
        let n = store.head().seq;
        let entity = *entities.get(usize::try_from(n).unwrap() % entities.len()).unwrap();
        let (actor, command): (_, Command) = match n {
            n if n.is_multiple_of(RARE) => (&other, RenameRole { role, name: format!("R{n}").parse().unwrap() }.into()),
            n if n.is_multiple_of(3) => {
                (&session, RenameEntity { entity, name: format!("Name {n}").parse().unwrap() }.into())
            }
            _ => {
                signin::enter(&mut store, outside, &proof, owner.role).unwrap().unwrap();
                continue;
            }
        };
        run(&mut store, outside, &Actor::Person(actor.clone()), &command, &Secrets::none()).unwrap();
    }
    println!("{} entries made in {:.0?}", store.head().seq, begun.elapsed());
    let entity = *entities.first().unwrap();
    House { store, owner: session, rare: rare.user, entity }
}

fn pages(criterion: &mut Criterion, house: &House) {
    let House { store, rare, entity, .. } = house;
    let org = store.org();
    let head = store.head().seq;
    let at = store.entry(head / 2).unwrap().unwrap().at;
    let teller = Teller::new(&org, Addresses::Shown);
    let row = |kind, id| Some(About::Row(RowId { kind, id }));
    let everything = Query::default();
    let cases = [
        ("first page", everything.clone(), u64::MAX),
        ("page in the middle", everything.clone(), head / 2),
        ("a rare person's", Query { who: Some(Who::User(*rare)), ..everything.clone() }, u64::MAX),
        ("refused, which is rare", Query { outcomes: vec![Outcome::Refused], ..everything.clone() }, u64::MAX),
        (
            "a rare person's, done, which is common",
            Query { who: Some(Who::User(*rare)), outcomes: vec![Outcome::Done], ..everything.clone() },
            u64::MAX,
        ),
        ("one entity's", Query { about: row(Kind::Entity, entity.uuid()), ..everything.clone() }, u64::MAX),
        ("a kind that is not there", Query { about: Some(About::Kind(Kind::Account)), ..everything.clone() }, u64::MAX),
        ("a time range", Query { until: Some(at), ..everything.clone() }, u64::MAX),
        ("words that are nowhere", Query { text: "quetzalcoatl".into(), ..everything.clone() }, u64::MAX),
        ("words that are everywhere", Query { text: "name".into(), ..everything }, u64::MAX),
    ];
    let mut group = criterion.benchmark_group(format!("one page of {head} entries"));
    for (name, query, from) in cases {
        let words = Words::new(&query.text, &org, Addresses::Shown);
        let span = Span { from, ..PAGE };
        let first = page(store, &query, &words, &teller, &span).unwrap();
        println!("{name}: {} lines in {} steps, goes on at {:?}", first.lines.len(), first.steps, first.rest);
        group.bench_function(name, |bencher| {
            bencher.iter(|| page(store, black_box(&query), &words, &teller, &span).unwrap());
        });
    }
    group.finish();
}

fn worker(outside: &Outside, store: Store) -> Worker {
    let folder = std::env::temp_dir().join("rolodeck-bench-outbox");
    let post = Post { mailer: Box::new(DropFolder::new(folder)), folder: None };
    let library = Library::new(std::env::temp_dir());
    let mut worker = Worker::new(outside.clone(), Cost::least().unwrap(), library, post, Change::Never, None);
    worker.adopt(store);
    worker
}

/// Serves what the app asks for until it asks for nothing more.
fn settle(app: &mut App, worker: &mut Worker) {
    loop {
        app.work();
        let requests: Vec<_> = app.take_requests().collect();
        if requests.is_empty() {
            return;
        }
        for (ticket, request) in requests {
            let answer = worker.serve(request);
            app.report(Report::Done(ticket, answer));
        }
    }
}

fn screen(criterion: &mut Criterion, outside: &Outside, house: House) {
    let head = house.store.head().seq;
    let mut worker = worker(outside, house.store);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    let start = |worker: &Worker| {
        App::new(Start {
            view: worker.view().unwrap(),
            session: Some(house.owner.clone()),
            outside: outside.clone(),
            appearance: Appearance::default(),
            change: Change::Allowed,
            organizations: Vec::new(),
            opening: None,
            zone: rolodeck::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
        })
    };
    let press = |app: &mut App, worker: &mut Worker, terminal: &mut Terminal<TestBackend>, key: &str| {
        app.handle(Event::Key(key.parse::<Key>().unwrap()));
        for _ in 0..2 {
            settle(app, worker);
            terminal.draw(|frame| app.draw(frame)).unwrap();
        }
    };
    criterion.bench_function(
        &format!("open the screen with its first page and entry, 120x40, {head} entries"),
        |bencher| {
            bencher.iter_custom(|times| {
                let mut spent = std::time::Duration::ZERO;
                for _ in 0..times {
                    let mut app = start(&worker);
                    let begun = Instant::now();
                    press(&mut app, &mut worker, &mut terminal, "4");
                    spent += begun.elapsed();
                }
                spent
            });
        },
    );
    for (what, key) in [("to the oldest entry and back", "G"), ("a page down", "pagedown")] {
        let mut app = start(&worker);
        press(&mut app, &mut worker, &mut terminal, "4");
        criterion.bench_function(&format!("{what}, key to frame, {head} entries"), |bencher| {
            bencher.iter(|| {
                press(&mut app, &mut worker, &mut terminal, key);
                if key == "G" {
                    press(&mut app, &mut worker, &mut terminal, "g");
                }
            });
        });
    }
}

fn trail(criterion: &mut Criterion) {
    let entries = std::env::var("ROLODECK_BENCH_ENTRIES").ok().and_then(|entries| entries.parse().ok());
    let outside = outside();
    let house = house(&outside, entries.unwrap_or(ENTRIES));
    pages(criterion, &house);
    screen(criterion, &outside, house);
}

criterion_group!(benches, trail);
criterion_main!(benches);
