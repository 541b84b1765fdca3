//! Files that the engine makes room for.
use std::path::Path;

use crate::ledger::fault::Fault;
use crate::ledger::store::Store;

/// A file that was created but never founded makes room.
pub(super) fn discard_unfounded(path: &Path) -> Result<(), Fault> {
    if !path.exists() {
        return Ok(());
    }
    if Store::open(path)?.head().seq > 0 {
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        return Err(Fault::Io { path: path.into(), doing: "created", source });
    }
    std::fs::remove_file(path).map_err(|source| Fault::Io { path: path.into(), doing: "replaced", source })
}
