//! What a key is called.
use std::fmt;
use std::str::FromStr;

use super::error::CheckpointError;
use crate::domain::id::OrganizationId;

/// Stands before an organization's id in the name of its key.
const PREFIX: &str = "rolodeck/";

/// The longest name that is read.
const LONGEST: usize = 256;

/// The name of a key, which is also the origin of the checkpoints it signs: not empty, without spaces, control
/// characters and `+`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName(Box<str>);

impl KeyName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The organization whose key is called so, if it is one of rolodeck's.
    pub fn organization(&self) -> Option<OrganizationId> {
        let id: OrganizationId = self.0.strip_prefix(PREFIX)?.parse().ok()?;
        // An id can be written in several ways; only one of them is a name.
        (Self::from(id) == *self).then_some(id)
    }
}

impl From<OrganizationId> for KeyName {
    fn from(organization: OrganizationId) -> Self {
        Self(format!("{PREFIX}{organization}").into())
    }
}

impl FromStr for KeyName {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let unusable = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if text.is_empty() || text.len() > LONGEST || text.contains(unusable) {
            return Err(CheckpointError::NotAKey("its name is missing, too long, or has a space or a + in it"));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
