//! Section `[time]`: in which time zone times are shown and understood.
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::SettingsError;
use super::screen::one_of;
use super::section::{Section, closest, escaped};

/// The settings of the section.
const KEYS: &[&str] = &["zone", "date"];

/// How days are written for people. Typed days are always 2026-03-02.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateForm {
    /// `2026-03-02` in tables, `2 March 2026` in sentences.
    #[default]
    International,
    /// `2026-03-02` everywhere.
    Iso,
    /// `02.03.2026` in tables, `2 March 2026` in sentences.
    European,
    /// `03/02/2026` in tables, `March 2, 2026` in sentences.
    American,
}

impl DateForm {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::International, Self::Iso, Self::European, Self::American];

    /// Its name in the settings.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::Iso => "iso",
            Self::European => "european",
            Self::American => "american",
        }
    }
}

/// Which clock people go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeSettings {
    /// The time zone.
    pub zone: TimeZone,
    /// How days are written.
    pub date: DateForm,
}

impl Default for TimeSettings {
    fn default() -> Self {
        Self { zone: TimeZone::UTC, date: DateForm::default() }
    }
}

impl TimeSettings {
    pub(super) fn read(section: &Section<'_>) -> Result<Self, SettingsError> {
        section.refuse_others(KEYS)?;
        let date = one_of(section, "date", &DateForm::ALL.map(|form| (form.key(), form)))?.unwrap_or_default();
        let Some(found) = section.text("zone")? else { return Ok(Self { date, ..Self::default() }) };
        // The zones that are part of the program: the same on every machine.
        let zones = TimeZoneDatabase::bundled();
        let name = found.value.trim();
        if let Ok(zone) = zones.get(name) {
            return Ok(Self { zone, date });
        }
        let names: Vec<String> = zones.available().map(|name| name.as_str().to_owned()).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let hint = match meant(name, &known) {
            Some(meant) => format!("Did you mean \"{meant}\"?"),
            None => "Write the name of a zone, like \"Europe/Stockholm\" or \"UTC\".".into(),
        };
        Err(SettingsError::at(found.line, format!("there is no time zone \"{}\"", escaped(name)), hint))
    }
}

/// The zone that is spelled nearly so, or whose city was written alone.
fn meant<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let city =
        |zone: &&&str| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&name.replace(' ', "_")));
    known.iter().find(city).copied().or_else(|| closest(name, known))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::settings::Settings;

    fn zone(line: &str) -> Result<String, (String, String)> {
        let settings = Settings::parse(&format!("[time]\n{line}\n"));
        settings
            .map(|settings| settings.time.zone.iana_name().unwrap().to_owned())
            .map_err(|error| (error.to_string(), error.hint().to_owned()))
    }

    #[test]
    fn the_zone_is_one_by_name_and_utc_without_any() {
        assert_eq!(zone(""), Ok("UTC".into()));
        assert_eq!(zone("zone = \"Europe/Stockholm\""), Ok("Europe/Stockholm".into()));
        assert_eq!(zone("zone = \" Asia/Tokyo \""), Ok("Asia/Tokyo".into()));
    }

    #[test]
    fn an_unknown_zone_is_refused_with_its_line_and_the_one_that_was_meant() {
        let no = |name: &str| zone(&format!("zone = \"{name}\"")).unwrap_err();
        let (error, hint) = no("Europe/Stokholm");
        assert_eq!(error, "Line 2 of the settings: there is no time zone \"Europe/Stokholm\".");
        assert_eq!(hint, "Did you mean \"Europe/Stockholm\"?");
        assert_eq!(no("stockholm").1, "Did you mean \"Europe/Stockholm\"?");
        assert_eq!(no("new york").1, "Did you mean \"America/New_York\"?");
        assert_eq!(no("somewhere over there").1, "Write the name of a zone, like \"Europe/Stockholm\" or \"UTC\".");
        assert!(!no("a\\u001bb").0.contains('\u{1b}'));
        assert_eq!(zone("zones = \"UTC\"").unwrap_err().1, "Did you mean zone?");
        assert!(zone("zone = 3").unwrap_err().0.contains("zone has to be a text"));
    }
}
