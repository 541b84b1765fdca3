//! Digests of the rows that stand beside the log. No entry tells of them, so each carries one over its other columns:
//! it notices damage, and whoever edits a row without knowing of it. It is no proof against those who do.
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{FromSqlError, ValueRef};
use rusqlite::{Connection, Row, ToSql};

use super::failure::Attempt;
use crate::ledger::secrets::sha256;

/// A table whose rows are sealed.
pub(super) struct Sealed {
    /// Its name.
    pub(super) table: &'static str,
    /// The column that names a row.
    key: &'static str,
    /// The call that computes what the column `seal` must hold.
    fitting: &'static str,
}

/// Messages of open invitations.
pub(super) const OUTBOX: Sealed = Sealed {
    table: "outbox",
    key: "invitation",
    fitting: "rolodeck_seal('outbox', invitation, asked, state, tries, next_try, last_error, written)",
};

/// Failed sign-ins.
pub(super) const ATTEMPT: Sealed =
    Sealed { table: "attempt", key: "key", fitting: "rolodeck_seal('attempt', key, failures, paused_until, last)" };

/// Failed sign-ins at unknown addresses.
pub(super) const STRANGER: Sealed =
    Sealed { table: "stranger", key: "singleton", fitting: "rolodeck_seal('stranger', singleton, tries, noted)" };

/// All of them.
pub(super) const ALL: [&Sealed; 3] = [&OUTBOX, &ATTEMPT, &STRANGER];

impl Sealed {
    /// Seals the row with this key, after it was written. Nothing happens when there is none.
    pub(super) fn close(&self, conn: &Connection, key: impl ToSql) -> Attempt<()> {
        let Self { table, key: column, fitting } = self;
        let sql = format!("UPDATE {table} SET seal = {fitting} WHERE {column} = ?1");
        conn.prepare_cached(&sql)?.execute([key])?;
        Ok(())
    }

    /// Seals every row.
    pub(super) fn close_all(&self, conn: &Connection) -> rusqlite::Result<()> {
        conn.execute_batch(&format!("UPDATE {} SET seal = {}", self.table, self.fitting))
    }

    /// A column for a question: whether the row is as it was written, for [`check`].
    pub(super) fn whole(&self) -> String {
        format!("seal IS {}", self.fitting)
    }

    /// Whether there is a row that is not as it was written.
    pub(super) fn is_broken(&self, conn: &Connection) -> Attempt<bool> {
        let sql = format!("SELECT 1 FROM {} WHERE seal IS NOT {}", self.table, self.fitting);
        Ok(conn.prepare_cached(&sql)?.exists([])?)
    }
}

/// What a broken seal means.
#[derive(Debug, thiserror::Error)]
#[error("a row is not as it was written")]
struct Broken;

/// Refuses a row whose column `whole` says that it is not as it was written.
pub(super) fn check(row: &Row<'_>, whole: usize) -> rusqlite::Result<()> {
    if row.get(whole)? { Ok(()) } else { Err(FromSqlError::other(Broken).into()) }
}

/// Makes the function known to a connection.
pub(super) fn register(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    conn.create_scalar_function("rolodeck_seal", -1, flags, |values| Ok(sha256(&framed(values))))
}

/// The values behind their types and lengths, so that no two rows read alike.
fn framed(values: &Context<'_>) -> Vec<u8> {
    let mut bytes = b"rolodeck row 1".to_vec();
    for n in 0..values.len() {
        let (kind, value) = match values.get_raw(n) {
            ValueRef::Null => (0, Vec::new()),
            ValueRef::Integer(value) => (1, value.to_be_bytes().to_vec()),
            ValueRef::Real(value) => (2, value.to_be_bytes().to_vec()),
            ValueRef::Text(value) => (3, value.to_vec()),
            ValueRef::Blob(value) => (4, value.to_vec()),
        };
        bytes.push(kind);
        bytes.extend_from_slice(&(value.len() as u64).to_be_bytes());
        bytes.extend_from_slice(&value);
    }
    bytes
}
