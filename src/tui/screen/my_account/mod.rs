//! Who I am, another role, my passphrase, signing out.
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layer::{Binding, Layer, bound};
use crate::tui::scene::Scene;

/// Who I am, another role, my passphrase, signing out.
pub struct MyAccount;

impl MyAccount {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self
    }
}

const BINDINGS: &[Binding<MyAccount>] = &[];

impl Layer for MyAccount {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "MyAccount".into()
    }

    fn draw(&mut self, _: &mut Frame<'_>, _: Rect, _: &Scene) {}
}
