//! `rolodeck paths`: every path in use.
use std::io::Write;

use super::{Failure, place::Place};
use crate::domain::text::Shown;

/// Prints them, one a line.
///
/// # Errors
/// When the data directory cannot be read or the output is closed.
pub fn run(place: &Place) -> Result<(), Failure> {
    let current = place.file()?.map_or_else(|| "none yet".into(), |path| path.display().to_string());
    let mut lines = vec![
        ("organization", current),
        ("data directory", place.library.folder().display().to_string()),
        ("outbox folder", place.outbox.display().to_string()),
        ("settings", place.settings.display().to_string()),
        ("diagnostics", place.diagnostics.display().to_string()),
    ];
    for file in place.library.files()? {
        lines.push(("found", file.display().to_string()));
    }
    let mut out = std::io::stdout().lock();
    for (name, path) in lines {
        writeln!(out, "{name:<15} {}", Shown::new(&path)).map_err(|error| Failure::output(&error))?;
    }
    Ok(())
}
