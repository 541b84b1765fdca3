//! What an erasure does beyond the difference of two values: the log knows a person under more names than the value.
use serde_json::json;

use super::entry::{Draft, Redaction};
use super::fault::Fault;
use super::signin::tries_at;
use super::store::{Blanking, Writing};
use crate::command::{Command, erases};
use crate::domain::erasure::Traces;
use crate::domain::id::{ChangeRequestId, UserId};
use crate::domain::org::Org;
use crate::domain::row::{Difference, Kind, Row, RowId};
use crate::domain::user::Digest;
use crate::outside::Outside;

/// How many blanked parts one body of an entry tells of.
const PARTS: usize = 500;

/// What a command that blanks somebody has to do to the log. None for all others.
pub(super) fn planned(writing: &Writing<'_>, outside: &Outside, command: &Command) -> Result<Option<Blanking>, Fault> {
    let org = writing.org();
    let user = erases(&org, command).and_then(|user| org.user(user));
    user.map(|user| writing.blanking(Traces::of(user).sparing(&org), outside)).transpose()
}

/// Takes out of the value what is taken out of the log: rows of today that an older name stands in.
pub(super) fn complete(blanking: &Blanking, before: &Org, mut after: Org) -> (Org, Difference) {
    let today: Vec<_> = blanking.rows().into_iter().filter_map(|name| row(&after, name)).collect();
    let left: Vec<_> = today.iter().filter_map(|row| blanking.traces.blanked(row)).collect();
    left.into_iter().for_each(|row| after.put(row));
    let difference = Difference::between(before, &after);
    (after, difference)
}

/// The rows that name people.
fn row(org: &Org, name: RowId) -> Option<Row> {
    match name.kind {
        Kind::User => org.user(UserId::from_uuid(name.id)).cloned().map(Row::User),
        Kind::ChangeRequest => org.change_request(ChangeRequestId::from_uuid(name.id)).cloned().map(Row::ChangeRequest),
        _ => None,
    }
}

/// Says in an entry what it blanks, by numbers and hashes.
pub(super) fn tell(blanking: &Blanking, draft: Draft) -> Draft {
    blanking.bodies.chunks(PARTS).fold(draft, |draft, bodies| {
        let told: Vec<Redaction> = bodies.iter().map(|blanked| blanked.told()).collect();
        draft.with(Redaction::KIND, &json!(told))
    })
}

/// Under what tries to sign in as the person were counted.
pub(super) fn tries(blanking: &Blanking) -> Vec<Digest> {
    blanking.traces.keys().map(|key| tries_at(Some(key))).collect()
}
