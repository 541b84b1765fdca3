//! Which theme a terminal gets.
use super::Theme;
use super::file::from_file;
use crate::settings::{GlyphChoice, ThemeName};
use crate::tui::glyphs::Glyphs;
use crate::tui::plain;

/// May the terminal be given colours? (The environment variable `NO_COLOR` says no.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Colours may be used.
    Allowed,
    /// Modifiers only.
    Refused,
}

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The sixteen that everybody sets up for themselves.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

/// What a terminal says about its background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What is known about the terminal and its reader. Passed in: a theme reads no environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings<'a> {
    /// Whether colours are wanted.
    pub colour: Colour,
    /// The value of `TERM`.
    pub term: Option<&'a str>,
    /// The value of `COLORTERM`.
    pub colorterm: Option<&'a str>,
    /// The value of `LC_ALL`, `LC_CTYPE` or `LANG`, the first that is set.
    pub locale: Option<&'a str>,
    /// Which symbols are wanted.
    pub glyphs: GlyphChoice,
}

/// The looks that a terminal can have: which theme of a name it gets, and which symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    colour: Colour,
    depth: Depth,
    glyphs: Option<Glyphs>,
    ground: Option<Ground>,
    telling: Telling,
}

/// How a page reaches its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Telling {
    /// It is drawn.
    #[default]
    Drawn,
    /// It is read back and printed as lines.
    Printed,
}

impl Looks {
    /// Those of this terminal.
    #[must_use]
    pub fn of(surroundings: Surroundings<'_>) -> Self {
        let term = surroundings.term.unwrap_or_default();
        let plain = matches!(term, "dumb" | "vt100" | "vt102" | "vt220");
        let true_colour = surroundings.colorterm.is_some_and(|value| value == "truecolor" || value == "24bit");
        let depth = match () {
            () if true_colour => Depth::True,
            () if term.contains("256color") => Depth::Indexed,
            () => Depth::Sixteen,
        };
        let charset = surroundings.locale.and_then(|locale| locale.split_once('.')).map(|(_, charset)| charset);
        let narrow = charset.is_some_and(|charset| !charset.to_ascii_lowercase().starts_with("utf"));
        let ascii = match surroundings.glyphs {
            GlyphChoice::Auto => plain || narrow || term == "linux",
            GlyphChoice::Unicode => false,
            GlyphChoice::Ascii => true,
        };
        let colour = if plain { Colour::Refused } else { surroundings.colour };
        Self { colour, depth, glyphs: ascii.then_some(Glyphs::ASCII), ground: None, telling: Telling::Drawn }
    }

    /// The same on a background that the terminal told.
    #[must_use]
    pub const fn on(self, ground: Ground) -> Self {
        Self { ground: Some(ground), ..self }
    }

    /// The same for pages that are printed as lines.
    #[must_use]
    pub const fn printed(self) -> Self {
        Self { telling: Telling::Printed, ..self }
    }

    /// Whether nothing but ASCII can be shown.
    #[must_use]
    pub const fn is_ascii(&self) -> bool {
        self.glyphs.is_some()
    }

    /// The theme of this name.
    #[must_use]
    pub fn theme(&self, name: ThemeName) -> Theme {
        if self.telling == Telling::Printed {
            return plain::theme();
        }
        let name = match (self.colour, name, self.ground) {
            (Colour::Refused, ..) => ThemeName::Mono,
            (_, ThemeName::Auto, Some(Ground::Light)) => ThemeName::Light,
            (_, ThemeName::Auto, Some(Ground::Dark)) => ThemeName::Dark,
            (_, ThemeName::Auto, None) => ThemeName::Default,
            (_, name, _) => name,
        };
        let theme = match name {
            ThemeName::Auto | ThemeName::Default => Theme::terminal_default(),
            ThemeName::Mono => Theme::mono(),
            // Light and dark are shades of one palette, and sixteen colours have no shades: the terminal's own fit it.
            ThemeName::Light | ThemeName::Dark if self.depth == Depth::Sixteen => Theme::terminal_default(),
            ThemeName::Light => from_file(include_str!("../../../assets/themes/light.toml"), self.depth),
            ThemeName::Dark => from_file(include_str!("../../../assets/themes/dark.toml"), self.depth),
            ThemeName::HighContrast => from_file(include_str!("../../../assets/themes/high-contrast.toml"), self.depth),
            ThemeName::BlueOrange => from_file(include_str!("../../../assets/themes/blue-orange.toml"), self.depth),
            ThemeName::TealRed => from_file(include_str!("../../../assets/themes/teal-red.toml"), self.depth),
        };
        self.glyphs.map_or(theme, |glyphs| theme.with_glyphs(glyphs))
    }

    /// Whether the terminal should be asked for its background: only where the answer changes something.
    #[must_use]
    pub fn wants_ground(&self, name: ThemeName) -> bool {
        name == ThemeName::Auto && self.colour == Colour::Allowed && self.depth != Depth::Sixteen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Surroundings<'static> = Surroundings {
        colour: Colour::Allowed,
        term: Some("xterm-256color"),
        colorterm: Some("truecolor"),
        locale: Some("en_GB.UTF-8"),
        glyphs: GlyphChoice::Auto,
    };

    fn auto(surroundings: Surroundings<'_>) -> Theme {
        Looks::of(surroundings).theme(ThemeName::Auto)
    }

    #[test]
    fn the_environment_chooses() {
        assert_eq!(auto(ASKED), Theme::terminal_default());
        assert_eq!(auto(Surroundings { colour: Colour::Refused, ..ASKED }), Theme::mono());
        let dumb = Surroundings { term: Some("dumb"), ..ASKED };
        assert_eq!(auto(dumb), Theme::mono().with_glyphs(Glyphs::ASCII));
        let console = Surroundings { term: Some("linux"), colorterm: None, ..ASKED };
        assert_eq!(auto(console), Theme::terminal_default().with_glyphs(Glyphs::ASCII));
        assert_eq!(auto(Surroundings { locale: Some("de_DE.ISO-8859-1"), ..ASKED }).glyphs, Glyphs::ASCII);
        let unset = Surroundings { term: None, colorterm: None, locale: None, ..ASKED };
        assert_eq!(auto(unset), Theme::terminal_default());
    }

    #[test]
    fn the_background_chooses_between_light_and_dark_and_no_colour_wins() {
        let looks = Looks::of(ASKED);
        assert!(looks.wants_ground(ThemeName::Auto) && !looks.wants_ground(ThemeName::Dark));
        let on = |ground| looks.on(ground).theme(ThemeName::Auto);
        assert_eq!(on(Ground::Light), looks.theme(ThemeName::Light));
        assert_eq!(on(Ground::Dark), looks.theme(ThemeName::Dark));
        assert_ne!(on(Ground::Light), on(Ground::Dark));
        let quiet = Looks::of(Surroundings { colour: Colour::Refused, ..ASKED });
        assert!(!quiet.wants_ground(ThemeName::Auto));
        for name in ThemeName::ALL {
            assert_eq!(quiet.on(Ground::Light).theme(name), Theme::mono(), "{name:?}");
        }
    }

    #[test]
    fn symbols_are_chosen_apart_from_colours() {
        let ascii = Looks::of(Surroundings { glyphs: GlyphChoice::Ascii, ..ASKED });
        assert_eq!(ascii.theme(ThemeName::Dark).glyphs, Glyphs::ASCII);
        let forced = Looks::of(Surroundings { glyphs: GlyphChoice::Unicode, term: Some("linux"), ..ASKED });
        assert_ne!(forced.theme(ThemeName::Default).glyphs, Glyphs::ASCII);
    }
}
