//! The private key: a file of its own beside the organization's.
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::file;
use super::trouble::CheckpointTrouble;
use crate::disk::{Put, Readers, put};
use crate::domain::id::OrganizationId;
use crate::ledger::fault::Fault;
use crate::ledger::note::{CheckpointError, SigningKey, VerifierKey};
use crate::outside::Outside;

/// Where the private key of the organization in this file is: `NAME.signing-key` beside `NAME.db`.
pub fn key_file(database: &Path) -> PathBuf {
    const ENDING: &str = "signing-key";
    if database.extension().is_some_and(|ending| ending == "db") {
        return database.with_extension(ENDING);
    }
    let mut name = database.as_os_str().to_owned();
    name.push(".");
    name.push(ENDING);
    name.into()
}

/// The public half of the key that lies beside an organization's file; none when there is none yet.
///
/// # Errors
/// When it cannot be read, others can read it, or it is not this organization's.
pub fn known_key(database: &Path, organization: OrganizationId) -> Result<Option<VerifierKey>, CheckpointTrouble> {
    Ok(existing(database, organization)?.map(|key| key.verifier()))
}

/// The key, if there is one.
pub(super) fn existing(database: &Path, organization: OrganizationId) -> Result<Option<SigningKey>, CheckpointTrouble> {
    let path = key_file(database);
    let fault = |source| Fault::Io { path: path.clone(), doing: "read", source };
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error).into()),
    };
    let unusable = |why| CheckpointTrouble::Key { path: path.clone(), why };
    let found = file.metadata().map_err(fault)?;
    if !found.is_file() {
        return Err(unusable(CheckpointError::NotASigningKey("it is not a file")));
    }
    if others_may_read(&found) {
        return Err(CheckpointTrouble::Exposed { path });
    }
    let bytes = Zeroizing::new(file::content(&file).map_err(fault)?);
    let text =
        std::str::from_utf8(&bytes).map_err(|_| unusable(CheckpointError::NotASigningKey("it is not a text")))?;
    let key = SigningKey::read(text).map_err(unusable)?;
    if key.verifier().organization() != Some(organization) {
        return Err(CheckpointTrouble::OtherOrganization { path });
    }
    Ok(Some(key))
}

/// Makes the key, or takes the one that another process made in the same moment.
pub(super) fn made(
    database: &Path,
    organization: OrganizationId,
    outside: &Outside,
) -> Result<SigningKey, CheckpointTrouble> {
    let path = key_file(database);
    let fault = |source| Fault::Io { path: path.clone(), doing: "written", source };
    let key = SigningKey::from_seed(organization, outside.bytes())
        .map_err(|why| CheckpointTrouble::Key { path: path.clone(), why })?;
    match put(&path, key.secret_text().as_bytes(), Readers::Owner).map_err(fault)? {
        Put::New => Ok(key),
        Put::Taken => {
            let gone = || fault(io::ErrorKind::NotFound.into());
            Ok(existing(database, organization)?.ok_or_else(gone)?)
        }
    }
}

#[cfg(unix)]
fn others_may_read(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn others_may_read(_: &std::fs::Metadata) -> bool {
    false
}
