//! What the first screen says: how many there are of what, who is waited for, and what is still to be done before an
//! organization is fit for real money.
mod advice;
mod checklist;
mod pending;
mod tally;
#[cfg(test)]
mod tests;

pub use advice::Advice;
pub use checklist::{Check, Goal, Item, Kept, Known, Standing, checklist};
pub use pending::Pending;
pub use tally::{Growth, Tally};
