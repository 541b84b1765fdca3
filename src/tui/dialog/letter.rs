//! A message out of the drop folder, to read or hand over.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::copy::offer_copies;
use super::frame::boxed_message;
use crate::domain::text::Shown;
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};

/// Digits of a code.
const CODE: usize = 64;

/// The text of a message.
pub struct Letter {
    text: String,
    top: usize,
}

impl Letter {
    /// Shows this text.
    pub const fn new(text: String) -> Self {
        Self { text, top: 0 }
    }

    /// The code in it: a line of hexadecimal digits.
    fn code(&self) -> Option<&str> {
        let is_code = |line: &&str| line.len() == CODE && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.text.lines().map(str::trim).find(is_code)
    }
}

const BINDINGS: &[Binding<Letter>] = &[
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the code or the whole message, to hand it over",
        ready: |_, _| Ready::Yes,
        run: |letter, _, acts| {
            let code = letter.code().map(|code| ("code", code.to_owned()));
            offer_copies(acts, code.into_iter().chain([("message", letter.text.clone())]).collect());
        },
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Read on",
        ready: |_, _| Ready::Yes,
        run: |letter, _, _| letter.top = (letter.top + 1).min(letter.text.lines().count().saturating_sub(1)),
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Read back",
        ready: |_, _| Ready::Yes,
        run: |letter, _, _| letter.top = letter.top.saturating_sub(1),
    },
    Binding {
        keys: &["enter"],
        label: "Close",
        about: "Close the message",
        ready: |_, _| Ready::Yes,
        run: |_, _, acts| acts.close(),
    },
];

impl Layer for Letter {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Message".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, _: &Input, _: &Scene, _: &mut Acts) -> Took {
        Took::No
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let lines = self.text.lines().skip(self.top).map(|line| Line::from(Shown::new(line).to_string())).collect();
        boxed_message(frame, area, scene, "The message in the outbox folder", lines);
    }
}
