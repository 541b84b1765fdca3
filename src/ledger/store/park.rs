//! Making room for unique values that wander from row to row within one change.
//!
//! Unique values are compared at every single statement. Two roles that swap their names would collide
//! halfway, so first every value that will change is replaced by one that nobody can have.
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::failure::Attempt;
use crate::domain::row::Difference;

/// Replaces every unique value that changes by the row's own id, in a form that no name has.
pub(super) fn unique_values(conn: &Connection, difference: &Difference) -> Attempt<()> {
    for pair in difference.entities() {
        let (Some(old), Some(new)) = pair else { continue };
        if old.parent != new.parent || old.name.key() != new.name.key() {
            let mut statement = conn.prepare_cached("UPDATE entity SET name_key = ?2 WHERE id = ?1")?;
            statement.execute(params![old.id, placeholder(old.id.uuid())])?;
        }
    }
    for pair in difference.accounts() {
        let (Some(old), Some(new)) = pair else { continue };
        if old.identifier != new.identifier || old.currency != new.currency {
            let mut statement = conn.prepare_cached("UPDATE account SET identifier = ?2 WHERE id = ?1")?;
            statement.execute(params![old.id, placeholder(old.id.uuid())])?;
        }
    }
    for pair in difference.roles() {
        let (Some(old), Some(new)) = pair else { continue };
        if old.state != new.state || old.name.key() != new.name.key() {
            let mut statement = conn.prepare_cached("UPDATE role SET name_key = ?2 WHERE id = ?1")?;
            statement.execute(params![old.id, placeholder(old.id.uuid())])?;
        }
    }
    Ok(())
}

/// A control character stands in front, which no name can contain.
fn placeholder(id: Uuid) -> String {
    format!("\u{1}{id}")
}
