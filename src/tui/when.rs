//! Moments in words, in the zone that people go by.
use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::moment::zone_name;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The day, for a table: `2026-03-02`.
pub fn day(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%Y-%m-%d")
}

/// The second, for a wide table whose zone is named elsewhere: `2026-03-02 09:00:05`.
pub fn second(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%Y-%m-%d %H:%M:%S")
}

/// For a narrow table: `02 Mar 09:00`, and in another year than this one `02 Mar 2025`.
pub fn short(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let year = |at: Timestamp| at.to_zoned(zone.clone()).year();
    told(at, zone, if year(at) == year(now) { "%d %b %H:%M" } else { "%d %b %Y" })
}

/// The day in a sentence: `2 March 2026`.
pub fn date(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%-d %B %Y")
}

/// The minute of a year that goes without saying: `2 March, 09:00 UTC`.
pub fn lately(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%-d %B, %H:%M %Z")
}

/// The minute in a sentence: `2 March 2026, 09:00 UTC`.
pub fn minute(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%-d %B %Y, %H:%M %Z")
}

/// The minute where the room is short: `2 Mar 2026, 09:00 UTC`.
pub fn exact(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%-d %b %Y, %H:%M %Z")
}

/// The second, in full: `Mon 2 Mar 2026, 09:00:05 UTC`.
pub fn full(at: Timestamp, zone: &TimeZone) -> String {
    told(at, zone, "%a %-d %b %Y, %H:%M:%S %Z")
}

fn told(at: Timestamp, zone: &TimeZone, form: &str) -> String {
    at.to_zoned(zone.clone()).strftime(form).to_string()
}

/// A title of something in which times are typed or told, with the zone behind it where that is not UTC.
pub fn in_zone(title: &'static str, zone: &TimeZone) -> Cow<'static, str> {
    match zone_name(zone) {
        "UTC" => title.into(),
        name => format!("{title} ({name})").into(),
    }
}

/// How far away it is: `in 5 days`, `2 hours ago`, `just now`.
pub fn relative(now: Timestamp, at: Timestamp) -> String {
    let seconds = at.as_second() - now.as_second();
    match (distance(seconds.unsigned_abs()), seconds > 0) {
        (None, true) => "in less than a minute".to_owned(),
        (None, false) => "just now".to_owned(),
        (Some(distance), true) => format!("in {distance}"),
        (Some(distance), false) => format!("{distance} ago"),
    }
}

/// Both: `2 hours ago (2 Mar 2026, 09:00 UTC)`.
pub fn both(now: Timestamp, at: Timestamp, zone: &TimeZone) -> String {
    format!("{} ({})", relative(now, at), exact(at, zone))
}

/// So many seconds in the largest fitting unit; none below half a minute.
fn distance(seconds: u64) -> Option<String> {
    let rounded = |unit: i64| (seconds + unit.unsigned_abs() / 2) / unit.unsigned_abs();
    let steps = [
        (rounded(MINUTE), 60, "minute"),
        (rounded(HOUR), 24, "hour"),
        (rounded(DAY), 60, "day"),
        (rounded(DAY * 365 / 12), 24, "month"),
        (rounded(DAY * 365), u64::MAX, "year"),
    ];
    let (count, _, unit) = steps.into_iter().find(|(count, limit, _)| count < limit)?;
    match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{count} {unit}s")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::SignedDuration;

    use super::*;

    fn monday() -> Timestamp {
        "2026-03-02T09:00:00Z".parse().unwrap()
    }

    fn told(seconds: i64) -> String {
        relative(monday(), monday() + SignedDuration::from_secs(seconds))
    }

    #[test]
    fn moments_are_told_in_the_largest_fitting_unit() {
        let cases = [
            (0, "just now"),
            (-29, "just now"),
            (29, "in less than a minute"),
            (31, "in 1 minute"),
            (-90 * MINUTE, "2 hours ago"),
            (23 * HOUR + 29 * MINUTE, "in 23 hours"),
            (23 * HOUR + 31 * MINUTE, "in 1 day"),
            (-2 * DAY, "2 days ago"),
            (7 * DAY - 1, "in 7 days"),
            (-59 * DAY, "59 days ago"),
            (-61 * DAY, "2 months ago"),
            (-730 * DAY, "2 years ago"),
        ];
        for (seconds, words) in cases {
            assert_eq!(told(seconds), words, "{seconds}");
        }
    }

    #[test]
    fn the_exact_moment_is_told_in_utc() {
        let utc = &TimeZone::UTC;
        assert_eq!(day(monday(), utc), "2026-03-02");
        assert_eq!(both(monday(), monday(), utc), "just now (2 Mar 2026, 09:00 UTC)");
        assert_eq!(minute(monday(), utc), "2 March 2026, 09:00 UTC");
        assert_eq!(lately(monday(), utc), "2 March, 09:00 UTC");
        assert_eq!(date(monday(), utc), "2 March 2026");
    }

    #[test]
    fn moments_are_told_in_the_zone() {
        let night: Timestamp = "2026-03-02T23:30:05Z".parse().unwrap();
        let helsinki = &TimeZone::get("Europe/Helsinki").unwrap();
        assert_eq!(second(night, helsinki), "2026-03-03 01:30:05");
        assert_eq!(day(night, helsinki), "2026-03-03");
        assert_eq!(date(night, helsinki), "3 March 2026");
        assert_eq!(lately(night, helsinki), "3 March, 01:30 EET");
        assert_eq!(minute(night, helsinki), "3 March 2026, 01:30 EET");
        assert_eq!(both(night, night, helsinki), "just now (3 Mar 2026, 01:30 EET)");
        assert_eq!(full(night, &TimeZone::UTC), "Mon 2 Mar 2026, 23:30:05 UTC");
        assert_eq!(short(night, night, &TimeZone::UTC), "02 Mar 23:30");
        let next_year = "2027-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(short(night, next_year, &TimeZone::UTC), "02 Mar 2026");
        let eve = "2026-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(short(eve, next_year, helsinki), "01 Jan 01:30", "the year there is the same one");
    }
}
