//! Change requests and security settings, as their tables tell them.
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Row as Stored};

use super::column::{Number, Time};
use super::failure::Attempt;
use super::load::{Put, each};
use crate::domain::access::Person;
use crate::domain::change_request::{ChangeRequest, Parked, RequestState, Told};
use crate::domain::row::Row;
use crate::domain::security::{Emergency, Rescue, Security};

/// Reads the change requests.
pub(super) fn change_requests(conn: &Connection, put: &mut Put<'_>) -> Attempt<()> {
    let sql = "SELECT id, requester, requester_role, filed, expires, entry, area, command, summary, told, state, \
               decided, decided_by, decided_role, reason, code_seen, parked_version, parked FROM change_request";
    each(conn, sql, |row| {
        put(Row::ChangeRequest(change_request(row)?));
        Ok(())
    })
}

fn change_request(row: &Stored<'_>) -> rusqlite::Result<ChangeRequest> {
    let (Time(filed), Time(expires), Number(entry)) = (row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(ChangeRequest {
        id: row.get(0)?,
        by: Person { user: row.get(1)?, role: row.get(2)? },
        filed,
        expires,
        entry,
        area: row.get(6)?,
        command: row.get(7)?,
        summary: row.get(8)?,
        told: json::<Told>(row, 9)?,
        state: state(row)?,
        parked: parked(row)?,
    })
}

fn state(row: &Stored<'_>) -> rusqlite::Result<RequestState> {
    let at = || row.get(11).map(|Time(at)| at);
    let by = || Ok::<_, rusqlite::Error>(Person { user: row.get(12)?, role: row.get(13)? });
    match row.get_ref(10)?.as_str()? {
        "pending" => Ok(RequestState::Pending),
        "applied" => Ok(RequestState::Applied { by: by()?, at: at()?, code_seen: row.get(15)? }),
        "rejected" => Ok(RequestState::Rejected { by: by()?, at: at()?, reason: row.get(14)? }),
        "withdrawn" => Ok(RequestState::Withdrawn { at: at()? }),
        _ => Err(FromSqlError::InvalidType.into()),
    }
}

fn parked(row: &Stored<'_>) -> rusqlite::Result<Option<Parked>> {
    let version: Option<u16> = row.get(16)?;
    version.map(|version| Ok(Parked { version, json: json(row, 17)? })).transpose()
}

/// A value that stands in a column as JSON.
fn json<T: serde::de::DeserializeOwned>(row: &Stored<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// Reads the security settings.
pub(super) fn security(conn: &Connection) -> Attempt<Security> {
    let mut security = Security::default();
    each(conn, "SELECT four_eyes_begun, code_due FROM security", |row| {
        (security.four_eyes.begun, security.code_due) = (row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    each(conn, "SELECT area FROM four_eyes_area", |row| {
        security.four_eyes.areas.insert(row.get(0)?);
        Ok(())
    })?;
    each(conn, "SELECT at, owner_reset, claimed FROM emergency ORDER BY position", |row| {
        let Time(at) = row.get(0)?;
        let rescue = row.get::<_, Option<_>>(1)?.map_or(Rescue::FourEyesOff, Rescue::OwnerReset);
        security.emergencies.push(Emergency { at, rescue, claimed: row.get(2)? });
        Ok(())
    })?;
    Ok(security)
}
