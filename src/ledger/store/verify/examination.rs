//! The examination, from the file's own order up to what was signed about it.
use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::checkpoints::Witnesses;
use super::finding::Finding;
use super::redactions::Redactions;
use super::{beside, chain, opening, secrets, tables};
use crate::domain::org::Org;
use crate::domain::organization::{Nature, Organization};
use crate::domain::row::Difference;
use crate::domain::text::Shown;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::entry::{Head, Outcome};
use crate::ledger::fault::Fault;
use crate::ledger::store::failure::{Attempt, Failure};
use crate::ledger::store::file::{Store, fits};
use crate::ledger::store::{probe, schema, walk};

/// What was found to fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The organization as the log tells it; none before it is founded.
    pub organization: Option<Organization>,
    /// When the first entry was made.
    pub first: Option<Timestamp>,
    /// The newest entry of the log: whoever noted its hash earlier can compare.
    pub head: Head,
    /// How many rows the tables hold, exactly as the log says.
    pub rows: usize,
    /// How many credentials fit their secrets.
    pub credentials: usize,
    /// How many bodies of entries were blanked, each as a later entry says.
    pub redactions: usize,
    /// Of how many of those nothing but the entry says what was changed: bodies of the first version.
    pub believed: usize,
    /// The checkpoints that the log fits, oldest first.
    pub checkpoints: Vec<Checkpoint>,
}

/// Examines the file at `path`, believing nothing that stands in it, and holds it against checkpoints that were kept
/// elsewhere. Nothing is written, and nobody else is disturbed.
///
/// # Errors
/// The first thing that does not fit.
pub fn examine(path: &Path, checkpoints: &[Checkpoint]) -> Result<Proof, Finding> {
    let before = opening::state(path);
    let proof = examine_once(path, checkpoints);
    // What was found may be somebody else's writing, half seen.
    if proof.is_err() && opening::state(path) != before { examine_once(path, checkpoints) } else { proof }
}

fn examine_once(path: &Path, checkpoints: &[Checkpoint]) -> Result<Proof, Finding> {
    let quiet = opening::open(path).map_err(found_in_it)?;
    let nature = probe::nature(&quiet.conn, path).map_err(found_in_it)?;
    if !opening::is_large(path) {
        return prove(&quiet.conn, path, Examination { nature, checkpoints, damage: Damage::LookedForHere });
    }
    // The two halves of the work are about as long as each other.
    std::thread::scope(|scope| {
        let whole = scope.spawn(|| opening::open(path).map_err(found_in_it).and_then(|own| whole(&own.conn, path)));
        let proof = prove(&quiet.conn, path, Examination { nature, checkpoints, damage: Damage::LookedForElsewhere });
        let whole = whole.join().unwrap_or_else(|_| {
            Err(Finding::Fault(Fault::Inconsistent("looking for damage ended in the middle".into())))
        });
        whole.and(proof)
    })
}

impl Store {
    /// Checks the whole file as it is now.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn verify(&self) -> Result<Proof, Finding> {
        let examination = Examination { nature: self.nature(), checkpoints: &[], damage: Damage::LookedForHere };
        prove(&self.conn, self.path(), examination)
    }
}

/// A fault as a finding. That a file is damaged is what was asked for.
fn found_in_it(fault: Fault) -> Finding {
    match fault {
        Fault::Damaged { why, .. } | Fault::NotOurs { why, .. } | Fault::Database { why, .. } => Finding::Database(why),
        other => Finding::Fault(other),
    }
}

fn prove(conn: &Connection, path: &Path, examination: Examination<'_>) -> Result<Proof, Finding> {
    let proved = || examination.run(&*conn.unchecked_transaction()?);
    proved().map_err(|failure: Failure| found_in_it(failure.at(path)))?
}

/// Looks for damage alone.
fn whole(conn: &Connection, path: &Path) -> Result<(), Finding> {
    let damage = damage(conn).map_err(|failure| found_in_it(failure.at(path)))?;
    damage.map_or(Ok(()), Err)
}

/// A finding, or what was asked for.
type Found<T> = Attempt<Result<T, Finding>>;

/// Ends the examination with a finding, if there is one.
macro_rules! none_of {
    ($($finding:expr);+ $(;)?) => {$(
        if let Some(finding) = $finding {
            return Ok(Err(finding));
        }
    )+};
}

struct Examination<'a> {
    nature: Nature,
    checkpoints: &'a [Checkpoint],
    damage: Damage,
}

/// Whether somebody else looks for what SQLite itself finds wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Damage {
    LookedForHere,
    LookedForElsewhere,
}

impl Examination<'_> {
    fn run(&self, conn: &Connection) -> Found<Proof> {
        none_of! {
            older(conn)?;
            if self.damage == Damage::LookedForHere { damage(conn)? } else { None };
            foreign_tables(conn)?;
            chain::impossible_number(conn)?;
        }
        let (told, witnesses, redactions) = (Org::default(), Witnesses::new(self.checkpoints), Redactions::default());
        let mut story = Story { told, witnesses, redactions };
        let head = match story.read(conn) {
            Err(Failure::Entry { seq, why }) => return Ok(Err(chain::diagnose(conn, seq, why)?)),
            head => head?,
        };
        none_of! {
            story.witnesses.contradiction(conn, &story.told)?;
            beside::head(conn, head)?;
            story.redactions.compare(conn, head.seq)?;
        }
        fits(self.nature, &story.told)?;
        none_of! {
            story.wrong_row(conn, head)?;
            secrets::wrong(conn, &story.told)?.map(|(kind, owner)| Finding::Secret { kind, owner });
            beside::rows(conn, &story.told)?;
            dangling(conn)?;
            story.witnesses.later_than(head).map(|known| Finding::OlderCopy { last: head.seq, known });
        }
        Ok(Ok(Proof {
            organization: story.told.organization().cloned(),
            first: chain::first(conn)?,
            head,
            rows: Difference::between(&Org::default(), &story.told).changes.len(),
            credentials: story.told.credentials().len(),
            redactions: story.redactions.count(|_| true),
            believed: story.redactions.count(|step| step.inner.is_none()),
            checkpoints: story.witnesses.all(),
        }))
    }
}

/// What the log says, gathered in one walk along it.
struct Story<'a> {
    told: Org,
    witnesses: Witnesses<'a>,
    redactions: Redactions,
}

impl Story<'_> {
    fn read(&mut self, conn: &Connection) -> Attempt<Head> {
        let head = walk::walk(conn, Head::START, u64::MAX, |header, body| {
            let broken = |why| Failure::Entry { seq: header.seq, why };
            if header.outcome != Outcome::Refused {
                body.apply(&mut self.told).map_err(|error| broken(format!("part {}: {error}", body.n)))?;
            }
            self.witnesses.note(header, body);
            self.redactions.note(header, body).map_err(broken)
        })?;
        self.witnesses.pass(head.seq);
        Ok(head)
    }

    /// A row that is not what the log says, or that tells of entries which are gone.
    fn wrong_row(&self, conn: &Connection, head: Head) -> Attempt<Option<Finding>> {
        let Some(differing) = tables::differing(conn, &self.told, head)? else { return Ok(None) };
        let known = self.witnesses.later_than(head).map(|known| format!("a checkpoint knows entry {known}"));
        Ok(Some(match known.or(differing.later) {
            Some(why) => Finding::TailCut { last: head.seq, why },
            None => differing.finding,
        }))
    }
}

/// A file of an older version, which has other tables.
fn older(conn: &Connection) -> Attempt<Option<Finding>> {
    match schema::version(conn)? {
        found @ 1..schema::VERSION => Ok(Some(Finding::OlderVersion { found, known: schema::VERSION })),
        _ => schema::check_version(conn).map(|()| None),
    }
}

/// What SQLite itself finds wrong with the file.
fn damage(conn: &Connection) -> Attempt<Option<Finding>> {
    let found: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok((found != "ok").then(|| Finding::Database(Shown::new(&found).to_string())))
}

/// Tables that are not ours, or that were changed.
fn foreign_tables(conn: &Connection) -> Attempt<Option<Finding>> {
    match schema::compare(conn) {
        Err(Failure::Damage(why)) => Ok(Some(Finding::Tables(why))),
        compared => compared.map(|()| None),
    }
}

/// A row that refers to one that is not there.
fn dangling(conn: &Connection) -> Attempt<Option<Finding>> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (from, to): (String, String) = (row.get(0)?, row.get(2)?);
    let (from, to) = (Shown::new(&from), Shown::new(&to));
    Ok(Some(Finding::Database(format!("a row of {from} refers to a row of {to} that is not there"))))
}
