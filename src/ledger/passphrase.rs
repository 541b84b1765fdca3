//! Hashing passphrases with argon2id. Slow on purpose: never called while the file is locked.
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};

use super::fault::Fault;
use super::secrets::Secret;
use crate::domain::passphrase::normal;

/// How much work one hash is.
#[derive(Clone, Debug)]
pub struct Cost(Params);

impl Cost {
    /// OWASP's recommendation for argon2id: 19 MiB and two passes.
    ///
    /// # Errors
    /// When the parameters are out of range, which these are not.
    pub fn recommended() -> Result<Self, Fault> {
        Self::of(19 * 1024, 2)
    }

    /// The least that works, for tests.
    ///
    /// # Errors
    /// When the parameters are out of range, which these are not.
    pub fn least() -> Result<Self, Fault> {
        Self::of(Params::MIN_M_COST, 1)
    }

    fn of(kibibytes: u32, passes: u32) -> Result<Self, Fault> {
        Params::new(kibibytes, passes, 1, None).map(Self).map_err(inconsistent)
    }

    fn hasher(&self) -> Argon2<'static> {
        Argon2::from(self.0.clone())
    }
}

/// The bytes to store for an accepted passphrase.
///
/// # Errors
/// Only if the hash function fails.
pub fn hash(cost: &Cost, passphrase: &Secret, salt: &[u8; 16]) -> Result<Secret, Fault> {
    let hash = cost.hasher().hash_password_with_salt(&spelled(passphrase), salt).map_err(inconsistent)?;
    Ok(Secret::from(hash.to_string().as_str()))
}

/// Whether the passphrase is the one whose hash is stored. Without a stored hash the same work is done
/// for nothing, so that the time tells nobody whether there is one.
///
/// # Errors
/// Only if the hash function fails.
pub fn verify(cost: &Cost, passphrase: &Secret, stored: Option<&[u8]>) -> Result<bool, Fault> {
    let Some(stored) = stored else {
        hash(cost, passphrase, &[0; 16])?;
        return Ok(false);
    };
    let text = std::str::from_utf8(stored).map_err(inconsistent)?;
    let hash = PasswordHash::new(text).map_err(inconsistent)?;
    Ok(cost.hasher().verify_password(&spelled(passphrase), &hash).is_ok())
}

fn spelled(passphrase: &Secret) -> zeroize::Zeroizing<Vec<u8>> {
    zeroize::Zeroizing::new(normal(&String::from_utf8_lossy(passphrase.bytes())).into_bytes())
}

fn inconsistent(error: impl std::fmt::Display) -> Fault {
    Fault::Inconsistent(format!("the passphrase hash: {error}"))
}
