//! The people of a sample organization: anybody can look through anybody's eyes.
use std::sync::Arc;

use imbl::OrdMap;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::refusal::Few;
use crate::domain::text::{Shown, sorted};
use crate::domain::user::User;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::rows::Rows;

/// Everybody who may sign in, by name.
#[derive(Default)]
pub(in crate::tui::screen) struct People {
    /// Whom the list was made of.
    users: OrdMap<UserId, Arc<User>>,
    ids: Vec<UserId>,
    /// Which one is selected.
    pub(in crate::tui::screen) rows: Rows,
}

impl People {
    /// Reads them anew if they changed; the same person stays selected.
    pub(in crate::tui::screen) fn refresh(&mut self, org: &Org) {
        if self.users.ptr_eq(org.users()) {
            return;
        }
        self.users = org.users().clone();
        let before = self.selected();
        let users = org.users().values().filter(|user| user.is_active());
        self.ids = sorted(users.map(|user| (user.name.key().as_str().to_owned(), user.id)));
        self.rows.clamp(self.ids.len());
        if let Some(before) = before {
            self.select(before);
        }
    }

    /// Selects a person.
    pub(in crate::tui::screen) fn select(&mut self, user: UserId) {
        if let Some(at) = self.ids.iter().position(|id| *id == user) {
            self.rows.select(at);
        }
    }

    /// The selected person.
    pub(in crate::tui::screen) fn selected(&self) -> Option<UserId> {
        self.ids.get(self.rows.selected()?).copied()
    }

    /// Draws names and roles.
    pub(in crate::tui::screen) fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene, focus: Focus) {
        let Self { ids, rows, .. } = self;
        let list = List::new(&scene.theme, focus).when_empty("Nobody here may sign in.");
        list.draw(area, buf, rows, |index| {
            let Some(user) = ids.get(index).and_then(|id| scene.org.user(*id)) else { return Item::default() };
            let roles: Few = user.roles.iter().filter_map(|id| scene.org.role(id)).map(|role| &role.name).collect();
            let name = Shown::new(user.name.as_str()).pad(NAME);
            Item::new(Line::from(vec![Span::raw(name), Span::styled(format!("  {roles}"), scene.theme.muted)]))
        });
    }
}

/// Columns of a name.
const NAME: usize = 24;
