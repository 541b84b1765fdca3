//! What another tool does to the file is hindered where possible, and found in any case.
#![expect(clippy::unwrap_used, reason = "tests")]
use rusqlite::Connection;

use super::desk::*;
use crate::domain::row::{Row, RowId};
use crate::domain::user::CredentialKind;
use crate::ledger::secrets::Secrets;
use crate::ledger::store::{Finding, Store};

/// An organization with some history and a secret, closed.
fn storied() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, path, mut store) = on_disk();
    let (credential, stored) = proof(CredentialKind::Passphrase, user_id(1).uuid(), b"$argon2id$hash");
    change_with(&mut store, &Secrets::none().with(stored), |org| org.put(credential)).unwrap();
    change(&mut store, |org| org.put(Row::Invitation(invitation(1, "bo@example.com"))));
    change(&mut store, |org| org.put(Row::Role(role(2, "Reader", simple()))));
    store.verify().unwrap();
    (folder, path)
}

/// What verifying finds after another tool ran these statements, without the triggers that hinder it.
#[track_caller]
fn found_after(tampering: &str) -> Finding {
    let (_folder, path) = storied();
    let tool = Connection::open(&path).unwrap();
    let triggers: Vec<(String, String)> = tool
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    triggers.iter().for_each(|(name, _)| tool.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    tool.pragma_update(None, "foreign_keys", false).unwrap();
    tool.execute_batch(tampering).unwrap();
    assert!(tool.changes() > 0, "{tampering} changed nothing");
    triggers.iter().for_each(|(_, sql)| tool.execute_batch(sql).unwrap());
    drop(tool);
    Store::open(&path).unwrap().verify().unwrap_err()
}

#[test]
fn the_log_can_neither_be_changed_nor_shortened() {
    let (_folder, path) = storied();
    let tool = Connection::open(&path).unwrap();
    for statement in [
        "UPDATE log SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2",
        "DELETE FROM log WHERE seq = 4",
        "UPDATE log_body SET bytes = NULL",
        "DELETE FROM log_body",
        "INSERT INTO log SELECT seq + 10, at, zeroblob(16), command, outcome, actor, user, role, session, previous, hash
         FROM log WHERE seq = 4",
        "INSERT OR REPLACE INTO log SELECT * FROM log WHERE seq = 4",
        "INSERT OR REPLACE INTO log_body SELECT * FROM log_body WHERE seq = 4 AND n = 0",
        "INSERT INTO log_body SELECT seq, 77, kind, id, version, salt, bytes, hash FROM log_body WHERE seq = 4 AND n = 0",
        "INSERT INTO log_body SELECT 1, 99, kind, id, version, salt, bytes, hash FROM log_body WHERE seq = 4 AND n = 0",
    ] {
        let error = tool.execute_batch(statement).unwrap_err().to_string();
        assert!(error.contains("the log"), "{statement}: {error}");
    }
    Store::open(&path).unwrap().verify().unwrap();
}

#[test]
fn a_byte_that_was_changed_in_the_log_is_found() {
    let changed = found_after(
        "UPDATE log_body SET bytes = CAST(replace(CAST(bytes AS TEXT), 'bo@', 'po@') AS BLOB) WHERE seq = 3 AND n = 0",
    );
    assert!(matches!(changed, Finding::Edited { seq: 3, .. }), "{changed}");
    let header = found_after("UPDATE log SET command = 'harmless' WHERE seq = 2");
    assert!(matches!(header, Finding::Edited { seq: 2, .. }), "{header}");
    let spelling = found_after("UPDATE log SET at = replace(at, '.123Z', '.123000Z') WHERE seq = 2");
    assert!(matches!(spelling, Finding::Edited { seq: 2, .. }), "{spelling}");
    let salt = found_after("UPDATE log_body SET salt = zeroblob(16) WHERE seq = 4");
    assert!(matches!(salt, Finding::Edited { seq: 4, .. }), "{salt}");
}

#[test]
fn a_part_or_an_entry_that_was_taken_out_is_found() {
    let part = found_after("DELETE FROM log_body WHERE seq = 1 AND n = 2");
    assert!(matches!(part, Finding::Edited { seq: 1, .. }), "{part}");
    let last_part = found_after("DELETE FROM log_body WHERE seq = 4");
    assert!(matches!(last_part, Finding::Edited { seq: 4, .. }), "{last_part}");
    let entry = found_after("DELETE FROM log_body WHERE seq = 2; DELETE FROM log WHERE seq = 2");
    assert!(matches!(entry, Finding::Missing { seq: 2 }), "{entry}");
}

#[test]
fn a_row_that_the_log_does_not_know_is_found() {
    let renamed = found_after("UPDATE user SET name = 'Eve'");
    assert!(matches!(renamed, Finding::Row(row) if row == RowId::from(user_id(1))), "{renamed}");
    let ticked = found_after("INSERT INTO role_group SELECT id, 'erp_access' FROM role WHERE name = 'Reader'");
    assert!(matches!(ticked, Finding::Row(row) if row == RowId::from(role_id(2))), "{ticked}");
    let gone = found_after(
        "DELETE FROM invitation_role; DELETE FROM outbox; DELETE FROM address WHERE invitation IS NOT NULL; DELETE FROM invitation",
    );
    assert!(matches!(gone, Finding::Row(row) if row == RowId::from(invitation_id(1))), "{gone}");
}

#[test]
fn an_address_that_was_freed_or_given_away_is_found() {
    let freed = found_after("DELETE FROM address WHERE key = 'bo@example.com'");
    assert!(matches!(&freed, Finding::Address(key) if key == "bo@example.com"), "{freed}");
    let planted = found_after("UPDATE address SET key = 'eve@example.com' WHERE key = 'ada@example.com'");
    assert!(matches!(planted, Finding::Address(_)), "{planted}");
}

#[test]
fn a_secret_that_was_swapped_or_taken_is_found() {
    let swapped = found_after("UPDATE secret SET bytes = CAST('$argon2id$mine' AS BLOB)");
    assert!(matches!(swapped, Finding::Secret { kind: CredentialKind::Passphrase, .. }), "{swapped}");
    let taken = found_after("DELETE FROM secret");
    assert!(matches!(taken, Finding::Secret { .. }), "{taken}");
}

#[test]
fn a_secret_of_nobody_is_found() {
    let planted = found_after("INSERT INTO secret VALUES ('recovery_code', zeroblob(16), zeroblob(32))");
    assert!(matches!(planted, Finding::Secret { kind: CredentialKind::RecoveryCode, .. }), "{planted}");
}
