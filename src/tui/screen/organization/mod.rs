//! Organization: what it is called, what it consists of, who decides about it, and where it is kept.
mod cover;
mod edit;
mod facts;
mod hanging;
mod keys;
mod outlook;
mod recovery_code;
mod screen;
mod security;
mod switches;

pub use screen::Organization;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), keys::BINDINGS)]
}
