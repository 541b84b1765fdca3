//! The private half of a key.
use std::fmt;

use ring::signature::{Ed25519KeyPair, KeyPair as _};
use zeroize::Zeroizing;

use super::body;
use super::envelope;
use super::error::CheckpointError;
use super::name::KeyName;
use super::verifier_key::{VerifierKey, is_id_of, parts, written};
use crate::ledger::checkpoint::Checkpoint;

/// Stands before a private key, so that nobody takes it for a public one.
const PREFIX: &str = "PRIVATE+KEY+";

/// A private key and its name.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    seed: Zeroizing<[u8; 32]>,
    public: VerifierKey,
}

impl SigningKey {
    /// The key that these 32 random bytes stand for.
    ///
    /// # Errors
    /// None that happens: every 32 bytes are a key.
    pub fn from_seed(name: impl Into<KeyName>, seed: [u8; 32]) -> Result<Self, CheckpointError> {
        let seed = Zeroizing::new(seed);
        let unusable = CheckpointError::NotASigningKey("no key can be made of it");
        let pair = Ed25519KeyPair::from_seed_unchecked(&*seed).map_err(|_| unusable)?;
        let public = pair.public_key().as_ref().try_into().map_err(|_| unusable)?;
        Ok(Self { public: VerifierKey::new(name.into(), public), pair, seed })
    }

    /// Reads a private key from the text that [`SigningKey::secret_text`] makes.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, CheckpointError> {
        let private = |why| CheckpointError::NotASigningKey(why);
        let line = text.strip_suffix('\n').unwrap_or(text);
        let rest = line.strip_prefix(PREFIX).ok_or(private("it does not begin as one"))?;
        let (name, id, seed) = parts(rest).map_err(|error| match error {
            CheckpointError::NotAKey(why) => private(why),
            other => other,
        })?;
        let key = Self::from_seed(name, seed)?;
        if is_id_of(&key.public, id) { Ok(key) } else { Err(private("its number does not fit the key itself")) }
    }

    /// The key as it is kept, with an end of line.
    pub fn secret_text(&self) -> Zeroizing<String> {
        let key = Zeroizing::new(written(self.public.name(), self.public.id(), &self.seed));
        Zeroizing::new(format!("{PREFIX}{}\n", *key))
    }

    /// The public half.
    pub fn verifier(&self) -> VerifierKey {
        self.public.clone()
    }

    /// The checkpoint as signed text.
    ///
    /// # Errors
    /// When it is of another organization than the key.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<String, CheckpointError> {
        if self.public.organization() != Some(checkpoint.organization) {
            return Err(CheckpointError::OtherOrganization);
        }
        Ok(envelope::signed(&body::text_of(checkpoint), self))
    }

    pub(super) fn signature(&self, text: &[u8]) -> ring::signature::Signature {
        self.pair.sign(text)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public.name())
    }
}
