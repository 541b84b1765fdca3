//! A period with two ends, as a filter and an export ask for it.
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::typed::{Typed, begins};
use crate::domain::text::Shown;

/// A stretch of time; either end may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// It begins with this moment.
    pub from: Option<Timestamp>,
    /// It ends before this moment.
    pub before: Option<Timestamp>,
}

/// The ends of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Where it begins.
    From,
    /// Where it ends.
    To,
}

/// Why a typed period is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongPeriod {
    /// One end cannot be read.
    #[error("“{}” is no moment", Shown::new(typed).cut(40))]
    Unclear {
        /// Which one.
        end: Ends,
        /// What was typed.
        typed: String,
    },
    /// It is over before it begins.
    #[error("The period ends before it begins")]
    Backwards,
}

impl WrongPeriod {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unclear { .. } => "Type a day like 2026-03-01, or a moment like 2026-03-01T12:00.",
            Self::Backwards => "Give an end after the beginning, or leave one out.",
        }
    }

    /// Which end has to be typed anew.
    pub const fn end(&self) -> Ends {
        match self {
            Self::Unclear { end, .. } => *end,
            Self::Backwards => Ends::To,
        }
    }
}

impl Period {
    /// From the texts of both ends, in a time zone; an empty one is open. A day is meant whole, a time ends the period
    /// before it. Where clocks showed a time twice or never, the period is the longer one, so that nothing is left out.
    ///
    /// # Errors
    /// What cannot be read or makes no sense.
    pub fn typed(from: &str, to: &str, zone: &TimeZone) -> Result<Self, WrongPeriod> {
        let period = Self { from: end(from, Ends::From, zone)?, before: end(to, Ends::To, zone)? };
        match period {
            Self { from: Some(from), before: Some(before) } if before <= from => Err(WrongPeriod::Backwards),
            _ => Ok(period),
        }
    }
}

fn end(typed: &str, end: Ends, zone: &TimeZone) -> Result<Option<Timestamp>, WrongPeriod> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let found = match (Typed::read(typed, zone), end) {
        (None, _) => None,
        (Some(Typed::Day(day)), Ends::From) => begins(day, zone),
        (Some(Typed::Day(day)), Ends::To) => day.tomorrow().ok().and_then(|next| begins(next, zone)),
        (Some(Typed::Exact(at)), _) => Some(at),
        (Some(Typed::Local(shown)), Ends::From) => shown.earlier().ok(),
        (Some(Typed::Local(shown)), Ends::To) => shown.later().ok(),
    };
    found.map(Some).ok_or_else(|| WrongPeriod::Unclear { end, typed: typed.into() })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use jiff::tz::TimeZoneDatabase;

    use super::*;

    fn typed_in(name: &str, from: &str, to: &str) -> String {
        let zone = TimeZoneDatabase::bundled().get(name).unwrap();
        let said = |end: Option<Timestamp>| end.map_or_else(|| "open".into(), |end| end.to_string());
        match Period::typed(from, to, &zone) {
            Ok(period) => format!("{} {}", said(period.from), said(period.before)),
            Err(error) => error.to_string(),
        }
    }

    fn typed(from: &str, to: &str) -> String {
        typed_in("UTC", from, to)
    }

    #[test]
    fn days_are_meant_whole_and_times_exactly() {
        assert_eq!(typed("", " "), "open open");
        assert_eq!(typed("2026-03-01", "2026-03-01"), "2026-03-01T00:00:00Z 2026-03-02T00:00:00Z");
        assert_eq!(typed("2026-03-01", " 2026-02-28 "), "The period ends before it begins");
        assert_eq!(typed("", " 2026-02-28 "), "open 2026-03-01T00:00:00Z");
        assert_eq!(typed("2026-03-01T12:00", ""), "2026-03-01T12:00:00Z open");
        assert_eq!(typed("2026-03-01 12:30", "2026-03-01T12:31"), "2026-03-01T12:30:00Z 2026-03-01T12:31:00Z");
        assert_eq!(typed("", "2026-03-01T12:00:00+02:00"), "open 2026-03-01T10:00:00Z");
        assert_eq!(typed("2026-03-01T12:00Z", ""), "2026-03-01T12:00:00Z open");
    }

    #[test]
    fn a_day_is_one_of_the_zone_and_an_offset_beats_it() {
        assert_eq!(typed_in("Europe/Helsinki", "2026-03-01", ""), "2026-02-28T22:00:00Z open");
        let march = "2026-02-28T23:00:00Z 2026-03-31T22:00:00Z";
        assert_eq!(typed_in("Europe/Stockholm", "2026-03-01", "2026-03-31"), march, "summer time began on 29 March");
        let noon = "2026-03-01T12:00:00Z open";
        assert_eq!(typed_in("Europe/Stockholm", "2026-03-01T12:00Z", ""), noon);
        assert_eq!(typed_in("Europe/Stockholm", "2026-03-01T13:00", ""), noon);
        // Clocks in Beirut went forward at midnight: that day begins at one o'clock.
        let short = "2022-03-26T22:00:00Z 2022-03-27T21:00:00Z";
        assert_eq!(typed_in("Asia/Beirut", "2022-03-27", "2022-03-27"), short);
    }

    #[test]
    fn where_clocks_were_put_back_or_forward_the_longer_period_is_meant() {
        let (back, forward) = ("2026-10-25T02:30", "2026-03-29T02:30");
        let hour = "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z";
        assert_eq!(typed_in("Europe/Stockholm", back, back), hour);
        let around = "2026-03-29T00:30:00Z 2026-03-29T01:30:00Z";
        assert_eq!(typed_in("Europe/Stockholm", forward, forward), around);
    }

    #[test]
    fn what_is_no_period_is_said_with_what_can_be_typed() {
        for wrong in ["2026-02-30", "2026-13-01", "2026-03-01T25:00", "1 Mar 2026", "yesterday", "9999-12-31"] {
            let error = Period::typed("", wrong, &TimeZone::UTC).unwrap_err();
            assert_eq!((error.end(), error.to_string()), (Ends::To, format!("“{wrong}” is no moment")));
            assert!(error.hint().contains("2026-03-01T12:00"), "{error}");
        }
        assert_eq!(typed("2026-02-30", ""), "“2026-02-30” is no moment");
        assert_eq!(Period::typed("soon", "", &TimeZone::UTC).unwrap_err().end(), Ends::From);
        assert_eq!(typed("soon\u{1b}", ""), "“soon<U+001B>” is no moment");
        assert_eq!(typed("2026-03-02", "2026-03-01"), "The period ends before it begins");
        assert_eq!(typed("2026-03-02T00:00", "2026-03-02T00:00"), "The period ends before it begins");
    }
}
