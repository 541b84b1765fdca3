//! Who is known by address: whose an address is, and which it can be mistaken for.
mod addresses;
mod looks;

pub use addresses::Addresses;
pub use looks::{Acquaintance, News};
