//! What must never reach the log: it travels beside a command, never in it.
use std::fmt;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::domain::user::{CredentialKind, Digest};

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// Something that was typed or drawn and is shown to nobody. Its bytes leave memory with it.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// One secret as it will be stored, and whose it is.
pub struct Stored {
    /// What it proves.
    pub kind: CredentialKind,
    /// The user, invitation or organization.
    pub owner: Uuid,
    /// A hash of what the person knows, never the thing itself.
    pub bytes: Secret,
}

impl Stored {
    /// The digest that the organization's credential row carries.
    pub fn digest(&self) -> Digest {
        sha256(self.bytes.bytes())
    }
}

/// The secrets that belong to a command.
#[derive(Default)]
pub struct Secrets(Vec<Stored>);

impl Secrets {
    /// No secret at all, which is what most commands have.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    #[must_use]
    pub fn with(mut self, stored: Stored) -> Self {
        self.0.push(stored);
        self
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Stored> {
        self.0.iter()
    }
}
