//! Files that people bring.
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::domain::import::LARGEST;
use crate::ledger::fault::Fault;

/// What is in a file that somebody wants to import, up to a byte more than can be imported. A `~` in front is the home
/// directory, since no shell stands between the person and the field that it was typed into.
///
/// # Errors
/// When it is no ordinary file or cannot be read.
pub fn read_import(path: &Path) -> Result<Vec<u8>, Fault> {
    let home = path.strip_prefix("~").ok().and_then(|rest| Some(std::env::home_dir()?.join(rest)));
    let path = home.as_deref().unwrap_or(path);
    let wrong = |source| Fault::Io { path: path.into(), doing: "read", source };
    // A pipe or a device might never end, and opening one might never begin.
    if !path.metadata().map_err(wrong)?.is_file() {
        return Err(wrong(io::Error::new(io::ErrorKind::InvalidInput, "it is not an ordinary file")));
    }
    File::open(path).and_then(read_whole).map_err(wrong)
}

/// Reads to the end, or up to a byte more than can be imported.
///
/// # Errors
/// What the system says.
pub fn read_whole(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    source.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
