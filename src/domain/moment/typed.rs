//! What was typed: a day, or a time.
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousTimestamp, TimeZone};

/// A day or a time, before it is decided which end of it is meant.
pub(super) enum Typed {
    /// A whole day.
    Day(Date),
    /// A time that says itself how far it is from UTC.
    Exact(Timestamp),
    /// A time of the zone, which clocks may have shown twice or never.
    Local(AmbiguousTimestamp),
}

impl Typed {
    /// Reads `2026-03-01`, or that with a time behind it; an offset or `Z` behind the time beats the zone.
    pub(super) fn read(typed: &str, zone: &TimeZone) -> Option<Self> {
        let typed = typed.trim();
        if let Some(day) = day(typed) {
            return Some(Self::Day(day));
        }
        // What is no longer date and time than "2026-03-01T12" is something else.
        if typed.len() < 13 || day(typed.get(..10).unwrap_or_default()).is_none() {
            return None;
        }
        if let Ok(at) = Timestamp::from_str(typed) {
            return Some(Self::Exact(at));
        }
        DateTime::from_str(typed).ok().map(|local| Self::Local(zone.to_ambiguous_timestamp(local)))
    }
}

/// The first moment of a day: midnight, or what clocks showed then where they were put forward over it.
pub(super) fn begins(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.to_zoned(zone.clone()).ok().map(|start| start.timestamp())
}

/// A day written as `2026-03-01`, and nothing else.
fn day(typed: &str) -> Option<Date> {
    let figures = |part: Option<&str>, many| {
        part.is_some_and(|part| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut parts = typed.split('-');
    let written = figures(parts.next(), 4) && figures(parts.next(), 2) && figures(parts.next(), 2);
    if written && parts.next().is_none() { Date::from_str(typed).ok() } else { None }
}
