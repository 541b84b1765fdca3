//! The organization itself.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// The organization itself.
pub struct Organization;

impl Organization {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<Organization>] = &[];

impl Layer for Organization {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Organization".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
