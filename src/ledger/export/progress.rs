//! How far an export is, and stopping it.
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared by whoever writes an export and whoever waits for it.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    bytes: Arc<AtomicU64>,
    stopped: Arc<AtomicBool>,
}

impl Progress {
    /// How many bytes were written so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Stops it: what was written is thrown away, and no entry says that it was taken. Too late when that entry was
    /// written already.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether somebody stopped it.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

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
        self.progress.bytes.fetch_add(u64::try_from(written).unwrap_or(0), Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
