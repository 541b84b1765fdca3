//! The recovery code in a file of its own, for whoever wants to print it.
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secret;

/// Saves the code beside the organization's `file`. A dead code may lie there still: each goes into a file of its own.
///
/// # Errors
/// When the disk says no.
pub(super) fn save_recovery_code(file: &Path, code: &Secret) -> Result<PathBuf, Fault> {
    let endings = std::iter::once("recovery-code.txt".into());
    for ending in endings.chain((2..100).map(|n| format!("recovery-code-{n}.txt"))) {
        let path = file.with_extension(ending);
        match write_private(&path, code.bytes()) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Fault::Io { path, doing: "written", source }),
        }
    }
    let source = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(Fault::Io { path: file.with_extension("recovery-code.txt"), doing: "written", source })
}

/// Writes a file that only its owner can read; never over another one.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
