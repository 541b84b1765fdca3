//! The screen: a table of roles, and beside, below or behind it the selected one in full.
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Position, Rect};
use ratatui::text::Line;

use super::detail::Detail;
use super::filter::Query;
use super::keys::{BINDINGS, create_ready, sees_roles, why_unseen};
use super::roster::Roster;
use super::table;
use crate::domain::access::Person;
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::role::Role;
use crate::domain::text::Shown;
use crate::tui::acts::{Acts, Aim};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::Key;
use crate::tui::layer::{Input, Layer, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::RoleWizard;
use crate::tui::theme::Focus;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::field::Field;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::response::Response;
use crate::tui::widget::still::Still;

/// The width from which the selected role stands below the table; narrower, it takes the table's place.
const STACKED: u16 = 94;

/// The width from which it stands beside the table: all columns keep their room there, too.
const SIDE_BY_SIDE: u16 = 134;

/// Columns of the selected role beside the table: two fifths, but at most so many.
const BESIDE: u16 = 60;

/// Columns that the table keeps beside it, enough for all of its own.
const TABLE: u16 = 84;

/// Columns to type the filter into.
const FILTER: u16 = 22;

/// What has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// The table.
    #[default]
    Table,
    /// The line to type the filter into.
    Filter,
    /// The selected role.
    Detail,
}

/// How the room is used, as of the last drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// The table or the selected role.
    #[default]
    OneAtATime,
    /// Both, the role below the table.
    Stacked,
    /// Both, the role beside the table.
    SideBySide,
}

impl Shape {
    const fn of(width: u16) -> Self {
        match width {
            SIDE_BY_SIDE.. => Self::SideBySide,
            STACKED.. => Self::Stacked,
            _ => Self::OneAtATime,
        }
    }
}

/// User management, Roles.
pub struct Roles {
    /// What the lines were worked out from.
    seen: Option<(Arc<Org>, Option<Person>)>,
    pub(super) roster: Roster,
    pub(super) detail: Detail,
    pub(super) filter: Field,
    still: Still,
    pub(super) part: Part,
    pub(super) shape: Shape,
    /// Where *Create new* was drawn.
    create: Rect,
    /// Where the selected role was drawn.
    beside: Rect,
}

impl Roles {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self {
            seen: None,
            roster: Roster::default(),
            detail: Detail::default(),
            filter: filter(),
            still: Still::default(),
            part: Part::Table,
            shape: Shape::OneAtATime,
            create: Rect::default(),
            beside: Rect::default(),
        }
    }

    /// The selected role as it is now.
    pub(super) fn role<'a>(&self, scene: &'a Scene) -> Option<&'a Role> {
        self.role_id().and_then(|id| scene.org.role(id))
    }

    /// Which role is selected.
    pub(super) fn role_id(&self) -> Option<RoleId> {
        self.roster.selected().map(|entry| entry.id)
    }

    pub(super) fn create(&mut self, scene: &Scene, acts: &mut Acts) {
        self.roster.await_new();
        acts.open(RoleWizard::create(scene));
    }

    /// Moves in whatever has the keyboard; whether the key was for that.
    pub(super) fn travel(&mut self, key: &Key) -> bool {
        match self.part {
            Part::Filter => false,
            Part::Detail => self.detail.key(key),
            Part::Table => {
                let moved = self.roster.rows.key(key);
                self.roster.follow_line();
                moved
            }
        }
    }

    /// Shows all roles again.
    pub(super) fn clear_filter(&mut self, scene: &Scene) {
        self.filter = filter();
        self.part = Part::Table;
        self.roster.filter_by(Query::default(), scene);
    }

    fn typed(&mut self, response: &Response, scene: &Scene) -> Took {
        if *response == Response::Changed {
            self.roster.filter_by(Query::new(&self.filter.value()), scene);
        }
        if response.is_ignored() { Took::No } else { Took::Yes }
    }

    fn clicked(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> bool {
        let at = Position::new(mouse.column, mouse.row);
        if mouse.kind == MouseKind::Down && self.create.contains(at) {
            if create_ready(self, scene) == Ready::Yes {
                self.create(scene, acts);
            }
            return true;
        }
        if self.beside.contains(at) {
            self.part = if mouse.kind == MouseKind::Down { Part::Detail } else { self.part };
            return self.detail.mouse(mouse);
        }
        let used = self.roster.rows.mouse(mouse);
        self.roster.follow_line();
        used
    }

    /// Whether a part has the keyboard. The table keeps its selection in sight while the filter is typed.
    fn focus(&self, scene: &Scene, part: Part) -> Focus {
        let typing = part == Part::Table && self.part == Part::Filter;
        Focus::when(scene.focus.is_here() && (self.part == part || typing))
    }

    fn draw_head(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let state = if create_ready(self, scene) == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
        let button = [Button::new("Create new").key(scene.key(module_path!(), "Create new", 'n')).state(state)];
        let places = draw_buttons(&button, area, frame.buffer_mut(), theme);
        self.create = places.first().copied().unwrap_or_default();
        let left = Rect { width: self.create.x.saturating_sub(area.x + 1), ..area };
        let (shown, total) = (self.roster.rows.len(), self.roster.total());
        if self.part != Part::Filter && !self.roster.is_filtered() {
            let count = format!("{total} {}", if total == 1 { "role" } else { "roles" });
            draw_line(&Line::styled(count, theme.muted), left, frame.buffer_mut(), theme);
            return;
        }
        let [label, field, count] =
            Layout::horizontal([Constraint::Length(8), Constraint::Length(FILTER), Constraint::Min(1)]).areas(left);
        draw_line(&Line::styled("Filter", theme.muted), label, frame.buffer_mut(), theme);
        let focus = self.focus(scene, Part::Filter);
        if let Some(cursor) = self.filter.draw(field, frame.buffer_mut(), theme, focus) {
            frame.set_cursor_position(cursor);
        }
        draw_line(&Line::styled(format!(" {shown}/{total}"), theme.muted), count, frame.buffer_mut(), theme);
    }

    fn draw_body(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.beside = Rect::default();
        let focus = self.focus(scene, Part::Table);
        match self.shape {
            Shape::OneAtATime if self.part == Part::Detail => self.draw_detail(frame, area, scene),
            Shape::OneAtATime => {
                table::draw(&mut self.roster, area, frame.buffer_mut(), scene, focus, self.shape);
            }
            Shape::Stacked => {
                let height = table::height(&self.roster, scene, area.width).min(area.height / 2);
                let [list, _, rest] =
                    Layout::vertical([Constraint::Length(height), Constraint::Length(1), Constraint::Min(1)])
                        .areas(area);
                table::draw(&mut self.roster, list, frame.buffer_mut(), scene, focus, self.shape);
                let inside = rest.width.saturating_sub(4);
                let needed = self.roster.selected().map_or(1, |entry| self.detail.height(scene, entry, inside));
                self.draw_framed(frame, Rect { height: rest.height.min(needed.saturating_add(2)), ..rest }, scene);
            }
            Shape::SideBySide => {
                let beside = (area.width.saturating_mul(2) / 5).min(BESIDE).min(area.width.saturating_sub(TABLE + 1));
                let [list, _, detail] =
                    Layout::horizontal([Constraint::Min(1), Constraint::Length(1), Constraint::Length(beside)])
                        .areas(area);
                table::draw(&mut self.roster, list, frame.buffer_mut(), scene, focus, self.shape);
                self.draw_framed(frame, detail, scene);
            }
        }
    }

    /// The selected role in a frame with its name, where it stands beside or below the table.
    fn draw_framed(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let mut block = scene.theme.frame(self.focus(scene, Part::Detail));
        if let Some(role) = self.role(scene) {
            let name = Shown::new(role.name.as_str()).cut(usize::from(area.width).saturating_sub(4));
            block = block.title(format!(" {name} "));
        }
        let inner = block.inner(area).inner(Margin::new(1, 0));
        if self.part != Part::Detail && self.still.stands(area, frame.buffer_mut(), scene) {
            self.beside = inner;
            return;
        }
        frame.render_widget(block, area);
        self.draw_detail(frame, inner, scene);
        self.still.keep(area, frame.buffer_mut());
    }

    fn draw_detail(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let Some(entry) = self.roster.selected() else {
            draw_line(&Line::styled("No role is selected.", scene.theme.muted), area, frame.buffer_mut(), &scene.theme);
            return;
        };
        self.beside = area;
        let focus = self.focus(scene, Part::Detail);
        self.detail.draw(area, frame.buffer_mut(), scene, entry, focus);
    }
}

fn filter() -> Field {
    Field::line("Filter").placeholder("name, group or person").limit(80)
}

impl Layer for Roles {
    bound!(BINDINGS);

    fn crumb(&self, scene: &Scene) -> String {
        let detail = self.part == Part::Detail && self.shape == Shape::OneAtATime;
        match self.role(scene).filter(|_| detail) {
            Some(role) => format!("Roles {} {}", scene.theme.glyphs.crumb, role.name),
            None => "Roles".into(),
        }
    }

    fn typing(&self) -> bool {
        self.part == Part::Filter
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        self.roster.await_nothing();
        let used = match input {
            _ if sees_roles(scene) != Ready::Yes => false,
            Input::Key(key) if self.part == Part::Filter => {
                let response = self.filter.key(key);
                return self.typed(&response, scene);
            }
            Input::Paste(text) if self.part == Part::Filter => {
                let response = self.filter.paste(text);
                return self.typed(&response, scene);
            }
            Input::Key(key) => self.travel(key),
            Input::Mouse(mouse) => self.clicked(mouse, scene, acts),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn aim(&mut self, aim: &Aim, scene: &Scene, _: &mut Acts) {
        if let Aim::Roles(text) = aim {
            self.clear_filter(scene);
            self.filter.set(text);
            self.roster.filter_by(Query::new(text), scene);
        }
    }

    fn moved(&mut self, scene: &Scene) {
        let person = scene.person();
        let same = |(org, seen): &(Arc<Org>, Option<Person>)| Arc::ptr_eq(org, &scene.org) && *seen == person;
        if self.seen.as_ref().is_some_and(same) {
            return;
        }
        self.seen = Some((Arc::clone(&scene.org), person));
        self.roster.rebuild(scene);
        self.detail.forget();
        if self.roster.selected().is_none() && self.part == Part::Detail {
            self.part = Part::Table;
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        if let Some(why) = why_unseen(scene) {
            let lines = wrap(&Line::styled(why, scene.theme.text), area.width.saturating_sub(2));
            for (line, place) in lines.iter().zip(area.rows().skip(1)) {
                draw_line(line, Rect { x: place.x + 1, ..place }, frame.buffer_mut(), &scene.theme);
            }
            return;
        }
        self.shape = Shape::of(area.width);
        let alone = self.shape == Shape::OneAtATime && self.part == Part::Detail;
        let [head, _, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(u16::from(!alone)), Constraint::Min(1)])
                .areas(Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area });
        if alone {
            self.create = Rect::default();
            self.draw_body(frame, head.union(body), scene);
            return;
        }
        self.draw_head(frame, head, scene);
        self.draw_body(frame, body, scene);
    }
}
