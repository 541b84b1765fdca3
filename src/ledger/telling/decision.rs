//! Who asked for something that waits for a second person, and what became of it.
use jiff::Timestamp;

use super::shown_once;
use super::teller::Teller;
use crate::domain::change_request::{ChangeRequest, RequestState};
use crate::domain::text::Shown;
use crate::ledger::entry::Header;
use crate::ledger::story::Story;

/// A change request among an entry's rows, told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who asked: name and role.
    pub by: String,
    /// When it was filed first or last.
    pub at: Timestamp,
    /// What for.
    pub summary: String,
    /// The entry that filed it.
    pub entry: u64,
    /// What became of it with this entry.
    pub became: Became,
}

/// What became of a change request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It waits for a second person.
    Waits,
    /// It was approved, by whom.
    Approved(String),
    /// It was rejected, and why.
    Rejected(String),
    /// Whoever asked took it back.
    Withdrawn,
}

impl Asked {
    /// From the change request among an entry's rows, if there is one.
    pub(super) fn of(teller: &Teller<'_>, header: &Header, story: &Story) -> Option<Self> {
        let change = story.changes.iter().find(|change| change.kind.as_ref() == "change_request")?;
        let request = serde_json::from_value::<ChangeRequest>(change.after.clone()?).ok()?;
        let became = match &request.state {
            RequestState::Pending => Became::Waits,
            RequestState::Applied { .. } => Became::Approved(teller.who(header)),
            RequestState::Rejected { reason, .. } => {
                Became::Rejected(teller.masked(&Shown::new(reason.as_str()).to_string()))
            }
            RequestState::Withdrawn { .. } => Became::Withdrawn,
        };
        Some(Self {
            by: teller.masked(&teller.person(request.by)),
            at: request.filed,
            summary: teller.masked(&shown_once(&request.summary)),
            entry: request.entry,
            became,
        })
    }

    /// Who approved, if somebody did.
    pub fn approved_by(&self) -> Option<&str> {
        match &self.became {
            Became::Approved(who) => Some(who),
            _ => None,
        }
    }
}
