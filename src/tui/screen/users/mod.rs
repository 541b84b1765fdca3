//! User management, Users: *All users*, *Invited* and everything that *Actions* does.
mod bindings;
mod columns;
mod delivery;
mod draw;
mod facts;
mod filter;
mod haystack;
mod invitation_detail;
mod invitations;
mod last_sign_in;
mod layer;
mod listing;
mod mailbox;
mod membership;
mod menu;
mod pending;
mod people;
mod rights;
mod role_choice;
mod screen;
mod sort_key;
#[cfg(test)]
mod tests;
mod user_detail;

pub(in crate::tui::screen) use facts::Facts;
pub(in crate::tui::screen) use filter::{Filter, plain};
pub use screen::Users;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    let screen = screen_of(module_path!());
    let first = KeyList::of(screen, bindings::FIRST);
    vec![first.and(KeyList::of(screen, bindings::ACTIONS)).and(KeyList::of(screen, bindings::MORE))]
}
