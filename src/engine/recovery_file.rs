//! The recovery code in a file of its own, for whoever wants to print it.
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::disk::{Put, Readers, put};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secret;

/// Saves the code beside the organization's `file`. A dead code may lie there still: each goes into a file of its own.
///
/// # Errors
/// When the disk says no.
pub(super) fn save_recovery_code(file: &Path, code: &Secret) -> Result<PathBuf, Fault> {
    let line = Zeroizing::new([code.bytes(), b"\n"].concat());
    let endings = std::iter::once("recovery-code.txt".into());
    for ending in endings.chain((2..100).map(|n| format!("recovery-code-{n}.txt"))) {
        let path = file.with_extension(ending);
        match put(&path, &line, Readers::Owner) {
            Ok(Put::New) => return Ok(path),
            Ok(Put::Taken) => {}
            Err(source) => return Err(Fault::Io { path, doing: "written", source }),
        }
    }
    let source = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(Fault::Io { path: file.with_extension("recovery-code.txt"), doing: "written", source })
}
