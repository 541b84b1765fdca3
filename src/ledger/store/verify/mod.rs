//! Whether the file still says what was once written.
mod beside;
mod chain;
mod checkpoints;
mod examination;
mod finding;
mod opening;
mod redactions;
mod secrets;
mod tables;

pub use examination::{Proof, examine};
pub use finding::Finding;
