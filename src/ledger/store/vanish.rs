//! Rows that are gone, and the lists that belong to a row.
use rusqlite::{Connection, params};

use super::column::Id;
use super::failure::Attempt;
use crate::domain::row::{Difference, Kind, RowId};

/// Deletes the rows that vanished.
pub(super) fn rows(conn: &Connection, difference: &Difference) -> Attempt<()> {
    for change in difference.changes.iter().filter(|change| change.after.is_none()) {
        lists(conn, change.row)?;
        delete(conn, change.row)?;
    }
    Ok(())
}

/// Deletes the lists that belong to a row.
pub(super) fn lists(conn: &Connection, row: RowId) -> Attempt<()> {
    let statements: &[&str] = match row.kind {
        Kind::Organization => &[
            "DELETE FROM organization_domain WHERE organization = ?1",
            "DELETE FROM four_eyes_area WHERE organization = ?1",
            "DELETE FROM emergency WHERE organization = ?1",
            "DELETE FROM security WHERE organization = ?1",
        ],
        Kind::Role => &[
            "DELETE FROM role_group WHERE role = ?1",
            "DELETE FROM role_permission WHERE role = ?1",
            "DELETE FROM role_entity WHERE role = ?1",
            "DELETE FROM role_account WHERE role = ?1",
        ],
        Kind::User => &[
            "DELETE FROM user_role WHERE user = ?1",
            "DELETE FROM user_code_seen WHERE user = ?1",
            "DELETE FROM user_apart WHERE user = ?1",
            "DELETE FROM user_deactivated WHERE user = ?1",
        ],
        Kind::Invitation => &[
            "DELETE FROM invitation_role WHERE invitation = ?1",
            "DELETE FROM invitation_code_seen WHERE invitation = ?1",
        ],
        Kind::Entity | Kind::Account | Kind::Credential(_) | Kind::ChangeRequest => &[],
    };
    for statement in statements {
        conn.prepare_cached(statement)?.execute([Id(row.id)])?;
    }
    Ok(())
}

fn delete(conn: &Connection, row: RowId) -> Attempt<()> {
    let statement = match row.kind {
        Kind::Organization => "DELETE FROM organization WHERE id = ?1",
        Kind::Entity => "DELETE FROM entity WHERE id = ?1",
        Kind::Account => "DELETE FROM account WHERE id = ?1",
        Kind::Role => "DELETE FROM role WHERE id = ?1",
        Kind::User => "DELETE FROM user WHERE id = ?1",
        Kind::Invitation => "DELETE FROM invitation WHERE id = ?1",
        Kind::ChangeRequest => "DELETE FROM change_request WHERE id = ?1",
        Kind::Credential(kind) => {
            let mut statement = conn.prepare_cached("DELETE FROM credential WHERE kind = ?1 AND owner = ?2")?;
            statement.execute(params![kind, Id(row.id)])?;
            return Ok(());
        }
    };
    conn.prepare_cached(statement)?.execute([Id(row.id)])?;
    Ok(())
}
