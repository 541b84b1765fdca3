//! Change requests: what waits for a second person, what became of it, and deciding about it.
mod ask;
mod beside;
mod detail;
mod detail_keys;
mod detail_layer;
mod draw;
mod facts;
mod item;
mod keys;
mod list;
mod prose;
mod reader;
mod screen;
mod telling;

pub use screen::ChangeRequests;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![
        KeyList::of(screen_of(module_path!()), keys::BINDINGS),
        KeyList::of(screen_of(module_path!()), detail_keys::BINDINGS),
    ]
}
