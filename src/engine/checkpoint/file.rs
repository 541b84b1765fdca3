//! Files that are there whole or not at all, and never in place of another one.
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::engine::founding::hex;
use crate::outside::Outside;

/// No key and no checkpoint comes near this many bytes.
const LARGEST: u64 = 128 * 1024;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may read what its owner makes.
    Usual,
}

/// What became of a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It is there, whole and on the disk.
    New,
    /// Another one has the name, and was left alone.
    Taken,
}

/// Writes a new file: under another name first, so that whoever looks sees all of it or nothing.
pub(super) fn put(path: &Path, bytes: &[u8], readers: Readers, outside: &Outside) -> io::Result<Put> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidFilename.into());
    };
    let unfinished = folder.join(format!(".{}.{}.unfinished", name.to_string_lossy(), hex(&outside.bytes::<8>())));
    let mut file = create(&unfinished, readers)?;
    // Goes away with this value unless it gets its name.
    let written = tempfile::TempPath::try_from_path(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    match written.persist_noclobber(path) {
        Ok(()) => sync(folder).map(|()| Put::New),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(Put::Taken),
        Err(failed) => Err(failed.error),
    }
}

/// The whole file; none when there is none.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match File::open(path) {
        Ok(file) => content(&file).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What is in an open file. One that is far too large is cut off, which makes it as wrong as it was.
pub(super) fn content(file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Fails when anything, a link included, has the name already.
fn create(path: &Path, readers: Readers) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(path)
}

/// Makes the new name survive a power cut, where the file system can do that for folders.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
