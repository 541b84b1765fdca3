//! What is wanted.
use std::path::PathBuf;

use crate::domain::address::EmailAddress;

/// Where checkpoints go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Into this folder, which somebody else looks after. It is never created: a share that is not mounted would look
    /// like an empty folder.
    pub folder: PathBuf,
    /// And to this address.
    pub mail: Option<EmailAddress>,
}
