//! What the program notes about itself, in a file: never names, addresses or secrets of its own accord.
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

use crate::disk::{folder_of, private_folder};
use crate::outside::Outside;

/// Starts to write diagnostics. A file that cannot be written is no reason to stop: there are none then.
pub fn start(path: &Path, outside: &Outside) {
    let Ok(file) = open(path) else { return };
    let writing = tracing_subscriber::fmt()
        .with_writer(Mutex::new(file))
        .with_ansi(false)
        .with_timer(Clock(outside.clone()))
        .with_max_level(tracing::Level::INFO)
        .try_init();
    if let Err(error) = writing {
        tracing::debug!(%error, "diagnostics are written elsewhere already");
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    private_folder(folder_of(path))?;
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The program's clock, for the lines.
struct Clock(Outside);

impl FormatTime for Clock {
    fn format_time(&self, writer: &mut Writer<'_>) -> std::fmt::Result {
        write!(writer, "{}", self.0.now())
    }
}
