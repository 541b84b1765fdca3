//! Pages of the audit trail, for whoever may read it.
use std::sync::Arc;

use super::request::{Answer, Reply, Trouble};
use crate::domain::access::{Decision, Need, Person, decide};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::row::RowId;
use crate::ledger::query::{Query, Span};
use crate::ledger::store::Store;
use crate::ledger::telling::{Addresses, Teller};
use crate::ledger::trail::{Words, detail, page};

/// What was looked for last: which names contain a word is a question to the whole organization, and a search is asked
/// for slice by slice.
#[derive(Default)]
pub(super) struct Trail(Option<(Arc<Org>, Addresses, String, Words)>);

impl Trail {
    /// One page.
    pub(super) fn page(&mut self, store: &Store, person: Person, query: &Query, span: &Span) -> Answer {
        let org = store.org();
        may_read(&org, person)?;
        let addresses = Addresses::for_person(&org, person);
        let same = |(known, shown, text, _): &(Arc<Org>, Addresses, String, Words)| {
            Arc::ptr_eq(known, &org) && *shown == addresses && *text == query.text
        };
        if !self.0.as_ref().is_some_and(same) {
            let words = Words::new(&query.text, &org, addresses);
            self.0 = Some((Arc::clone(&org), addresses, query.text.clone(), words));
        }
        let Some((.., words)) = &self.0 else { return Ok(Reply::Trail(Default::default())) };
        Ok(Reply::Trail(page(store, query, words, &Teller::new(&org, addresses), span)?))
    }
}

/// One entry in full.
pub(super) fn entry(store: &Store, person: Person, seq: u64, row: Option<RowId>) -> Answer {
    let org = store.org();
    may_read(&org, person)?;
    let teller = Teller::new(&org, Addresses::for_person(&org, person));
    Ok(Reply::Entry(detail(store, seq, row, &teller)?.map(Box::new)))
}

fn may_read(org: &Org, person: Person) -> Result<(), Trouble> {
    match decide(org, person, Need::organization(Permission::RESOURCE_EVENTS_READ)) {
        Decision::Allow { .. } => Ok(()),
        Decision::Deny(denial) => Err(Refusal::denied(org, denial).into()),
    }
}
