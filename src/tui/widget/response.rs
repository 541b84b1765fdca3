//! What a thing answers to a key.

/// What became of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// The key means nothing here; somebody else may want it.
    Ignored,
    /// The key was used; what is entered or chosen is the same.
    Taken,
    /// What is entered or chosen changed.
    Changed,
    /// The key means something here, but not now, for this reason.
    Refused(String),
    /// The last question was answered with Enter.
    Submitted,
}

impl Response {
    /// Whether somebody else may want the key.
    #[must_use]
    pub fn is_ignored(&self) -> bool {
        *self == Self::Ignored
    }
}
