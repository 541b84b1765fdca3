//! The ends of a period as people type them.
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::order::Period;
use crate::domain::text::Shown;

/// Why a typed period is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// One end cannot be read.
    #[error("“{}” is no day and no time", Shown::new(.0).cut(40))]
    Unclear(String),
    /// It is over before it begins.
    #[error("the period ends before it begins")]
    Backwards,
}

impl PeriodError {
    /// What to do about it.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Unclear(_) => "Write 2026-03-31, 2026-03-31T12:00 or 2026-03-31T12:00+02:00; UTC where no zone is.",
            Self::Backwards => "Give an end after the beginning, or leave one out.",
        }
    }
}

impl Period {
    /// From the texts of both ends; an empty one is open. A day is meant whole, a time ends the period before it.
    ///
    /// # Errors
    /// What cannot be read or makes no sense.
    pub fn typed(from: &str, to: &str) -> Result<Self, PeriodError> {
        let period = Self { from: end(from, Day::Begins)?, before: end(to, Day::Ends)? };
        match period {
            Self { from: Some(from), before: Some(before) } if before <= from => Err(PeriodError::Backwards),
            _ => Ok(period),
        }
    }
}

/// Which end of a day is meant.
#[derive(Clone, Copy)]
enum Day {
    Begins,
    Ends,
}

fn end(text: &str, which: Day) -> Result<Option<Timestamp>, PeriodError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let unclear = || PeriodError::Unclear(text.into());
    if let Ok(moment) = text.parse() {
        return Ok(Some(moment));
    }
    let time = if text.len() == "2026-03-31".len() {
        let day: Date = text.parse().map_err(|_| unclear())?;
        let day = match which {
            Day::Begins => day,
            Day::Ends => day.tomorrow().map_err(|_| unclear())?,
        };
        day.to_datetime(jiff::civil::Time::midnight())
    } else {
        text.parse::<DateTime>().map_err(|_| unclear())?
    };
    Ok(Some(TimeZone::UTC.to_timestamp(time).map_err(|_| unclear())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(from: &str, to: &str) -> String {
        let said = |end: Option<Timestamp>| end.map_or_else(|| "open".into(), |end| end.to_string());
        match Period::typed(from, to) {
            Ok(period) => format!("{} {}", said(period.from), said(period.before)),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn days_are_meant_whole_and_times_exactly() {
        assert_eq!(typed("", " "), "open open");
        assert_eq!(typed("2026-03-01", "2026-03-01"), "2026-03-01T00:00:00Z 2026-03-02T00:00:00Z");
        assert_eq!(typed("2026-03-01T12:00", ""), "2026-03-01T12:00:00Z open");
        assert_eq!(typed("", "2026-03-01T12:00:00+02:00"), "open 2026-03-01T10:00:00Z");
    }

    #[test]
    fn what_is_no_period_is_said() {
        assert_eq!(typed("2026-02-30", ""), "“2026-02-30” is no day and no time");
        assert_eq!(typed("soon\u{1b}", ""), "“soon<U+001B>” is no day and no time");
        assert_eq!(typed("2026-03-02", "2026-03-01"), "the period ends before it begins");
        assert_eq!(typed("2026-03-02T00:00", "2026-03-02T00:00"), "the period ends before it begins");
        assert_eq!(typed("", "9999-12-31"), "“9999-12-31” is no day and no time");
    }
}
