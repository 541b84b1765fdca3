//! The text that rows must contain to be shown.
use ratatui::Frame;
use ratatui::layout::Rect;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::tui::key::{Code, Key};
use crate::tui::layer::{Input, Took};
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::field::Field;
use crate::tui::widget::line::draw_line;

/// Characters that it takes.
const LIMIT: usize = 80;

/// Where the field begins.
const LABEL: &str = "Filter: ";

/// A filter that is empty, being typed, or typed.
#[derive(Debug)]
pub struct Filter {
    field: Field,
    typing: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self { field: Field::line("Filter").limit(LIMIT), typing: false }
    }
}

impl Filter {
    /// What rows must contain.
    pub fn query(&self) -> Query {
        Query::new(&self.field.value())
    }

    /// Whether keys are letters now.
    pub const fn is_typing(&self) -> bool {
        self.typing
    }

    /// Keeps what was typed.
    pub const fn keep(&mut self) {
        self.typing = false;
    }

    /// Whether it is typed in, or keeps rows away.
    pub fn is_on(&self) -> bool {
        self.typing || !self.field.is_empty()
    }

    /// Takes letters from now on.
    pub const fn type_in(&mut self) {
        self.typing = true;
    }

    /// Lets every row pass again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes what is typed or pasted while it is being typed in. Enter and Tab keep it; Esc is left to whoever clears it.
    pub fn input(&mut self, input: &Input) -> Took {
        if !self.typing {
            return Took::No;
        }
        let ignored = match input {
            Input::Key(key) if matches!(key.code, Code::Enter | Code::Tab | Code::BackTab) => {
                self.typing = false;
                false
            }
            Input::Key(key) if *key == Key::plain(Code::Backspace) && self.field.is_empty() => {
                self.typing = false;
                false
            }
            Input::Key(key) => self.field.key(key).is_ignored(),
            Input::Paste(text) => self.field.paste(text).is_ignored(),
            Input::Mouse(_) => true,
        };
        if ignored { Took::No } else { Took::Yes }
    }

    /// Draws it in one line, with what it finds behind it.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene, found: &str) {
        let theme = &scene.theme;
        let label = u16::try_from(LABEL.len()).unwrap_or(0);
        let behind = u16::try_from(found.len() + 2).unwrap_or(0);
        draw_line(&LABEL.into(), area, frame.buffer_mut(), theme);
        let width = area.width.saturating_sub(label + behind);
        let place = Rect { x: area.x.saturating_add(label), width, height: area.height.min(1), ..area };
        let focus = Focus::when(self.typing && scene.focus.is_here());
        if let Some(cursor) = self.field.draw(place, frame.buffer_mut(), theme, focus) {
            frame.set_cursor_position(cursor);
        }
        let found = ratatui::text::Line::styled(found.to_owned(), theme.muted).right_aligned();
        let rest = Rect { x: place.right(), width: area.right().saturating_sub(place.right()), ..place };
        draw_line(&found, rest, frame.buffer_mut(), theme);
    }
}

/// Words that have to be found, whatever the case, the accents and the spaces inside of what is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<String>);

impl Query {
    /// The words of a text.
    pub fn new(text: &str) -> Self {
        Self(text.split_whitespace().map(plain).collect())
    }

    /// Whether every row passes.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word is in one of these texts.
    pub fn fits(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> =
            if self.is_empty() { Vec::new() } else { texts.iter().map(|text| plain(text)).collect() };
        self.0.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_to_be_found_whatever_its_case_and_accents() {
        let fits = |query: &str| Query::new(query).fits(&["Lumbrevik Ålesund", "NO31 9990"]);
        for query in ["", "  ", "ales", "ÅLE lumb", "no31 9990", "lumbrevik no31"] {
            assert!(fits(query), "{query}");
        }
        assert!(!fits("lumbrevik oslo"));
    }

    #[test]
    fn letters_are_taken_only_while_typing() {
        let mut filter = Filter::default();
        let key = |text: &str| Input::Key(text.parse().unwrap_or(Key::plain(Code::Esc)));
        assert_eq!(filter.input(&key("x")), Took::No);
        filter.type_in();
        assert_eq!(filter.input(&key("q")), Took::Yes);
        assert_eq!(filter.input(&Input::Paste("uick\nfox".into())), Took::Yes);
        assert_eq!(filter.input(&key("down")), Took::No, "moving is for the rows");
        assert_eq!(filter.input(&key("enter")), Took::Yes);
        assert_eq!(filter.input(&key("x")), Took::No);
        assert_eq!(filter.query(), Query::new("quick fox"));
        filter.clear();
        assert!(!filter.is_on());
    }
}
