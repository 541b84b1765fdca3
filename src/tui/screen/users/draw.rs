//! How the screen looks.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::bindings::INVITE;
use super::filter::Filter;
use super::invitation_detail;
use super::screen::{Places, Tab, Users};
use super::user_detail;
use crate::domain::text::Shown;
use crate::tui::event::Mouse;
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::button::{Button, draw_buttons};
use crate::tui::widget::line::{line_columns, wrap};
use crate::tui::widget::tabs::{self, Tabs};

/// The terminal's width from which the detail stands beside the list.
const WIDE: u16 = 120;

/// The least columns of the list beside the detail: what the most important facts need.
const LIST: u16 = 53;

/// The most columns of the detail beside the list: longer lines are hard to read.
const DETAIL: u16 = 60;

/// Columns between the two.
const RULE: u16 = 3;

/// Columns that the scrollbar of the detail may need.
const BAR: u16 = 2;

impl Users {
    pub(super) fn draw_all(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.notice_expiry(scene);
        self.places = Places::default();
        let area = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(1), ..area };
        let [head, line, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(2), Constraint::Min(1)]).areas(area);
        self.draw_head(frame, head, scene);
        if self.is_reading() {
            let detail = Rect { y: line.y + 1, height: body.height + 1, ..body };
            return self.draw_detail(frame, detail, scene);
        }
        if let Ready::No(why) = self.may_see() {
            let what = if self.is_invited_open() { "Who is invited" } else { "Who the users are" };
            let line = Line::styled(format!("{what} is not shown to you. {why}"), scene.theme.warning);
            for (line, row) in wrap(&line, body.width).iter().zip(body.rows()) {
                frame.render_widget(line, row);
            }
            return;
        }
        frame.render_widget(self.status(scene, usize::from(line.width)), Rect { height: 1, ..line });
        let focused = self.user(scene).is_some() || self.invitation(scene).is_some();
        self.places.beside = frame.area().width >= WIDE && focused;
        if !self.places.beside {
            return self.draw_list(frame, body, scene);
        }
        let [list, rule, detail] = Layout::horizontal([
            Constraint::Length(LIST.max(body.width.saturating_sub(RULE + DETAIL))),
            Constraint::Length(RULE),
            Constraint::Min(1),
        ])
        .areas(body);
        self.draw_list(frame, list, scene);
        for row in rule.rows() {
            frame.render_widget(
                Span::styled(scene.theme.glyphs.track, scene.theme.border),
                Rect { x: row.x + 1, ..row },
            );
        }
        if !self.still.stands(detail, frame.buffer_mut(), scene) {
            self.draw_detail(frame, detail, scene);
            self.still.keep(detail, frame.buffer_mut());
        }
    }

    fn tabs(&self) -> [tabs::Tab<'static>; 2] {
        let counted = |label, ready: &Ready, count| match ready {
            Ready::Yes => tabs::Tab::new(label).count(count),
            _ => tabs::Tab::new(label),
        };
        [
            counted("All users", &self.rights.users, self.tally.users),
            counted("Invited", &self.rights.invitations, self.tally.invited),
        ]
    }

    /// The tab under the mouse.
    pub(super) fn tab_at(&self, mouse: &Mouse, scene: &Scene) -> Option<Tab> {
        let tabs = self.tabs();
        let tabs = Tabs::new(&tabs, self.open_tab(), &scene.theme);
        match tabs.tab_at(self.places.tabs, mouse.column, mouse.row)? {
            0 => Some(Tab::All),
            _ => Some(Tab::Invited),
        }
    }

    const fn open_tab(&self) -> usize {
        match self.tab {
            Tab::All => 0,
            Tab::Invited => 1,
        }
    }

    fn draw_head(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let buttons = [Button::new("Actions").key(scene.key(module_path!(), "Actions", 'a'))];
        let places = draw_buttons(&buttons, area, frame.buffer_mut(), theme);
        self.places.button = places.first().copied().unwrap_or_default();
        let room = area.width.saturating_sub(self.places.button.width + 1);
        let left = Rect { width: room, ..area };
        if self.is_reading() {
            let place = if self.is_invited_open() { "Invited" } else { "All users" };
            let back = [Span::styled("Esc", theme.key), Span::styled(format!(" back to {place}"), theme.muted)];
            return frame.render_widget(Line::from_iter(back), left);
        }
        self.places.tabs = left;
        Tabs::new(&self.tabs(), self.open_tab(), theme).draw(self.places.tabs, frame.buffer_mut());
    }

    /// The line between the tabs and the table: the filter, or what there is; marks, and an order that is not seen.
    fn status(&self, scene: &Scene, width: usize) -> Line<'static> {
        let theme = &scene.theme;
        let (filter, shown, unseen) = match self.tab {
            Tab::All => (&self.all.filter, self.all.shown().len(), self.all.sorted_by_unseen()),
            Tab::Invited => (&self.invited.filter, self.invited.shown().len(), self.invited.sorted_by_unseen()),
        };
        let mut right = Vec::new();
        if let Some(column) = unseen {
            right.push(format!("by {}", column.to_lowercase()));
        }
        let marked = self.invited.marks().len();
        if self.is_invited_open() && marked > 0 {
            right.push(match self.invited.hidden_marks() {
                0 => format!("{marked} marked"),
                hidden => format!("{marked} marked, {hidden} not shown"),
            });
        }
        if filter.is_typing() || !filter.is_empty() {
            right.push(format!("{shown} shown"));
        }
        let right = right.join(&format!(" {} ", theme.glyphs.dot));
        let room = width.saturating_sub(right.chars().count() + 2);
        let mut line = if filter.is_typing() || !filter.is_empty() {
            typed(filter, room, scene)
        } else {
            Line::styled(self.summary(), theme.muted)
        };
        let gap = width.saturating_sub(line_columns(&line) + right.chars().count());
        line.push_span(Span::raw(" ".repeat(gap)));
        line.push_span(Span::styled(right, theme.accent));
        line
    }

    fn summary(&self) -> String {
        let tally = self.tally;
        let (count, one, many, other, of) = match self.tab {
            Tab::All => (tally.users, "user", "users", tally.deactivated, "deactivated"),
            Tab::Invited => (tally.invited, "invitation pending", "invitations pending", tally.expired, "expired"),
        };
        let things = if count == 1 { one } else { many };
        match (count, other) {
            (0, _) => String::new(),
            (_, 0) => format!("{count} {things}"),
            _ => format!("{count} {things}, {other} of them {of}"),
        }
    }

    fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        match self.tab {
            Tab::All => {
                self.all.draw(area, frame.buffer_mut(), scene, "No user matches. Esc clears the filter.");
            }
            Tab::Invited => {
                let empty = match self.invited.len() {
                    0 => {
                        let key = scene.key(module_path!(), INVITE, 'i');
                        format!("Nobody is invited. Press {key} to invite users.")
                    }
                    _ => "No invitation matches. Esc clears the filter.".into(),
                };
                self.invited.draw(area, frame.buffer_mut(), scene, &empty);
            }
        }
    }

    fn draw_detail(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.look_up(scene);
        let width = area.width.saturating_sub(BAR);
        let lines = if let Some(user) = self.user(scene) {
            let last = self.last.of(user.id, scene);
            user_detail::lines(scene, user, &self.access, last, &self.rights, width)
        } else if let Some(open) = self.invitation(scene) {
            invitation_detail::lines(scene, open, &self.suspicion, &self.rights, width)
        } else {
            Vec::new()
        };
        self.pane.draw(&lines, area, frame.buffer_mut(), &scene.theme);
    }
}

/// The filter as it is typed; of a long one the end is seen.
fn typed(filter: &Filter, room: usize, scene: &Scene) -> Line<'static> {
    let theme = &scene.theme;
    let shown = Shown::new(filter.text()).to_string();
    let mut text = shown.as_str();
    while Shown::new(text).width() + 4 > room {
        let mut rest = text.chars();
        if rest.next().is_none() {
            break;
        }
        text = rest.as_str();
    }
    let cursor = if filter.is_typing() && scene.focus.is_here() { " " } else { "" };
    let style = if filter.is_typing() { theme.typing } else { theme.accent };
    Line::from(vec![Span::styled("/ ", theme.key), Span::styled(format!("{text}{cursor}"), style)])
}
