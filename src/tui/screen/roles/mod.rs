//! User management, Roles.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// User management, Roles.
pub struct Roles;

impl Roles {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<Roles>] = &[];

impl Layer for Roles {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Roles".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
