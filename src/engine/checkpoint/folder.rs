//! The folder: which checkpoints of an organization are in it.
use std::io;
use std::path::{Path, PathBuf};

use super::file;
use super::trouble::CheckpointTrouble;
use crate::disk::{self, Put, Readers};
use crate::domain::id::OrganizationId;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::note::{CheckpointError, VerifierKey, note_text, read_signed};

/// The folder, as far as one organization is concerned. Files are named by the organization's id, which stays the same
/// when it is renamed, and says nothing to whoever looks after the folder.
pub(super) struct Folder<'a> {
    path: &'a Path,
    organization: OrganizationId,
}

/// The newest checkpoint, and the first file that carries such a name and is none.
pub(super) struct Found {
    pub(super) newest: Option<(PathBuf, Checkpoint)>,
    pub(super) odd: Option<CheckpointTrouble>,
}

impl<'a> Folder<'a> {
    pub(super) const fn new(path: &'a Path, organization: OrganizationId) -> Self {
        Self { path, organization }
    }

    /// Where the public key is.
    pub(super) fn key(&self) -> PathBuf {
        self.path.join(format!("{}.vkey", self.organization))
    }

    /// Where the checkpoint for this entry is.
    pub(super) fn checkpoint(&self, seq: u64) -> PathBuf {
        self.path.join(format!("{}-{seq:010}.checkpoint", self.organization))
    }

    /// Whether a public key lies there. A folder that is away is not one without a key.
    pub(super) fn has_key(&self) -> Result<bool, CheckpointTrouble> {
        self.numbers()?;
        self.key().try_exists().map_err(|source| self.trouble("read", source))
    }

    /// The newest checkpoint that this key signed.
    pub(super) fn look(&self, key: &VerifierKey) -> Result<Found, CheckpointTrouble> {
        let mut found = Found { newest: None, odd: None };
        for seq in self.numbers()?.into_iter().rev() {
            let path = self.checkpoint(seq);
            match self.read(&path, key)? {
                Ok(checkpoint) if checkpoint.seq == seq => {
                    found.newest = Some((path, checkpoint));
                    return Ok(found);
                }
                Ok(_) => {
                    let why = CheckpointError::NotACheckpoint("its name tells another entry than it says");
                    found.odd.get_or_insert(CheckpointTrouble::Odd { path, why });
                }
                Err(why) => {
                    found.odd.get_or_insert(CheckpointTrouble::Odd { path, why });
                }
            }
        }
        Ok(found)
    }

    /// Puts the public key there, unless it is there already.
    pub(super) fn put_key(&self, key: &VerifierKey, private: &Path) -> Result<(), CheckpointTrouble> {
        let (path, text) = (self.key(), format!("{key}\n"));
        if self.put(&path, &text)? == Put::New {
            return Ok(());
        }
        let there = file::read(&path).map_err(|source| self.trouble("read", source))?;
        if there.as_deref() == Some(text.as_bytes()) {
            return Ok(());
        }
        Err(CheckpointTrouble::OtherKey { public: path, private: private.into() })
    }

    /// Puts a signed checkpoint there. One for the same entry that says the same, at another time, does as well: it comes
    /// back.
    pub(super) fn put_checkpoint(
        &self,
        note: &str,
        checkpoint: &Checkpoint,
        key: &VerifierKey,
    ) -> Result<Option<Checkpoint>, CheckpointTrouble> {
        let path = self.checkpoint(checkpoint.seq);
        if self.put(&path, note)? == Put::New {
            return Ok(None);
        }
        match self.read(&path, key)? {
            Ok(there) if Checkpoint { at: checkpoint.at, ..there } == *checkpoint => Ok(Some(there)),
            Ok(there) if there.seq == checkpoint.seq => Err(CheckpointTrouble::Differs { path, seq: there.seq }),
            _ => Err(CheckpointTrouble::Taken { path }),
        }
    }

    fn put(&self, path: &Path, text: &str) -> Result<Put, CheckpointTrouble> {
        disk::put(path, text.as_bytes(), Readers::Usual).map_err(|source| self.trouble("written", source))
    }

    fn read(&self, path: &Path, key: &VerifierKey) -> Result<Result<Checkpoint, CheckpointError>, CheckpointTrouble> {
        let bytes = file::read(path).map_err(|source| self.trouble("read", source))?.unwrap_or_default();
        Ok(note_text(&bytes).and_then(|text| read_signed(text, key)))
    }

    /// The entries for which there are files, oldest first.
    fn numbers(&self) -> Result<Vec<u64>, CheckpointTrouble> {
        let entries = std::fs::read_dir(self.path).map_err(|source| self.trouble("read", source))?;
        let mut numbers = Vec::new();
        for entry in entries {
            let name = entry.map_err(|source| self.trouble("read", source))?.file_name();
            numbers.extend(name.to_str().and_then(|name| self.number(name)));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn number(&self, name: &str) -> Option<u64> {
        let rest = name.strip_prefix(&self.organization.to_string())?.strip_prefix('-')?;
        let seq = rest.strip_suffix(".checkpoint")?.parse().ok()?;
        (self.checkpoint(seq).file_name()? == name).then_some(seq)
    }

    fn trouble(&self, doing: &'static str, source: io::Error) -> CheckpointTrouble {
        CheckpointTrouble::Folder { path: self.path.into(), doing, source }
    }
}
