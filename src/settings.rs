//! The settings file: what a user may choose, read from TOML.
//!
//! Every section has defaults, so no file, an empty file and an empty section all mean the same. A name or a value
//! that rolodeck does not know is refused with its line: a setting that is silently ignored is worse than none.
//! `assets/settings.example.toml` describes all of them.
mod audit;
mod error;
mod keys;
mod mail;
mod screen;
mod section;
mod surroundings;
mod time;

pub use audit::AuditSettings;
pub use error::SettingsError;
pub use keys::KeySetting;
pub use mail::{MailSettings, ServerSettings};
pub use screen::{GlyphChoice, ScreenSettings, Switch, ThemeName};
pub use surroundings::{PasswordSource, Surroundings};
pub use time::{DateForm, TimeSettings};

use section::File;

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Section `[mail]`: how messages leave.
    pub mail: MailSettings,
    /// Section `[audit]`: where checkpoints of the log go.
    pub audit: AuditSettings,
    /// Section `[time]`: in which time zone times are shown and understood.
    pub time: TimeSettings,
    /// Section `[screen]`: how the dashboard looks and what it takes from the terminal.
    pub screen: ScreenSettings,
    /// Tables `[keys.SCREEN]`: other keys, in the order of the file.
    pub keys: Vec<KeySetting>,
}

impl Settings {
    /// Reads the text of a settings file.
    ///
    /// # Errors
    /// A [`SettingsError`] with the line of the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let file = File::parse(text)?;
        file.refuse_others(&["mail", "audit", "time", "screen", "keys"])?;
        let mail = match file.section("mail")? {
            Some(section) => MailSettings::read(&section)?,
            None => MailSettings::default(),
        };
        let audit = match file.section("audit")? {
            Some(section) => AuditSettings::read(&section)?,
            None => AuditSettings::default(),
        };
        let time = match file.section("time")? {
            Some(section) => TimeSettings::read(&section)?,
            None => TimeSettings::default(),
        };
        let screen = match file.section("screen")? {
            Some(section) => ScreenSettings::read(&section)?,
            None => ScreenSettings::default(),
        };
        let keys = file.keys()?;
        Ok(Self { mail, audit, time, screen, keys })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_file_means_the_defaults() {
        for text in ["", "# only a comment\n", "[mail]\n", "[audit]\n", "[time]\n", "[screen]\n", "[keys]\n"] {
            assert_eq!(Settings::parse(text).unwrap(), Settings::default());
        }
    }

    #[test]
    fn an_unknown_section_is_refused_with_its_line_and_the_one_that_was_meant() {
        let refusal = Settings::parse("\n[mial]\nserver = \"x\"\n").unwrap_err();
        assert_eq!(refusal.to_string(), "Line 2 of the settings: there is no section [mial].");
        assert_eq!(refusal.hint(), "Did you mean [mail]?");
    }

    #[test]
    fn a_value_outside_every_section_is_refused() {
        let refusal = Settings::parse("mail = 3\n").unwrap_err();
        assert_eq!(refusal.to_string(), "Line 1 of the settings: mail has to be a section, [mail].");
    }

    #[test]
    fn what_is_not_toml_is_refused_with_its_line() {
        let refusal = Settings::parse("[mail]\nport = \n").unwrap_err();
        assert!(refusal.to_string().starts_with("Line 2 of the settings: "), "{refusal}");
    }

    #[test]
    fn the_example_is_valid_as_it_is_and_with_every_comment_sign_taken_away() {
        let example = include_str!("../assets/settings.example.toml");
        assert_eq!(Settings::parse(example).unwrap(), Settings::default());
        for choice in ["server", "folder", "checkpoints", "zone", "date", "look", "keys"] {
            let mut with = String::new();
            let mut here = false;
            for line in example.lines() {
                here = line.strip_prefix("## ").map_or(here, |name| name.starts_with(choice));
                with.push_str(if here { line.strip_prefix("#: ").unwrap_or(line) } else { line });
                with.push('\n');
            }
            assert_ne!(Settings::parse(&with).unwrap(), Settings::default(), "{choice}");
        }
    }
}
