//! Files and folders that are for their owner alone, and that are there whole or not at all.
//!
//! A new file is written under another name, brought to the disk, and only then gets its own, which nothing else has.
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may read what its owner makes.
    Usual,
}

/// What became of a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is there, whole and on the disk.
    New,
    /// Another one has the name, and was left alone.
    Taken,
}

/// The folder that a file lies in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a folder, and those that it lies in, which nobody else can look into; one that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes an empty file that is its owner's alone.
///
/// # Errors
/// When anything, a link included, has the name already, or it cannot be made.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A file beside `path` that may get its name with [`publish`]. Dropped without that, it is gone.
///
/// # Errors
/// When it cannot be made.
pub fn unfinished(path: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
    let (prefix, mut builder) = (format!(".{name}."), tempfile::Builder::new());
    builder.prefix(&prefix).suffix(".unfinished");
    #[cfg(unix)]
    if readers == Readers::Usual {
        // Less what the user's mask takes away.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(folder_of(path))
}

/// Gives an unfinished file its name, at once and for good; whatever has the name already keeps it.
///
/// # Errors
/// When the disk says no.
pub fn publish(file: NamedTempFile, path: &Path) -> io::Result<Put> {
    file.as_file().sync_all()?;
    match file.into_temp_path().persist_noclobber(path) {
        Ok(()) => sync_folder_of(path).map(|()| Put::New),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(Put::Taken),
        Err(failed) => Err(failed.error),
    }
}

/// Writes a new file, so that whoever looks sees all of it or nothing.
///
/// # Errors
/// When the disk says no.
pub fn put(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<Put> {
    let mut file = unfinished(path, readers)?;
    file.write_all(bytes)?;
    publish(file, path)
}

/// Puts bytes into a file that is its owner's alone, in the place of what is in it: the old ones are there or the new
/// ones.
///
/// # Errors
/// When the disk says no; the old ones are there then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = unfinished(path, Readers::Owner)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|failed| failed.error)?;
    sync_folder_of(path)
}

/// Gives a file another name, if nothing has that yet.
///
/// # Errors
/// When something has it, or the disk says no; the file keeps its old name then.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let mut file = TempPath::try_from_path(from)?;
    // A file that keeps its old name must stay.
    file.disable_cleanup(true);
    file.persist_noclobber(to).map_err(|error| error.error)
}

/// Makes the name of a file survive a power cut, where the file system can do that for folders.
///
/// # Errors
/// When the disk says no.
#[cfg(unix)]
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    match File::open(folder_of(path))?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Makes the name of a file survive a power cut, where the file system can do that for folders.
///
/// # Errors
/// Never: folders cannot be synced here.
#[cfg(not(unix))]
pub fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a file, if it is there; whether it was.
///
/// # Errors
/// When it is there and stays.
pub fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
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
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let mut file = unfinished(&path, Readers::Owner).unwrap();
        file.write_all(b"half").unwrap();
        assert!(names(folder.path()).iter().all(|name| name.starts_with(".key.") && name.ends_with(".unfinished")));
        drop(file);
        assert!(names(folder.path()).is_empty());
        assert_eq!(put(&path, b"whole", Readers::Owner).unwrap(), Put::New);
        assert_eq!(names(folder.path()), ["key"]);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_replaced_is_whole_and_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("drafts");
        fs::write(&path, "older").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(names(folder.path()), ["drafts"]);
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(replace(folder.path(), b"no file").is_err());
        assert!(replace(&folder.path().join("nowhere/drafts"), b"new").is_err());
        assert_eq!(names(folder.path()), ["drafts"]);
    }

    #[test]
    fn what_has_the_name_already_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, "older").unwrap();
        assert_eq!(put(&path, b"newer", Readers::Owner).unwrap(), Put::Taken);
        assert_eq!(private_file(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        let other = folder.path().join("other");
        fs::write(&other, "other").unwrap();
        assert_eq!(rename_new(&other, &path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["key", "other"]);
        assert_eq!(fs::read(&path).unwrap(), b"older");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_has_its_name_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), &path).unwrap();
        assert_eq!(put(&path, b"whole", Readers::Owner).unwrap(), Put::Taken);
        private_file(&path).unwrap_err();
        assert_eq!(names(folder.path()), ["key"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_its_owner_s_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("a/b");
        private_folder(&inside).unwrap();
        private_folder(&inside).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&inside), mode(&folder.path().join("a"))), (0o700, 0o700));
        let path = |name: &str| inside.join(name);
        private_file(&path("empty")).unwrap();
        put(&path("mine"), b"", Readers::Owner).unwrap();
        put(&path("ours"), b"", Readers::Usual).unwrap();
        fs::write(path("usual"), "").unwrap();
        assert_eq!((mode(&path("empty")), mode(&path("mine"))), (0o600, 0o600));
        assert_eq!(mode(&path("ours")), mode(&path("usual")));
    }
}
