//! Business units and their accounts.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// Business units and their accounts.
pub struct Entities;

impl Entities {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<Entities>] = &[];

impl Layer for Entities {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Entities".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
