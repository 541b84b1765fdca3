//! The file with the drafts that outlive the program.
use std::io;
use std::path::Path;

use crate::disk;
use crate::tui::app::App;
use crate::tui::unfinished::Unfinished;

/// Drafts of no use any more, because nobody came for them, make room for newer ones.
const MOST: usize = 20;

/// The drafts in the file. One that cannot be read is no reason not to start: it is noted in the diagnostics.
pub(super) fn read(path: &Path) -> Vec<Unfinished> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            tracing::warn!("the drafts in {} cannot be read: {error}", path.display());
            return Vec::new();
        }
    };
    serde_json::from_slice(&text).unwrap_or_else(|error| {
        tracing::warn!("the drafts in {} cannot be understood: {error}", path.display());
        Vec::new()
    })
}

/// Keeps what is unfinished, and forgets what was taken up. Other runs may have written meanwhile.
pub(super) fn keep(path: &Path, app: &App) {
    let unfinished = app.unfinished();
    if unfinished.is_none() && app.taken_up().is_empty() {
        return;
    }
    let mut drafts = read(path);
    drafts.retain(|draft| !app.taken_up().contains(draft));
    drafts.extend(unfinished);
    drafts.sort_by_key(|draft| draft.at);
    let old = drafts.len().saturating_sub(MOST);
    if let Err(error) = write(path, drafts.get(old..).unwrap_or_default()) {
        tracing::warn!("the drafts cannot be kept in {}: {error}", path.display());
    }
}

fn write(path: &Path, drafts: &[Unfinished]) -> io::Result<()> {
    if drafts.is_empty() {
        return disk::remove(path).map(drop);
    }
    disk::private_folder(disk::folder_of(path))?;
    disk::replace(path, &serde_json::to_vec(drafts)?)
}
