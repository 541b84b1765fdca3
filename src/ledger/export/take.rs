//! Taking an export out of an organization, and noting that.
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::Arc;

use super::html::{self, Report};
use super::order::{Order, Span};
use super::sealed::Hashing;
use super::trail::{ExportError, Stored};
use super::watched::Watched;
use super::{csv, jsonl};
use crate::command::{ExportAddresses, ExportFormat, ExportTrail};
use crate::domain::moment::Period;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::user::Digest;
use crate::ledger::actor::{Actor, Session};
use crate::ledger::fault::Fault;
use crate::ledger::run::{Ran, attempt, run};
use crate::ledger::secrets::Secrets;
use crate::ledger::store::Store;
use crate::ledger::telling::{Addresses, Teller};
use crate::outside::Outside;

/// What was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The entry that says so.
    pub seq: u64,
    /// How many entries are in it.
    pub entries: u64,
    /// SHA-256 of what was written.
    pub sha256: Digest,
    /// Whether addresses are in it.
    pub addresses: ExportAddresses,
}

/// Writes the entries of a period to a file that nobody sees yet, and then notes who took how many of them and the
/// hash of the file. What is written ends before that entry. When it is refused, that is noted and the file is to be
/// thrown away.
///
/// # Errors
/// When the organization cannot be read or written, or the file cannot be written. Nothing was noted then.
pub fn take(
    store: &mut Store,
    outside: &Outside,
    session: &Session,
    order: &Order,
    file: &mut File,
) -> Result<Result<Taken, Refusal>, ExportError> {
    store.catch_up()?;
    let span = Span::of(store, order.period)?;
    let (org, actor) = (store.org(), Actor::Person(session.clone()));
    let addresses = Addresses::for_person(&org, session.person());
    let asked = drafted(outside, session, order, (span, addresses));
    if attempt(&org, asked.at, &actor, &asked.clone().into()).is_ok() {
        let sha256 = write(store, session, (&asked, order), Teller::new(&org, addresses), file)?;
        return note(store, outside, &actor, ExportTrail { sha256, ..asked });
    }
    note(store, outside, &actor, asked)
}

/// The command as far as it is known before anything is written.
fn drafted(outside: &Outside, session: &Session, order: &Order, (span, addresses): (Span, Addresses)) -> ExportTrail {
    ExportTrail {
        by: session.person().user,
        at: outside.now(),
        format: order.format,
        addresses: match addresses {
            Addresses::Shown => ExportAddresses::Shown,
            Addresses::Hidden => ExportAddresses::Hidden,
        },
        from: order.period.from,
        before: order.period.before,
        first: span.after + 1,
        last: span.last,
        entries: span.count(),
        sha256: Digest([0; 32]),
    }
}

fn write(
    store: &Store,
    session: &Session,
    (asked, order): (&ExportTrail, &Order),
    teller: Teller<'_>,
    file: &mut File,
) -> Result<Digest, ExportError> {
    let zone = &order.zone;
    let mut out = Hashing::new(Watched::new(BufWriter::new(&mut *file), &order.progress));
    let span = Span { after: asked.first - 1, last: asked.last };
    let trail = Stored::new(store, span);
    match asked.format {
        ExportFormat::JsonLines => jsonl::write(&trail, &teller, &mut out)?,
        ExportFormat::Csv => csv::write(&trail, &teller, zone, &mut out)?,
        ExportFormat::Html => {
            let last = store.entries(span.last.saturating_sub(1), 1)?.first().map(|header| header.hash);
            let (before, after) = (store.org_at(span.after)?, at_the_end(store, span)?);
            let report = Report {
                before: &before,
                after: &after,
                period: Period { from: asked.from, before: asked.before },
                span,
                head: last.filter(|_| span.count() > 0),
                made: asked.at,
                by: teller.person(session.person()),
                zone,
            };
            html::write(&report, &trail, &teller, &mut out)?;
        }
    }
    out.flush()?;
    let sha256 = out.finish();
    file.sync_all()?;
    Ok(sha256)
}

/// The organization after the last entry of a span.
fn at_the_end(store: &Store, span: Span) -> Result<Arc<Org>, Fault> {
    if span.last == store.head().seq { Ok(store.org()) } else { store.org_at(span.last).map(Arc::new) }
}

fn note(
    store: &mut Store,
    outside: &Outside,
    actor: &Actor,
    command: ExportTrail,
) -> Result<Result<Taken, Refusal>, ExportError> {
    let (entries, sha256, addresses) = (command.entries, command.sha256, command.addresses);
    match run(store, outside, actor, &command.into(), &Secrets::none())? {
        Ran::Done { seq, .. } => Ok(Ok(Taken { seq, entries, sha256, addresses })),
        Ran::Refused { refusal, .. } => Ok(Err(refusal)),
        Ran::Requested { .. } => Err(Fault::Inconsistent("an export waits for a second person".into()).into()),
    }
}
