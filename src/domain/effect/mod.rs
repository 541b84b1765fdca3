//! What a change would do, as the approver of a change request is shown it: rows before and after, who gains and loses
//! which permission where, and warnings; with a digest by which a request notices that something of it moved
//! (decision 12 in the crate docs).
//!
//! It is computed from two organizations alone, the one as it is and a copy on which the change was tried.
mod access;
mod change;
mod digest;
mod fact;
mod ground;
mod held;
mod line;
mod name;
mod place;
mod tell;
#[cfg(test)]
mod tests;
mod value;
mod warning;
mod words;

pub use access::{AccessChange, Affected};
pub use change::Effect;
pub use fact::{Fact, facts};
pub use line::Line;
pub use place::{Places, Reach};
pub use words::{Item, Words};
