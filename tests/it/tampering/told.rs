//! Tables that say something else than the log, and parts that were blanked without an entry.
use rolodeck::domain::row::Kind;
use rolodeck::domain::user::CredentialKind;
use rolodeck::ledger::checkpoint::Checkpoint;
use rolodeck::ledger::store::{Finding, examine};

use super::{Copy, ENTRIES, after};

#[test]
fn a_row_that_was_changed_without_an_entry_is_named() {
    let changed = |kind, statements: &str| {
        let found = after(statements);
        assert!(matches!(found, Finding::Row(row) if row.kind == kind), "{statements}: {found}");
        assert_eq!(found.word(), "row changed");
    };
    changed(Kind::User, "UPDATE user SET name = 'Eve' WHERE address LIKE 'ada@%'");
    changed(Kind::Role, "UPDATE role SET state = 'deleted' WHERE name = 'Spare'");
    changed(Kind::Role, "DELETE FROM role_group WHERE role = (SELECT id FROM role WHERE name = 'Payer')");
    changed(
        Kind::User,
        "INSERT INTO user_role SELECT u.id, r.id FROM user u, role r WHERE u.address LIKE 'flo@%' AND r.setup = 'owner'",
    );
    changed(Kind::Account, "UPDATE account SET currency = 'USD' WHERE identifier = 'TILL-3'");
    changed(Kind::Organization, "DELETE FROM four_eyes_area");
    changed(Kind::Organization, "UPDATE security SET four_eyes_begun = 0");
    let passphrase = Kind::Credential(CredentialKind::Passphrase);
    changed(passphrase, "UPDATE credential SET digest = zeroblob(32) WHERE kind = 'passphrase'");
    // Columns that are never read again.
    changed(Kind::Role, "UPDATE role SET name_key = 'something' WHERE name = 'Spare'");
    changed(Kind::Entity, "UPDATE entity SET name_key = 'something' WHERE name = 'Hollin Lone'");
    changed(Kind::ChangeRequest, "UPDATE change_request SET effect = zeroblob(32)");
    changed(Kind::ChangeRequest, "UPDATE change_request SET reason = 'because'");
    // Times that read the same.
    changed(Kind::User, "UPDATE user SET joined = replace(joined, 'Z', '+00:00')");
}

#[test]
fn addresses_and_secrets_are_held_against_people_and_digests() {
    let freed = after("DELETE FROM address WHERE key LIKE 'ada@%'");
    assert_eq!((freed.word(), freed.to_string().contains("ada@hollin")), ("wrong address", true), "{freed}");
    assert_eq!(after("UPDATE address SET typed = upper(typed) WHERE key LIKE 'bo@%'").word(), "wrong address");
    let swapped = after("UPDATE secret SET bytes = x'00' WHERE kind = 'recovery_code'");
    assert!(matches!(swapped, Finding::Secret { kind: CredentialKind::RecoveryCode, .. }), "{swapped}");
    assert_eq!(swapped.word(), "swapped secret");
    assert_eq!(after("DELETE FROM secret WHERE kind = 'passphrase'").word(), "swapped secret");
}

#[test]
fn tables_that_were_changed_are_found() {
    let copy = Copy::new();
    drop(copy.forge());
    assert_eq!(copy.word(&[]), "tables changed");
    assert_eq!(after("CREATE TABLE more (a); INSERT INTO more VALUES (1)").word(), "tables changed");
    assert_eq!(after("PRAGMA user_version = 2; UPDATE stranger SET tries = tries").word(), "older version");
    assert_eq!(after("PRAGMA user_version = 0; UPDATE stranger SET tries = tries").word(), "damaged");
    assert_eq!(after("PRAGMA application_id = 7; UPDATE stranger SET tries = tries").word(), "damaged");
}

#[test]
fn only_what_an_entry_says_is_blanked() {
    assert_eq!(examine(Copy::new().path(), &[]).unwrap().redactions, 2);
    let edited = |statements: &str| {
        let found = after(statements);
        assert_eq!(found.word(), "edited", "{statements}: {found}");
    };
    edited("DELETE FROM redaction WHERE seq = 3");
    edited("UPDATE redaction SET old = zeroblob(32)");
    edited("UPDATE redaction SET n = n + 1 WHERE seq = 3");
    edited(&format!("INSERT INTO redaction SELECT 4, 0, {ENTRIES}, hash, hash FROM log_body WHERE seq = 4 AND n = 0"));
    edited("UPDATE log_body SET salt = zeroblob(16) WHERE seq = 2 AND n = 0");
    // Whoever blanks one more, and notes it as the program would, has no entry that says so.
    let copy = Copy::new();
    let mut forger = copy.forge();
    forger.blank(&[(5, 0)]);
    forger.sql(&format!("DELETE FROM log WHERE seq > {ENTRIES}; DELETE FROM log_body WHERE seq > {ENTRIES}"));
    forger.sql(&format!("UPDATE redaction SET entry = {ENTRIES} WHERE seq = 5"));
    forger.log.truncate(ENTRIES as usize);
    forger.note_head();
    forger.done();
    let found = copy.finding(&[]);
    assert!(matches!(found, Finding::Edited { seq: 5, .. }), "{found}");
}

#[test]
fn a_body_can_be_blanked_twice_and_not_be_brought_back() {
    let copy = Copy::new();
    let genuine = copy.forge().log[4].1[0].clone();
    let copy = Copy::new();
    let mut forger = copy.forge();
    forger.blank(&[(5, 0)]);
    forger.done();
    assert_eq!(examine(copy.path(), &[]).unwrap().redactions, 3);
    let forger = copy.forge();
    let sql = "UPDATE log_body SET salt = ?1, bytes = ?2 WHERE seq = 5 AND n = 0";
    forger.raw.execute(sql, (genuine.salt, genuine.bytes)).unwrap();
    forger.done();
    let found = copy.finding(&[]);
    assert!(matches!(found, Finding::Edited { seq: 5, .. }), "{found}");
}

#[test]
fn a_checkpoint_of_another_organization_or_with_other_rows_is_refused() {
    let copy = Copy::new();
    let known = copy.checkpoint();
    let other =
        Checkpoint { organization: serde_json::from_str("\"00000000-0000-0000-0000-000000000001\"").unwrap(), ..known };
    assert_eq!(copy.word(&[known, other]), "other organization");
    let wrong = Checkpoint { rows: known.head, ..known };
    assert_eq!(copy.word(&[wrong]), "wrong checkpoint");
    assert_eq!(copy.word(&[Checkpoint { head: known.rows, ..known }]), "computed anew");
    examine(copy.path(), &[known, known]).unwrap();
}
