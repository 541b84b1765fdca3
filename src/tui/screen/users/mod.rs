//! User management, Users.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// User management, Users.
pub struct Users;

impl Users {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<Users>] = &[];

impl Layer for Users {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Users".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
