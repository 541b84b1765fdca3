//! Copies of an organization's file: taking one.
use std::path::Path;

use super::entry::Head;
use super::fault::Fault;
use super::store::{Finding, Store, Unfinished, examine};

/// A copy that was made and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The newest entry in it.
    pub head: Head,
    /// How large it is.
    pub bytes: u64,
}

/// Copies the organization to a new file, as one commit left it; others may go on writing. The file appears whole and
/// checked, or not at all, and never over another one.
///
/// # Errors
/// When something has that name already, the disk says no, or the copy does not hold together.
pub fn back_up(store: &Store, target: &Path) -> Result<Backup, Finding> {
    let io = |source| Fault::Io { path: target.into(), doing: "written", source };
    if target.symlink_metadata().is_ok() {
        return Err(io(std::io::ErrorKind::AlreadyExists.into()).into());
    }
    let copy = Unfinished::beside(target).map_err(io)?;
    store.duplicate(copy.path(), target)?;
    let head = proved(copy.path(), target)?.head();
    let bytes = copy.path().metadata().map_err(io)?.len();
    copy.publish(target).map_err(io)?;
    Ok(Backup { head, bytes })
}

/// Opens a copy for reading, once everything in it was found to fit. What does not fit is said of the `file` that it is
/// a copy of.
pub(super) fn proved(copy: &Path, file: &Path) -> Result<Store, Finding> {
    let proved = || -> Result<Store, Finding> {
        examine(copy, &[])?;
        Ok(Store::open_read_only(copy)?)
    };
    proved().map_err(|finding| match finding {
        Finding::Fault(fault) => fault.about(file).into(),
        other => other,
    })
}
