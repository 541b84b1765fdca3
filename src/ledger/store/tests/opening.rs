//! What can lie at a path, and that it is left as it is unless it is ours and whole.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::desk::*;
use crate::domain::organization::Nature;
use crate::ledger::fault::Fault;
use crate::ledger::store::Store;

/// Everything in the folder, by name.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// Opens the file, which has to fail for reading and writing alike, and checks that nothing changed.
#[track_caller]
fn refused(path: &Path) -> Fault {
    let before = contents(path.parent().unwrap());
    let fault = Store::open(path).map(drop).unwrap_err();
    assert!(contents(path.parent().unwrap()) == before, "something changed: {fault}");
    let read_only = Store::open_read_only(path).map(drop).unwrap_err();
    assert_eq!(std::mem::discriminant(&read_only), std::mem::discriminant(&fault), "{read_only} / {fault}");
    // Whoever may only read cannot tidy up the empty files beside it.
    let after = contents(path.parent().unwrap()).into_iter().filter(|(name, bytes)| {
        let kept = before.iter().any(|(known, _)| known == name);
        assert!(kept || name.ends_with("-shm") || bytes.is_empty(), "{name} appeared");
        kept
    });
    assert!(after.collect::<Vec<_>>() == before, "something changed: {read_only}");
    fault
}

/// A closed, founded organization.
fn closed() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, path, store) = on_disk();
    drop(store);
    (folder, path)
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data/rolodeck");
    let mut store = Store::create(&inner.join("harbour.db"), Nature::Real).unwrap();
    change(&mut store, |org| *org = small(Nature::Real));
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    assert_eq!(mode(&folder.path().join("data")), 0o700);
    let files: Vec<_> = fs::read_dir(&inner).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() >= 2, "the WAL is there, too");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn a_closed_file_stands_alone_and_opens_again() {
    let (folder, path) = closed();
    assert_eq!(contents(folder.path()).len(), 1);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.head().seq, 1);
    assert_eq!(store.nature(), Nature::Real);
    let journal: String = store.conn.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(journal, "wal");
    for (pragma, value) in [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0)] {
        let found: i64 = store.conn.pragma_query_value(None, pragma, |row| row.get(0)).unwrap();
        assert_eq!(found, value, "{pragma}");
    }
}

#[test]
fn a_copy_without_its_wal_opens_for_reading_and_writing() {
    let (folder, path) = closed();
    let copy = folder.path().join("copy.db");
    stranger(&path).execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    assert_eq!(Store::open_read_only(&copy).unwrap().head().seq, 1);
    assert_kept(&Store::open(&copy).unwrap());
}

#[test]
fn what_is_there_already_is_never_overwritten() {
    let (_folder, path) = closed();
    let before = fs::read(&path).unwrap();
    let fault = Store::create(&path, Nature::Real).map(drop).unwrap_err();
    assert!(matches!(fault, Fault::Io { doing: "created", .. }), "{fault}");
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn nothing_a_folder_and_a_text_are_not_ours() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Store::open(&folder.path().join("none.db")).map(drop).unwrap_err();
    assert!(matches!(missing, Fault::Io { .. }), "{missing}");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let fault = Store::open(&inner).map(drop).unwrap_err();
    assert!(matches!(fault, Fault::NotOurs { .. }), "{fault}");
    fs::remove_dir(&inner).unwrap();
    for garbage in [&b"dear diary"[..], &[0; 5000], &[7; 100_000]] {
        let path = folder.path().join("notes.txt");
        fs::write(&path, garbage).unwrap();
        let fault = refused(&path);
        assert!(matches!(fault, Fault::NotOurs { .. }), "{fault}");
    }
}

#[cfg(unix)]
#[test]
fn a_device_is_not_ours() {
    let fault = Store::open(Path::new("/dev/null")).map(drop).unwrap_err();
    assert!(matches!(fault, Fault::NotOurs { .. }), "{fault}");
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    for journal in ["delete", "wal"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theirs.db");
        let theirs = stranger(&path);
        theirs.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(())).unwrap();
        theirs.execute_batch("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('theirs')").unwrap();
        drop(theirs);
        let fault = refused(&path);
        assert!(matches!(fault, Fault::NotOurs { .. }), "{fault}");
    }
}

#[test]
fn an_empty_file_and_a_cut_one_are_damaged() {
    let (_folder, path) = closed();
    let whole = fs::read(&path).unwrap();
    for length in [0, 4096, 5000, whole.len() / 2, whole.len() - 4096] {
        let folder = tempfile::tempdir().unwrap();
        let cut = folder.path().join("cut.db");
        fs::write(&cut, &whole[..length]).unwrap();
        let fault = refused(&cut);
        assert!(matches!(fault, Fault::Damaged { .. }), "{length}: {fault}");
    }
}

#[test]
fn a_page_that_was_overwritten_is_found() {
    let (folder, path) = closed();
    let whole = fs::read(&path).unwrap();
    let broken = folder.path().join("broken.db");
    let pages = whole.len() / 4096;
    for page in 1..pages {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
        fs::write(&broken, bytes).unwrap();
        let found = match Store::open(&broken) {
            Err(fault) => matches!(fault, Fault::Damaged { .. }),
            Ok(store) => store.verify().is_err(),
        };
        assert!(found, "page {page} of {pages}");
    }
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    let (_folder, path) = closed();
    stranger(&path).pragma_update(None, "user_version", 99).unwrap();
    let fault = refused(&path);
    assert!(matches!(fault, Fault::Newer { found: 99, known: 3, .. }), "{fault}");
}

#[test]
fn a_newer_version_that_comes_while_the_file_is_open_is_noticed() {
    let (_folder, path, mut store) = on_disk();
    stranger(&path).pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(store.begin().map(drop), Err(Fault::Newer { .. })));
    assert!(matches!(store.catch_up(), Err(Fault::Newer { .. })));
    assert!(matches!(store.count_try(&crate::domain::user::Digest([1; 32]), now()), Err(Fault::Newer { .. })));
}

#[test]
fn what_was_planted_in_the_file_is_named() {
    let planted = [
        ("CREATE TRIGGER helpful AFTER INSERT ON user BEGIN DELETE FROM secret; END", "trigger “helpful”"),
        ("CREATE VIEW people AS SELECT * FROM user", "view “people”"),
        ("CREATE TABLE extra (a TEXT)", "table “extra”"),
        ("CREATE INDEX faster ON user (name)", "index “faster”"),
        ("DROP TRIGGER log_is_kept", "trigger “log_is_kept”"),
        ("DROP INDEX role_name", "index “role_name”"),
        ("ALTER TABLE user ADD COLUMN note TEXT", "table “user”"),
        ("CREATE TABLE \"\u{1b}[2J\" (a TEXT)", "table “<U+001B>[2J”"),
    ];
    for (statement, name) in planted {
        let (_folder, path) = closed();
        stranger(&path).execute_batch(statement).unwrap();
        let fault = refused(&path);
        assert!(matches!(&fault, Fault::Damaged { why, .. } if why.contains(name)), "{statement}: {fault}");
    }
}

#[test]
fn a_trigger_that_is_planted_while_the_file_is_open_does_not_run() {
    let (_folder, path, mut store) = on_disk();
    stranger(&path).execute_batch("CREATE TRIGGER late AFTER INSERT ON log BEGIN DELETE FROM attempt; END").unwrap();
    let fault = store.begin().map(drop).unwrap_err();
    assert!(matches!(&fault, Fault::Damaged { why, .. } if why.contains("late")), "{fault}");
}

#[test]
fn statistics_of_sqlite_are_no_damage() {
    let (_folder, path) = closed();
    stranger(&path).execute_batch("ANALYZE").unwrap();
    assert_kept(&Store::open(&path).unwrap());
}

#[test]
fn a_real_organization_in_a_file_for_samples_is_damage() {
    let (_folder, path) = closed();
    let sample = i32::from_be_bytes(*b"rols");
    stranger(&path).pragma_update(None, "application_id", sample).unwrap();
    let fault = refused(&path);
    assert!(matches!(fault, Fault::Damaged { .. }), "{fault}");
}

#[test]
fn a_word_that_means_nothing_is_damage_and_says_where() {
    let (_folder, path) = closed();
    stranger(&path).execute_batch("UPDATE user SET name = ''").unwrap();
    let fault = refused(&path);
    assert!(matches!(&fault, Fault::Damaged { why, .. } if why.contains("table user")), "{fault}");
}

#[test]
fn a_file_that_is_held_exclusively_is_in_use() {
    let (_folder, path) = closed();
    let other = stranger(&path);
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; DELETE FROM attempt").unwrap();
    let fault = Store::open_within(&path, Duration::ZERO).map(drop).unwrap_err();
    assert!(matches!(fault, Fault::Locked { .. }), "{fault}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_or_written_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = closed();
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o400);
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        // The superuser may do everything; there is nothing to see.
        return;
    }
    let fault = Store::open(&path).map(drop).unwrap_err();
    assert!(matches!(fault, Fault::Io { doing: "written", .. }), "{fault}");
    assert_eq!(Store::open_read_only(&path).unwrap().head().seq, 1);
    mode(0o000);
    let fault = Store::open(&path).map(drop).unwrap_err();
    assert!(matches!(fault, Fault::Io { doing: "read", .. }), "{fault}");
}
