//! How *Invite users* looks.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect, Size};
use ratatui::text::{Line, Span};

use super::entry;
use super::judging::Counts;
use super::state::{Invite, Part, Show};
use crate::tui::key::Key;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::area::centre;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::list::List;
use crate::tui::widget::progress::{Progress, grouped};

/// From so many columns on, the verdicts stand beside the addresses.
const WIDE: u16 = 110;

/// Columns of the addresses when the verdicts stand beside them.
const LEFT: u16 = 46;

/// Columns between the addresses and the verdicts beside them.
const GAP: u16 = 1;

/// Lines about the selected entry, with the line above them.
const DETAIL: (u16, u16) = (4, 9);

/// The places of the parts.
struct Plan {
    addresses: Rect,
    roles: Rect,
    /// Around everything about verdicts, when they stand beside the addresses.
    frame: Option<Rect>,
    summary: Rect,
    list: Rect,
    detail: Rect,
    buttons: Rect,
}

impl Plan {
    fn of(area: Rect, roles: usize) -> Self {
        let [body, buttons] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(area);
        if area.width < WIDE {
            let [top, below] = Layout::vertical([Constraint::Length(8), Constraint::Min(1)]).areas(body);
            let [addresses, roles] = Layout::horizontal([Constraint::Fill(1); 2]).areas(top);
            let [summary, list, detail] = verdicts(below, DETAIL.0);
            return Self { addresses, roles, frame: None, summary, list, detail, buttons };
        }
        let sides = [Constraint::Length(LEFT), Constraint::Length(GAP), Constraint::Min(1)];
        let [left, _, right] = Layout::horizontal(sides).areas(body);
        let ticks = u16::try_from(roles).unwrap_or(u16::MAX).saturating_add(2).min(body.height / 2);
        let [addresses, roles] = Layout::vertical([Constraint::Min(1), Constraint::Length(ticks)]).areas(left);
        let [summary, list, detail] = verdicts(right.inner(Margin::new(1, 1)), DETAIL.1);
        Self { addresses, roles, frame: Some(right), summary, list, detail, buttons }
    }
}

fn verdicts(area: Rect, detail: u16) -> [Rect; 3] {
    Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(detail)]).areas(area)
}

impl Invite {
    /// Draws everything.
    pub(super) fn draw_all(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        if self.roles_first {
            self.draw_roles_first(frame, area, scene);
            return;
        }
        let plan = Plan::of(area, self.roles.choice.len());
        self.draw_addresses(frame, plan.addresses, &scene.theme);
        self.draw_roles(frame, plan.roles, &scene.theme);
        if let Some(around) = plan.frame {
            let block = scene.theme.frame(self.focus(Part::List)).title(" Verdicts ");
            frame.render_widget(block, around);
        }
        self.draw_summary(frame, plan.summary, &scene.theme);
        self.draw_list(frame, plan.list, &scene.theme);
        self.draw_detail(frame, plan.detail, scene);
        self.draw_foot(frame, plan.buttons, scene);
    }

    fn focus(&self, part: Part) -> Focus {
        Focus::when(self.part == part && !self.is_waiting())
    }

    fn draw_roles_first(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let texts = [
            Line::styled("Roles come first", theme.title),
            Line::default(),
            Line::from(
                "People are invited with the roles that they will have, and there is none to give but Owner yet.",
            ),
            Line::from("Create a role with just what is needed; then come back here."),
        ];
        let width = area.width.saturating_sub(4).min(64);
        let lines: Vec<_> = texts.iter().flat_map(|line| wrap(line, width)).collect();
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let place = centre(area, Size { width, height });
        let buf = frame.buffer_mut();
        for (line, row) in lines.iter().zip(place.rows()) {
            draw_line(line, row, buf, theme);
        }
        let state = state(&self.may_create_role, Focus::Here);
        let button = Button::new("Create new role")
            .key(scene.key(module_path!(), "Create new role", 'n'))
            .state(state)
            .line(theme);
        let below = place.y.saturating_add(u16::try_from(lines.len()).unwrap_or(0)).saturating_add(1);
        draw_line(&button, Rect { y: below, height: 1, ..place }.intersection(area), buf, theme);
    }

    fn draw_addresses(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let focus = self.focus(Part::Addresses);
        self.places.addresses = area;
        let block = theme.frame(focus).title(" Addresses ");
        let inner = block.inner(area);
        frame.render_widget(block, area);
        if let Some(cursor) = self.field.draw(inner, frame.buffer_mut(), theme, focus) {
            frame.set_cursor_position(cursor);
        }
        if self.judging.is_empty() {
            let hint = ["One or many, separated by commas,", "semicolons, spaces or new lines;", "also Name <address>"];
            for (text, row) in hint.into_iter().zip(inner.rows().skip(2)) {
                draw_line(&Line::styled(text, theme.muted), row, frame.buffer_mut(), theme);
            }
        }
    }

    fn draw_roles(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let focus = self.focus(Part::Roles);
        let title = match self.roles.choice.all_chosen().len() {
            0 => " Roles: tick at least one ".to_owned(),
            1 => " Roles: 1 ticked ".to_owned(),
            ticked => format!(" Roles: {ticked} ticked "),
        };
        let block = theme.frame(focus).title(title);
        let inner = block.inner(area);
        frame.render_widget(block, area);
        self.roles.choice.draw(inner, frame.buffer_mut(), theme, focus);
    }

    fn draw_summary(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let inner = Rect { width: area.width.saturating_sub(1), ..area };
        let buf = frame.buffer_mut();
        if let Some(stage) = self.judging.stage().filter(|_| self.is_judging()) {
            let words = format!("{} (Esc stops)", stage.words);
            Progress { words: &words, done: stage.done, of: stage.of }.draw(inner, buf, theme);
            return;
        }
        let pointer = if self.part == Part::List { theme.glyphs.pointer } else { " " };
        let mut spans = vec![Span::styled(pointer, theme.accent)];
        if self.judging.is_empty() {
            spans.push(Span::styled("Nothing to judge yet", theme.muted));
        }
        if self.judging.is_stopped() {
            let (done, of) = (grouped(self.judging.entries().len()), grouped(self.judging.len()));
            spans.push(Span::styled(format!("stopped at {done} of {of}  "), theme.warning));
        }
        for (text, style) in told(self.counts, theme) {
            spans.push(Span::styled(format!("{text}  "), style));
        }
        if self.show != Show::All {
            spans.push(Span::styled(format!("{} {}", theme.glyphs.arrow, self.show.name()), theme.accent));
        }
        draw_line(&Line::from(spans), inner, buf, theme);
    }

    fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let focus = self.focus(Part::List);
        let columns = usize::from(area.width.saturating_sub(5));
        let (entries, known, visible) = (self.judging.entries(), self.judging.known(), &self.visible);
        let list = List::new(theme, focus).when_empty("Every address is judged here as it comes.");
        list.draw(area, frame.buffer_mut(), &mut self.rows, |row| {
            let entry = visible.get(row).and_then(|at| entries.get(*at));
            entry.map(|entry| entry::item(entry, known, columns, theme)).unwrap_or_default()
        });
    }

    fn draw_detail(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let lines = match (self.part, self.selected()) {
            (Part::Roles, _) => self.roles.selected_in_words(scene, theme),
            (_, Some(entry)) => entry::sentences(entry, self.judging.known(), scene),
            (_, None) => Vec::new(),
        };
        let rule = Line::styled(theme.glyphs.rule.repeat(usize::from(area.width)), theme.border);
        let lines = std::iter::once(rule).chain(lines.iter().flat_map(|line| wrap(line, area.width)));
        for (line, row) in lines.zip(area.rows()) {
            draw_line(&line, row, frame.buffer_mut(), theme);
        }
    }

    fn draw_foot(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let ready = self.ready();
        let create = Button::new("Create").state(state(&ready, self.focus(Part::Create)));
        let create = match self.part {
            Part::Addresses => create,
            Part::Create => create.key(Key::plain(crate::tui::key::Code::Enter)),
            Part::Roles | Part::List => create.key(scene.key(module_path!(), "Create", 'c')),
        };
        let mut buttons = vec![create];
        if self.bad() > 0 && self.part != Part::Addresses {
            buttons.insert(0, Button::new("Drop bad ones").key(scene.key(module_path!(), "Drop bad ones", 'd')));
        }
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let places = draw_buttons(&buttons, inner, frame.buffer_mut(), theme);
        self.places.create = places.last().copied().unwrap_or_default();
        let left = places.iter().find(|place| place.width > 0).map_or(inner.right(), |place| place.x);
        let room = Rect { width: left.saturating_sub(inner.x + 1), ..inner };
        let line = match ready {
            Ready::No(why) => Line::styled(why, theme.muted),
            _ => Line::styled(format!("{} will be invited.", people(self.counts.ok)), theme.ok),
        };
        draw_line(&line, room, frame.buffer_mut(), theme);
    }
}

fn state(ready: &Ready, focus: Focus) -> ButtonState {
    match (ready, focus) {
        (Ready::Yes, Focus::Here) => ButtonState::Focused,
        (Ready::Yes, Focus::Elsewhere) => ButtonState::Ready,
        _ => ButtonState::Disabled,
    }
}

fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{} people", grouped(count)) }
}

/// The counts that are not zero, in words.
fn told(counts: Counts, theme: &Theme) -> Vec<(String, ratatui::style::Style)> {
    let all = [
        (counts.ok, "ok", theme.ok),
        (counts.warned, "to look at", theme.warning),
        (counts.invalid, "invalid", theme.danger),
        (counts.twice, "twice", theme.muted),
        (counts.users + counts.invited, "known already", theme.muted),
    ];
    let some = all.into_iter().filter(|(count, ..)| *count > 0);
    some.map(|(count, words, style)| (format!("{} {words}", grouped(count)), style)).collect()
}
