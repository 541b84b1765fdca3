//! Roles and access in plain sentences: what a role permits, where, for whom, and what an edit changes.
//!
//! Names come through their display types, so a sentence is safe to show as it is.
mod access;
mod difference;
mod grants;
mod list;
mod people;
mod scope;

pub use access::{RoleAccess, access_in_words, user_access};
pub use difference::RoleDifference;
pub use grants::{grants_in_words, groups_cell, setup_name};
pub use list::counted;
pub(in crate::domain) use list::{joined, labels};
pub use people::{People, people_of};
pub use scope::{account_reach, scope_in_full, scope_in_words};
