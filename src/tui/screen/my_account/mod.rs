//! Who I am, another role, my passphrase, signing out.
mod account;
mod details;
mod passphrase;
mod prove_address;
mod switch_role;
mod switch_user;

pub use account::MyAccount;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), account::BINDINGS)]
}
