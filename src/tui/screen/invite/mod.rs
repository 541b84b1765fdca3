//! Inviting people.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// Inviting people.
pub struct Invite;

impl Invite {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<Invite>] = &[];

impl Layer for Invite {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Invite".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
