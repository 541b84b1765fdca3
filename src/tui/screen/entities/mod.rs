//! Entities and accounts: the business units as a tree with their accounts, and what can be done with them.
mod access;
mod access_lines;
mod ask_rename;
mod columns;
mod confirms;
mod create;
mod detail;
mod facts;
mod keys;
mod known;
mod movement;
mod node;
mod outline;
mod paragraphs;
mod provision;
mod provision_keys;
mod screen;
mod screen_keys;
mod search;
mod sight;
mod targets;

pub use screen::Entities;
pub(in crate::tui::screen) use search::{Search, plain};

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![
        KeyList::of(screen_of(module_path!()), screen_keys::BINDINGS),
        KeyList::of(screen_of(module_path!()), detail::BINDINGS),
    ]
}
