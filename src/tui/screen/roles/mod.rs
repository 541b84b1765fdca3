//! User management, Roles: what roles there are, what each of them means, and the ways to change one.
mod cells;
mod delete;
mod detail;
mod entry;
mod filter;
mod keys;
mod order;
mod people;
mod rename;
mod roster;
mod screen;
mod table;
mod text;
mod words;

pub use screen::Roles;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), keys::BINDINGS)]
}
