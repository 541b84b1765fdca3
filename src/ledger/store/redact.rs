//! Bodies in which a person was blanked.
use rusqlite::{Connection, OptionalExtension, params};

use super::column::Number;
use super::failure::Attempt;
use crate::domain::user::Digest;

/// The hash that fits what is left of a body, if something in it was blanked. That an entry says so, too, is checked by
/// verifying.
pub(super) fn newest(conn: &Connection, seq: u64, n: u32) -> Attempt<Option<Digest>> {
    let mut statement =
        conn.prepare_cached("SELECT new FROM redaction WHERE seq = ?1 AND n = ?2 ORDER BY entry DESC LIMIT 1")?;
    Ok(statement.query_row(params![Number(seq), n], |row| row.get(0)).optional()?)
}
