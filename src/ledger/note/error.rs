//! Why a signed text or a key is not accepted.

/// What is wrong with a checkpoint or with a key. What stands in the text is never repeated: it may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It cannot be a signed text at all.
    #[error("this is not a signed checkpoint: {0}")]
    NotSigned(&'static str),
    /// Signed by others only.
    #[error("this checkpoint carries no signature of this key")]
    OtherKey,
    /// A signature by the key's name and number that does not fit the text.
    #[error("the signature does not fit: the checkpoint was changed after it was signed, or another key signed it")]
    Forged,
    /// The signed text is not a checkpoint.
    #[error("this is not a checkpoint of rolodeck: {0}")]
    NotACheckpoint(&'static str),
    /// The key is of another organization than the checkpoint.
    #[error("this checkpoint is of another organization than the key")]
    OtherOrganization,
    /// The public key is not one.
    #[error("this is not a public key for checkpoints: {0}")]
    NotAKey(&'static str),
    /// The private key is not one.
    #[error("this is not a private key for checkpoints: {0}")]
    NotASigningKey(&'static str),
}

impl CheckpointError {
    /// What to do about it, in a sentence.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotSigned(_) | Self::NotACheckpoint(_) => "Choose a .checkpoint file as rolodeck wrote it.",
            Self::OtherKey | Self::OtherOrganization => {
                "Use the .vkey file of this organization that was kept when the checkpoints began."
            }
            Self::Forged => "Get the checkpoint again from where it was first kept, and compare.",
            Self::NotAKey(_) => "Choose a .vkey file as rolodeck wrote it, with one line.",
            Self::NotASigningKey(_) => "Put the file back from a copy; without it, later checkpoints need a new key.",
        }
    }
}
