//! The screen.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;
use crate::tui::screen::ExportTrail;

/// The audit trail.
pub struct AuditTrail;

impl AuditTrail {
    /// The whole trail, newest first.
    pub const fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<AuditTrail>] = &[Binding {
    keys: &["x"],
    label: "Export",
    about: "Take a copy of the trail: for programs, for spreadsheets, or as a report",
    ready: |_, scene| scene.may(Need::organization(Permission::RESOURCE_EVENTS_READ)),
    run: |_, scene, acts| acts.open(ExportTrail::new(scene)),
}];

impl Layer for AuditTrail {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Audit trail".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
