//! Putting another organization's content into a file that others may have open.
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};

use super::busy;
use super::failure::Failure;
use super::file::Store;
use super::open::{Mode, connect};
use super::unfinished::named;
use crate::disk::{rename_new, sync_folder_of};
use crate::ledger::fault::Fault;

/// How many files that were replaced may lie beside the one that is there.
const MOST: u32 = 1000;

/// What SQLite keeps beside a file. The first two belong to its content.
const BESIDE: [&str; 3] = ["-wal", "-journal", "-shm"];

/// Replaces everything in the file at `path` by what is in the file at `source`, in one transaction: whoever is stopped
/// at any moment leaves the one or the other, and programs that have the file open notice. Nobody can write to the file
/// from before `meanwhile` is called, with what is there, until all of it is replaced.
pub(in crate::ledger) fn replace(
    path: &Path,
    source: &Path,
    meanwhile: impl FnOnce(&Store) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let fault = |failure: Failure| failure.at(path);
    let mut to = connect(path, Mode::Write, busy::PATIENCE).map_err(fault)?;
    let from = connect(source, Mode::Read, busy::PATIENCE).map_err(fault)?;
    let copying = Backup::new(&from, &mut to).map_err(|error| fault(error.into()))?;
    // Copying nothing yet takes the lock.
    step(&copying, 0, path)?;
    let present = Store::open_read_only(path)?;
    meanwhile(&present)?;
    drop(present);
    if step(&copying, -1, path)? != StepResult::Done {
        return Err(Fault::Inconsistent("a copy of the whole file was not the whole".into()));
    }
    drop(copying);
    // What was replaced must not linger beside the file; when others are reading just now, their next commit sees to it.
    let wiped = to.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    if wiped.is_err() {
        tracing::warn!("what was replaced is still in the WAL");
    }
    Ok(())
}

fn step(copying: &Backup<'_, '_>, pages: i32, path: &Path) -> Result<StepResult, Fault> {
    match copying.step(pages).map_err(|error| Failure::from(error).at(path))? {
        StepResult::Busy | StepResult::Locked => Err(Fault::Locked { path: path.into() }),
        done => Ok(done),
    }
}

/// A name beside `path`, which nothing has, for what is replaced there.
pub(in crate::ledger) fn name_for_replaced(path: &Path) -> Result<PathBuf, Fault> {
    let mut names = (1..=MOST).map(|n| named(path, &format!(".before-restore-{n}")));
    let free = |name: &PathBuf| {
        let beside = BESIDE.iter().map(|ending| named(name, ending));
        std::iter::once(name.clone()).chain(beside).all(|path| path.symlink_metadata().is_err())
    };
    let taken = || Fault::Io { path: path.into(), doing: "kept", source: std::io::ErrorKind::AlreadyExists.into() };
    names.find(free).ok_or_else(taken)
}

/// Moves whatever is at `path`, and what SQLite kept beside it, to another name, so that nothing of it can be mistaken
/// for a part of the next file there. None when there is nothing.
pub(in crate::ledger) fn set_aside(path: &Path) -> Result<Option<PathBuf>, Fault> {
    let kept = name_for_replaced(path)?;
    // The file itself comes last: as long as it is there, nothing is put in its place.
    let mut moved = false;
    for ending in BESIDE.into_iter().chain([""]) {
        let (from, to) = (named(path, ending), named(&kept, ending));
        if from.symlink_metadata().is_ok() {
            rename_new(&from, &to).map_err(|source| Fault::Io { path: from, doing: "moved aside", source })?;
            moved = true;
        }
    }
    if !moved {
        return Ok(None);
    }
    sync_folder_of(&kept).map_err(|source| Fault::Io { path: kept.clone(), doing: "written", source })?;
    Ok(Some(kept))
}

/// Copies a file and what of its content SQLite kept beside it, byte by byte, into the empty file `copy`. The file itself
/// is not opened by SQLite, and stays as it is.
pub(in crate::ledger) fn copy_bytes(file: &Path, copy: &Path) -> std::io::Result<()> {
    for ending in ["-wal", "-journal", ""] {
        let (from, to) = (named(file, ending), named(copy, ending));
        let mut from = match std::fs::File::open(&from) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !ending.is_empty() => continue,
            opened => opened?,
        };
        let mut to = std::fs::OpenOptions::new().create(true).truncate(true).write(true).open(&to)?;
        std::io::copy(&mut from, &mut to)?;
    }
    Ok(())
}
