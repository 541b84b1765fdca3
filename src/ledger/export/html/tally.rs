//! What is counted before anything is written.
use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::Value;

use crate::domain::id::UserId;
use crate::domain::row::Kind;
use crate::ledger::entry::{Header, Outcome, Part};
use crate::ledger::export::trail::{ExportError, Trail};
use crate::ledger::telling::{Asked, Fate, FieldTold, Teller};

/// Signing in and what belongs to it.
const STAYS: [&str; 4] = ["sign_in", "sign_out", "switch_role", "prove_again"];

/// What kind of entry it is, for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// It changed rows: something was done, asked for or decided.
    Change,
    /// It was refused, other than a sign-in.
    Refused,
    /// It is about coming and going.
    Stay,
    /// It changed nothing, such as an export.
    Note,
}

/// How often somebody signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SignIns {
    /// By name.
    pub who: String,
    /// How often.
    pub done: u64,
    /// How often it was refused.
    pub refused: u64,
    /// The last time that it was done.
    pub last: Option<Timestamp>,
}

/// A change of the security settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub seq: u64,
    pub at: Timestamp,
    pub who: String,
    pub asked: Option<Asked>,
    /// What changed, a sentence each.
    pub said: Vec<String>,
}

/// The counts of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Changes by the Monday of their week. Every week between the first and the last change is there.
    pub weeks: BTreeMap<Date, u64>,
    pub changes: u64,
    pub requested: u64,
    pub approved: u64,
    pub rejected: u64,
    pub refused: u64,
    pub notes: u64,
    /// Nobody is whoever typed an address that is not known.
    pub sign_ins: BTreeMap<Option<UserId>, SignIns>,
    pub settings: Vec<Setting>,
}

impl Tally {
    pub(super) fn of(trail: &dyn Trail, teller: &Teller<'_>, zone: &TimeZone) -> Result<Self, ExportError> {
        let mut tally = Self::default();
        trail.each(&mut |header| {
            let parts = trail.parts(header)?;
            match sort(header, &parts) {
                Sort::Change => tally.change(trail, teller, header, &parts, zone)?,
                Sort::Refused => tally.refused += 1,
                Sort::Stay => tally.stay(teller, header, &parts),
                Sort::Note => tally.notes += 1,
            }
            Ok(())
        })?;
        tally.fill_weeks();
        Ok(tally)
    }

    fn change(
        &mut self,
        trail: &dyn Trail,
        teller: &Teller<'_>,
        header: &Header,
        parts: &[Part],
        zone: &TimeZone,
    ) -> Result<(), ExportError> {
        self.changes += 1;
        match header.outcome {
            Outcome::Requested => self.requested += 1,
            Outcome::Approved => self.approved += 1,
            Outcome::Rejected => self.rejected += 1,
            Outcome::Done | Outcome::Refused => {}
        }
        *self.weeks.entry(monday(header.at, zone)).or_default() += 1;
        if !parts.iter().any(|part| part.body.kind.as_ref() == Kind::Organization.name()) {
            return Ok(());
        }
        let story = trail.story(header, parts)?;
        let rows = teller.rows(&story).into_iter().filter(|row| row.fate == Fate::Changed);
        let said = rows.flat_map(|row| row.fields).filter_map(|field| match field {
            FieldTold::Said(name, said) if name == "security" => Some(said),
            _ => None,
        });
        let said: Vec<_> = said.collect();
        if !said.is_empty() {
            let (who, asked) = (teller.who(header), teller.asked(header, &story));
            self.settings.push(Setting { seq: header.seq, at: header.at, who, asked, said });
        }
        Ok(())
    }

    fn stay(&mut self, teller: &Teller<'_>, header: &Header, parts: &[Part]) {
        if header.command.as_ref() != "sign_in" {
            return;
        }
        let counted = self.sign_ins.entry(header.actor.user).or_default();
        if header.outcome == Outcome::Refused {
            counted.refused += tries(parts);
        } else {
            counted.done += 1;
            counted.last = Some(header.at);
        }
        counted.who = match header.actor.user {
            Some(_) => teller.actor(header).0,
            None => "with an address that nobody has".into(),
        };
    }

    fn fill_weeks(&mut self) {
        let ends = self.weeks.first_key_value().zip(self.weeks.last_key_value());
        let Some((mut week, last)) = ends.map(|((first, _), (last, _))| (*first, *last)) else { return };
        while week < last {
            self.weeks.entry(week).or_default();
            let Ok(next) = week.checked_add(1.week()) else { return };
            week = next;
        }
    }
}

/// What kind of entry it is.
pub(super) fn sort(header: &Header, parts: &[Part]) -> Sort {
    if STAYS.contains(&header.command.as_ref()) {
        Sort::Stay
    } else if header.outcome == Outcome::Refused {
        Sort::Refused
    } else if parts.iter().any(|part| Kind::named(&part.body.kind).is_some()) {
        Sort::Change
    } else {
        Sort::Note
    }
}

/// The Monday of a moment's week.
fn monday(at: Timestamp, zone: &TimeZone) -> Date {
    let day = at.to_zoned(zone.clone()).date();
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).unwrap_or(day)
}

/// How many tries an entry stands for: those at unknown addresses share one.
fn tries(parts: &[Part]) -> u64 {
    let said = parts.iter().find(|part| part.body.kind.as_ref() == "session").and_then(|part| part.body.bytes.as_ref());
    let said: Option<Value> = said.and_then(|bytes| serde_json::from_slice(bytes).ok());
    said.and_then(|said| said.get("tries")?.as_u64()).unwrap_or(1)
}
