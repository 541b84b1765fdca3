//! User management, Users: *All users*, *Invited* and everything that *Actions* does.
mod bindings;
mod columns;
mod delivery;
mod draw;
mod facts;
mod filter;
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
#[cfg(test)]
mod tests;
mod user_detail;

pub(in crate::tui::screen) use facts::Facts;
pub(in crate::tui::screen) use filter::{Filter, plain};
pub use screen::Users;
