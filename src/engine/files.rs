//! Files beside the organization's, and room for it.
use std::io::Write;
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

/// Writes a file that only its owner can read; never over another one.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
