//! The entries that an export walks along.
use std::cell::RefCell;
use std::io;

use super::order::Span;
use crate::ledger::entry::{Header, Part};
use crate::ledger::fault::Fault;
use crate::ledger::store::{Inners, Store};
use crate::ledger::story::{Story, tell_of};

/// How many headers are read at once.
const PAGE: u32 = 500;

/// Why an export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The organization's file cannot be read.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// What is written cannot go where it should.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Entries in their order, with what belongs to them on demand.
pub trait Trail {
    /// Visits every header, oldest first.
    ///
    /// # Errors
    /// When the entries cannot be read, or the visitor says so.
    fn each(&self, visit: &mut dyn FnMut(&Header) -> Result<(), ExportError>) -> Result<(), ExportError>;

    /// The parts of an entry as they are stored.
    ///
    /// # Errors
    /// When they cannot be read.
    fn parts(&self, header: &Header) -> Result<Vec<Part>, Fault>;

    /// What these parts say, with what was said before.
    ///
    /// # Errors
    /// When it cannot be read.
    fn story(&self, header: &Header, parts: &[Part]) -> Result<Story, Fault>;
}

/// Entries of an open organization.
pub struct Stored<'a> {
    store: &'a Store,
    span: Span,
    inners: RefCell<Inners>,
}

impl<'a> Stored<'a> {
    /// These entries.
    pub const fn new(store: &'a Store, span: Span) -> Self {
        Self { store, span, inners: RefCell::new(Inners::new()) }
    }
}

impl Trail for Stored<'_> {
    fn each(&self, visit: &mut dyn FnMut(&Header) -> Result<(), ExportError>) -> Result<(), ExportError> {
        let mut after = self.span.after;
        while after < self.span.last {
            let left = u32::try_from(self.span.last - after).unwrap_or(PAGE).min(PAGE);
            let page = self.store.entries(after, left)?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            page.iter().try_for_each(&mut *visit)?;
        }
        Ok(())
    }

    fn parts(&self, header: &Header) -> Result<Vec<Part>, Fault> {
        self.store.parts(header.seq, &mut self.inners.borrow_mut())
    }

    fn story(&self, header: &Header, parts: &[Part]) -> Result<Story, Fault> {
        tell_of(self.store, header, parts.iter().map(|part| &part.body))
    }
}
