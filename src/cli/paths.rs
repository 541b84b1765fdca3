//! `rolodeck paths`: every path in use.
use std::io::Write;

use super::{Failure, Surroundings, place::Place};
use crate::domain::text::Shown;
use crate::engine::checkpoint::key_file;
use crate::mail::Route;

/// Prints them, one a line. What is wrong with the settings is said after that, so that their path is seen.
///
/// # Errors
/// When the data directory or the settings cannot be read, or the output is closed.
pub fn run(place: &Place, surroundings: &Surroundings) -> Result<(), Failure> {
    let route = place.post(surroundings).map(|post| post.mailer.describe());
    let outbox = match &route {
        Ok(Route::Folder(folder)) => folder.display().to_string(),
        Ok(server @ Route::Server { .. }) => format!("none: messages leave through {server}"),
        Err(_) => place.outbox.display().to_string(),
    };
    let current = place.file()?.map_or_else(|| "none yet".into(), |path| path.display().to_string());
    let mut lines = vec![
        ("organization", current),
        ("data directory", place.library.folder().display().to_string()),
        ("outbox folder", outbox),
        ("checkpoints", checkpoints(place)),
        ("settings", place.settings.display().to_string()),
        ("diagnostics", place.diagnostics.display().to_string()),
        ("drafts", place.drafts.display().to_string()),
    ];
    if let Some(key) = place.file()?.map(|file| key_file(&file)).filter(|key| key.exists()) {
        lines.push(("signing key", key.display().to_string()));
    }
    for file in place.library.files()? {
        lines.push(("found", file.display().to_string()));
    }
    let mut out = std::io::stdout().lock();
    for (name, path) in lines {
        writeln!(out, "{name:<15} {}", Shown::new(&path)).map_err(|error| Failure::output(&error))?;
    }
    route.map(|_| ())
}

/// Where signed checkpoints go. What is wrong with the settings is said elsewhere.
fn checkpoints(place: &Place) -> String {
    match place.checkpoints() {
        Ok(Some(plan)) => plan.folder.display().to_string(),
        Ok(None) | Err(_) => "none".into(),
    }
}
