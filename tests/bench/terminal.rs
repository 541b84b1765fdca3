//! What somebody at a terminal waits for: the built program in a pseudo-terminal of 120x40, beside a bare table program
//! of ratatui in the same run.
//!
//! `cargo bench --bench terminal` prints the table; `-- 100000` goes no further than so many users.
#![expect(clippy::unwrap_used, reason = "a benchmark ends where something fails")]
mod company;
mod figures;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEventKind};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::layout::Constraint;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Row, Table, TableState};
use rolodeck::domain::organization::Nature;
use rolodeck::ledger::store::Store;

use company::{office, outside};
use figures::{middle, p95, say};

/// The variable that makes this program the bare one, of so many rows.
const BARE: &str = "ROLODECK_BENCH_BARE";

/// The variable that makes this program write the company into a file. A process that has had a million people in its
/// memory takes long to start another one.
const MAKE: &str = "ROLODECK_BENCH_MAKE";

/// Rows of the terminal, and its columns.
const SIZE: (u16, u16) = (40, 120);

/// How long nothing may come before a program is said to be at rest.
const REST: Duration = Duration::from_millis(15);

/// How long it is watched when nobody does anything.
const IDLE: Duration = Duration::from_secs(3);

/// The pause of somebody who reads.
const READING: Duration = Duration::from_millis(150);

/// How often a key is pressed.
const KEYS: usize = 400;

/// A program in a terminal.
struct Seat {
    parser: vt100::Parser,
    output: Receiver<(Instant, Vec<u8>)>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    began: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Seat {
    fn start(program: &OsString, arguments: &[&str], home: &Path, bare: Option<usize>) -> Self {
        let (rows, cols) = SIZE;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        if let Some(rows) = bare {
            command.env(BARE, rows.to_string());
        }
        let mut reader = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 65_536];
            while let Ok(read) = reader.read(&mut bytes) {
                let part = bytes.get(..read).filter(|part| !part.is_empty());
                if part.is_none_or(|part| sender.send((Instant::now(), part.to_vec())).is_err()) {
                    return;
                }
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        Self { parser, output, input, child, began, _master: pair.master }
    }

    /// How long it took since the start, or since `since`, until the screen shows this.
    fn see(&mut self, text: &str, since: Instant) -> Duration {
        let mut last = since;
        while !self.parser.screen().contents().contains(text) {
            let (at, bytes) = self.output.recv_timeout(Duration::from_secs(120)).unwrap();
            self.parser.process(&bytes);
            last = at;
        }
        last.duration_since(since)
    }

    fn press(&mut self, keys: &str) -> Instant {
        let at = Instant::now();
        self.input.write_all(keys.as_bytes()).unwrap();
        at
    }

    /// What comes after a key until it rests: when the first of it came, and how many bytes in all.
    fn answer(&mut self, since: Instant) -> (Duration, usize) {
        let (first, bytes) = self.output.recv_timeout(Duration::from_secs(60)).unwrap();
        self.parser.process(&bytes);
        (first.duration_since(since), bytes.len() + self.rest(REST))
    }

    /// How many bytes come until nothing more comes for so long.
    fn rest(&mut self, quiet: Duration) -> usize {
        let mut count = 0;
        loop {
            match self.output.recv_timeout(quiet) {
                Ok((_, bytes)) => {
                    self.parser.process(&bytes);
                    count += bytes.len();
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return count,
            }
        }
    }

    /// Ticks of the processor that it has used.
    fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.process_id().unwrap())).unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        fields.iter().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    fn end(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn main() {
    if let Some(rows) = std::env::var_os(BARE) {
        return bare(rows.to_str().unwrap().parse().unwrap()).unwrap();
    }
    if let Some(path) = std::env::var_os(MAKE) {
        let users = std::env::args().next_back().unwrap().parse().unwrap();
        drop(office(&outside(), users, Store::create(Path::new(&path), Nature::Sample).unwrap()));
        return;
    }
    let most = std::env::args().filter_map(|arg| arg.parse::<usize>().ok()).next().unwrap_or(1_000_000);
    let (own, theirs) = (OsString::from(env!("CARGO_BIN_EXE_rolodeck")), std::env::current_exe().unwrap());
    let theirs = theirs.into_os_string();
    for (users, reach) in [(1_000, "40 ms"), (100_000, "250 ms"), (1_000_000, "2.5 s")] {
        if users > most {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("company.db");
        let made = Command::new(&theirs).arg(users.to_string()).env(MAKE, &path).status().unwrap();
        assert!(made.success());
        let arguments = ["--db", path.to_str().unwrap()];
        println!("\n{users} users");
        let (mut firsts, mut bares, mut usable) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..9 {
            let mut seat = Seat::start(&own, &arguments, folder.path(), None);
            firsts.push(seat.see("rolodeck", seat.began));
            seat.end();
            let mut seat = Seat::start(&theirs, &[], folder.path(), Some(users));
            bares.push(seat.see("Person Number", seat.began));
            seat.end();
        }
        for _ in 0..3 {
            let (seat, took) = signed_in(&own, &arguments, folder.path());
            usable.push(took);
            seat.end();
        }
        say("process start to first frame", middle(firsts), "30 ms");
        say("  of a bare table program", middle(bares), "ours at most 1.5 times that");
        say("process start to a usable list of users", middle(usable), reach);
        let (mut seat, _) = signed_in(&own, &arguments, folder.path());
        seat.rest(Duration::from_secs(1));
        let (ours, bytes) = moves(&mut seat, Duration::ZERO);
        let (_, single) = moves(&mut seat, READING);
        say("key to bytes, p95", ours, "5 ms");
        let mut other = Seat::start(&theirs, &[], folder.path(), Some(users));
        other.see("Person Number", other.began);
        let (bare, few) = moves(&mut other, Duration::ZERO);
        say("  of a bare windowed table", bare, "ours at most 1.5 times that");
        other.end();
        say("bytes of a cursor move, a key held, median and dearest", bytes, "1,000");
        say("  of one with a pause, told beside the list", single, "1,000");
        say("  of a bare windowed table", few, "");
        let before = seat.ticks();
        let written = seat.rest(IDLE);
        say("idle for 3 s: ticks of 10 ms, bytes", (seat.ticks() - before, written), "0, 0");
        seat.end();
    }
}

/// The program with somebody signed in who looks at the users, and how long that took since its start.
fn signed_in(program: &OsString, arguments: &[&str], home: &Path) -> (Seat, Duration) {
    let mut seat = Seat::start(program, arguments, home, None);
    seat.see("Choose whose eyes", seat.began);
    seat.press("jjj\r");
    seat.see("Choose a role", seat.began);
    seat.press("\r");
    seat.see("Ready for real money", seat.began);
    seat.press("1");
    let took = seat.see("All users", seat.began);
    (seat, took)
}

/// Moves the cursor, with such a pause before each key: how long until bytes come, at p95, and how many bytes, in the
/// middle and at most.
fn moves(seat: &mut Seat, pause: Duration) -> (Duration, (usize, usize)) {
    let (mut times, mut sizes) = (Vec::new(), Vec::new());
    let count = if pause.is_zero() { KEYS } else { KEYS / 10 };
    for key in "jjjjjjjjkkjjjGkjgjjj".chars().cycle().take(count) {
        seat.rest(pause);
        let at = seat.press(&key.to_string());
        let (time, size) = seat.answer(at);
        times.push(time);
        sizes.push(size);
    }
    sizes.sort_unstable();
    (p95(times), (*sizes.get(sizes.len() / 2).unwrap(), *sizes.last().unwrap()))
}

/// A table of which only the visible rows are built, and nothing else.
fn bare(count: usize) -> std::io::Result<()> {
    let names: Vec<String> = (0..count).map(|n| format!("Person Number {n}")).collect();
    let mut terminal = ratatui::init();
    let mut selected: usize = 0;
    loop {
        terminal.draw(|frame| {
            let room = usize::from(frame.area().height);
            let first = selected.saturating_sub(room / 2).min(count.saturating_sub(room));
            let visible = names.iter().skip(first).take(room);
            let rows = visible.map(|name| Row::new([name.as_str(), "role", "active"]));
            let widths = [Constraint::Fill(2), Constraint::Fill(2), Constraint::Length(12)];
            let table = Table::new(rows, widths).row_highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            let mut state = TableState::new().with_selected(selected - first);
            frame.render_stateful_widget(table, frame.area(), &mut state);
        })?;
        let event = crossterm::event::read()?;
        let Some(key) = event.as_key_event().filter(|key| key.kind == KeyEventKind::Press) else { continue };
        match key.code {
            KeyCode::Char('j') => selected = (selected + 1).min(count - 1),
            KeyCode::Char('k') => selected = selected.saturating_sub(1),
            KeyCode::Char('g') => selected = 0,
            KeyCode::Char('G') => selected = count - 1,
            _ => {}
        }
    }
}
