//! The screen.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// The audit trail.
pub struct AuditTrail;

impl AuditTrail {
    /// The whole trail, newest first.
    pub const fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<AuditTrail>] = &[];

impl Layer for AuditTrail {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Audit trail".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
