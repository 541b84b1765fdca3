//! An entry with everything that belongs to it, ready to be told.
use serde_json::Value;
use uuid::Uuid;

use super::entry::{Body, Header, upgrade};
use super::fault::Fault;
use super::store::Store;
use crate::domain::row::{Kind, RowId};

/// One row that an entry changed. "Before" is what the log said about it last.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The kind of row.
    pub kind: Box<str>,
    /// Which row.
    pub id: Uuid,
    /// As it was; none when it was new.
    pub before: Option<Value>,
    /// As it is; none when it is gone.
    pub after: Option<Value>,
}

/// What an entry says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The command, as far as it is kept.
    pub command: Option<Value>,
    /// Why it was refused.
    pub refusal: Option<Value>,
    /// Facts about the session.
    pub session: Option<Value>,
    /// The rows that it changed.
    pub changes: Vec<Change>,
}

/// Reads what belongs to an entry.
///
/// # Errors
/// When the file cannot be read, or says what cannot be understood.
pub fn tell(store: &Store, header: &Header) -> Result<Story, Fault> {
    tell_of(store, header, &store.bodies(header.seq)?)
}

/// Reads what belongs to an entry, at most about so many parts of it, and says how many are left out. What it says about
/// `row` comes first.
///
/// # Errors
/// As [`tell`].
pub fn tell_first(store: &Store, header: &Header, row: Option<RowId>, limit: u32) -> Result<(Story, u32), Fault> {
    let (mut bodies, all) = store.first_bodies(header.seq, limit)?;
    if let Some(body) = row.map(|row| store.body_of(header.seq, row)).transpose()?.flatten() {
        bodies.retain(|other| other.n != body.n);
        bodies.insert(0, body);
    }
    let left_out = all.saturating_sub(u32::try_from(bodies.len()).unwrap_or(all));
    Ok((tell_of(store, header, &bodies)?, left_out))
}

/// Says what these bodies of an entry say.
///
/// # Errors
/// When the file cannot be read, or says what cannot be understood.
pub fn tell_of<'a>(store: &Store, header: &Header, bodies: impl IntoIterator<Item = &'a Body>) -> Result<Story, Fault> {
    let mut story = Story::default();
    for body in bodies {
        let after = value(store, body)?;
        match (body.kind.as_ref(), Kind::named(&body.kind), body.id) {
            ("command", ..) => story.command = after,
            ("refusal", ..) => story.refusal = after,
            ("session", ..) => story.session = after,
            (_, Some(kind), Some(id)) => {
                let before = store.body_before(header.seq, RowId { kind, id })?;
                let before = before.map(|body| value(store, &body)).transpose()?.flatten();
                story.changes.push(Change { kind: body.kind.clone(), id, before, after });
            }
            _ => {}
        }
    }
    Ok(story)
}

fn value(store: &Store, body: &Body) -> Result<Option<Value>, Fault> {
    let Some(bytes) = &body.bytes else { return Ok(None) };
    let damaged = |error: serde_json::Error| Fault::Damaged { path: store.path().into(), why: error.to_string() };
    let value = serde_json::from_slice(bytes).map_err(damaged)?;
    Ok(Some(upgrade(&body.kind, body.version, value)))
}
