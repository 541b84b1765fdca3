//! The figures that hold at any size, each beside the bare program that it is compared to, in one run.
//!
//! `cargo bench --bench scale` prints the table; `-- 100000` goes no further than so many users.
#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]
mod company;
mod figures;

use std::cell::Cell;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Row, Table, TableState};
use ratatui::{Terminal, TerminalOptions, Viewport};
use rolodeck::command::{InviteUsers, Invitee};
use rolodeck::domain::id::InvitationId;
use rolodeck::domain::organization::Nature;
use rolodeck::engine::{Change, Library, Post, Worker};
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::mail::DropFolder;
use rolodeck::outside::Outside;
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;
use rolodeck::tui::when::Times;

use company::{office, outside};
use figures::{middle, p95, say};

const SIZE: (u16, u16) = (120, 40);

/// Counts what is written.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

type Screen = Terminal<CrosstermBackend<Counter>>;

fn screen() -> (Screen, Counter) {
    let counter = Counter::default();
    let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
    let backend = CrosstermBackend::new(counter.clone());
    (Terminal::with_options(backend, TerminalOptions { viewport }).unwrap(), counter)
}

fn app(outside: &Outside, store: Store, session: Session, folder: &Path) -> (App, Worker) {
    let post = Post { mailer: Box::new(DropFolder::new(folder.join("outbox"))), folder: None };
    let library = Library::new(folder.to_path_buf());
    let mut worker = Worker::new(outside.clone(), Cost::least().unwrap(), library, post, Change::Allowed, None);
    worker.adopt(store);
    let app = App::new(Start {
        view: worker.view().unwrap(),
        session: Some(session),
        outside: outside.clone(),
        appearance: Appearance::default(),
        change: Change::Allowed,
        organizations: Vec::new(),
        opening: None,
        zone: Times::new(jiff::tz::TimeZone::UTC, Default::default()),
    });
    (app, worker)
}

fn press(app: &mut App, keys: &str) {
    Key::sequence(keys).into_iter().for_each(|key| app.handle(Event::Key(key)));
}

/// What the system says that this process holds, in megabytes.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).unwrap_or_default() / 1024
}

/// Opens a file as a program start does, up to a usable list of the users.
fn opened(outside: &Outside, path: &Path, folder: &Path) -> (App, Worker, Duration) {
    let began = Instant::now();
    let mut store = Store::open(path).unwrap();
    let org = store.org();
    let role = org.owner_role().unwrap().id;
    let user = org.holders(role).next().unwrap().id;
    let proof = signin::look_through(&mut store, outside, user).unwrap().unwrap();
    let session = signin::enter(&mut store, outside, &proof, role).unwrap().unwrap();
    let (mut app, worker) = app(outside, store, session, folder);
    let (mut terminal, _) = screen();
    press(&mut app, "1");
    terminal.draw(|frame| app.draw(frame)).unwrap();
    let usable = began.elapsed();
    while app.work() {}
    (app, worker, usable)
}

fn main() {
    let most = std::env::args().filter_map(|arg| arg.parse::<usize>().ok()).next().unwrap_or(1_000_000);
    if let Some(path) = std::env::var_os("ROLODECK_BENCH_MEMORY") {
        let folder = tempfile::tempdir().unwrap();
        let _kept = opened(&outside(), Path::new(&path), folder.path());
        return println!("{}", memory());
    }
    for (users, reach, room) in
        [(1_000, "40 ms", ""), (10_000, "", "60 MB"), (100_000, "250 ms", ""), (1_000_000, "2.5 s", "600 MB")]
    {
        if users > most {
            continue;
        }
        let outside = outside();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("company.db");
        drop(office(&outside, users, Store::create(&path, Nature::Sample).unwrap()));
        println!("\n{users} users");
        let times = (0..3).map(|_| opened(&outside, &path, folder.path()).2).collect();
        say("open the file, sign in, usable list of users", middle(times), reach);
        let exe = std::env::current_exe().unwrap();
        let held = std::process::Command::new(exe).env("ROLODECK_BENCH_MEMORY", &path).output().unwrap();
        say("memory after that, MB", String::from_utf8_lossy(&held.stdout).trim().parse::<usize>().unwrap_or(0), room);
        let (mut app, _worker, _) = opened(&outside, &path, folder.path());
        keys(&mut app, users);
        filter(&mut app, &outside, users);
    }
    pasting();
    inviting();
}

/// A cursor move to the bytes that it writes, beside a table of ratatui that builds the visible rows alone.
fn keys(app: &mut App, users: usize) {
    let (mut terminal, counter) = screen();
    terminal.draw(|frame| app.draw(frame)).unwrap();
    let (mut times, mut bytes) = (Vec::new(), 0);
    for key in "jjjjjjjjkkjjjGgjjj".chars().cycle().take(400) {
        let before = counter.0.get();
        let began = Instant::now();
        press(app, &key.to_string());
        while app.work() {}
        terminal.draw(|frame| app.draw(frame)).unwrap();
        times.push(began.elapsed());
        bytes = bytes.max(counter.0.get() - before);
    }
    let ours = p95(times);
    let rows: Vec<String> = (0..users).map(|n| format!("Person Number {n}")).collect();
    let (mut bare, _) = screen();
    let mut selected = 0;
    let bare_times = (0..400).map(|n| {
        let began = Instant::now();
        selected = if n % 14 == 13 { users - 1 } else { (selected + 1) % users };
        let first = selected.saturating_sub(18).min(users.saturating_sub(36));
        bare.draw(|frame| {
            let visible = rows
                .get(first..(first + 36).min(users))
                .unwrap()
                .iter()
                .map(|name| Row::new([name.as_str(), "role", "active"]));
            let widths = [Constraint::Fill(2), Constraint::Fill(2), Constraint::Length(12)];
            let table = Table::new(visible, widths).row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            let mut state = TableState::new().with_selected(selected - first);
            frame.render_stateful_widget(table, frame.area(), &mut state);
        })
        .unwrap();
        began.elapsed()
    });
    let bare = p95(bare_times.collect());
    say("key to bytes, p95", ours, "5 ms");
    say("  of a bare windowed table", bare, "ours at most 1.5 times that");
    say("bytes of the dearest cursor move (with the detail beside)", bytes, "1,000");
}

/// A letter in the filter until everything that fits is known, beside a search through the same text in memory.
fn filter(app: &mut App, outside: &Outside, users: usize) {
    press(app, "g/");
    let mut worst = Duration::ZERO;
    let mut first = Duration::ZERO;
    let (mut terminal, _) = screen();
    for key in "person9".chars() {
        let began = Instant::now();
        press(app, &key.to_string());
        app.work();
        terminal.draw(|frame| app.draw(frame)).unwrap();
        first = first.max(began.elapsed());
        while app.work() {}
        worst = worst.max(began.elapsed());
    }
    press(app, "<esc>");
    let org = company::company(outside, users);
    let text: Vec<String> = org
        .users()
        .values()
        .map(|user| format!("{}\n{}", user.name.as_str(), user.address.as_str()).to_lowercase())
        .collect();
    let plain = (1..="person9".len()).filter_map(|length| "person9".get(..length)).map(|word| {
        let times = (0..5).map(|_| {
            let began = Instant::now();
            let found: Vec<usize> = (0..text.len()).filter(|row| text.get(*row).unwrap().contains(word)).collect();
            std::hint::black_box(found);
            began.elapsed()
        });
        middle(times.collect())
    });
    let plain = plain.max().unwrap();
    say("filter: first rows, worst letter", first, "16 ms");
    say("filter: complete, worst letter", worst, "2 times the plain search");
    say("  plain search through the same text, worst letter", plain, "");
}

/// Ten thousand pasted addresses until each is judged.
fn pasting() {
    let outside = outside();
    let folder = tempfile::tempdir().unwrap();
    let (store, session) = office(&outside, 1_000, Store::in_memory(Nature::Sample).unwrap());
    let (mut app, _worker) = app(&outside, store, session, folder.path());
    press(&mut app, "1i");
    let text: String = (0..10_000).map(|n| format!("new.person{n}@partner{}.example.com\n", n % 40)).collect();
    let (mut terminal, _) = screen();
    let began = Instant::now();
    app.handle(Event::Paste(text));
    while app.work() {}
    terminal.draw(|frame| app.draw(frame)).unwrap();
    println!();
    say("paste of 10,000 addresses to the judged list", began.elapsed(), "150 ms");
}

/// Ten thousand invitations, durable, beside the same bytes written by SQLite alone.
fn inviting() {
    let outside = outside();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("company.db");
        let (mut store, session) = office(&outside, 1_000, Store::create(&path, Nature::Sample).unwrap());
        let role = store.org().active_roles().find(|role| !role.is_owner()).unwrap().id;
        let people = (0..10_000).map(|n| Invitee {
            id: InvitationId::new(outside.now(), &outside.seed()),
            address: format!("new.person{n}@partner.example.com").parse().unwrap(),
            name: None,
        });
        let (by, at, roles) = (session.person().user, outside.now(), [role].into_iter().collect());
        let command = InviteUsers { by, at, roles, people: people.collect() }.into();
        let before = folder.path().join("before.db");
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute("VACUUM INTO ?1", [before.to_str().unwrap()]).unwrap();
        let began = Instant::now();
        let ran = run(&mut store, &outside, &Actor::Person(session), &command, &Secrets::none()).unwrap();
        ours.push(began.elapsed());
        assert!(matches!(ran, Ran::Done { .. }), "{ran:?}");
        bare.push(written(&before, &path));
    }
    say("create 10,000 invitations, durable", middle(ours), "2 times the bare transaction");
    say("  the same rows in a bare transaction", middle(bare), "");
}

/// Writes the rows that one file has and an older copy of it has not into the copy, in one transaction of SQLite.
fn written(before: &Path, after: &Path) -> Duration {
    let conn = rusqlite::Connection::open(before).unwrap();
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").unwrap();
    conn.execute("ATTACH ?1 AS after", [after.to_str().unwrap()]).unwrap();
    for trigger in
        listed(&conn, "SELECT name FROM main.sqlite_schema WHERE type = 'trigger'", |row| row.get::<_, String>(0))
    {
        conn.execute_batch(&format!("DROP TRIGGER main.{trigger}")).unwrap();
    }
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let tables: Vec<String> = listed(&conn, tables, |row| row.get(0));
    let news = tables.iter().map(|table| {
        let sql = format!("SELECT * FROM after.{table} EXCEPT SELECT * FROM main.{table}");
        let rows = listed(&conn, &sql, |row| (0..row.as_ref().column_count()).map(|n| row.get(n)).collect());
        (table, rows)
    });
    let news: Vec<(&String, Vec<Vec<rusqlite::types::Value>>)> = news.filter(|(_, rows)| !rows.is_empty()).collect();
    let began = Instant::now();
    conn.execute_batch("BEGIN IMMEDIATE").unwrap();
    for (table, rows) in news {
        let places = vec!["?"; rows.first().unwrap().len()].join(", ");
        let mut insert = conn.prepare(&format!("INSERT OR REPLACE INTO main.{table} VALUES ({places})")).unwrap();
        for row in rows {
            insert.execute(rusqlite::params_from_iter(row)).unwrap();
        }
    }
    conn.execute_batch("COMMIT").unwrap();
    began.elapsed()
}

fn listed<T>(
    conn: &rusqlite::Connection,
    sql: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    conn.prepare(sql).unwrap().query_map([], read).unwrap().collect::<Result<_, _>>().unwrap()
}
