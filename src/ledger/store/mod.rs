//! The organization's file. SQLite is spoken here and nowhere else.
//!
//! The tables hold what [`crate::domain::org::Org`] says, row by row, and the log how it came about;
//! both are written in one transaction. An open [`Store`] keeps the value in memory and follows what
//! other programs append.
mod address;
mod attempt;
mod blank;
mod busy;
mod checkpoint;
mod column;
mod duplicate;
mod failure;
mod file;
mod follow;
mod load;
mod load_request;
mod load_role;
mod log;
mod migrate;
mod open;
mod outbox;
mod park;
mod past;
mod probe;
mod put;
mod put_request;
mod put_security;
mod redact;
mod replace;
mod schema;
mod seal;
mod secret;
#[cfg(test)]
mod tests;
mod trail;
mod unfinished;
mod vanish;
mod verify;
mod walk;
mod writing;

pub use super::entry::Head;
pub use blank::{Blanked, Blanking};
pub use file::{Moved, Store};
pub use outbox::{Delivery, DeliveryState};
pub(super) use probe::look;
pub use redact::Inners;
pub(super) use replace::{copy_bytes, name_for_replaced, replace, set_aside};
pub use trail::Found;
pub(super) use unfinished::Unfinished;
pub use verify::{Finding, Proof, examine};
pub use writing::Writing;
