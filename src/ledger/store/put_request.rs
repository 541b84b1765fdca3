//! Change requests: what waits for a second person.
use rusqlite::{Connection, params};

use super::column::{Number, Time};
use super::failure::{Attempt, Failure};
use crate::domain::change_request::{ChangeRequest, RequestState};

/// Writes one that is new or changed.
pub(super) fn change_request(conn: &Connection, row: &ChangeRequest) -> Attempt<()> {
    let (decided, by, reason, code_seen) = match &row.state {
        RequestState::Pending => (None, None, None, None),
        RequestState::Applied { by, at, code_seen } => (Some(at), Some(by), None, Some(*code_seen)),
        RequestState::Rejected { by, at, reason } => (Some(at), Some(by), Some(reason), None),
        RequestState::Withdrawn { at } => (Some(at), None, None, None),
    };
    let text = |error: serde_json::Error| Failure::Contradiction(format!("a request cannot be written: {error}"));
    let told = serde_json::to_string(&row.told).map_err(text)?;
    let mut statement = conn.prepare_cached(
        "INSERT INTO change_request (id, requester, requester_role, filed, expires, entry, area, command, summary, \
         effect, told, state, decided, decided_by, decided_role, reason, code_seen, parked_version, parked) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19) \
         ON CONFLICT (id) DO UPDATE SET requester = excluded.requester, requester_role = excluded.requester_role, \
         filed = excluded.filed, expires = excluded.expires, entry = excluded.entry, area = excluded.area, \
         command = excluded.command, summary = excluded.summary, effect = excluded.effect, told = excluded.told, \
         state = excluded.state, decided = excluded.decided, decided_by = excluded.decided_by, \
         decided_role = excluded.decided_role, reason = excluded.reason, code_seen = excluded.code_seen, \
         parked_version = excluded.parked_version, parked = excluded.parked",
    )?;
    statement.execute(params![
        row.id,
        row.by.user,
        row.by.role,
        Time(row.filed),
        Time(row.expires),
        Number(row.entry),
        row.area,
        row.command,
        row.summary,
        row.told.digest,
        told,
        row.state.key(),
        decided.map(|at| Time(*at)),
        by.map(|by| by.user),
        by.map(|by| by.role),
        reason,
        code_seen,
        row.parked.as_ref().map(|parked| parked.version),
        row.parked.as_ref().map(|parked| parked.json.to_string()),
    ])?;
    Ok(())
}
