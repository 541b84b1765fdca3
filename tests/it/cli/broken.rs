//! Files that are not what they should be, and names that should never have come into one.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rolodeck::domain::organization::Nature;
use rolodeck::ledger::store::Store;
use serde_json::Value;

use super::shell::{Home, Said};

/// Everything in a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Fails unless every way to open this file is refused with these words, and leaves everything as it is.
#[track_caller]
fn refused(home: &Home, file: &Path, words: &str) {
    let before = files(&home.data());
    let db = file.to_str().unwrap();
    // The dashboard founds an organization in a file that is not there yet.
    let ways = [&["log", "--db", db][..], &["log", "--json", "--db", db], &["--db", db]];
    for arguments in &ways[..if file.exists() { 3 } else { 2 }] {
        let said: Said = home.run(arguments);
        said.failed(2, words);
        assert!(said.err.contains(db), "{}", said.err);
        let after = files(&home.data());
        assert!(before.keys().eq(after.keys()), "files came or went: {:?}", after.keys());
        assert!(before == after, "a file was changed");
    }
}

#[test]
fn what_is_not_ours_is_refused_and_left_as_it_is() {
    let home = Home::new();
    home.sample("look");
    let put = |name: &str, bytes: &[u8]| {
        let path = home.data().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    refused(&home, &put("empty.db", b""), "is damaged: it is empty");
    refused(&home, &put("text.db", b"dear diary, today"), "is not a rolodeck organization");
    refused(&home, &put("noise.db", &[0x5a; 100_000]), "is not a rolodeck organization");
    refused(&home, &put("start.db", b"SQLite format 3\0"), "is not a rolodeck organization");
    refused(&home, Path::new("/dev/null"), "is not an ordinary file");
    refused(&home, &home.data(), "it is a folder");
    refused(&home, &home.data().join("nothing.db"), "cannot be opened");
    refused(&home, &home.data().join("look.db/inside.db"), "cannot be opened");
    let foreign = home.data().join("foreign.db");
    let raw = rusqlite::Connection::open(&foreign).unwrap();
    raw.execute_batch("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup')").unwrap();
    drop(raw);
    refused(&home, &foreign, "it is the database of another program");
}

#[test]
fn a_file_that_was_cut_off_is_refused_and_left_as_it_is() {
    let home = Home::new();
    let whole = std::fs::read(home.sample("look")).unwrap();
    for part in [1, 50, 99, 512, 4_095, 4_096, 8_192, whole.len() / 2, whole.len() - 4_096] {
        let cut = home.data().join("cut.db");
        std::fs::write(&cut, &whole[..part]).unwrap();
        refused(&home, &cut, " is ");
    }
}

#[test]
fn a_file_from_a_newer_version_is_refused_and_left_as_it_is() {
    let home = Home::new();
    let file = home.sample("look");
    let raw = rusqlite::Connection::open(&file).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    raw.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(raw);
    refused(&home, &file, "was written by a newer version of rolodeck (schema 99");
}

#[test]
fn a_file_with_something_planted_in_it_is_refused_and_left_as_it_is() {
    for planted in [
        "CREATE TRIGGER quiet AFTER INSERT ON log BEGIN DELETE FROM attempt; END",
        "CREATE VIEW people AS SELECT * FROM user",
        "CREATE TABLE more (a)",
        "DROP TRIGGER log_is_fixed",
        "DROP INDEX address_user",
    ] {
        let home = Home::new();
        let file = home.sample("look");
        let raw = rusqlite::Connection::open(&file).unwrap();
        raw.execute_batch(planted).unwrap();
        drop(raw);
        refused(&home, &file, "is damaged: the ");
    }
}

#[test]
fn a_file_that_may_not_be_read_or_written_is_refused_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let file = home.sample("look");
    let set = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o000);
    if std::fs::read(&file).is_ok() {
        return; // The superuser may read everything.
    }
    for arguments in [&["log"][..], &[]] {
        home.run(arguments).failed(2, "cannot be read");
    }
    set(0o400);
    let before = files(&home.data());
    home.run(&["log"]).failed(2, "cannot be written");
    assert_eq!(files(&home.data()), before);
}

#[test]
fn a_file_that_somebody_holds_is_waited_for_and_then_refused() {
    let home = Home::new();
    let file = home.sample("look");
    let holder = rusqlite::Connection::open(&file).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE; UPDATE stranger SET tries = 3").unwrap();
    let said = home.run(&["log"]);
    said.failed(2, "look.db is in use by another program");
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(Store::open(&file).unwrap().head().seq, 1, "nothing was written");
    assert_eq!(home.run(&["log"]).code, 0);
}

#[test]
fn a_real_organization_that_was_turned_into_a_sample_is_not_opened() {
    let home = Home::new();
    let path = home.data().join("real.db");
    drop(Store::create(&path, Nature::Real).unwrap());
    let other = Home::new();
    let sample = other.sample("look");
    let raw = rusqlite::Connection::open(&sample).unwrap();
    let real: i32 = rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .unwrap();
    raw.pragma_update(None, "application_id", real).unwrap();
    drop(raw);
    refused(&other, &sample, "a sample was turned into a real organization");
}

/// Lets a body of the log say something else, as somebody with another tool would.
fn plant(file: &Path, of: &str, with: &str) {
    let raw = rusqlite::Connection::open(file).unwrap();
    let guards = ["log_body_is_fixed", "log_is_fixed"].map(|name| {
        let sql = "SELECT sql FROM sqlite_schema WHERE name = ?1";
        let guard: String = raw.query_row(sql, [name], |row| row.get(0)).unwrap();
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        guard
    });
    let sql = "UPDATE log_body SET bytes = CAST(replace(CAST(bytes AS TEXT), ?1, ?2) AS BLOB) WHERE kind <> 'command'";
    assert!(raw.execute(sql, [of, with]).unwrap() > 0);
    let raw_text: String = with.chars().filter(|c| *c != '\\').collect();
    raw.execute("UPDATE log SET command = command || ?1 WHERE seq = 1", [raw_text]).unwrap();
    guards.iter().for_each(|guard| raw.execute_batch(guard).unwrap());
}

#[test]
fn hostile_names_in_the_log_are_shown_as_escapes() {
    let home = Home::new();
    let file = home.sample("look");
    // Raw in JSON, and as an escape of JSON: control, C1, bidirectional, zero-width, tag, line and paragraph separators.
    let raw = "\u{7f}\u{9b}31m\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{e0041}\u{2028}\u{2029}\u{ad}";
    plant(&file, "Ingrid", &format!("Ing\\u001b]0;owned\\u0007{raw}rid"));
    for arguments in [&["log"][..], &["log", "--json"]] {
        let said = home.run(arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        let acts =
            |c: char| (c.is_control() && c != '\n') || raw.chars().any(|odd| odd == c && !c.is_ascii_alphanumeric());
        let found: Vec<_> = said.out.chars().filter(|c| acts(*c)).collect();
        assert!(found.is_empty(), "{arguments:?} let through {found:?}");
        assert!(said.out.contains("Ing") && said.out.contains("owned"), "{arguments:?} hides it");
    }
    // For programs, the escapes mean the very characters.
    let first = home.run(&["log", "--json"]).out.lines().next().unwrap().to_owned();
    let entry: Value = serde_json::from_str(&first).unwrap();
    let wanted = format!("Ing\u{1b}]0;owned\u{7}{raw}rid");
    let said = entry["changes"]
        .as_array()
        .unwrap()
        .iter()
        .any(|change| change["after"]["name"].as_str().is_some_and(|name| name.starts_with(&wanted)));
    assert!(said, "{first}");
}
