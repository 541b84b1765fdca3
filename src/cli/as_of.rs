//! Of which moment an answer speaks: now, or any moment of the past.
use std::sync::Arc;

use clap::Args as ClapArgs;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{Failure, place::Place};
use crate::domain::moment::{self, Moment, Taken, in_words, zone_name};
use crate::domain::org::Org;
use crate::ledger::store::{Head, Store};
use crate::outside::Outside;

/// The flag of every command that reads an organization.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct At {
    /// As it was then: 2026-03-01T12:00, or 2026-03-01 for the end of that day; in the time zone of the settings
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
}

/// What was asked for, read before anybody signs in.
pub struct When {
    moment: Option<Moment>,
    zone: TimeZone,
}

impl At {
    /// Reads the moment in the time zone of the settings.
    ///
    /// # Errors
    /// When it is no moment of the past, or the settings are wrong.
    pub fn when(&self, place: &Place, outside: &Outside) -> Result<When, Failure> {
        let zone = place.read_settings()?.time.zone;
        let moment = match &self.at {
            None => None,
            Some(typed) => Some(
                Moment::parse(typed, &zone, outside.now())
                    .map_err(|error| Failure::Usage { text: format!("--at {typed}: {error}."), hint: error.hint() })?,
            ),
        };
        Ok(When { moment, zone })
    }
}

/// One state of the organization, and when it was so.
pub struct AsOf {
    /// The organization as it was.
    pub org: Arc<Org>,
    /// The newest entry of that time.
    pub head: Head,
    at: Timestamp,
    taken: Option<Taken>,
    zone: TimeZone,
}

impl When {
    /// Whether another moment than now is meant.
    pub const fn is_past(&self) -> bool {
        self.moment.is_some()
    }

    /// Looks up how it was.
    ///
    /// # Errors
    /// When the organization was founded later, or the file cannot be read.
    pub fn look_up(self, store: &Store, outside: &Outside) -> Result<AsOf, Failure> {
        let Self { moment, zone } = self;
        let Some(Moment { at, taken }) = moment else {
            return Ok(AsOf { org: store.org(), head: store.head(), at: outside.now(), taken: None, zone });
        };
        let Some(head) = store.head_at(at)? else {
            let first = store.entries(0, 1)?.first().map(|header| in_words(header.at, &zone)).unwrap_or_default();
            return Err(Failure::Usage {
                text: format!("The organization did not exist yet on {}.", in_words(at, &zone)),
                hint: format!("It was founded on {first}."),
            });
        };
        let org = if head == store.head() { store.org() } else { Arc::new(store.org_at(head.seq)?) };
        Ok(AsOf { org, head, at, taken: Some(taken), zone })
    }
}

impl AsOf {
    /// A line that says of which moment the answer speaks.
    pub fn line(&self) -> String {
        let (when, entry) = (self.in_words(), self.head.seq);
        let Some(taken) = self.taken else { return format!("As it is now, {when}, entry {entry}.") };
        let remark = match taken {
            Taken::AsTyped => String::new(),
            taken => format!(" ({taken})"),
        };
        format!("As it was on {when}{remark}, entry {entry}.")
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let local = |at: Timestamp| at.display_with_offset(self.zone.to_offset(at)).to_string();
        json!({
            "at": local(self.at),
            "zone": zone_name(&self.zone),
            "entry": self.head.seq,
            "entry_at": local(self.head.at),
            "entry_hash": self.head.hash,
        })
    }

    /// The moment, with its zone.
    pub fn in_words(&self) -> String {
        let name = zone_name(&self.zone);
        let when = moment::in_words(self.at, &self.zone);
        if name == "UTC" { when } else { format!("{when} ({name})") }
    }
}
