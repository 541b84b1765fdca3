//! Moments, typed and told.
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::domain::text::Shown;

/// Which end of a time range a moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The first moment that counts: a day means its beginning.
    From,
    /// The first moment that no longer counts: a day means its end.
    To,
}

/// Reads a day such as `2026-03-01`, or a moment such as `2026-03-01T12:00`; none when nothing was typed.
///
/// # Errors
/// A sentence that says what can be typed.
pub(super) fn parse(typed: &str, end: End, zone: &TimeZone) -> Result<Option<Timestamp>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let day = Date::strptime("%Y-%m-%d", typed).ok().map(|date| match end {
        End::From => Some(date.to_datetime(Time::midnight())),
        End::To => date.checked_add(1.day()).ok().map(|next| next.to_datetime(Time::midnight())),
    });
    let moment = || ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"].iter().find_map(|form| DateTime::strptime(form, typed).ok());
    let told = day.flatten().or_else(moment).and_then(|moment| zone.to_timestamp(moment).ok());
    let wrong = || {
        format!("“{}” is no moment. Type a day like 2026-03-01, or a moment like 2026-03-01T12:00.", Shown::new(typed))
    };
    told.map(Some).ok_or_else(wrong)
}

/// For a wide table: `2026-03-02 09:00:05`.
pub(super) fn second(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// For a narrow table: `02 Mar 09:00`, and in another year than this one `02 Mar 2025`.
pub(in crate::tui::screen) fn short(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone.clone()));
    let form = if at.year() == now.year() { "%d %b %H:%M" } else { "%d %b %Y" };
    at.strftime(form).to_string()
}

/// In full, with the zone: `Mon 2 Mar 2026, 09:00:05 UTC`.
pub(super) fn full(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %-d %b %Y, %H:%M:%S %Z").to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn at(typed: &str, end: End, zone: &TimeZone) -> String {
        parse(typed, end, zone).unwrap().unwrap().to_string()
    }

    #[test]
    fn a_day_means_its_beginning_or_its_end() {
        let utc = TimeZone::UTC;
        assert_eq!(at("2026-03-01", End::From, &utc), "2026-03-01T00:00:00Z");
        assert_eq!(at(" 2026-02-28 ", End::To, &utc), "2026-03-01T00:00:00Z");
        assert_eq!(at("2026-03-01T12:30", End::To, &utc), "2026-03-01T12:30:00Z");
        assert_eq!(at("2026-03-01 12:30", End::From, &utc), "2026-03-01T12:30:00Z");
        let helsinki = TimeZone::get("Europe/Helsinki").unwrap();
        assert_eq!(at("2026-03-01", End::From, &helsinki), "2026-02-28T22:00:00Z");
        assert_eq!(parse("  ", End::From, &utc), Ok(None));
    }

    #[test]
    fn what_is_no_moment_is_answered_with_what_can_be_typed() {
        for typed in ["yesterday", "2026-02-30", "2026-13-01", "2026-03-01T25:00", "2026-03-01T12:00Z", "1 Mar 2026"] {
            let problem = parse(typed, End::From, &TimeZone::UTC).unwrap_err();
            assert!(problem.contains(typed) && problem.contains("2026-03-01T12:00"), "{problem}");
        }
        assert!(parse("9999-12-31", End::To, &TimeZone::UTC).is_err());
    }

    #[test]
    fn moments_are_told_in_the_zone() {
        let monday: Timestamp = "2026-03-02T23:30:05Z".parse().unwrap();
        let helsinki = TimeZone::get("Europe/Helsinki").unwrap();
        assert_eq!(second(monday, &helsinki), "2026-03-03 01:30:05");
        assert_eq!(full(monday, &TimeZone::UTC), "Mon 2 Mar 2026, 23:30:05 UTC");
        assert_eq!(short(monday, monday, &TimeZone::UTC), "02 Mar 23:30");
        let next_year = "2027-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(short(monday, next_year, &TimeZone::UTC), "02 Mar 2026");
    }
}
