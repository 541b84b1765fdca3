//! What is asked while a request is decided: why it is rejected, or the passphrase.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::tui::layer::{Input, Took};
use crate::tui::scene::Scene;
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::line::{draw_line, wrap};

/// Columns of its content.
const WIDTH: u16 = 62;

/// Characters of a reason.
const REASON: usize = 200;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Why it is rejected.
    Reason,
    /// The passphrase, before it is approved.
    Passphrase,
}

/// One question, over the request.
pub(super) struct Ask {
    pub what: What,
    pub field: Field,
}

impl Ask {
    /// A question without an answer yet.
    pub fn new(what: What) -> Self {
        let field = match what {
            What::Reason => Field::line("Reason").placeholder("what is wrong with it").limit(REASON),
            What::Passphrase => Field::passphrase("Passphrase"),
        };
        Self { what, field }
    }

    /// Says what is wrong with the answer.
    pub fn refuse(&mut self, problem: impl Into<String>) {
        self.field.set_problem(Some(problem.into()));
    }

    /// Letters; whether they were used.
    pub fn input(&mut self, input: &Input) -> Took {
        let response = match input {
            Input::Key(key) => self.field.key(key),
            Input::Paste(text) => self.field.paste(text),
            Input::Mouse(_) => return Took::Yes,
        };
        if response.is_ignored() { Took::No } else { Took::Yes }
    }

    const fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self.what {
            What::Reason => {
                ("Reject", "Why? Whoever asked reads it, and it is kept.", "Enter Reject   Esc Do not reject")
            }
            What::Passphrase => (
                "Prove who you are",
                "You did so more than five minutes ago. Type your passphrase, and the request is approved.",
                "Enter Approve   Esc Do not approve",
            ),
        }
    }

    /// Draws it in the middle; `foot` replaces the keys while something is waited for.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene, foot: Option<&'static str>) {
        let theme = &scene.theme;
        let (title, text, keys) = self.words();
        let width = WIDTH.min(area.width.saturating_sub(4));
        let text = wrap(&Line::from(text), width);
        let lead = u16::try_from(text.len()).unwrap_or(1);
        let height = self.field.height(width, theme).saturating_add(lead).saturating_add(2);
        let dialog = Dialog::new(title, theme).foot(foot.unwrap_or(keys));
        let inner = dialog.draw(Size { width, height }, area, frame.buffer_mut());
        for (line, place) in text.iter().zip(inner.rows()) {
            draw_line(line, place, frame.buffer_mut(), theme);
        }
        let below = (lead + 1).min(inner.height);
        let rest = Rect { y: inner.y + below, height: inner.height - below, ..inner };
        if let Some(cursor) = self.field.draw(rest, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
    }
}
