//! From permissions to a named role, step by step.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::id::RoleId;
use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// From permissions to a named role, step by step.
pub struct RoleWizard;

impl RoleWizard {
    /// A new role.
    pub fn create(_: &Scene) -> Self {
        Self
    }

    /// A role as it is, to change it.
    pub fn edit(_: &Scene, _: RoleId) -> Self {
        Self
    }

    /// A new role that begins as a copy.
    pub fn duplicate(_: &Scene, _: RoleId) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<RoleWizard>] = &[];

impl Layer for RoleWizard {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "RoleWizard".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
