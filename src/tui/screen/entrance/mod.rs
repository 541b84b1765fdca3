//! Set-up and sign-in: what stands before everything else.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// Set-up and sign-in: what stands before everything else.
pub struct Entrance;

impl Entrance {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<Entrance>] = &[];

impl Layer for Entrance {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Entrance".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
