//! Moments in words.
use jiff::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The day, in UTC, for a table: `2026-03-02`.
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// The minute, in UTC: `2 Mar 2026, 09:00 UTC`.
pub fn exact(at: Timestamp) -> String {
    at.strftime("%-d %b %Y, %H:%M UTC").to_string()
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
pub fn both(now: Timestamp, at: Timestamp) -> String {
    format!("{} ({})", relative(now, at), exact(at))
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
        assert_eq!(day(monday()), "2026-03-02");
        assert_eq!(both(monday(), monday()), "just now (2 Mar 2026, 09:00 UTC)");
    }
}
