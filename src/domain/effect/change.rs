//! Everything that an approver is shown about a change.
use serde::{Deserialize, Serialize};

use super::access::{AccessChange, changes};
use super::digest::digest;
use super::line::{Altered, Line};
use super::warning::warnings;
use crate::domain::org::Org;
use crate::domain::row::Difference;
use crate::domain::user::Digest;

/// What a change would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// What differs, row by row in the order of the difference, and field by field.
    pub lines: Vec<Line>,
    /// Who gains and loses access.
    pub access: Vec<AccessChange>,
    /// Warnings about the changed roles that were not there before, in words.
    pub arising: Vec<String>,
    /// Warnings about the changed roles that would be gone, in words.
    pub resolved: Vec<String>,
    /// Differs as soon as a value in `lines` or anything in `access` does; names of other rows and warnings do not
    /// count (decision 12 in the crate docs).
    pub digest: Digest,
}

impl Effect {
    /// What turning `before` into `after` does. `difference` is the one between these two.
    pub fn between(before: &Org, after: &Org, difference: &Difference) -> Self {
        let altered = difference.changes.iter().filter_map(|change| Altered::of(before, after, change));
        let rows: Vec<Altered> = altered.collect();
        let access = changes(before, after, difference);
        let (arising, resolved) = warnings(before, after, difference);
        let digest = digest(&rows, &access);
        Self { lines: rows.iter().flat_map(Altered::lines).collect(), access, arising, resolved, digest }
    }
}
