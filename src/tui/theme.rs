//! Styles by what they mean. Nothing else in the dashboard names a colour.
//!
//! Colour never carries a meaning alone: whatever is coloured also has a symbol, a word or a modifier, so every
//! theme says the same as the colourless one.

mod choose;
mod file;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Block;

pub use choose::{Colour, Ground, Looks, Surroundings};

use crate::tui::glyphs::Glyphs;

/// Where the keyboard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// Keys go to this thing.
    Here,
    /// Keys go to something else.
    #[default]
    Elsewhere,
}

impl Focus {
    /// Whether the keyboard is here.
    #[must_use]
    pub fn is_here(self) -> bool {
        self == Self::Here
    }

    /// `Here` when the condition holds.
    #[must_use]
    pub const fn when(condition: bool) -> Self {
        if condition { Self::Here } else { Self::Elsewhere }
    }
}

/// Every style of the dashboard, by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Text that matters less: labels, hints, what is empty.
    pub muted: Style,
    /// Titles of screens, panes and dialogs.
    pub title: Style,
    /// What catches the eye: the marker of the selected row, the label of the focused field.
    pub accent: Style,
    /// The selected row where the keyboard is.
    pub selected: Style,
    /// The selected row where the keyboard is not.
    pub selected_elsewhere: Style,
    /// A row that can be chosen and is not: nothing where it is seen, something where it is told.
    pub row: Style,
    /// Borders and lines.
    pub border: Style,
    /// The border of the thing that has the keyboard.
    pub border_focused: Style,
    /// Names of columns and headings of groups.
    pub heading: Style,
    /// A key in a footer or on a button.
    pub key: Style,
    /// What cannot be chosen now.
    pub disabled: Style,
    /// Destructive, refused, wrong.
    pub danger: Style,
    /// Worth a second look.
    pub warning: Style,
    /// Done, allowed, fine.
    pub ok: Style,
    /// A sensitive permission or value.
    pub sensitive: Style,
    /// The tab that is open.
    pub tab: Style,
    /// The other tabs.
    pub tab_other: Style,
    /// A button.
    pub button: Style,
    /// The button that has the keyboard.
    pub button_focused: Style,
    /// A short label beside a name, such as a role or "sample".
    pub badge: Style,
    /// A line across the screen that must not be overlooked.
    pub banner: Style,
    /// The place where text is typed.
    pub input: Style,
    /// The place where text is typed that nobody shall see.
    pub secret: Style,
    /// The place where text is typed just now, where no cursor shows it.
    pub typing: Style,
    /// A character that is shown by its code because it cannot be shown itself.
    pub escape: Style,
    /// The colours of what no other style names, and of the background: the terminal's own are `Reset`.
    pub ground: (Color, Color),
    /// The symbols that go with the styles.
    pub glyphs: Glyphs,
}

impl Theme {
    /// The terminal's own foreground and background, modifiers, and the 16 colours that everybody sets up for
    /// themselves, sparingly.
    #[must_use]
    pub const fn terminal_default() -> Self {
        let accent = Style::new().fg(Color::Cyan);
        Self {
            accent: accent.add_modifier(Modifier::BOLD),
            selected: accent.add_modifier(Modifier::REVERSED),
            border_focused: accent.add_modifier(Modifier::BOLD),
            key: accent,
            danger: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
            warning: Style::new().fg(Color::Yellow),
            ok: Style::new().fg(Color::Green),
            sensitive: Style::new().fg(Color::Magenta),
            tab: accent.add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
            button: accent.add_modifier(Modifier::BOLD),
            button_focused: accent.add_modifier(Modifier::BOLD).add_modifier(Modifier::REVERSED),
            badge: accent.add_modifier(Modifier::BOLD),
            banner: Style::new().fg(Color::Yellow).add_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD),
            escape: Style::new().fg(Color::Yellow).add_modifier(Modifier::REVERSED),
            glyphs: Glyphs::UNICODE.with_calm_frames(),
            ..Self::mono()
        }
    }

    /// No colours: modifiers and symbols only.
    #[must_use]
    pub const fn mono() -> Self {
        let text = Style::new();
        let bold = text.add_modifier(Modifier::BOLD);
        let dim = text.add_modifier(Modifier::DIM);
        let reversed = text.add_modifier(Modifier::REVERSED);
        Self {
            text,
            muted: dim,
            title: bold,
            accent: bold,
            selected: reversed,
            selected_elsewhere: bold,
            row: text,
            border: dim,
            border_focused: bold,
            heading: bold,
            key: bold,
            disabled: dim.add_modifier(Modifier::ITALIC),
            danger: bold.add_modifier(Modifier::UNDERLINED),
            warning: bold,
            ok: text,
            sensitive: text.add_modifier(Modifier::ITALIC),
            tab: bold.add_modifier(Modifier::UNDERLINED),
            tab_other: dim,
            button: bold,
            button_focused: bold.add_modifier(Modifier::REVERSED),
            badge: bold,
            banner: bold.add_modifier(Modifier::REVERSED),
            input: text.add_modifier(Modifier::UNDERLINED),
            secret: text.add_modifier(Modifier::UNDERLINED),
            typing: text.add_modifier(Modifier::UNDERLINED),
            escape: reversed,
            ground: (Color::Reset, Color::Reset),
            glyphs: Glyphs::UNICODE,
        }
    }

    /// The same styles with other symbols.
    #[must_use]
    pub const fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// Gives everything that was drawn without colours those of the ground, and the signs of our sentences their plain
    /// form where only ASCII can be drawn.
    pub fn paint(&self, buf: &mut Buffer) {
        if self.glyphs == Glyphs::ASCII {
            for cell in &mut buf.content {
                if let Some(plain) = Glyphs::plain(cell.symbol()) {
                    cell.set_symbol(plain);
                }
            }
        }
        let (text, ground) = self.ground;
        if self.ground == (Color::Reset, Color::Reset) {
            return;
        }
        for cell in &mut buf.content {
            if cell.fg == Color::Reset {
                cell.fg = text;
            }
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
        }
    }

    /// The style of the selected row.
    #[must_use]
    pub const fn selection(&self, focus: Focus) -> Style {
        match focus {
            Focus::Here => self.selected,
            Focus::Elsewhere => self.selected_elsewhere,
        }
    }

    /// A bordered box; the one with the keyboard differs in style and in its lines.
    #[must_use]
    pub fn frame(&self, focus: Focus) -> Block<'static> {
        let (set, style) = match focus {
            Focus::Here => (self.glyphs.frame_focused, self.border_focused),
            Focus::Elsewhere => (self.glyphs.frame, self.border),
        };
        Block::bordered().border_set(set).border_style(style).title_style(self.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{GlyphChoice, ThemeName};

    fn styles(theme: &Theme) -> Vec<(&'static str, Style)> {
        vec![
            ("text", theme.text),
            ("muted", theme.muted),
            ("title", theme.title),
            ("accent", theme.accent),
            ("selected", theme.selected),
            ("selected_elsewhere", theme.selected_elsewhere),
            ("border", theme.border),
            ("border_focused", theme.border_focused),
            ("heading", theme.heading),
            ("key", theme.key),
            ("disabled", theme.disabled),
            ("danger", theme.danger),
            ("warning", theme.warning),
            ("ok", theme.ok),
            ("sensitive", theme.sensitive),
            ("tab", theme.tab),
            ("tab_other", theme.tab_other),
            ("button", theme.button),
            ("button_focused", theme.button_focused),
            ("badge", theme.badge),
            ("banner", theme.banner),
            ("input", theme.input),
            ("escape", theme.escape),
        ]
    }

    /// Every theme, as a terminal of any colours shows it.
    fn all() -> Vec<(ThemeName, Theme)> {
        let asked = Surroundings {
            colour: Colour::Allowed,
            term: None,
            colorterm: Some("truecolor"),
            locale: None,
            glyphs: GlyphChoice::Auto,
        };
        ThemeName::ALL.into_iter().map(|name| (name, Looks::of(asked).theme(name))).collect()
    }

    #[test]
    fn without_colours_no_style_has_one() {
        for (name, style) in styles(&Theme::mono()) {
            assert!(style.fg.is_none() && style.bg.is_none(), "{name} is coloured: {style:?}");
        }
    }

    #[test]
    fn the_default_theme_keeps_the_terminals_own_background() {
        for (name, style) in styles(&Theme::terminal_default()) {
            assert!(style.bg.is_none(), "{name} paints the background: {style:?}");
        }
    }

    #[test]
    fn meaning_survives_without_colour() {
        for (_, theme) in all() {
            let modifiers = |style: Style| style.add_modifier;
            assert!(modifiers(theme.selected).contains(Modifier::REVERSED));
            assert_ne!(modifiers(theme.selected), modifiers(theme.selected_elsewhere));
            assert_ne!(modifiers(theme.selected_elsewhere), modifiers(theme.text));
            assert_ne!(modifiers(theme.tab), modifiers(theme.tab_other));
            assert_ne!(modifiers(theme.button), modifiers(theme.button_focused));
            assert_ne!(modifiers(theme.disabled), modifiers(theme.button));
            assert_ne!(modifiers(theme.border), modifiers(theme.border_focused));
        }
    }
}
