//! A look at a file before SQLite opens it for good, so that a file that is not ours stays as it is.
//!
//! The look is SQLite's own, read-only and without locks, log or recovery. Reading the file by ourselves
//! would be simpler, but closing it would drop the locks that other connections of this process hold on it.
use std::fs;
use std::io;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema;
use crate::domain::organization::Nature;
use crate::ledger::fault::Fault;

/// Whether the file at `path` may be opened, as far as can be seen without touching it.
pub(in crate::ledger) fn look(path: &Path) -> Result<(), Fault> {
    let not_ours = |why: &str| Fault::NotOurs { path: path.to_owned(), why: why.into() };
    let found = fs::metadata(path).map_err(|source| Fault::Io { path: path.to_owned(), doing: "opened", source })?;
    if found.is_dir() {
        return Err(not_ours("it is a folder"));
    }
    if !found.is_file() {
        return Err(not_ours("it is not an ordinary file"));
    }
    if found.len() == 0 {
        return Err(Fault::Damaged { path: path.to_owned(), why: "it is empty".into() });
    }
    match header(path) {
        Ok((id, version)) => match schema::nature(id) {
            None => Err(not_ours("it is the database of another program")),
            Some(_) if version > schema::VERSION => {
                Err(Fault::Newer { path: path.to_owned(), found: version, known: schema::VERSION })
            }
            Some(_) => Ok(()),
        },
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Err(not_ours("it is no database, or nothing of one is left in it")),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Err(unreadable(path)),
            // Another program may be writing the file right now; opening it for good will tell.
            _ => Ok(()),
        },
    }
}

/// The nature of an open file.
pub(super) fn nature(conn: &Connection, path: &Path) -> Result<Nature, Fault> {
    let id = conn.pragma_query_value(None, "application_id", |row| row.get(0));
    let id = id.map_err(|error| super::failure::Failure::from(error).at(path))?;
    let why = "it is the database of another program";
    schema::nature(id).ok_or_else(|| Fault::NotOurs { path: path.to_owned(), why: why.into() })
}

fn header(path: &Path) -> rusqlite::Result<(i32, i64)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri(path, UNTOUCHED), flags)?;
    let id = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok((id, version))
}

/// Why SQLite could not open the file. Only asked when it could not, so that no lock can be lost.
fn unreadable(path: &Path) -> Fault {
    let source = match fs::File::open(path) {
        Err(source) => source,
        Ok(_) => io::Error::other("the database cannot open it"),
    };
    Fault::Io { path: path.to_owned(), doing: "read", source }
}

/// To look without touching: no locks, no log, no recovery. Only right for a file that nobody writes.
pub(super) const UNTOUCHED: &str = "mode=ro&immutable=1";

/// The path as an address that tells SQLite how to open it.
pub(super) fn uri(path: &Path, how: &str) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?" + how
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_characters_of_a_path_are_escaped_in_the_address() {
        assert_eq!(uri(Path::new("/tmp/a b?#%.db"), UNTOUCHED), "file:/tmp/a%20b%3F%23%25.db?mode=ro&immutable=1");
        assert_eq!(uri(Path::new("é.db"), UNTOUCHED), "file:%C3%A9.db?mode=ro&immutable=1");
    }
}
