//! The line that a tree is filtered with.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tui::layer::Input;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::field::Field;
use crate::tui::widget::line::draw_line;
use crate::tui::widget::response::Response;

/// Columns to type into.
const FIELD: u16 = 26;

/// A filter: what was typed, and whether the keyboard is in it.
pub struct Search {
    field: Field,
    placeholder: &'static str,
    typing: bool,
}

impl Search {
    /// An empty one, with what to type.
    pub fn new(placeholder: &'static str) -> Self {
        Self { field: field(placeholder), placeholder, typing: false }
    }

    /// Whether the keyboard is in it.
    pub const fn is_typing(&self) -> bool {
        self.typing
    }

    /// Whether it filters, or is about to.
    pub fn is_on(&self) -> bool {
        self.typing || !self.field.is_empty()
    }

    /// Puts the keyboard into it.
    pub const fn begin(&mut self) {
        self.typing = true;
    }

    /// Takes the keyboard out of it; what was typed stays.
    pub const fn done(&mut self) {
        self.typing = false;
    }

    /// Empties it.
    pub fn clear(&mut self) {
        *self = Self::new(self.placeholder);
    }

    /// Looks for this; the keyboard stays where it is.
    pub fn set(&mut self, text: &str) {
        self.field.set(text);
        self.typing = false;
    }

    /// Types; ignored while the keyboard is elsewhere.
    pub fn input(&mut self, input: &Input) -> Response {
        match input {
            _ if !self.typing => Response::Ignored,
            Input::Key(key) => self.field.key(key),
            Input::Paste(text) => self.field.paste(text),
            Input::Mouse(_) => Response::Ignored,
        }
    }

    /// What is looked for, in the form in which it is compared; none for everything.
    pub fn wanted(&self) -> Option<String> {
        Some(plain(self.field.value().trim())).filter(|wanted| !wanted.is_empty())
    }

    /// Draws it, with what it finds.
    pub fn draw(&mut self, found: &str, area: Rect, frame: &mut Frame<'_>, scene: &Scene) {
        let theme = &scene.theme;
        let [label, field, count] =
            Layout::horizontal([Constraint::Length(8), Constraint::Length(FIELD), Constraint::Min(1)]).areas(area);
        draw_line(&Line::styled("Filter", theme.muted), label, frame.buffer_mut(), theme);
        if let Some(cursor) =
            self.field.draw(field, frame.buffer_mut(), theme, Focus::when(self.typing && scene.focus.is_here()))
        {
            frame.set_cursor_position(cursor);
        }
        draw_line(&Line::styled(format!(" {found}"), theme.muted), count, frame.buffer_mut(), theme);
    }
}

fn field(placeholder: &'static str) -> Field {
    Field::line("Filter").placeholder(placeholder).limit(80)
}

/// A text without case, accents and differences of width, as it is compared.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn case_accents_and_width_do_not_matter() {
        for (typed, text) in [("OSTERREICH", "Österreich"), ("ｎｏｒｄ", "Lumbrevik Nordics AB"), ("普通", "普通預金")]
        {
            assert!(plain(text).contains(&plain(typed)), "{typed} in {text}");
        }
        assert!(!plain("Lumbrevik Japan K.K.").contains(&plain("Nordics")));
    }
}
