//! The digests of rows that stand beside the log.
#![expect(clippy::unwrap_used, reason = "tests")]
use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::ledger::store::seal;

fn of(conn: &Connection, values: &str) -> String {
    let sql = format!("SELECT lower(hex(rolodeck_seal({values})))");
    conn.query_row(&sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn no_two_rows_read_alike() {
    let conn = Connection::open_in_memory().unwrap();
    seal::register(&conn).unwrap();
    let rows = [
        "'a'",
        "'a', NULL",
        "'a', ''",
        "'a', x''",
        "'a', 0",
        "'a', '0'",
        "'a', 'b'",
        "'ab', ''",
        "'a', NULL, 'b'",
        "'a', 'b', NULL",
    ];
    let seals: BTreeSet<_> = rows.iter().map(|row| of(&conn, row)).collect();
    assert_eq!(seals.len(), rows.len());
}

/// The seals of what was once written must be computed alike for ever.
#[test]
fn the_seals_do_not_change_with_the_program() {
    let conn = Connection::open_in_memory().unwrap();
    seal::register(&conn).unwrap();
    // SHA-256 of "rolodeck row 1", then for each value its type, its length in eight bytes, and itself.
    let expected = crate::ledger::secrets::sha256(
        b"rolodeck row 1\x03\0\0\0\0\0\0\0\x08stranger\x01\0\0\0\0\0\0\0\x08\0\0\0\0\0\0\0\x07\0\0\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0\x01\xff",
    );
    assert_eq!(of(&conn, "'stranger', 7, NULL, x'ff'"), expected.to_string());
}
