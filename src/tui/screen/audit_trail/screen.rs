//! The screen: the trail, and beside or behind it the selected entry in full.
use std::sync::Arc;

use crate::tui::when::Times;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::draw;
use super::entry::Entry;
use super::filters::{Filters, Part};
use super::form::FilterForm;
use super::history::{History, Side};
use super::keys::BINDINGS;
use super::resolve;
use super::window::{PAGE, Window};
use crate::domain::access::{Need, Person};
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::row::{Difference, Kind};
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::ledger::query::{About, Query, Span, Who};
use crate::tui::acts::{Acts, Aim};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::layer::{Input, Layer, Took, bound};
use crate::tui::scene::{Pace, Ready, Scene};
use crate::tui::screen::users::Filter;
use crate::tui::widget::still::Still;

/// Steps that one page may take: a few milliseconds.
const BUDGET: u32 = 600;

/// What has the keyboard, when neither the words nor the form of the filters have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pane {
    /// The table.
    #[default]
    Table,
    /// The selected entry.
    Entry,
}

/// Whether the newest entry is always the selected one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Follow {
    /// It is.
    On,
    /// What is selected stays selected.
    #[default]
    Off,
}

/// How the room is used, as of the last drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// The table or the selected entry.
    #[default]
    OneAtATime,
    /// Both.
    SideBySide,
}

/// The audit trail, or the part of it that one thing has.
#[derive(Default)]
pub struct AuditTrail {
    pub(super) history: Option<History>,
    seen: Option<(Arc<Org>, Option<Person>)>,
    pub(super) window: Window,
    pub(super) entry: Entry,
    pub(super) words: Filter,
    pub(super) filters: Filters,
    pub(super) form: Option<FilterForm>,
    pub(super) follow: Follow,
    pub(super) pane: Pane,
    pub(super) shape: Shape,
    pub(super) still: Still,
    /// What stands in the way of reading.
    pub(super) trouble: Option<String>,
    /// Where the selected entry was drawn.
    pub(super) beside: Rect,
}

impl AuditTrail {
    /// The whole trail, newest first.
    pub fn new(_: &Scene) -> Self {
        Self::default()
    }

    /// The entries of one thing.
    pub(super) fn of(history: History) -> Self {
        Self { history: Some(history), ..Self::default() }
    }

    /// Whether the active role may read it.
    pub(super) fn may_read(scene: &Scene) -> Ready {
        scene.may_see(Need::organization(Permission::RESOURCE_EVENTS_READ))
    }

    /// The zone in which moments are told and typed.
    pub(super) const fn zone(scene: &Scene) -> &Times {
        &scene.zone
    }

    /// The newest entry that there is.
    pub(super) fn head(scene: &Scene) -> u64 {
        scene.view.as_ref().map_or(0, |view| view.head.seq)
    }

    /// The filter that is not asked for, because the history says it.
    pub(super) fn fixed(&self) -> Option<Part> {
        self.history.as_ref().map(|history| match history.side {
            Side::About => Part::About,
            Side::By => Part::Who,
        })
    }

    /// Whether something is left out because of filters.
    pub(super) fn is_filtered(&self) -> bool {
        !self.words.is_empty() || self.filters.on().next().is_some()
    }

    fn query(&self) -> Query {
        let mut query = Query { text: self.words.text().trim().to_owned(), ..self.filters.query().clone() };
        match self.history {
            Some(History { row, side: Side::About }) => query.about = Some(About::Row(row)),
            Some(History { row, side: Side::By }) => query.who = Some(Who::User(UserId::from_uuid(row.id))),
            None => {}
        }
        query
    }

    /// Other entries are wanted: begins at the newest again.
    pub(super) fn begin(&mut self) {
        self.window = Window::newest();
        self.trouble = None;
        self.pane = Pane::Table;
    }

    /// Reads the filters that were typed into the form, and closes it when they are understood.
    pub(super) fn apply(&mut self, scene: &Scene) {
        let Some(form) = &mut self.form else { return };
        if let Some(filters) = form.read(&scene.org, Self::zone(scene)) {
            (self.filters, self.form) = (filters, None);
            self.begin();
        }
    }

    /// Takes the last filter away, or the words.
    pub(super) fn drop_one(&mut self) {
        match self.filters.on().last() {
            Some(part) => self.filters.clear(part),
            None => self.words.clear(),
        }
        self.begin();
    }

    /// Takes every filter away.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.filters = Filters::default();
        self.begin();
    }

    /// Moves in what has the keyboard; whether the key was for that.
    pub(super) fn travel(&mut self, key: &crate::tui::key::Key, scene: &Scene) -> bool {
        if self.pane == Pane::Entry {
            return self.entry.pane.key(key);
        }
        let moved = self.window.key(key, Self::head(scene));
        if moved && self.window.rows.selected() != Some(0) {
            self.follow = Follow::Off;
        }
        moved
    }

    fn typed(&mut self, input: &Input) -> Took {
        let before = self.words.text().to_owned();
        let took = self.words.input(input);
        if self.words.text() != before {
            self.begin();
        }
        took
    }

    fn clicked(&mut self, mouse: &Mouse) -> bool {
        if self.beside.contains(Position::new(mouse.column, mouse.row)) {
            self.pane = if mouse.kind == MouseKind::Down { Pane::Entry } else { self.pane };
            return self.entry.pane.mouse(mouse);
        }
        let used = self.window.rows.mouse(mouse);
        self.window.looked();
        if used {
            (self.follow, self.pane) = (Follow::Off, Pane::Table);
        }
        used
    }

    /// Names changed, or what may be seen: what was read says it no longer as it is.
    fn read_again(&mut self) {
        let selected = self.window.selected().map(|line| line.header.seq);
        self.window = selected.map_or_else(Window::newest, Window::around);
        self.entry = Entry::default();
    }
}

/// Whether lines that were read before would be told in other words now.
fn renames(before: &Arc<Org>, now: &Arc<Org>) -> bool {
    let told = |kind| !matches!(kind, Kind::Credential(_) | Kind::ChangeRequest);
    !Arc::ptr_eq(before, now)
        && Difference::between(before, now)
            .changes
            .iter()
            .any(|change| change.before.is_some() && told(change.row.kind))
}

impl Layer for AuditTrail {
    bound!(BINDINGS);

    fn crumb(&self, scene: &Scene) -> String {
        match &self.history {
            Some(history) => format!("History of {}", resolve::name(history.row, &scene.org)),
            None => "Audit trail".into(),
        }
    }

    fn typing(&self) -> bool {
        self.words.is_typing() || self.form.is_some()
    }

    fn input(&mut self, input: &Input, scene: &Scene, _: &mut Acts) -> Took {
        use crate::tui::key::Code;
        if Self::may_read(scene) != Ready::Yes {
            return Took::No;
        }
        let used = match (input, &mut self.form) {
            (Input::Key(key), Some(_)) if matches!(key.code, Code::Enter | Code::Esc) => false,
            (_, Some(form)) => return form.input(input),
            (Input::Mouse(mouse), None) => self.clicked(mouse),
            (_, None) if self.words.is_typing() => return self.typed(input),
            (Input::Paste(_), None) => false,
            (Input::Key(key), None) => self.travel(key, scene),
        };
        if used { Took::Yes } else { Took::No }
    }

    fn fetch(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(session) = scene.session.clone() else { return };
        if self.trouble.is_some() || Self::may_read(scene) != Ready::Yes {
            return;
        }
        if let Some((direction, from)) = self.window.wants(Self::head(scene)) {
            let span = Span { direction, from, limit: PAGE, budget: BUDGET };
            let request = Request::Trail { session: session.clone(), query: self.query(), span };
            self.window.asked(acts.ask(request), direction);
        }
        let shown = self.pane == Pane::Entry || (self.shape == Shape::SideBySide && scene.pace == Pace::Reading);
        let selected = self.window.selected().map(|line| line.header.seq);
        if let Some(seq) = selected.filter(|seq| shown && self.entry.lacks(*seq)) {
            let row = self.history.map(|history| history.row);
            self.entry.asked(acts.ask(Request::Entry { session, seq, row }), seq);
        }
    }

    fn aim(&mut self, aim: &Aim, _: &Scene, _: &mut Acts) {
        match aim {
            Aim::Entry(seq) => {
                (self.form, self.follow) = (None, Follow::Off);
                self.clear();
                self.window = Window::around(*seq);
            }
            Aim::Trail(text) => {
                (self.form, self.follow) = (None, Follow::Off);
                self.clear();
                self.words.set(text);
            }
            _ => {}
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, _: &mut Acts) -> Result<(), Answer> {
        let (page, detail, trouble) = match answer {
            Ok(Reply::Trail(page)) => (Some(page), None, None),
            Ok(Reply::Entry(detail)) => (None, Some(detail), None),
            Ok(_) => (None, None, None),
            Err(trouble) => (None, None, Some(trouble.in_full())),
        };
        // What was asked for before other entries were wanted is of no use any more.
        let mine = self.window.take(ticket, page) || self.entry.take(ticket, detail);
        if mine && trouble.is_some() {
            self.trouble = trouble;
        }
        if self.follow == Follow::On {
            self.window.go_to_top();
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        let person = scene.person();
        if let Some((org, seen)) = &self.seen {
            if *seen != person {
                self.begin();
                self.entry = Entry::default();
            } else if self.window.selected().is_some() && renames(org, &scene.org) {
                self.read_again();
            }
        }
        self.seen = Some((Arc::clone(&scene.org), person));
        self.trouble = None;
        if Self::may_read(scene) != Ready::Yes {
            self.begin();
            self.entry = Entry::default();
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        draw::screen(self, frame, area, scene);
    }
}
