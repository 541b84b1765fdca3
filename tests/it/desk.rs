//! A desk to sit at: the whole app over the real store, driven by typed keys, without threads or time.
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use rolodeck::domain::access::Person;
use rolodeck::domain::id::RoleId;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::engine::{Change, Library, Post, Report, Worker};
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::{Secrets, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::mail::DropFolder;
use rolodeck::outside::Outside;
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;
use rolodeck::tui::terminal::Effect;

/// The size that everything must fit into.
pub const SMALL: (u16, u16) = (80, 24);

/// A comfortable size.
pub const LARGE: (u16, u16) = (120, 40);

/// Monday, 2 March 2026, nine o'clock.
pub const MONDAY: &str = "2026-03-02T09:00:00Z";

/// A clock that stands still until it is told to move, and numbers that look random but repeat.
#[derive(Clone)]
pub struct Weather {
    now: Arc<AtomicI64>,
    drawn: Arc<AtomicU64>,
}

impl Weather {
    /// Monday at nine.
    pub fn new() -> Self {
        let now = MONDAY.parse::<Timestamp>().unwrap().as_millisecond();
        Self { now: Arc::new(AtomicI64::new(now)), drawn: Arc::default() }
    }

    /// Lets time go by.
    pub fn wait(&self, time: SignedDuration) {
        self.now.fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::Relaxed);
    }

    /// This as the program's outside.
    pub fn outside(&self) -> Outside {
        let (now, drawn) = (Arc::clone(&self.now), Arc::clone(&self.drawn));
        Outside::new(
            move || Timestamp::from_millisecond(now.load(Ordering::Relaxed)).unwrap(),
            move |bytes| {
                for chunk in bytes.chunks_mut(32) {
                    let n = drawn.fetch_add(1, Ordering::Relaxed);
                    chunk.copy_from_slice(&sha256(&n.to_le_bytes()).0[..chunk.len()]);
                }
            },
        )
    }
}

/// Somebody in one of their roles, both by name.
pub fn person(org: &Org, name: &str, role: &str) -> Person {
    let user = org.users().values().find(|user| user.name.as_str() == name).unwrap().id;
    Person { user, role: org.active_roles().find(|one| one.name.as_str() == role).unwrap().id }
}

/// The app, its engine and its terminal.
pub struct Desk {
    pub app: App,
    pub worker: Worker,
    pub weather: Weather,
    pub copied: Vec<String>,
    pub ended: bool,
    terminal: Terminal<TestBackend>,
    folder: PathBuf,
    _kept: Option<tempfile::TempDir>,
}

impl Desk {
    /// A machine without any organization.
    pub fn empty(size: (u16, u16)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Self::at(folder.path(), Weather::new(), size);
        desk._kept = Some(folder);
        desk
    }

    /// Whatever is in this folder, as at a program start.
    pub fn at(folder: &Path, weather: Weather, size: (u16, u16)) -> Self {
        let library = Library::new(folder.to_path_buf());
        let drop_folder = DropFolder::new(folder.join("outbox"));
        let post = Post { mailer: Box::new(drop_folder.clone()), folder: Some(drop_folder) };
        let outside = weather.outside();
        let mut worker = Worker::new(outside, Cost::least().unwrap(), library.clone(), post, Change::Allowed, None);
        if let Some(path) = library.default_file().unwrap() {
            worker.open(&path).unwrap();
        }
        Self::over(worker, None, folder, weather, size)
    }

    /// The sample organization with its Owner signed in.
    pub fn sample(size: (u16, u16)) -> Self {
        Self::sample_with(size, |_| {})
    }

    /// The sample organization after some changes, with its Owner signed in.
    pub fn sample_with(size: (u16, u16), change: impl FnOnce(&mut Org)) -> Self {
        Self::founded(size, change, |org| {
            let role = org.owner_role().unwrap().id;
            Person { user: org.holders(role).next().unwrap().id, role }
        })
    }

    /// The sample organization, looked at with somebody's eyes and in one of their roles, both by name.
    pub fn sample_as(name: &str, role: &str, size: (u16, u16)) -> Self {
        Self::founded(size, |_| {}, |org| person(org, name, role))
    }

    /// The sample organization after some changes, and whoever is chosen then signed in.
    pub fn founded(size: (u16, u16), change: impl FnOnce(&mut Org), who: impl FnOnce(&Org) -> Person) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let weather = Weather::new();
        let outside = weather.outside();
        let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        change(&mut org);
        let person = who(&org);
        let mut store = Store::create(&folder.path().join("sample.db"), Nature::Sample).unwrap();
        let found = rolodeck::command::Found { org };
        let proof = signin::found(&mut store, &outside, found, &Secrets::none(), person.user).unwrap().unwrap();
        Self::before(store, folder, weather, (&proof, person.role), size)
    }

    /// Starts the dashboard anew for the same person, with another time zone in the settings.
    pub fn go_by(&mut self, zone: &str) {
        let zone = rolodeck::tui::when::Times::new(jiff::tz::TimeZone::get(zone).unwrap(), Default::default());
        self.start_anew(zone, Appearance::default());
    }

    /// Starts the dashboard anew for the same person, to be told in place of drawn.
    pub fn told(mut self) -> Self {
        let looks = Appearance::default().looks.printed();
        self.start_anew(self.app.scene().zone.clone(), Appearance { looks, ..Appearance::default() });
        self.settle();
        self
    }

    fn start_anew(&mut self, zone: rolodeck::tui::when::Times, appearance: Appearance) {
        let scene = self.app.scene();
        self.app = App::new(Start {
            view: scene.view.clone(),
            session: scene.session.clone(),
            outside: scene.outside.clone(),
            appearance,
            change: Change::Allowed,
            organizations: scene.organizations.clone(),
            opening: None,
            zone,
        });
    }

    /// Somebody signs in to a sample organization in this folder.
    pub fn before(
        mut store: Store,
        folder: tempfile::TempDir,
        weather: Weather,
        (proof, role): (&signin::Proof, RoleId),
        size: (u16, u16),
    ) -> Self {
        let outside = weather.outside();
        let session = signin::enter(&mut store, &outside, proof, role).unwrap().unwrap();
        let library = Library::new(folder.path().to_path_buf());
        let drop_folder = DropFolder::new(folder.path().join("outbox"));
        let post = Post { mailer: Box::new(drop_folder.clone()), folder: Some(drop_folder) };
        let mut worker = Worker::new(outside, Cost::least().unwrap(), library, post, Change::Allowed, None);
        worker.adopt(store);
        let path = folder.path().to_path_buf();
        let mut desk = Self::over(worker, Some(session), &path, weather, size);
        desk._kept = Some(folder);
        desk
    }

    fn over(
        worker: Worker,
        session: Option<rolodeck::ledger::actor::Session>,
        folder: &Path,
        weather: Weather,
        size: (u16, u16),
    ) -> Self {
        let signed_in = session.is_some();
        let app = App::new(Start {
            view: worker.view().unwrap(),
            session,
            outside: weather.outside(),
            appearance: Appearance::default(),
            change: Change::Allowed,
            organizations: Library::new(folder.to_path_buf()).files().unwrap(),
            opening: None,
            zone: rolodeck::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
        });
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let folder = folder.to_path_buf();
        let mut desk = Self { app, worker, weather, copied: Vec::new(), ended: false, terminal, folder, _kept: None };
        desk.settle();
        if signed_in {
            // Most stories begin at the users.
            desk.keys("1");
        }
        desk
    }

    /// The folder with everything in it.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Ends the program and starts it again on the same files.
    pub fn restart(self) -> Self {
        let Self { app, worker, weather, terminal, folder, _kept, .. } = self;
        let size = terminal.size().unwrap();
        drop((app, worker));
        let mut desk = Self::at(&folder, weather, (size.width, size.height));
        desk._kept = _kept;
        desk
    }

    /// Types keys, written as [`Key::sequence`] reads them.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in Key::sequence(keys) {
            self.app.handle(Event::Key(key));
            self.settle();
        }
        self
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.app.handle(Event::Paste(text.into()));
        self.settle();
        self
    }

    /// Lets time go by, and tells the app.
    pub fn wait(&mut self, time: SignedDuration) -> &mut Self {
        self.weather.wait(time);
        let now = self.weather.outside().now();
        self.app.handle(Event::Tick(now));
        self.settle();
        self
    }

    /// Does everything that is waiting: requests, mail, long work, effects.
    pub fn settle(&mut self) {
        loop {
            let mut busy = self.app.work();
            let requests: Vec<_> = self.app.take_requests().collect();
            for (ticket, request) in requests {
                busy = true;
                let answer = self.worker.serve(request);
                self.show();
                self.app.report(Report::Done(ticket, answer));
            }
            let idle = self.worker.idle().unwrap();
            if idle.moved {
                self.show();
            }
            if let Some(trouble) = idle.trouble {
                self.app.report(Report::Trouble(trouble));
            }
            for effect in self.app.take_effects() {
                match effect {
                    Effect::Copy(text) => self.copied.push(text),
                    Effect::Quit => self.ended = true,
                    Effect::Title(_) | Effect::Suspend => {}
                }
            }
            if !busy && !idle.more && !idle.moved {
                return;
            }
        }
    }

    fn show(&mut self) {
        if let Some(view) = self.worker.view().unwrap() {
            self.app.report(Report::Moved(view));
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.terminal.backend_mut().resize(width, height);
    }

    /// The cells of the screen.
    pub fn buffer(&mut self) -> Buffer {
        let app = &mut self.app;
        // What was drawn, not what the backend holds: that keeps what stood in the second cell of a wide character.
        self.terminal.draw(|frame| app.draw(frame)).unwrap().buffer.clone()
    }

    /// The screen as text. What a wide character covers is not told.
    pub fn screen(&mut self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width);
        let lines = buffer.content.chunks(width).map(|row| {
            let mut text = String::new();
            let mut covered = 0;
            for cell in row {
                if covered == 0 {
                    text.push_str(cell.symbol());
                    covered = usize::from(cell.cell_width()).max(1);
                }
                covered -= 1;
            }
            text.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Fails unless the screen shows this.
    #[track_caller]
    pub fn see(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "“{text}” is not on the screen:\n{screen}");
        self
    }

    /// Fails if the screen shows this.
    #[track_caller]
    pub fn see_not(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "“{text}” is on the screen:\n{screen}");
        self
    }

    /// The messages in the drop folder, by file name.
    pub fn letters(&self) -> Vec<(String, String)> {
        let Ok(entries) = std::fs::read_dir(self.folder.join("outbox")) else { return Vec::new() };
        let mut letters: Vec<_> = entries
            .map(|entry| {
                let path = entry.unwrap().path();
                let text = rolodeck::mail::text_of(&std::fs::read(&path).unwrap()).unwrap();
                (path.file_name().unwrap().to_string_lossy().into_owned(), text)
            })
            .collect();
        letters.sort();
        letters
    }
}
