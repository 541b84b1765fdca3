//! Counting what an export writes.
use std::io::{self, Write};

use crate::ledger::progress::Progress;

/// Counts what goes through it, and fails once it shall stop.
pub(super) struct Watched<'p, W> {
    out: W,
    progress: &'p Progress,
}

impl<'p, W> Watched<'p, W> {
    pub(super) const fn new(out: W, progress: &'p Progress) -> Self {
        Self { out, progress }
    }
}

impl<W: Write> Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.progress.is_stopped() {
            return Err(io::Error::other("it was stopped"));
        }
        let written = self.out.write(bytes)?;
        self.progress.add(u64::try_from(written).unwrap_or(0));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
