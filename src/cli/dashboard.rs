//! `rolodeck`: the dashboard.
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use tokio::sync::mpsc;

use super::{Args, Failure, Surroundings, drafts, place::Place};
use crate::domain::organization::Nature;
use crate::domain::sample;
use crate::engine::{Change, Handle, Library, Post, Report, Worker, spawn};
use crate::ledger::actor::Session;
use crate::ledger::fault::Fault;
use crate::ledger::passphrase::Cost;
use crate::ledger::secrets::Secrets;
use crate::ledger::signin;
use crate::ledger::store::Store;
use crate::mail::DropFolder;
use crate::outside::Outside;
use crate::settings::{GlyphChoice, ScreenSettings, Switch};
use crate::tui::app::{App, Start};
use crate::tui::appearance::Appearance;
use crate::tui::event::Event;
use crate::tui::keymap::Keymap;
use crate::tui::plain::Talk;
use crate::tui::terminal::{self, Asking, Behind, Effect, Ended, MouseUse, Program};
use crate::tui::theme::{self, Colour, Looks};
use crate::tui::when::Times;

/// How many reports wait for the screen before the engine waits too.
const WAITING: usize = 64;

/// Opens the dashboard and stays until it is left.
///
/// # Errors
/// When a file or the terminal stands in the way.
pub fn run(args: &Args, place: &Place, surroundings: &Surroundings, outside: Outside) -> Result<(), Failure> {
    let change = if args.read_only { Change::Never } else { Change::Allowed };
    let plain = args.plain || (surroundings.variable)("TERM").is_some_and(|term| term == "dumb");
    let ready = if args.sample {
        Ready::sample(&outside, change)?
    } else {
        let first = if !plain && std::io::stdout().is_terminal() { First::Frame } else { First::File };
        Ready::stored(place, surroundings, &outside, change, first)?
    };
    let _folder = ready.folder;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::dashboard(&error))?;
    let (sender, events) = mpsc::channel(WAITING);
    let settings = place.read_settings()?;
    let keymap = Keymap::new(&settings.keys);
    let keymap = keymap.map_err(|error| Failure::Settings(place.settings.clone(), error))?;
    let looks = looks(args, &settings.screen, surroundings);
    let looks = if plain { looks.printed() } else { looks };
    let (name, animation) = (settings.screen.theme, settings.screen.animation);
    let app = App::new(Start {
        view: ready.worker.view()?,
        session: ready.session,
        outside: outside.clone(),
        appearance: Appearance { looks, name, animation, keymap },
        change,
        organizations: ready.organizations,
        opening: ready.opening,
        zone: Times::new(settings.time.zone, settings.time.date),
    });
    // What is made in a sample is gone with it.
    let kept = (!args.sample).then_some(place.drafts.as_path());
    let app = app.with_drafts(kept.map(drafts::read).unwrap_or_default());
    let (reports, inbox) = std::sync::mpsc::channel();
    let report = move |report| reports.send(report).is_ok() && sender.blocking_send(Event::News).is_ok();
    let engine = spawn(ready.worker, report).map_err(|error| Failure::dashboard(&error))?;
    let mut dashboard = Dashboard { app, engine, inbox };
    let clock = || outside.now();
    let mouse = if settings.screen.mouse == Switch::On { MouseUse::Events } else { MouseUse::Terminal };
    let behind = Behind::of((surroundings.variable)("TMUX").as_deref());
    let asking = if looks.wants_ground(name) { Asking::Asked } else { Asking::Not };
    let ended = if plain {
        runtime.block_on(terminal::converse(&mut dashboard, events, &clock, Talk::new(looks.is_ascii())))
    } else {
        runtime.block_on(terminal::run(&mut dashboard, events, &clock, (mouse, behind, asking)))
    };
    if let Some(path) = kept {
        drafts::keep(path, &dashboard.app);
    }
    match ended.map_err(|error| Failure::dashboard(&error))? {
        Ended::Quit | Ended::HungUp => Ok(()),
        Ended::Signal(number) => Err(Failure::Signal(number)),
    }
}

/// What the dashboard starts on.
struct Ready {
    worker: Worker,
    session: Option<Session>,
    /// What can be opened from the sign-in screen.
    organizations: Vec<PathBuf>,
    folder: Option<tempfile::TempDir>,
    /// What is opened when the first frame is there.
    opening: Option<PathBuf>,
}

/// What comes first, a frame or the file. Where no frame is drawn, what is wrong with a file is said before anything else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Frame,
    File,
}

/// From how many bytes on a file is always read beside what is shown.
const LARGE: u64 = 16 * 1024 * 1024;

impl Ready {
    fn stored(
        place: &Place,
        surroundings: &Surroundings,
        outside: &Outside,
        change: Change,
        first: First,
    ) -> Result<Self, Failure> {
        let post = place.post(surroundings)?;
        let library = place.library.clone();
        let cost = Cost::recommended()?;
        let mut worker = Worker::new(outside.clone(), cost, library, post, change, place.named.clone());
        worker.keep_checkpoints(place.checkpoints()?);
        let mut organizations = place.library.files()?;
        let mut opening = None;
        if let Some(path) = place.file()?.filter(|path| path.exists()) {
            let size = std::fs::metadata(&path).map(|file| file.len()).unwrap_or_default();
            if first == First::File && size < LARGE {
                worker.open(&path)?;
            } else {
                opening = Some(path.clone());
            }
            if !organizations.contains(&path) {
                organizations.push(path);
            }
        }
        Ok(Self { worker, session: None, organizations, folder: None, opening })
    }

    /// A sample in a temporary folder, with its Owner signed in. Nothing else can be opened or founded beside it: that
    /// would be gone with the folder.
    fn sample(outside: &Outside, change: Change) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("rolodeck-sample-").tempdir();
        let folder = folder.map_err(|error| Failure::io(&std::env::temp_dir(), "written", error))?;
        let file = folder.path().join("sample.db");
        let org = sample::organization(outside.now(), &mut || outside.seed()).map_err(Fault::Inconsistent)?;
        let owner = org.owner_role().and_then(|role| Some((role.id, org.holders(role.id).next()?.id)));
        let (role, user) = owner.ok_or_else(|| Fault::Inconsistent("the sample has no Owner".into()))?;
        let mut store = Store::create(&file, Nature::Sample)?;
        let found = crate::command::Found { org };
        let proof = signin::found(&mut store, outside, found, &Secrets::none(), user)??;
        let session = signin::enter(&mut store, outside, &proof, role)??;
        let drop_folder = DropFolder::new(folder.path().join("outbox"));
        let post = Post { mailer: Box::new(drop_folder.clone()), folder: Some(drop_folder) };
        let library = Library::new(folder.path().to_path_buf());
        let mut worker = Worker::new(outside.clone(), Cost::recommended()?, library, post, change, Some(file));
        worker.adopt(store);
        Ok(Self { worker, session: Some(session), organizations: Vec::new(), folder: Some(folder), opening: None })
    }
}

/// The app together with its engine.
struct Dashboard {
    app: App,
    engine: Handle,
    inbox: Receiver<Report>,
}

impl Dashboard {
    fn forward(&mut self) {
        for (ticket, request) in self.app.take_requests() {
            self.engine.ask(ticket, request);
        }
    }
}

impl AsMut<App> for Dashboard {
    fn as_mut(&mut self) -> &mut App {
        &mut self.app
    }
}

impl Program for Dashboard {
    fn handle(&mut self, event: Event) {
        while let Ok(report) = self.inbox.try_recv() {
            self.app.report(report);
        }
        self.app.handle(event);
        self.forward();
    }

    fn draw(&mut self, frame: &mut ratatui::Frame<'_>) {
        self.app.draw(frame);
    }

    fn changed(&mut self) -> bool {
        self.app.take_changed()
    }

    fn work(&mut self) -> bool {
        let more = self.app.work();
        self.forward();
        more
    }

    fn effects(&mut self) -> Vec<Effect> {
        self.app.take_effects()
    }
}

/// What this terminal can show, as far as the environment, the settings and the command line say.
pub(super) fn looks(args: &Args, screen: &ScreenSettings, surroundings: &Surroundings) -> Looks {
    let variable = surroundings.variable;
    let colour =
        if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) { Colour::Refused } else { Colour::Allowed };
    let (term, colorterm) = (variable("TERM"), variable("COLORTERM"));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable);
    Looks::of(theme::Surroundings {
        colour,
        term: term.as_deref(),
        colorterm: colorterm.as_deref(),
        locale: locale.as_deref(),
        glyphs: if args.ascii { GlyphChoice::Ascii } else { screen.glyphs },
    })
}
