//! What of the trail is wanted.
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::command::ExportFormat;
use crate::domain::moment::Period;
use crate::ledger::entry::Header;
use crate::ledger::fault::Fault;
use crate::ledger::progress::Progress;
use crate::ledger::store::Store;

/// What is to be exported.
#[derive(Clone, Debug)]
pub struct Order {
    /// In which form.
    pub format: ExportFormat,
    /// From when to when.
    pub period: Period,
    /// The zone that a table and a report write times in; JSON Lines has them as they are stored.
    pub zone: TimeZone,
    /// How far it is, and whether it shall stop.
    pub progress: Progress,
}

/// Entries that follow each other: those behind the first number, up to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The number of the entry before the first one.
    pub after: u64,
    /// The number of the last one.
    pub last: u64,
}

impl Span {
    /// The entries of a period, as far as the log is known now. Times never go back along it, so they are neighbours.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(store: &Store, period: Period) -> Result<Self, Fault> {
        let head = store.head().seq;
        let last = period.before.map_or(Ok(head), |before| older_than(store, head, before))?;
        let after = period.from.map_or(Ok(0), |from| older_than(store, head, from))?;
        Ok(Self { after: after.min(last), last })
    }

    /// How many entries they are.
    pub const fn count(self) -> u64 {
        self.last - self.after
    }
}

/// The number of the newest entry from before a moment.
fn older_than(store: &Store, head: u64, moment: Timestamp) -> Result<u64, Fault> {
    let (mut low, mut high) = (0, head);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        let at = store.entries(middle - 1, 1)?.first().map(|header: &Header| header.at);
        if at.is_some_and(|at| at < moment) { low = middle } else { high = middle - 1 }
    }
    Ok(low)
}
