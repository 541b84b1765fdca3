//! Exports into files: whole or not at all, and never over another file.
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use super::request::Trouble;
use crate::command::ExportFormat;
use crate::disk::{Put, Readers, folder_of, private_folder, publish, unfinished};
use crate::domain::text::first_odd;
use crate::ledger::actor::Session;
use crate::ledger::export::{ExportError, Order, Taken, take};
use crate::ledger::fault::Fault;
use crate::ledger::store::Store;
use crate::outside::Outside;

/// An export that lies in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Where.
    pub path: PathBuf,
    /// What is in it.
    pub taken: Taken,
}

/// The folder for exports of the organization in a file.
pub fn export_folder(file: &Path) -> PathBuf {
    folder_of(file).join("exports")
}

/// The file that an export with this name becomes, in the folder for exports.
pub fn export_file(file: &Path, name: &str, format: ExportFormat) -> PathBuf {
    export_folder(file).join(format!("{name}.{}", format.ending()))
}

/// Whether a text can be the name of an export: of one file in the folder for exports, on every system.
pub fn names_export(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']) && first_odd(name).is_none()
}

/// Exports into a new file with this name, in the folder for exports.
///
/// # Errors
/// A refusal, which leaves no file; or what stands in the way.
pub(super) fn export_by_name(
    store: &mut Store,
    outside: &Outside,
    session: &Session,
    order: &Order,
    name: &str,
) -> Result<Exported, Trouble> {
    let path = export_file(store.path(), name, order.format);
    if !names_export(name) {
        let source = io::Error::new(io::ErrorKind::InvalidInput, "this is no name for a file");
        return Err(Fault::Io { path, doing: "written", source }.into());
    }
    let folder = folder_of(&path);
    private_folder(folder).map_err(|source| Fault::Io { path: folder.into(), doing: "created", source })?;
    export_to_file(store, outside, session, order, &path)
}

/// Exports into a new file that its owner alone can read. It has another name until everything is in it and the entry
/// that says so is in the log.
///
/// # Errors
/// A refusal, which leaves no file; or what stands in the way.
pub fn export_to_file(
    store: &mut Store,
    outside: &Outside,
    session: &Session,
    order: &Order,
    path: &Path,
) -> Result<Exported, Trouble> {
    let there = || Fault::Exists { path: path.into() };
    if path.symlink_metadata().is_ok() {
        return Err(there().into());
    }
    let wrong = |source| Fault::Io { path: path.into(), doing: "written", source };
    let mut file = unfinished(path, Readers::Owner).map_err(wrong)?;
    let taken = take(store, outside, session, order, file.as_file_mut());
    let taken = taken.map_err(|error| told(error, order, path))??;
    if publish(file, path).map_err(wrong)? == Put::Taken {
        return Err(there().into());
    }
    Ok(Exported { path: path.into(), taken })
}

/// Exports to wherever the caller wants it. Not a byte is handed over before the entry that says so is in the log.
///
/// # Errors
/// A refusal, or what stands in the way.
pub fn export_to_writer(
    store: &mut Store,
    outside: &Outside,
    session: &Session,
    order: &Order,
    out: &mut dyn Write,
) -> Result<io::Result<()>, Trouble> {
    let folder = folder_of(store.path()).to_path_buf();
    let wrong = |source| Fault::Io { path: folder.clone(), doing: "written", source };
    // Beside the organization, where nobody else can look; it has no name and goes with the program.
    let mut file = tempfile::tempfile_in(&folder).map_err(wrong)?;
    take(store, outside, session, order, &mut file).map_err(|error| told(error, order, &folder))??;
    file.rewind().map_err(wrong)?;
    Ok(hand_over(&mut file, out))
}

fn hand_over(file: &mut File, out: &mut dyn Write) -> io::Result<()> {
    io::copy(file, out)?;
    out.flush()
}

fn told(error: ExportError, order: &Order, path: &Path) -> Trouble {
    match error {
        ExportError::Output(_) if order.progress.is_stopped() => Trouble::Stopped,
        ExportError::Output(source) => Fault::Io { path: path.into(), doing: "written", source }.into(),
        ExportError::Fault(fault) => fault.into(),
    }
}
