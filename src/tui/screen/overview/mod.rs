//! Overview: how the organization stands, what is still to be done, who is waited for, and what changed last.
mod bars;
mod block;
mod checks;
mod counts;
mod draw;
mod invited;
mod keys;
mod news;
mod screen;
mod target;

pub use screen::Overview;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), keys::BINDINGS)]
}
