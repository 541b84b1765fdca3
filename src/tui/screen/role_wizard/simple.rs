//! Simple setup: the groups, and what each of them is.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::about::about_group;
use super::click::Click;
use super::draft::RoleDraft;
use super::outlook::{Outlook, Told};
use super::prose::Prose;
use crate::domain::catalogue::{Group, covered_by};
use crate::tui::event::Mouse;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::pane::Pane;
use crate::tui::widget::rows::Rows;

/// Columns of the list of groups.
const LIST: u16 = 42;

/// Which group is focused, and how far its description is read.
#[derive(Debug)]
pub struct SimpleSetup {
    rows: Rows,
    about: Pane,
}

impl Default for SimpleSetup {
    fn default() -> Self {
        Self { rows: Rows::new(Group::ALL.len()), about: Pane::default() }
    }
}

impl SimpleSetup {
    /// The focused group.
    pub fn group(&self) -> Option<Group> {
        Group::ALL.get(self.rows.selected()?).copied()
    }

    /// Moves to another group, or through the description with the page keys; whether the key is one of them.
    pub fn key(&mut self, key: &Key) -> bool {
        if matches!(key.code, Code::PageUp | Code::PageDown) {
            return self.about.key(key);
        }
        let moved = self.rows.key(key);
        if moved {
            self.about.to_top();
        }
        moved
    }

    /// A click or a turn of the wheel.
    pub fn mouse(&mut self, mouse: &Mouse) -> Click {
        let before = self.rows.selected();
        if self.rows.mouse(mouse) {
            let same = before == self.rows.selected();
            if !same {
                self.about.to_top();
            }
            return Click::of(mouse, same);
        }
        if self.about.mouse(mouse) { Click::Moved } else { Click::Missed }
    }

    /// Draws the groups with what is worth knowing below, and the description of the focused one beside them.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, draft: &RoleDraft, outlook: &Outlook, theme: &Theme) {
        let [left, gap, right] =
            Layout::horizontal([Constraint::Length(LIST), Constraint::Length(3), Constraint::Min(1)]).areas(area);
        let groups = u16::try_from(Group::ALL.len()).unwrap_or(u16::MAX);
        let [list, _, below] =
            Layout::vertical([Constraint::Length(groups), Constraint::Length(1), Constraint::Min(0)]).areas(left);
        List::new(theme, Focus::Here).draw(list, frame.buffer_mut(), &mut self.rows, |at| {
            Group::ALL.get(at).map_or_else(Item::default, |group| item(draft, *group, theme))
        });
        for place in gap.rows() {
            let middle = Rect { x: place.x + 1, width: place.width.saturating_sub(1), ..place };
            draw_line(&Line::styled(theme.glyphs.track, theme.border), middle, frame.buffer_mut(), theme);
        }
        draw_outlook(frame, below, outlook, theme);
        if let Some(group) = self.group() {
            let width = right.width.saturating_sub(2);
            let lines = about_group(draft, outlook.own, group, width, theme).lines(width);
            self.about.draw(&lines, right, frame.buffer_mut(), theme);
        }
    }
}

fn item(draft: &RoleDraft, group: Group, theme: &Theme) -> Item<'static> {
    let covered = covered_by(group, draft.ticks()).is_some();
    let sign = match (draft.ticks().contains(group), covered) {
        (true, _) => Span::styled(theme.glyphs.on, theme.accent),
        (false, true) => Span::styled(theme.glyphs.covered, theme.muted),
        (false, false) => Span::styled(theme.glyphs.off, theme.muted),
    };
    let mut line = Line::from(group.name());
    if group.sensitive() {
        line.spans.push(Span::styled(format!(" {}", theme.glyphs.sensitive), theme.sensitive));
    }
    let item = Item::new(line).sign(sign);
    match (covered, group.derived()) {
        (true, _) => item.note(Line::styled("covered", theme.muted)),
        (false, true) => item.note(Line::styled("derived", theme.muted)),
        (false, false) => item,
    }
}

/// Draws what is worth knowing: in full where that fits, else only what it is called.
pub fn draw_outlook(frame: &mut Frame<'_>, area: Rect, outlook: &Outlook, theme: &Theme) {
    let mut prose = Prose::default();
    outlook.tell(&mut prose, Told::Permissions, theme);
    let mut lines = prose.lines(area.width);
    let room = usize::from(area.height);
    if lines.len() > room {
        lines = outlook.titles(theme);
    }
    if lines.len() > room && room > 0 {
        let more = lines.len() + 1 - room;
        lines.truncate(room - 1);
        lines.push(Line::styled(format!("  and {more} more, in the summary"), theme.muted));
    }
    for (line, place) in lines.iter().zip(area.rows()) {
        draw_line(line, place, frame.buffer_mut(), theme);
    }
}
