//! Which fields differ, and how that reads.
use serde::{Deserialize, Serialize};

use super::fact::{Fact, facts};
use super::name::{full, subject};
use crate::domain::org::Org;
use crate::domain::row::{Change, RowId};

/// One field of one row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which row, by the name that it has until then: `Role “Reader”`.
    pub subject: String,
    /// Which field.
    pub field: String,
    /// As it was; none when the row is new. Of a long list only the length.
    pub before: Option<String>,
    /// As it would be; none when the row would be gone. Of a long list the length, and all that is added and taken away.
    pub after: Option<String>,
}

/// A field that differs.
pub(super) struct Differing {
    pub(super) field: &'static str,
    pub(super) before: Option<Fact>,
    pub(super) after: Option<Fact>,
}

/// A row of which something differs that a person is shown.
pub(super) struct Altered {
    pub(super) row: RowId,
    subject: String,
    pub(super) fields: Vec<Differing>,
}

impl Altered {
    /// None when nothing of it is shown.
    pub(super) fn of(before: &Org, after: &Org, change: &Change) -> Option<Self> {
        let told = |org, row: &Option<_>| row.as_ref().map(|row| facts(org, row)).unwrap_or_default();
        let (old, new) = (told(before, &change.before), told(after, &change.after));
        let fields = paired(old, new);
        let subject = subject(change.before.as_ref().or(change.after.as_ref())?);
        (!fields.is_empty()).then_some(Self { row: change.row, subject, fields })
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        self.fields.iter().map(|differing| {
            let (before, after) = differing.in_words();
            Line { subject: self.subject.clone(), field: differing.field.to_owned(), before, after }
        })
    }
}

/// Those facts that are not the same on both sides.
fn paired(old: Vec<Fact>, mut new: Vec<Fact>) -> Vec<Differing> {
    let mut fields = Vec::new();
    for before in old {
        let place = new.iter().position(|after| after.field == before.field);
        let after = place.map(|place| new.remove(place));
        if after.as_ref().is_none_or(|after| after.value != before.value) {
            fields.push(Differing { field: before.field, before: Some(before), after });
        }
    }
    fields.extend(new.into_iter().map(|after| Differing { field: after.field, before: None, after: Some(after) }));
    fields
}

impl Differing {
    fn in_words(&self) -> (Option<String>, Option<String>) {
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            let alone = |fact: &Option<Fact>| fact.as_ref().map(|fact| fact.words.to_string());
            return (alone(&self.before), alone(&self.after));
        };
        let (mut old, mut new) = before.words.beside(&after.words);
        if old == new {
            // Two things of one name: their ids tell them apart.
            for (words, fact) in [(&mut old, before), (&mut new, after)] {
                words.push_str(&format!(" ({})", full(&fact.value.to_string())));
            }
        }
        (Some(old), Some(new))
    }
}
