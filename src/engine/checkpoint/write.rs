//! Signing a checkpoint and putting it away.
use std::path::{Path, PathBuf};

use super::folder::{Folder, Found};
use super::key_file::{existing, key_file, made};
use super::trouble::CheckpointTrouble;
use crate::domain::id::OrganizationId;
use crate::domain::organization::Nature;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::fault::Fault;
use crate::ledger::note::{SigningKey, VerifierKey};
use crate::ledger::store::Store;
use crate::outside::Outside;

/// A checkpoint that lies in the folder.
#[derive(Clone, Debug)]
pub struct Written {
    /// Which file.
    pub path: PathBuf,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The text that was signed now; none when the same entry had been signed before.
    pub fresh: Option<String>,
    /// The public key.
    pub key: VerifierKey,
}

/// Signs what is true of the log now, and puts it into the folder; makes the key on first use. It goes without an entry
/// in the log: that would be something that happened, and ask for the next checkpoint.
///
/// # Errors
/// What stands in the way, and whatever shows that the log is not the one that was signed before.
pub fn write_checkpoint(store: &Store, outside: &Outside, folder: &Path) -> Result<Written, CheckpointTrouble> {
    let organization = signed_organization(store)?;
    let place = Folder::new(folder, organization);
    let key = match known(store, organization, &place)? {
        Some(key) => key,
        None => made(store.path(), organization, outside)?,
    };
    let public = key.verifier();
    if let Some((path, newest)) = place.look(&public)?.newest {
        continues(store, &path, &newest)?;
    }
    put(store, outside, &place, &key)
}

fn put(store: &Store, outside: &Outside, place: &Folder<'_>, key: &SigningKey) -> Result<Written, CheckpointTrouble> {
    let (public, private) = (key.verifier(), key_file(store.path()));
    place.put_key(&public, &private)?;
    let checkpoint = store.checkpoint(outside.now())?;
    let note = key.sign(&checkpoint).map_err(|why| CheckpointTrouble::Key { path: private, why })?;
    let path = place.checkpoint(checkpoint.seq);
    Ok(match place.put_checkpoint(&note, &checkpoint, &public)? {
        None => Written { path, checkpoint, fresh: Some(note), key: public },
        Some(there) => Written { path, checkpoint: there, fresh: None, key: public },
    })
}

/// The key, if there is one yet. Where the folder knows one, it was lost, and a new one would hide that.
fn known(
    store: &Store,
    organization: OrganizationId,
    place: &Folder<'_>,
) -> Result<Option<SigningKey>, CheckpointTrouble> {
    let key = existing(store.path(), organization)?;
    if key.is_none() && place.has_key()? {
        // Another process may have made both since.
        let again = existing(store.path(), organization)?;
        let lost = || CheckpointTrouble::OtherKey { public: place.key(), private: key_file(store.path()) };
        return again.ok_or_else(lost).map(Some);
    }
    Ok(key)
}

/// What lies in the folder already, held against the log; nothing when there is no key yet.
pub(super) fn look(store: &Store, folder: &Path) -> Result<Found, CheckpointTrouble> {
    let organization = signed_organization(store)?;
    let place = Folder::new(folder, organization);
    let Some(key) = known(store, organization, &place)? else { return Ok(Found { newest: None, odd: None }) };
    let found = place.look(&key.verifier())?;
    if let Some((path, newest)) = &found.newest {
        continues(store, path, newest)?;
    }
    Ok(found)
}

/// The organization, if its log is one to be signed.
fn signed_organization(store: &Store) -> Result<OrganizationId, CheckpointTrouble> {
    if store.nature() == Nature::Sample {
        return Err(CheckpointTrouble::Sample);
    }
    let id = store.org().organization().map(|row| row.id);
    Ok(id.ok_or(Fault::Inconsistent("no organization was founded yet".into()))?)
}

/// Never signs what contradicts what was signed before. Reads the file, not what was seen of it: another process may
/// have appended and signed meanwhile.
fn continues(store: &Store, path: &Path, signed: &Checkpoint) -> Result<(), CheckpointTrouble> {
    let seq = signed.seq;
    match store.entries(seq.saturating_sub(1), 1)?.first() {
        Some(header) if header.seq == seq && header.hash == signed.head => Ok(()),
        Some(_) => Err(CheckpointTrouble::Differs { path: path.into(), seq }),
        None => Err(CheckpointTrouble::Behind { path: path.into(), seq }),
    }
}
