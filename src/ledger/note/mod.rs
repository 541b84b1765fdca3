//! Checkpoints as signed text, in the forms that C2SP calls *signed note* and *tlog-checkpoint* (c2sp.org/signed-note,
//! c2sp.org/tlog-checkpoint), so that other programs can read them and add signatures of witnesses. Pure.
mod body;
mod envelope;
mod error;
mod name;
mod signing_key;
#[cfg(test)]
mod tests;
mod verifier_key;

pub use body::{origin_of, read_signed};
pub use envelope::note_text;
pub use error::CheckpointError;
pub use name::KeyName;
pub use signing_key::SigningKey;
pub use verifier_key::VerifierKey;
