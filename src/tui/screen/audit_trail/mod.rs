//! Audit trail: what was done, refused, asked for and decided.
mod draw;
mod entry;
mod filters;
mod form;
mod history;
mod keys;
mod resolve;
mod screen;
mod table;
mod window;

pub use history::{history_ready, open_history};
pub use screen::AuditTrail;
pub(in crate::tui::screen) use table::{sign, style};

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), keys::BINDINGS)]
}
