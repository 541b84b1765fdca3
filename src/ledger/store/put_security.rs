//! The security settings of an organization, which stand in tables of their own.
use rusqlite::{Connection, params};

use super::column::Time;
use super::failure::Attempt;
use crate::domain::id::OrganizationId;
use crate::domain::security::{Rescue, Security};

/// Writes them. Initial settings need no row.
pub(super) fn security(conn: &Connection, organization: OrganizationId, security: &Security) -> Attempt<()> {
    if security.is_initial() {
        return Ok(());
    }
    let sql = "INSERT INTO security (organization, four_eyes_begun, code_due) VALUES (?1, ?2, ?3)";
    let mut statement = conn.prepare_cached(sql)?;
    statement.execute(params![organization, security.four_eyes.begun, security.code_due])?;
    let mut statement = conn.prepare_cached("INSERT INTO four_eyes_area (organization, area) VALUES (?1, ?2)")?;
    for area in &security.four_eyes.areas {
        statement.execute(params![organization, area])?;
    }
    let sql = "INSERT INTO emergency (organization, position, at, owner_reset, claimed) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut statement = conn.prepare_cached(sql)?;
    for (position, emergency) in security.emergencies.iter().enumerate() {
        let owner = match emergency.rescue {
            Rescue::FourEyesOff => None,
            Rescue::OwnerReset(owner) => Some(owner),
        };
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        statement.execute(params![organization, position, Time(emergency.at), owner, emergency.claimed])?;
    }
    Ok(())
}
