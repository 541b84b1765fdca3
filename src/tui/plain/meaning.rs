//! The theme whose styles are read back: what a cell is, is its background.
use ratatui::style::{Color, Style};

use super::words::GLYPHS;
use crate::tui::theme::Theme;

/// What a part of the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Something to read.
    Text,
    /// Something that can be chosen.
    Row,
    /// What the keyboard is on, where the keyboard is.
    Selected,
    /// What is chosen where the keyboard is not.
    SelectedElsewhere,
    /// Where text is typed.
    Input,
    /// Where text is typed that nobody shall see.
    Secret,
    /// Where text is typed just now.
    Typing,
    /// A button.
    Button,
    /// A key that does something.
    Key,
    /// The tab that is open.
    Tab,
    /// Another tab.
    TabOther,
}

/// The foreground of what matters less, such as what stands in an empty field.
pub(super) const MUTED: Color = Color::DarkGray;

/// Everything but text, by the number of its background.
const MARKED: [Meaning; 10] = [
    Meaning::Row,
    Meaning::Selected,
    Meaning::SelectedElsewhere,
    Meaning::Input,
    Meaning::Secret,
    Meaning::Typing,
    Meaning::Button,
    Meaning::Key,
    Meaning::Tab,
    Meaning::TabOther,
];

impl Meaning {
    /// Whether text is typed there.
    pub(super) const fn is_typed(self) -> bool {
        matches!(self, Self::Input | Self::Secret | Self::Typing)
    }

    /// Whether it is a row of a list.
    pub(super) const fn is_row(self) -> bool {
        matches!(self, Self::Row | Self::Selected | Self::SelectedElsewhere)
    }

    const fn style(self) -> Style {
        Style::new().bg(Color::Indexed(self as u8))
    }

    /// What a cell with this background is.
    pub(super) fn of(background: Color) -> Self {
        let Color::Indexed(number) = background else { return Self::Text };
        MARKED.into_iter().find(|meaning| *meaning as u8 == number).unwrap_or(Self::Text)
    }
}

/// The theme of pages that are read back.
#[must_use]
pub const fn theme() -> Theme {
    let text = Style::new();
    let button = Meaning::Button.style();
    Theme {
        text,
        muted: text.fg(MUTED),
        title: text,
        accent: text,
        selected: Meaning::Selected.style(),
        selected_elsewhere: Meaning::SelectedElsewhere.style(),
        row: Meaning::Row.style(),
        border: text,
        border_focused: text,
        heading: text,
        key: Meaning::Key.style(),
        disabled: text,
        danger: text,
        warning: text,
        ok: text,
        sensitive: text,
        tab: Meaning::Tab.style(),
        tab_other: Meaning::TabOther.style(),
        button,
        button_focused: button,
        badge: text,
        banner: text,
        input: Meaning::Input.style(),
        secret: Meaning::Secret.style(),
        typing: Meaning::Typing.style(),
        escape: text,
        ground: (Color::Reset, Color::Reset),
        glyphs: GLYPHS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_read_back_as_what_it_means() {
        let theme = theme();
        for (style, meaning) in [
            (theme.text, Meaning::Text),
            (theme.row, Meaning::Row),
            (theme.selected, Meaning::Selected),
            (theme.selected_elsewhere, Meaning::SelectedElsewhere),
            (theme.input, Meaning::Input),
            (theme.secret, Meaning::Secret),
            (theme.typing, Meaning::Typing),
            (theme.button, Meaning::Button),
            (theme.key, Meaning::Key),
            (theme.tab, Meaning::Tab),
            (theme.tab_other, Meaning::TabOther),
        ] {
            assert_eq!(Meaning::of(style.bg.unwrap_or(Color::Reset)), meaning);
        }
    }
}
