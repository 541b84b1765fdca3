//! Who asked and who approved.
use super::teller::Teller;
use crate::domain::change_request::{ChangeRequest, RequestState};
use crate::ledger::entry::Header;
use crate::ledger::story::Story;

/// The two people of a change request, by name and role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Who asked.
    pub asked_by: String,
    /// Who approved, if somebody did.
    pub approved_by: Option<String>,
}

impl Decided {
    /// From the change request among an entry's rows, if there is one.
    pub(super) fn of(teller: &Teller<'_>, header: &Header, story: &Story) -> Option<Self> {
        let change = story.changes.iter().find(|change| change.kind.as_ref() == "change_request")?;
        let request = serde_json::from_value::<ChangeRequest>(change.after.clone()?).ok()?;
        let approved_by = match request.state {
            RequestState::Applied { .. } => Some(teller.who(header)),
            _ => None,
        };
        Some(Self { asked_by: teller.person(request.by), approved_by })
    }
}
