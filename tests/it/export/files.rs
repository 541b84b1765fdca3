//! What an export leaves behind: a file or nothing, and an entry.
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use rolodeck::command::ExportFormat;
use rolodeck::engine::Trouble;
use rolodeck::ledger::entry::Outcome;
use rolodeck::ledger::export::Order;
use rolodeck::ledger::fault::Fault;
use rolodeck::ledger::secrets::sha256;
use rolodeck::ledger::story::tell;
use serde_json::json;

use super::trail::{AUDITOR, DESIGNER, EVERYTHING, Office, STRANGER, in_utc};
use crate::cli::shell::Home;

fn everything_as_csv() -> Order {
    in_utc(ExportFormat::Csv, EVERYTHING)
}

#[test]
fn the_entry_says_what_was_taken_and_its_hash() {
    for format in ExportFormat::ALL {
        let mut office = Office::busy();
        let auditor = office.sign_in(AUDITOR);
        let before = office.store.head().seq;
        let path = office.path("trail");
        let taken = office.try_export(&auditor, in_utc(format, EVERYTHING), &path).unwrap().taken;
        assert_eq!((taken.entries, taken.seq, office.store.head().seq), (before, before + 1, before + 1));
        let written = std::fs::read(&path).unwrap();
        assert_eq!(taken.sha256, sha256(&written));
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let header = office.store.entries(before, 1).unwrap().remove(0);
        assert_eq!((&*header.command, header.outcome), ("export_trail", Outcome::Done));
        assert_eq!(header.actor.user, Some(auditor.person().user));
        let story = tell(&office.store, &header).unwrap();
        assert!(story.changes.is_empty());
        let said = story.command.unwrap();
        assert_eq!(said["entries"], json!(before));
        assert_eq!((&said["first"], &said["last"]), (&json!(1), &json!(before)));
        assert_eq!((&said["format"], &said["addresses"]), (&json!(format), &json!("shown")));
        assert_eq!(said["sha256"], json!(taken.sha256));
        assert_eq!(office.files(), ["trail"]);
        office.store.verify().unwrap();
    }
}

#[test]
fn whoever_may_not_read_the_trail_gets_nothing_and_that_is_noted() {
    let mut office = Office::with_a_stranger();
    let (designer, stranger) = (office.sign_in(DESIGNER), office.sign_in(STRANGER));
    let before = office.store.head().seq;
    for format in ExportFormat::ALL {
        let path = office.path("trail");
        let refused = office.try_export(&designer, in_utc(format, EVERYTHING), &path).unwrap_err();
        assert!(matches!(&refused, Trouble::Refused(refusal) if refusal.to_string().contains("resource_events:read")));
    }
    assert!(office.files().is_empty());
    let refused = office.store.entries(before, 10).unwrap();
    assert!(refused.iter().all(|header| header.outcome == Outcome::Refused && &*header.command == "export_trail"));
    assert_eq!(refused.len(), 3);
    let path = office.path("trail");
    office.try_export(&stranger, everything_as_csv(), &path).unwrap();
    let header = office.store.newest_before(u64::MAX, 1).unwrap().remove(0);
    assert_eq!(tell(&office.store, &header).unwrap().command.unwrap()["addresses"], json!("hidden"));
}

#[test]
fn a_file_that_is_there_is_kept() {
    let mut office = Office::quiet();
    let auditor = office.sign_in(AUDITOR);
    let before = office.store.head().seq;
    let (path, link) = (office.path("trail"), office.path("link"));
    std::fs::write(&path, "mine").unwrap();
    std::os::unix::fs::symlink("nowhere", &link).unwrap();
    for path in [&path, &link] {
        let refused = office.try_export(&auditor, everything_as_csv(), path).unwrap_err();
        assert!(matches!(refused, Trouble::Fault(Fault::Exists { .. })));
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    let nowhere = office.path("no folder").join("trail");
    assert!(office.try_export(&auditor, everything_as_csv(), &nowhere).is_err());
    assert_eq!((office.files().len(), office.store.head().seq), (2, before));
}

#[test]
fn the_command_line_exports_to_standard_output_and_to_a_file() {
    let home = Home::new();
    home.sample("look");
    let first = home.run(&["export", "--format", "jsonl"]).done();
    assert_eq!(first.lines().count(), 2, "the founding and the sign-in");
    let file = home.path().join("trail.csv");
    let path = file.to_str().unwrap();
    let said = home.run(&["export", "--format", "csv", "--output", path]).done();
    let sum = sha256(&std::fs::read(&file).unwrap());
    assert_eq!(said, format!("4 entries in {path}, SHA-256 {sum}\n"));
    let again = home.run(&["export", "--format", "csv", "--output", path]);
    again.failed(2, "is there already");
    let log = home.run(&["log", "--json"]).done();
    let entries: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.iter().filter(|entry| entry["command"] == "export_trail").count(), 2);
    home.run(&["export", "--format", "csv", "--from", ""]).failed(2, "--from is empty. Say a day");
    home.run(&["export", "--format", "csv", "--to", " "]).failed(2, "--to is empty.");
    home.run(&["export", "--format", "csv", "--from", "yesterday"]).failed(2, "“yesterday” is no moment");
    home.run(&["export", "--format", "csv", "--from", "2026-03-02", "--to", "2026-03-01"]).failed(2, "ends before");
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let home = Home::new();
    home.sample("look");
    for format in ["jsonl", "csv", "html"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = home.command(&["export", "--format", format]);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{format}");
    }
}
