//! The public half of a key: enough to check a signature.
use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, UnparsedPublicKey};
use sha2::{Digest as _, Sha256};

use super::error::CheckpointError;
use super::name::KeyName;
use crate::domain::id::OrganizationId;

/// The number that stands for ed25519 in keys.
pub(super) const ED25519_KIND: u8 = 1;

/// Four bytes that tell keys of one name apart.
pub(super) type KeyId = [u8; 4];

/// A public key and its name, written `name+id+key`.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    key: [u8; 32],
}

impl VerifierKey {
    pub(super) fn new(name: KeyName, key: [u8; 32]) -> Self {
        Self { name, key }
    }

    /// What the key is called.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The organization whose key it is, if it is one of rolodeck's.
    pub fn organization(&self) -> Option<OrganizationId> {
        self.name.organization()
    }

    pub(super) fn id(&self) -> KeyId {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_str());
        hasher.update([b'\n', ED25519_KIND]);
        hasher.update(self.key);
        let [a, b, c, d, ..] = <[u8; 32]>::from(hasher.finalize());
        [a, b, c, d]
    }

    pub(super) fn fits(&self, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.key).verify(text, signature).is_ok()
    }
}

/// The name, the id and what follows it: `name+id+rest`.
pub(super) fn parts(text: &str) -> Result<(KeyName, &str, [u8; 32]), CheckpointError> {
    const FORM: CheckpointError = CheckpointError::NotAKey("it is not written as a name, a number and the key itself");
    let (name, rest) = text.split_once('+').ok_or(FORM)?;
    let (id, key) = rest.split_once('+').ok_or(FORM)?;
    let bytes = STANDARD.decode(key).map_err(|_| FORM)?;
    let (kind, key) = bytes.split_first().ok_or(FORM)?;
    if *kind != ED25519_KIND {
        return Err(CheckpointError::NotAKey("it is of a kind that this version does not know"));
    }
    Ok((name.parse()?, id, key.try_into().map_err(|_| FORM)?))
}

/// `name+id+key`, as keys are written.
pub(super) fn written(name: &KeyName, id: KeyId, key: &[u8; 32]) -> String {
    let mut bytes = vec![ED25519_KIND];
    bytes.extend_from_slice(key);
    format!("{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(bytes))
}

/// Whether `id` is written as the number of this key.
pub(super) fn is_id_of(key: &VerifierKey, id: &str) -> bool {
    id == format!("{:08x}", u32::from_be_bytes(key.id()))
}

impl FromStr for VerifierKey {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let (name, id, key) = parts(text.strip_suffix('\n').unwrap_or(text))?;
        let key = Self { name, key };
        if is_id_of(&key, id) {
            Ok(key)
        } else {
            Err(CheckpointError::NotAKey("its number does not fit its name and the key itself"))
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.name, self.id(), &self.key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
