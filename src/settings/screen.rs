//! Section `[screen]`: how the dashboard looks and what it takes from the terminal.
use super::SettingsError;
use super::section::{Section, closest, escaped, list};

/// The settings of the section.
const KEYS: &[&str] = &["theme", "glyphs", "mouse", "animation"];

/// Which theme the dashboard has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeName {
    /// For the terminal's background, as far as it tells.
    #[default]
    Auto,
    /// The terminal's own colours, whatever they are.
    Default,
    /// For a light background.
    Light,
    /// For a dark background.
    Dark,
    /// Black and white with few, strong colours, on a background of its own.
    HighContrast,
    /// Blue and orange instead of green and red, on a background of its own.
    BlueOrange,
    /// Teal and red instead of blue and yellow, on a background of its own.
    TealRed,
    /// No colours.
    Mono,
}

impl ThemeName {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Auto,
        Self::Default,
        Self::Light,
        Self::Dark,
        Self::HighContrast,
        Self::BlueOrange,
        Self::TealRed,
        Self::Mono,
    ];

    /// Its name in the settings.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Default => "default",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
            Self::BlueOrange => "blue-orange",
            Self::TealRed => "teal-red",
            Self::Mono => "mono",
        }
    }

    /// What it is, in a sentence without a full stop.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Auto => "light or dark, as the terminal says",
            Self::Default => "the terminal's own colours",
            Self::Light => "for a light background",
            Self::Dark => "for a dark background",
            Self::HighContrast => "black, white and few strong colours",
            Self::BlueOrange => "for readers who tell red and green apart badly",
            Self::TealRed => "for readers who tell blue and yellow apart badly",
            Self::Mono => "no colours",
        }
    }
}

/// Which symbols are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GlyphChoice {
    /// Unicode where the terminal can show it.
    #[default]
    Auto,
    /// Unicode.
    Unicode,
    /// Nothing but ASCII.
    Ascii,
}

impl GlyphChoice {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Unicode, Self::Ascii];

    /// Its name in the settings.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
        }
    }
}

/// Something that is on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Switch {
    /// On.
    #[default]
    On,
    /// Off.
    Off,
}

impl Switch {
    /// As it is written in the settings.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::On => "true",
            Self::Off => "false",
        }
    }
}

impl From<bool> for Switch {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

/// How the dashboard looks and what it takes from the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScreenSettings {
    /// The theme.
    pub theme: ThemeName,
    /// The symbols.
    pub glyphs: GlyphChoice,
    /// Whether clicks and the wheel are the dashboard's; without that they stay the terminal's.
    pub mouse: Switch,
    /// Whether something turns while the dashboard waits.
    pub animation: Switch,
}

impl ScreenSettings {
    pub(super) fn read(section: &Section<'_>) -> Result<Self, SettingsError> {
        section.refuse_others(KEYS)?;
        let flag = |key| Ok::<_, SettingsError>(section.flag(key)?.map(|found| found.value.into()).unwrap_or_default());
        Ok(Self {
            theme: one_of(section, "theme", &ThemeName::ALL.map(|theme| (theme.key(), theme)))?.unwrap_or_default(),
            glyphs: one_of(section, "glyphs", &GlyphChoice::ALL.map(|glyphs| (glyphs.key(), glyphs)))?
                .unwrap_or_default(),
            mouse: flag("mouse")?,
            animation: flag("animation")?,
        })
    }
}

/// A setting that is one of a few words.
pub(super) fn one_of<T: Copy>(
    section: &Section<'_>,
    key: &str,
    choices: &[(&'static str, T)],
) -> Result<Option<T>, SettingsError> {
    let Some(found) = section.text(key)? else { return Ok(None) };
    let name = found.value.trim();
    if let Some((_, value)) = choices.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Ok(Some(*value));
    }
    let known: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
    let hint = match closest(name, &known) {
        Some(meant) => format!("Did you mean \"{meant}\"?"),
        None => format!("It is one of {}.", list(&known, "\"", "\"")),
    };
    Err(SettingsError::at(found.line, format!("{key} cannot be \"{}\"", escaped(name)), hint))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn screen(lines: &str) -> Result<ScreenSettings, (String, String)> {
        let settings = Settings::parse(&format!("[screen]\n{lines}\n"));
        settings.map(|settings| settings.screen).map_err(|error| (error.to_string(), error.hint().to_owned()))
    }

    #[test]
    fn every_choice_is_read_by_its_name() {
        assert_eq!(screen(""), Ok(ScreenSettings::default()));
        for theme in ThemeName::ALL {
            assert_eq!(screen(&format!("theme = \"{}\"", theme.key())).unwrap().theme, theme);
        }
        let read = screen("glyphs = \"ASCII\"\nmouse = false\nanimation = false").unwrap();
        assert_eq!((read.glyphs, read.mouse, read.animation), (GlyphChoice::Ascii, Switch::Off, Switch::Off));
    }

    #[test]
    fn what_is_no_choice_is_refused_with_its_line_and_the_one_that_was_meant() {
        let (error, hint) = screen("mouse = true\ntheme = \"drak\"").unwrap_err();
        assert_eq!(error, "Line 3 of the settings: theme cannot be \"drak\".");
        assert_eq!(hint, "Did you mean \"dark\"?");
        assert!(screen("theme = \"solarized\"").unwrap_err().1.starts_with("It is one of \"auto\", \"default\""));
        assert!(screen("mouse = \"no\"").unwrap_err().0.contains("mouse has to be true or false"));
        assert_eq!(screen("animations = true").unwrap_err().1, "Did you mean animation?");
    }
}
