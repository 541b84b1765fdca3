//! A person's roles, to choose the active one, with what each is for.
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::user::User;
use crate::domain::words::user_access;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::pane::Pane;
use crate::tui::widget::rows::Rows;

/// A role in the list.
struct Entry {
    role: RoleId,
    name: String,
    sentences: Vec<String>,
}

/// Roles by name. What the selected one is for stands below.
#[derive(Default)]
pub(in crate::tui::screen) struct RoleList {
    entries: Vec<Entry>,
    /// Which one is selected.
    pub(in crate::tui::screen) rows: Rows,
    active: Option<RoleId>,
    pane: Pane,
}

impl RoleList {
    /// The roles of this user. One may be the active one already.
    pub(in crate::tui::screen) fn of(org: &Org, user: &User, active: Option<RoleId>) -> Self {
        let entry = |access: crate::domain::words::RoleAccess<'_>| Entry {
            role: access.role.id,
            name: access.role.name.to_string(),
            sentences: access.sentences,
        };
        let entries: Vec<_> = user_access(org, user).into_iter().map(entry).collect();
        let rows = Rows::new(entries.len());
        let mut list = Self { entries, rows, active, pane: Pane::default() };
        if let Some(active) = active {
            list.select(active);
        }
        list
    }

    /// How many there are.
    pub(in crate::tui::screen) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The selected role.
    pub(in crate::tui::screen) fn selected(&self) -> Option<RoleId> {
        Some(self.entries.get(self.rows.selected()?)?.role)
    }

    /// Selects a role.
    pub(in crate::tui::screen) fn select(&mut self, role: RoleId) {
        if let Some(at) = self.entries.iter().position(|entry| entry.role == role) {
            self.rows.select(at);
        }
    }

    /// Draws the list and what the selected role is for.
    pub(in crate::tui::screen) fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) {
        let Self { entries, rows, active, pane } = self;
        let wanted = u16::try_from(entries.len()).unwrap_or(u16::MAX).min(area.height / 2);
        let parts = [Constraint::Length(wanted), Constraint::Length(1), Constraint::Min(0)];
        let [list, _, about] = Layout::vertical(parts).areas(area);
        List::new(theme, focus).draw(list, buf, rows, |index| {
            let Some(entry) = entries.get(index) else { return Item::default() };
            let item = Item::new(entry.name.as_str());
            if *active == Some(entry.role) { item.note("active now") } else { item }
        });
        let sentences = rows.selected().and_then(|at| entries.get(at)).map(|entry| entry.sentences.as_slice());
        let line = |text: &String| Line::styled(format!("{} {text}", theme.glyphs.bullet), theme.muted);
        let lines: Vec<_> = sentences.unwrap_or_default().iter().map(line).collect();
        pane.draw(&lines, about, buf, theme);
    }
}
