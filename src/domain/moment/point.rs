//! A moment of the past: what `--at` and the key for another day ask for.
use std::fmt;

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::told::in_words;
use super::typed::{Typed, begins};

/// How to write a moment.
pub const EXAMPLES: &str = "2026-03-01T12:00, 2026-03-01 12:00:30, 2026-03-01 (the end of that day)";

/// A moment, and how what was typed led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// How it was found.
    pub taken: Taken,
}

/// How a moment follows from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is what was typed.
    AsTyped,
    /// A day was typed: its end, so that everything of that day counts.
    EndOfDay,
    /// Today was typed, and it is not over.
    Today,
    /// Clocks showed this time twice: the second one.
    SecondOfTwo,
    /// Clocks never showed this time: they were put forward over it.
    Skipped,
}

impl fmt::Display for Taken {
    /// What is said beside the moment; nothing when it is what was typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AsTyped => "",
            Self::EndOfDay => "the end of that day, after everything that happened on it",
            Self::Today => "today so far",
            Self::SecondOfTwo => "clocks showed this time twice, and the second one is meant",
            Self::Skipped => "clocks skipped the time that was typed, and this is as long after",
        })
    }
}

/// Why a text is no moment of the past.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongMoment {
    /// It cannot be read.
    #[error("This is no moment")]
    Unreadable,
    /// It has not come yet.
    #[error("{0} is still to come")]
    Future(String),
}

impl WrongMoment {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Unreadable => format!("Write it like this: {EXAMPLES}."),
            Self::Future(_) => "Nobody knows what will be; ask for a moment that has passed.".into(),
        }
    }
}

impl Moment {
    /// Reads a moment in a time zone. A day stands for its end; an offset or `Z` behind the time beats the zone.
    ///
    /// # Errors
    /// When it cannot be read, or lies after `now`.
    pub fn parse(typed: &str, zone: &TimeZone, now: Timestamp) -> Result<Self, WrongMoment> {
        let moment = match Typed::read(typed, zone).ok_or(WrongMoment::Unreadable)? {
            Typed::Day(day) => Self::end_of(day, zone, now)?,
            Typed::Exact(at) => Self { at, taken: Taken::AsTyped },
            Typed::Local(shown) => {
                let taken = match shown.offset() {
                    AmbiguousOffset::Unambiguous { .. } => Taken::AsTyped,
                    AmbiguousOffset::Fold { .. } => Taken::SecondOfTwo,
                    AmbiguousOffset::Gap { .. } => Taken::Skipped,
                };
                Self { at: shown.later().map_err(|_| WrongMoment::Unreadable)?, taken }
            }
        };
        if moment.at > now {
            return Err(WrongMoment::Future(in_words(moment.at, zone)));
        }
        Ok(moment)
    }

    fn end_of(day: Date, zone: &TimeZone, now: Timestamp) -> Result<Self, WrongMoment> {
        let next = day.tomorrow().ok().and_then(|next| begins(next, zone)).ok_or(WrongMoment::Unreadable)?;
        // Times of entries are whole milliseconds.
        let end = next - SignedDuration::from_millis(1);
        if end > now && begins(day, zone).is_some_and(|start| start <= now) {
            return Ok(Self { at: now, taken: Taken::Today });
        }
        Ok(Self { at: end, taken: Taken::EndOfDay })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use jiff::tz::TimeZoneDatabase;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZoneDatabase::bundled().get(name).unwrap()
    }

    fn read(typed: &str, name: &str) -> Result<(String, Taken), WrongMoment> {
        let now = "2026-11-25T12:00:00Z".parse().unwrap();
        Moment::parse(typed, &zone(name), now).map(|moment| (moment.at.to_string(), moment.taken))
    }

    #[test]
    fn a_time_is_one_of_the_zone_unless_it_says_another_offset() {
        let noon = |at: &str| Ok((at.to_owned(), Taken::AsTyped));
        for typed in ["2026-03-01T12:00", "2026-03-01 12:00", " 2026-03-01T12:00:00 ", "2026-03-01T12"] {
            assert_eq!(read(typed, "Europe/Stockholm"), noon("2026-03-01T11:00:00Z"), "{typed}");
        }
        assert_eq!(read("2026-07-01 12:00", "Europe/Stockholm"), noon("2026-07-01T10:00:00Z"));
        for typed in ["2026-03-01T12:00Z", "2026-03-01 13:00+01:00", "2026-03-01T12:00:00.000Z"] {
            assert_eq!(read(typed, "America/New_York"), noon("2026-03-01T12:00:00Z"), "{typed}");
        }
        assert_eq!(read("2026-03-01 12:00:30.5", "UTC"), noon("2026-03-01T12:00:30.5Z"));
    }

    #[test]
    fn a_day_is_meant_to_its_end_and_today_as_far_as_it_came() {
        let end = |at: &str| Ok((at.to_owned(), Taken::EndOfDay));
        assert_eq!(read("2025-12-31", "Europe/Stockholm"), end("2025-12-31T22:59:59.999Z"));
        assert_eq!(read("2026-03-29", "Europe/Stockholm"), end("2026-03-29T21:59:59.999Z"), "a day of 23 hours");
        assert_eq!(read("2026-10-25", "Europe/Stockholm"), end("2026-10-25T22:59:59.999Z"), "a day of 25 hours");
        // Clocks in Beirut went forward at midnight: that day begins at one o'clock.
        assert_eq!(read("2022-03-26", "Asia/Beirut"), end("2022-03-26T21:59:59.999Z"));
        assert_eq!(read("2026-11-25", "UTC"), Ok(("2026-11-25T12:00:00Z".into(), Taken::Today)));
        assert_eq!(read("2026-11-26", "Asia/Tokyo"), Err(WrongMoment::Future("26 November 2026, 23:59:59 JST".into())));
    }

    #[test]
    fn where_clocks_were_put_back_or_forward_it_is_said_which_time_was_taken() {
        let (back, forward) = ("2026-10-25T02:30", "2026-03-29T02:30");
        let second = Ok(("2026-10-25T01:30:00Z".to_owned(), Taken::SecondOfTwo));
        assert_eq!(read(back, "Europe/Stockholm"), second);
        let first = Ok(("2026-10-25T00:30:00Z".to_owned(), Taken::AsTyped));
        assert_eq!(read("2026-10-25T02:30+02:00", "Europe/Stockholm"), first);
        let skipped = Ok(("2026-03-29T01:30:00Z".to_owned(), Taken::Skipped));
        assert_eq!(read(forward, "Europe/Stockholm"), skipped);
        assert_eq!(
            in_words("2026-03-29T01:30:00Z".parse().unwrap(), &zone("Europe/Stockholm")),
            "29 March 2026, 03:30:00 CEST"
        );
        assert_eq!(read(back, "UTC").unwrap().1, Taken::AsTyped);
    }

    #[test]
    fn what_is_no_moment_of_the_past_is_refused() {
        let no = [
            "",
            "now",
            "2026-03",
            "20260301",
            "2026-3-1",
            "2026-02-30",
            "2026-13-01",
            "12:00",
            "2026-03-01T",
            "2026-03-01T25:00",
            "2026-03-01 noon",
            "2026-03-01T12:00 CET",
            "01-03-2026",
            "+002026-03-01",
            "2026-03-01-",
            "9999-12-31T23:59:59+99:00",
            "２０２６-03-01",
            "2026-03-01\u{202e}",
        ];
        for typed in no {
            assert_eq!(read(typed, "UTC"), Err(WrongMoment::Unreadable), "{typed}");
        }
        let future = read("2026-11-25T12:00:01", "UTC");
        assert_eq!(future, Err(WrongMoment::Future("25 November 2026, 12:00:01 UTC".into())));
        assert!(matches!(read("9999-12-30", "UTC"), Err(WrongMoment::Future(_) | WrongMoment::Unreadable)));
    }
}
