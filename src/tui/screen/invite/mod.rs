//! *Invite users*: a list of addresses, each judged as it comes, and the roles that they are invited with.
mod draw;
mod entry;
mod judging;
mod keys;
mod paste;
mod roles;
mod state;

pub use state::Invite;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), keys::BINDINGS)]
}
