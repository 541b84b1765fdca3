//! One question of a form, with its label.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::tui::key::Key;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::line::{columns, draw_line};
use crate::tui::widget::response::Response;

/// The widest label that stands beside its field; a longer one is cut.
const WIDEST_LABEL: u16 = 28;

/// The least room beside a label; with less, the label stands above.
const LEAST_INPUT: u16 = 24;

/// Columns between a label and its field; the pointer of a choice stands in them.
const GAP: u16 = 3;

/// Something that is asked.
#[derive(Debug)]
pub(super) enum Question {
    Field(Box<Field>),
    Choice(Cow<'static, str>, Choice),
}

impl Question {
    pub(super) fn label(&self) -> &str {
        match self {
            Self::Field(field) => field.label(),
            Self::Choice(label, _) => label,
        }
    }

    fn height(&self, width: u16, theme: &Theme) -> u16 {
        match self {
            Self::Field(field) => field.height(width, theme),
            Self::Choice(_, choice) => u16::try_from(choice.len()).unwrap_or(u16::MAX).max(1),
        }
    }

    /// Gives it a key.
    pub(super) fn key(&mut self, key: &Key) -> Response {
        match self {
            Self::Field(field) => field.key(key),
            Self::Choice(_, choice) => choice.key(key),
        }
    }
}

/// How labels and fields share the width.
pub(super) struct Shape {
    label: u16,
    input: u16,
    /// Lines that a label takes above its field.
    above: u16,
}

impl Shape {
    /// For questions with these labels, in so many columns.
    pub(super) fn new<'q>(labels: impl Iterator<Item = &'q str>, width: u16) -> Self {
        let widest = labels.map(columns).max().unwrap_or(0);
        let label = u16::try_from(widest).unwrap_or(u16::MAX).min(WIDEST_LABEL);
        let width = width.saturating_sub(2);
        match width.checked_sub(label + GAP).filter(|input| *input >= LEAST_INPUT) {
            Some(input) => Self { label, input, above: 0 },
            None => Self { label: width, input: width, above: 1 },
        }
    }

    /// Lines that a question takes with its label.
    pub(super) fn height(&self, question: &Question, theme: &Theme) -> u16 {
        question.height(self.input, theme).saturating_add(self.above)
    }

    /// Draws a question with its label. Gives the place of the cursor when the keyboard is here.
    pub(super) fn draw(
        &self,
        question: &mut Question,
        place: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        here: Focus,
    ) -> Option<Position> {
        let style = if here.is_here() { theme.accent } else { theme.muted };
        if here.is_here() {
            buf.set_stringn(place.x, place.y, theme.glyphs.pointer, usize::from(place.width), theme.accent);
        }
        let x = place.x + 2.min(place.width);
        let room = place.right() - x;
        let label = Rect { x, width: self.label.min(room), ..place };
        draw_line(&Line::styled(question.label(), style), label, buf, theme);
        let above = self.above.min(place.height);
        let indent = if self.above == 0 { (self.label + GAP).min(room) } else { 0 };
        let input = Rect { x: x + indent, width: room - indent, y: place.y + above, height: place.height - above };
        match question {
            Question::Field(field) => field.draw(input, buf, theme, here),
            Question::Choice(_, choice) => {
                let shift = 2.min(input.x - place.x);
                let options = Rect { x: input.x - shift, width: input.width + shift, ..input };
                choice.draw(options, buf, theme, here);
                None
            }
        }
    }
}
