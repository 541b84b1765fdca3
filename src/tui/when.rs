//! Moments in words, in the zone that people go by.
use std::borrow::Cow;
use std::ops::Deref;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::moment::zone_name;
use crate::settings::DateForm;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The clock that people go by: a zone, and how days are written.
#[derive(Clone, Debug)]
pub struct Times {
    zone: TimeZone,
    date: DateForm,
}

impl Times {
    /// Times of this zone in this form.
    pub const fn new(zone: TimeZone, date: DateForm) -> Self {
        Self { zone, date }
    }

    /// Of four ways to write the same, the one that is wanted: international, ISO, European, American.
    const fn form(&self, forms: [&'static str; 4]) -> &'static str {
        let [international, iso, european, american] = forms;
        match self.date {
            DateForm::International => international,
            DateForm::Iso => iso,
            DateForm::European => european,
            DateForm::American => american,
        }
    }
}

impl Deref for Times {
    type Target = TimeZone;

    fn deref(&self) -> &TimeZone {
        &self.zone
    }
}

/// The day, for a table: `2026-03-02`.
pub fn day(at: Timestamp, times: &Times) -> String {
    told(at, times, ["%Y-%m-%d", "%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"])
}

/// The second, for a wide table whose zone is named elsewhere: `2026-03-02 09:00:05`.
pub fn second(at: Timestamp, times: &Times) -> String {
    told(at, times, ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"])
}

/// For a narrow table: `02 Mar 09:00`, and in another year than this one `02 Mar 2025`.
pub fn short(at: Timestamp, now: Timestamp, times: &Times) -> String {
    let year = |at: Timestamp| at.to_zoned(times.zone.clone()).year();
    let forms = if year(at) == year(now) {
        ["%d %b %H:%M", "%m-%d  %H:%M", "%d %b %H:%M", "%b %d %H:%M"]
    } else {
        ["%d %b %Y", "%Y-%m-%d", "%d.%m.%Y", "%b %d %Y"]
    };
    told(at, times, forms)
}

/// The day in a sentence: `2 March 2026`.
pub fn date(at: Timestamp, times: &Times) -> String {
    told(at, times, ["%-d %B %Y", "%Y-%m-%d", "%-d %B %Y", "%B %-d, %Y"])
}

/// The minute of a year that goes without saying: `2 March, 09:00 UTC`.
pub fn lately(at: Timestamp, times: &Times) -> String {
    told(at, times, ["%-d %B, %H:%M %Z", "%m-%d, %H:%M %Z", "%-d %B, %H:%M %Z", "%B %-d, %H:%M %Z"])
}

/// The minute in a sentence: `2 March 2026, 09:00 UTC`.
pub fn minute(at: Timestamp, times: &Times) -> String {
    told(at, times, ["%-d %B %Y, %H:%M %Z", "%Y-%m-%d, %H:%M %Z", "%-d %B %Y, %H:%M %Z", "%B %-d, %Y, %H:%M %Z"])
}

/// The minute where the room is short: `2 Mar 2026, 09:00 UTC`.
pub fn exact(at: Timestamp, times: &Times) -> String {
    told(at, times, ["%-d %b %Y, %H:%M %Z", "%Y-%m-%d, %H:%M %Z", "%-d %b %Y, %H:%M %Z", "%b %-d, %Y, %H:%M %Z"])
}

/// The second, in full: `Mon 2 Mar 2026, 09:00:05 UTC`.
pub fn full(at: Timestamp, times: &Times) -> String {
    let iso = "%a %Y-%m-%d, %H:%M:%S %Z";
    let ours = "%a %-d %b %Y, %H:%M:%S %Z";
    told(at, times, [ours, iso, ours, "%a %b %-d, %Y, %H:%M:%S %Z"])
}

fn told(at: Timestamp, times: &Times, forms: [&'static str; 4]) -> String {
    at.to_zoned(times.zone.clone()).strftime(times.form(forms)).to_string()
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
pub fn both(now: Timestamp, at: Timestamp, zone: &Times) -> String {
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

    fn utc() -> Times {
        Times::new(TimeZone::UTC, DateForm::default())
    }

    #[test]
    fn days_are_written_as_the_settings_say() {
        let told = |form| {
            let times = Times::new(TimeZone::UTC, form);
            let all = [day, date, minute, exact, full, lately, second].map(|tell| tell(monday(), &times));
            all.into_iter().chain([short(monday(), monday(), &times)]).collect::<Vec<_>>()
        };
        assert!(told(DateForm::Iso).iter().all(|text| text.contains("03-02")), "{:?}", told(DateForm::Iso));
        let american = told(DateForm::American);
        assert_eq!(american.get(..3).unwrap(), ["03/02/2026", "March 2, 2026", "March 2, 2026, 09:00 UTC"]);
        assert_eq!(told(DateForm::European).first().unwrap(), "02.03.2026");
        // Columns are as wide in every form.
        for form in DateForm::ALL {
            let widths: Vec<_> =
                [day, second].map(|tell| tell(monday(), &Times::new(TimeZone::UTC, form)).len()).into();
            assert_eq!(widths, [10, 19], "{form:?}");
            assert_eq!(told(form).last().unwrap().len(), 12, "{form:?}");
        }
    }

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
        let utc = &utc();
        assert_eq!(day(monday(), utc), "2026-03-02");
        assert_eq!(both(monday(), monday(), utc), "just now (2 Mar 2026, 09:00 UTC)");
        assert_eq!(minute(monday(), utc), "2 March 2026, 09:00 UTC");
        assert_eq!(lately(monday(), utc), "2 March, 09:00 UTC");
        assert_eq!(date(monday(), utc), "2 March 2026");
    }

    #[test]
    fn moments_are_told_in_the_zone() {
        let night: Timestamp = "2026-03-02T23:30:05Z".parse().unwrap();
        let helsinki = &Times::new(TimeZone::get("Europe/Helsinki").unwrap(), DateForm::default());
        assert_eq!(second(night, helsinki), "2026-03-03 01:30:05");
        assert_eq!(day(night, helsinki), "2026-03-03");
        assert_eq!(date(night, helsinki), "3 March 2026");
        assert_eq!(lately(night, helsinki), "3 March, 01:30 EET");
        assert_eq!(minute(night, helsinki), "3 March 2026, 01:30 EET");
        assert_eq!(both(night, night, helsinki), "just now (3 Mar 2026, 01:30 EET)");
        assert_eq!(full(night, &utc()), "Mon 2 Mar 2026, 23:30:05 UTC");
        assert_eq!(short(night, night, &utc()), "02 Mar 23:30");
        let next_year = "2027-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(short(night, next_year, &utc()), "02 Mar 2026");
        let eve = "2026-12-31T23:30:00Z".parse().unwrap();
        assert_eq!(short(eve, next_year, helsinki), "01 Jan 01:30", "the year there is the same one");
    }
}
