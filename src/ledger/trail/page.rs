//! Reading pages and entries.
use super::words::Words;
use crate::domain::row::RowId;
use crate::ledger::entry::Header;
use crate::ledger::fault::Fault;
use crate::ledger::query::{Query, Span};
use crate::ledger::store::Store;
use crate::ledger::story::tell_first;
use crate::ledger::telling::{Detail, READ, Teller};

/// The most parts of an entry that are told in full.
const PARTS: u32 = 500;

/// An entry for one line among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its header.
    pub header: Header,
    /// Who it is from.
    pub who: String,
    /// What was done, and to whom.
    pub what: String,
}

/// Some of the entries that fit a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In the order of the search.
    pub lines: Vec<Line>,
    /// Behind which number to go on; none when the end was reached.
    pub rest: Option<u64>,
    /// The newest entry of the log, whether it fits or not.
    pub newest: u64,
    /// How many steps the search took.
    pub steps: u32,
}

/// Reads one page. `words` are those of the query.
///
/// # Errors
/// When the file cannot be read.
pub fn page(store: &Store, query: &Query, words: &Words, teller: &Teller<'_>, span: &Span) -> Result<Page, Fault> {
    let found = store.trail(query, span, |header, bodies| words.are_in(header, bodies))?;
    let lines = found.headers.into_iter().map(|header| {
        let (bodies, parts) = store.first_bodies(header.seq, READ)?;
        Ok(Line { who: teller.masked(&teller.who(&header)), what: teller.what(&header, &bodies, parts), header })
    });
    Ok(Page {
        lines: lines.collect::<Result<_, Fault>>()?,
        rest: found.rest,
        newest: store.head().seq,
        steps: found.steps,
    })
}

/// Reads one entry in full, first what it says about `row`; none when there is none with this number.
///
/// # Errors
/// When the file cannot be read, or says what cannot be understood.
pub fn detail(store: &Store, seq: u64, row: Option<RowId>, teller: &Teller<'_>) -> Result<Option<Detail>, Fault> {
    let Some(header) = store.entry(seq)? else { return Ok(None) };
    let (story, more) = tell_first(store, &header, row, PARTS)?;
    Ok(Some(teller.detail(&header, &story, more)))
}
