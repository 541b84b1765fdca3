//! How the dashboard looks to whoever sits before it, and what it takes from them.
use crate::settings::{Switch, ThemeName};
use crate::tui::keymap::Keymap;
use crate::tui::theme::{Colour, Ground, Looks, Surroundings, Theme};

/// What the settings and the terminal say about looks and keys.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// What the terminal can show.
    pub looks: Looks,
    /// The theme that was chosen.
    pub name: ThemeName,
    /// Whether something turns while one waits.
    pub animation: Switch,
    /// Keys that differ from the usual ones.
    pub keymap: Keymap,
}

impl Default for Appearance {
    /// The terminal's own sixteen colours, and the usual keys.
    fn default() -> Self {
        let surroundings = Surroundings {
            colour: Colour::Allowed,
            term: None,
            colorterm: None,
            locale: None,
            glyphs: Default::default(),
        };
        Self {
            looks: Looks::of(surroundings),
            name: ThemeName::Default,
            animation: Switch::Off,
            keymap: Keymap::default(),
        }
    }
}

impl Appearance {
    /// The theme as it is drawn.
    pub fn theme(&self) -> Theme {
        self.looks.theme(self.name)
    }

    /// The terminal told its background.
    pub fn stands_on(&mut self, ground: Ground) {
        self.looks = self.looks.on(ground);
    }
}
