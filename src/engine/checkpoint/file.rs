//! Reading keys and checkpoints.
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// No key and no checkpoint comes near this many bytes.
const LARGEST: u64 = 128 * 1024;

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
