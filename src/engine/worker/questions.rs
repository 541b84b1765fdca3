//! Questions to the log and to other days, and taking copies of it.
use jiff::Timestamp;

use super::{Worker, no_organization};
use crate::engine::export::export_by_name;
use crate::engine::import_file::read_import;
use crate::engine::request::{Answer, Reply, Request, Trouble};
use crate::engine::trail;
use crate::engine::undoing::last_change;
use crate::ledger::export::Span;
use crate::ledger::fault::Fault;
use crate::ledger::progress::Progress;

impl Worker {
    /// Answers what is asked of the log.
    pub(super) fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::LastSignIn { user, upto } => Ok(Reply::LastSignIn(self.store()?.last_sign_in(user, upto)?)),
            Request::LastOwnChange { session } => {
                let outside = self.outside.clone();
                let last = last_change(self.store()?, &outside, &session)?;
                Ok(Reply::LastOwnChange(last.map(Box::new)))
            }
            Request::Past { at, progress } => self.past(at, &progress),
            Request::Trail { session, query, span } => {
                let store = self.store.as_ref().ok_or_else(no_organization)?;
                self.trail.page(store, session.person(), &query, &span)
            }
            Request::Entry { session, seq, row } => trail::entry(self.store()?, session.person(), seq, row),
            Request::ReadImport { path } => Ok(Reply::Read(read_import(&path)?)),
            Request::CountTrail { period } => Ok(Reply::Counted(Span::of(self.store()?, period)?.count())),
            Request::ExportTrail { session, order, name } => {
                self.may_change()?;
                let outside = self.outside.clone();
                Ok(Reply::Exported(export_by_name(self.store()?, &outside, &session, &order, &name)?))
            }
            _ => Err(Fault::Inconsistent("a request has no server".into()).into()),
        }
    }

    fn past(&mut self, at: Timestamp, progress: &Progress) -> Answer {
        self.store()?.catch_up()?;
        let Self { store: Some(store), pasts, .. } = self else { return Err(no_organization()) };
        Ok(Reply::Past(pasts.at(store, at, progress)?.ok_or(Trouble::Stopped)?))
    }
}
