//! Blanking a person who left: by what the log knows them, and what is left of a text, a row or a command when their
//! name and address are taken out of it.
mod body;
mod frame;
#[cfg(test)]
mod framed;
mod prose;
#[cfg(test)]
mod tests;
mod traces;

pub use frame::{can_be_blanked, can_be_left, frame};
pub use traces::Traces;
