//! Checkpoints of the log, signed and put where somebody else keeps them.
mod file;
mod folder;
mod keeping;
mod key_file;
mod letter;
mod plan;
mod trouble;
mod write;

pub use keeping::{Checkpoints, Newest};
pub use key_file::{key_file, known_key};
pub use letter::mail_checkpoint;
pub use plan::Plan;
pub use trouble::CheckpointTrouble;
pub use write::{Written, write_checkpoint};

pub(super) use keeping::Keeping;
