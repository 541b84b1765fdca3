//! What was hashed, in forms that text can hold, and the hash of what is written.
use std::fmt;
use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use super::trail::ExportError;
use crate::domain::user::Digest;
use crate::ledger::entry::Body;
use crate::ledger::fault::Fault;

/// Bytes as hexadecimal digits.
pub(super) struct Hex<'a>(pub &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The bytes of a body as the text that they are.
pub(super) fn text_of(body: &Body) -> Result<Option<&str>, ExportError> {
    let unreadable = |_| Fault::Inconsistent(format!("a part of the kind {} is no text", body.kind));
    Ok(body.bytes.as_deref().map(std::str::from_utf8).transpose().map_err(unreadable)?)
}

/// Computes the hash of everything that goes through it.
pub(super) struct Hashing<W> {
    out: W,
    sha: Sha256,
}

impl<W: Write> Hashing<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, sha: Sha256::new() }
    }

    pub(super) fn finish(self) -> Digest {
        Digest(self.sha.finalize().into())
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sha.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
