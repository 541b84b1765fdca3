//! The parts of a report, in their order.
use std::io::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::paper::Paper;
use super::tally::Tally;
use super::{chart, cover, entries, four_eyes, population, sign_ins, warnings};
use crate::domain::moment::Period;
use crate::domain::org::Org;
use crate::domain::user::Digest;
use crate::ledger::export::order::Span;
use crate::ledger::export::trail::{ExportError, Trail};
use crate::ledger::telling::Teller;

/// What a report says beside its entries.
pub struct Report<'a> {
    /// The organization before the first entry.
    pub before: &'a Org,
    /// The organization after the last one.
    pub after: &'a Org,
    /// The period that was asked for.
    pub period: Period,
    /// The entries that are in it.
    pub span: Span,
    /// The hash of the last one; none when there is none.
    pub head: Option<Digest>,
    /// When it was made.
    pub made: Timestamp,
    /// By whom, with their role.
    pub by: String,
    /// The zone that times are written in and weeks are counted in.
    pub zone: &'a TimeZone,
}

/// Writes a report. It walks along the trail three times: to count, for the changes, and for what was refused.
///
/// # Errors
/// When the entries cannot be read, or the report cannot be written.
pub fn write(
    report: &Report<'_>,
    trail: &dyn Trail,
    teller: &Teller<'_>,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let tally = Tally::of(trail, teller, report.zone)?;
    let mut paper = Paper::new(out, report.zone);
    cover::begin(&mut paper, report, teller, &tally)?;
    population::write(&mut paper, report)?;
    chart::write(&mut paper, &tally)?;
    four_eyes::write(&mut paper, report, &tally)?;
    warnings::write(&mut paper, report.after)?;
    sign_ins::write(&mut paper, &tally)?;
    entries::changes(&mut paper, trail, teller, &tally)?;
    entries::refused(&mut paper, trail, teller, &tally)?;
    cover::end(&mut paper, report)?;
    Ok(())
}
