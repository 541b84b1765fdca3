//! The table of addresses: one address, one holder.
use rusqlite::{Connection, params};

use super::failure::Attempt;
use crate::domain::address::EmailAddress;
use crate::domain::org::Holder;
use crate::domain::row::{Change, Difference, Row};
use crate::domain::user::UserStatus;

/// Frees the addresses that their holders no longer have.
pub(super) fn release(conn: &Connection, difference: &Difference) -> Attempt<()> {
    let mut statement = conn.prepare_cached("DELETE FROM address WHERE key = ?1")?;
    for change in &difference.changes {
        if let (Some((_, old)), true) = (held(change.before.as_ref()), moves(change)) {
            statement.execute([old.key()])?;
        }
    }
    Ok(())
}

/// Notes the addresses that holders have now and did not have before.
pub(super) fn take(conn: &Connection, difference: &Difference) -> Attempt<()> {
    let sql = "INSERT INTO address (key, typed, user, invitation) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = conn.prepare_cached(sql)?;
    for change in &difference.changes {
        let Some((holder, new)) = held(change.after.as_ref()).filter(|_| moves(change)) else { continue };
        let (user, invitation) = match holder {
            Holder::User(id) => (Some(id), None),
            Holder::Invitation(id) => (None, Some(id)),
        };
        statement.execute(params![new.key(), new, user, invitation])?;
    }
    Ok(())
}

/// Whether the change is one of addresses.
fn moves(change: &Change) -> bool {
    held(change.before.as_ref()) != held(change.after.as_ref())
}

/// Who holds which address by this row.
fn held(row: Option<&Row>) -> Option<(Holder, &EmailAddress)> {
    match row? {
        Row::User(user) if user.status != UserStatus::Removed => Some((Holder::User(user.id), &user.address)),
        Row::Invitation(open) => Some((Holder::Invitation(open.id), &open.address)),
        _ => None,
    }
}
