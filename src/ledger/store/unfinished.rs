//! A copy in the making, in a folder of its own beside the file that it will become.
//!
//! Whoever is stopped half-way leaves only that folder. It is held by a lock of the operating system that ends with its
//! process, so that the next one can tell what was left behind from what is being made.
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{private_file, rename_new, sync_folder_of};

/// The copy in the folder; what SQLite writes beside it begins like it.
const COPY: &str = "copy";

/// Is held locked as long as somebody works in the folder.
const LOCK: &str = "lock";

/// What the name of such a folder has behind the name of the file, before a number.
const ENDING: &str = ".unfinished-";

/// How many of them there may be beside one file.
const MOST: u32 = 100;

/// A copy that nobody sees yet. Dropped without [`Unfinished::publish`], it is gone.
pub(in crate::ledger) struct Unfinished {
    folder: PathBuf,
    copy: PathBuf,
    _lock: File,
}

impl Unfinished {
    /// Makes room for a copy that will become `target`: an empty file that only its owner can read. What earlier
    /// processes left behind there is removed.
    pub(in crate::ledger) fn beside(target: &Path) -> io::Result<Self> {
        let target = std::path::absolute(target)?;
        clear_all_beside(&target);
        for folder in (1..=MOST).map(|n| named(&target, &format!("{ENDING}{n}"))) {
            match make_folder(&folder) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            }
            let Some(lock) = hold(&folder)? else { continue };
            let made = Self { copy: folder.join(COPY), folder, _lock: lock };
            private_file(&made.copy)?;
            return Ok(made);
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where the copy is made.
    pub(in crate::ledger) fn path(&self) -> &Path {
        &self.copy
    }

    /// Gives the copy the name `target`, at once and for good. Something that has the name already keeps it, and is an
    /// error; so is a copy that is not yet all in one file.
    pub(in crate::ledger) fn publish(self, target: &Path) -> io::Result<()> {
        if ["-wal", "-journal"].iter().any(|ending| named(&self.copy, ending).exists()) {
            return Err(io::Error::other("the copy is still being written"));
        }
        File::open(&self.copy)?.sync_all()?;
        let target = std::path::absolute(target)?;
        rename_new(&self.copy, &target)?;
        sync_folder_of(&target)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        clear(&self.folder);
    }
}

/// The path with something behind its name.
pub(super) fn named(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Fails when the folder is there already.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes a new folder; none when another process cleared it away before it was held.
fn hold(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let lock = match OpenOptions::new().create(true).truncate(false).write(true).open(&path) {
        Ok(lock) => lock,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(None),
        // Where nothing can be locked, nothing that was left behind is taken for that either.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(path.exists().then_some(lock)),
    }
}

/// Clears away what was left behind beside a file, whichever file it was to become: the next copy may get another name,
/// and half of an organization must not lie around for ever.
fn clear_all_beside(target: &Path) {
    let Some(entries) = target.parent().and_then(|folder| fs::read_dir(folder).ok()) else { return };
    // The type of the entry itself: a link is none of ours.
    let folders = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let ours = folders.filter(|entry| entry.file_name().to_string_lossy().rsplit_once(ENDING).is_some_and(is_number));
    ours.for_each(|entry| clear_left_behind(&entry.path()));
}

fn is_number((_, digits): (&str, &str)) -> bool {
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// Clears a folder away that nobody works in any more.
fn clear_left_behind(folder: &Path) {
    match File::options().write(true).open(folder.join(LOCK)) {
        Ok(lock) if lock.try_lock().is_ok() => clear(folder),
        // Stopped before it held its folder: nothing is in it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::remove_dir(folder).ok();
        }
        Ok(_) | Err(_) => {}
    }
}

/// Removes what belongs into the folder, and the folder if that was all. What cannot be removed harms nobody and is
/// tried again next time.
fn clear(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let files = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let copies =
        files.filter(|path| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(COPY.as_bytes())));
    copies.for_each(|path| {
        fs::remove_file(path).ok();
    });
    fs::remove_file(folder.join(LOCK)).ok();
    fs::remove_dir(folder).ok();
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_appears_under_its_name_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.db");
        let copy = Unfinished::beside(&target).unwrap();
        fs::write(copy.path(), "whole").unwrap();
        assert_eq!(names(folder.path()), ["a.db.unfinished-1"]);
        drop(copy);
        assert!(names(folder.path()).is_empty());
        let copy = Unfinished::beside(&target).unwrap();
        fs::write(copy.path(), "whole").unwrap();
        copy.publish(&target).unwrap();
        assert_eq!(names(folder.path()), ["a.db"]);
        assert_eq!(fs::read_to_string(&target).unwrap(), "whole");
    }

    #[test]
    fn a_copy_that_is_in_several_files_does_not_appear() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.db");
        let copy = Unfinished::beside(&target).unwrap();
        fs::write(named(copy.path(), "-wal"), "the rest").unwrap();
        copy.publish(&target).unwrap_err();
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn what_is_there_already_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.db");
        fs::write(&target, "older").unwrap();
        let copy = Unfinished::beside(&target).unwrap();
        let error = copy.publish(&target).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&target).unwrap(), "older");
        assert_eq!(names(folder.path()), ["a.db"]);
    }

    #[test]
    fn what_was_left_behind_is_cleared_and_what_is_being_made_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.db");
        let working = Unfinished::beside(&target).unwrap();
        let [dead, empty, strange] = [2, 3, 4].map(|n| named(&target, &format!(".unfinished-{n}")));
        let other = folder.path().join("yesterday.db.unfinished-1");
        fs::create_dir(&other).unwrap();
        fs::write(other.join(LOCK), "").unwrap();
        fs::write(other.join(COPY), "half").unwrap();
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join(LOCK), "").unwrap();
        fs::write(dead.join("copy-wal"), "half").unwrap();
        fs::create_dir(&empty).unwrap();
        fs::create_dir(&strange).unwrap();
        fs::write(strange.join("mine.txt"), "keep me").unwrap();
        let next = Unfinished::beside(&target).unwrap();
        assert!(working.path().exists() && strange.join("mine.txt").exists());
        assert!(!empty.exists() && !other.exists());
        assert_eq!(next.folder, dead);
        assert_eq!(names(&dead), ["copy", "lock"]);
        drop((working, next));
        assert_eq!(names(folder.path()), ["a.db.unfinished-4"]);
    }
}
