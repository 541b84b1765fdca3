//! From permissions to a named role, step by step: *Define permissions*, *Select accounts* where they matter, and
//! *Complete the Role Setup*, as the documentation's page on roles describes it.
mod about;
mod accounts;
mod advanced;
mod bindings;
mod board;
mod chosen;
mod click;
mod deeds;
mod draft;
mod filter;
mod frame;
mod naming;
mod outlook;
mod places;
mod prose;
mod review;
mod simple;
mod summary;
mod wizard;

pub use wizard::RoleWizard;

use crate::tui::keymap::{KeyList, screen_of};

/// The keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    vec![KeyList::of(screen_of(module_path!()), bindings::BINDINGS)]
}
