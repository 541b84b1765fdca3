//! The checkpoints that somebody kept, and the key that signed them.
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::note::{CheckpointError, VerifierKey, note_text, origin_of, read_signed};

/// No checkpoint and no key comes near this many bytes.
const LARGEST: u64 = 128 * 1024;

/// Where the public key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Somebody named it.
    Named,
    /// It lay where the checkpoints lie.
    Beside,
}

/// Checkpoints whose signatures fit.
pub(super) struct Witnesses {
    pub(super) checkpoints: Vec<Checkpoint>,
    pub(super) key: Key,
}

/// Reads checkpoints, and refuses those that the key did not sign.
///
/// # Errors
/// When one cannot be read, or is not what it should be.
pub(super) fn read(files: &[PathBuf], key: Option<&str>) -> Result<Witnesses, Failure> {
    let named = key.map(named).transpose()?;
    let key = if named.is_some() { Key::Named } else { Key::Beside };
    let checkpoints = files.iter().map(|file| {
        let bytes = content(file)?;
        let text = note_text(&bytes).map_err(|error| wrong(file, error))?;
        let key = match &named {
            Some(key) => key.clone(),
            None => beside(file, text)?,
        };
        read_signed(text, &key).map_err(|error| wrong(file, error))
    });
    Ok(Witnesses { checkpoints: checkpoints.collect::<Result<_, _>>()?, key })
}

/// The key that was typed, or that stands in the file of this name.
fn named(key: &str) -> Result<VerifierKey, Failure> {
    key.parse().or_else(|_| in_file(Path::new(key)))
}

/// The key of the checkpoint's organization, in the same folder.
fn beside(file: &Path, text: &str) -> Result<VerifierKey, Failure> {
    let organization = origin_of(text).map_err(|error| wrong(file, error))?;
    let path = file.with_file_name(format!("{organization}.vkey"));
    if path.exists() {
        return in_file(&path);
    }
    let text = format!("There is no public key beside {}.", file.display());
    Err(Failure::Usage { text, hint: "Name it with --key.".into() })
}

fn in_file(path: &Path) -> Result<VerifierKey, Failure> {
    let bytes = content(path)?;
    let key = std::str::from_utf8(&bytes).map_err(|_| CheckpointError::NotAKey("it is not a text"));
    key.and_then(str::parse)
        .map_err(|error| Failure::Usage { text: format!("{}: {error}.", path.display()), hint: error.hint().into() })
}

fn content(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|source| Failure::io(path, "read", source))
}

/// A checkpoint that is not what it should be. One that was forged or changed is what this is looked for.
fn wrong(path: &Path, error: CheckpointError) -> Failure {
    let (text, hint) = (format!("{}: {error}.", path.display()), error.hint().into());
    match error {
        CheckpointError::Forged => Failure::Unwell { text, hint },
        _ => Failure::Usage { text, hint },
    }
}
