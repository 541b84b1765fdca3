//! Files of older versions are copied and raised.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use std::path::Path;

use rusqlite::Connection;

use super::desk::*;
use crate::domain::organization::Nature;
use crate::domain::row::Row;
use crate::ledger::restore::Candidate;
use crate::ledger::store::{Store, schema};

/// An organization as a program of that version would have left it: its tables, with what they could hold.
fn file_of_version(version: usize, folder: &Path) -> std::path::PathBuf {
    let (now, path) = (folder.join("now.db"), folder.join("old.db"));
    let mut store = founded(&now);
    change(&mut store, |org| org.put(Row::Invitation(invitation(1, "bo@example.com"))));
    drop(store);
    let old = Connection::open(&path).unwrap();
    schema::PARTS[..version].iter().for_each(|part| old.execute_batch(part).unwrap());
    old.pragma_update(None, "application_id", schema::application_id(Nature::Real)).unwrap();
    old.pragma_update(None, "user_version", version as i64).unwrap();
    old.execute("ATTACH ?1 AS now", [now.to_str().unwrap()]).unwrap();
    old.execute_batch("BEGIN").unwrap();
    let listed = |sql: &str| -> Vec<String> {
        old.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for seq in listed("SELECT CAST(seq AS TEXT) FROM now.log ORDER BY seq") {
        for table in ["log", "log_body"] {
            old.execute_batch(&format!("INSERT INTO {table} SELECT * FROM now.{table} WHERE seq = {seq}")).unwrap();
        }
    }
    for table in listed("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'log%'") {
        let columns = listed(&format!("SELECT name FROM pragma_table_info('{table}', 'main')")).join(", ");
        old.execute_batch(&format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{table}")).unwrap();
    }
    old.execute_batch("COMMIT").unwrap();
    path
}

#[test]
fn files_of_every_older_version_are_copied_and_raised() {
    for version in 1..schema::PARTS.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_of_version(version, folder.path());
        let raised = Store::open(&path).unwrap();
        assert_same(&raised.org(), &Store::open(&folder.path().join("now.db")).unwrap().org());
        raised.verify().unwrap();
        assert_eq!(raised.deliveries().unwrap().len(), 1);
        assert!(folder.path().join(format!("old.db.before-schema-{}-1", schema::VERSION)).exists());
    }
}

#[test]
fn a_backup_of_an_older_version_is_raised_where_it_is_put_back_and_stays_as_it_is() {
    for version in 1..schema::PARTS.len() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_of_version(version, folder.path());
        let before = std::fs::read(&path).unwrap();
        let target = folder.path().join("again.db");
        Candidate::read(&path, &target).unwrap().restore(&target, &outside()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), before);
        let restored = Store::open(&target).unwrap();
        restored.verify().unwrap();
        assert_same(&restored.org(), &Store::open(&folder.path().join("now.db")).unwrap().org());
        let copies = folder.path().read_dir().unwrap();
        let copies = copies.filter(|copy| copy.as_ref().unwrap().path().to_str().unwrap().contains("before-schema"));
        assert_eq!(copies.count(), 0, "the copy that was raised needs no copy");
    }
}
