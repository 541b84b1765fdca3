//! From the schema of an older version to ours, after a copy.
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::duplicate::duplicate;
use super::failure::{Attempt, Failure};
use super::{schema, seal};
use crate::disk::private_file;

/// One step: from a version of the schema to the next.
type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// The steps; the first leads from version 1 to version 2.
const STEPS: [Step; schema::VERSION as usize - 1] = [|file| file.execute_batch(schema::PARTS[1]), audit_trail];

/// Version 3 notes the newest entry in a row of its own, and seals what stands beside the log.
fn audit_trail(file: &Transaction<'_>) -> rusqlite::Result<()> {
    file.execute_batch(schema::PARTS[2])?;
    file.execute_batch("INSERT INTO log_head SELECT 1, seq, hash FROM log ORDER BY seq DESC LIMIT 1")?;
    seal::ALL.iter().try_for_each(|sealed| sealed.close_all(file))
}

/// How many copies of one version a folder may hold.
const COPIES: u32 = 100;

/// Brings the file at `path` from the version `found` to ours, if it is older.
pub(super) fn migrate(conn: &mut Connection, path: &Path, found: i64) -> Attempt<()> {
    raise(conn, path, found, &STEPS)
}

/// Takes the steps that are missing, in one transaction, after copying the file beside itself.
fn raise(conn: &mut Connection, path: &Path, found: i64, steps: &[Step]) -> Attempt<()> {
    let target = 1 + steps.len() as i64;
    if found == target {
        return Ok(());
    }
    if found > target {
        return Err(Failure::Newer(found));
    }
    if found < 1 {
        return Err(Failure::Damage(format!("its schema has the version {found}")));
    }
    copy(conn, path, target)?;
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let found = schema::version(&transaction)?;
    if found > target {
        return Err(Failure::Newer(found));
    }
    for step in steps.iter().skip(usize::try_from(found - 1).unwrap_or(0)) {
        step(&transaction)?;
    }
    transaction.pragma_update(None, "user_version", target)?;
    Ok(transaction.commit()?)
}

/// Copies the file to a new one beside it, which only its owner can read.
fn copy(conn: &Connection, path: &Path, target: i64) -> Attempt<PathBuf> {
    for n in 1..=COPIES {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".before-schema-{target}-{n}"));
        let copy = PathBuf::from(name);
        match private_file(&copy) {
            Ok(_) => {
                duplicate(conn, &copy)?;
                return Ok(copy);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(Failure::Copy { copy, source }),
        }
    }
    Err(Failure::Copy { copy: path.to_owned(), source: io::ErrorKind::AlreadyExists.into() })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const STEPS: [Step; 2] = [
        |file| file.execute_batch("ALTER TABLE note ADD COLUMN more TEXT"),
        |file| file.execute_batch("UPDATE note SET more = 'raised ' || text"),
    ];

    fn old_file(folder: &Path) -> (PathBuf, Connection) {
        let path = folder.join("old.db");
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('kept'); PRAGMA user_version = 1")
            .unwrap();
        (path, conn)
    }

    #[test]
    fn an_older_file_is_copied_and_raised_step_by_step() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut conn) = old_file(folder.path());
        raise(&mut conn, &path, 1, &STEPS).unwrap();
        let raised: String = conn.query_row("SELECT more FROM note", [], |row| row.get(0)).unwrap();
        assert_eq!(raised, "raised kept");
        assert_eq!(schema::version(&conn).unwrap(), 3);
        let copy = Connection::open(folder.path().join("old.db.before-schema-3-1")).unwrap();
        assert_eq!(schema::version(&copy).unwrap(), 1);
        let kept: String = copy.query_row("SELECT text FROM note", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "kept");
    }

    #[cfg(unix)]
    #[test]
    fn the_copy_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, conn) = old_file(folder.path());
        let copy = copy(&conn, &path, 2).unwrap();
        assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(copy.metadata().unwrap().len() > 0);
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut conn) = old_file(folder.path());
        let steps: [Step; 2] = [STEPS[0], |file| file.execute_batch("UPDATE nothing SET a = 1")];
        raise(&mut conn, &path, 1, &steps).unwrap_err();
        assert_eq!(schema::version(&conn).unwrap(), 1);
        conn.query_row("SELECT more FROM note", [], |_| Ok(())).unwrap_err();
    }

    #[test]
    fn a_newer_file_and_a_file_without_a_version_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut conn) = old_file(folder.path());
        assert!(matches!(raise(&mut conn, &path, 4, &STEPS), Err(Failure::Newer(4))));
        assert!(matches!(raise(&mut conn, &path, 0, &STEPS), Err(Failure::Damage(_))));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
