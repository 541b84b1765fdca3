//! Choosing what of a thing goes to the clipboard.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::boxed;
use crate::domain::text::Shown;
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::rows::Rows;

/// Columns of the words for what it is.
const WHAT: usize = 10;

/// Columns of a text that is shown before it is copied.
const TEXT: usize = 52;

/// Something that can be copied: what it is in a word, and its text.
pub type Thing = (&'static str, String);

/// The things, one a line.
pub struct Copy {
    things: Vec<Thing>,
    rows: Rows,
}

/// Lets somebody choose which of these to copy. A single one is copied at once.
pub fn offer_copies(acts: &mut Acts, things: Vec<Thing>) {
    match things.as_slice() {
        [] => {}
        [(what, text)] => acts.copy(what, text.clone()),
        several => {
            let rows = Rows::new(several.len());
            acts.open(Copy { things, rows });
        }
    }
}

impl Copy {
    fn choose(&mut self, _: &Scene, acts: &mut Acts) {
        acts.close();
        if let Some((what, text)) = self.rows.selected().and_then(|row| self.things.get(row)) {
            acts.copy(what, text.clone());
        }
    }

    fn line(&self, row: usize) -> String {
        let Some((what, text)) = self.things.get(row) else { return String::new() };
        // The cells of a row and the lines of a message are apart by what would be shown as an escape.
        let text = text.replace(['\t', '\n'], "  ");
        format!("{what:<WHAT$}{}", Shown::new(&text).cut(TEXT))
    }
}

const BINDINGS: &[Binding<Copy>] = &[Binding {
    keys: &["enter", "y"],
    label: "Copy",
    about: "Put the selected text on the clipboard",
    ready: |_, _| Ready::Yes,
    run: Copy::choose,
}];

impl Layer for Copy {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Copy".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let used = match input {
            Input::Key(key) => self.rows.key(key),
            Input::Mouse(mouse) => self.rows.mouse(mouse),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let lines: Vec<String> = (0..self.things.len()).map(|row| self.line(row)).collect();
        // As wide as the widest line behind the pointer, and as high as there are lines.
        let room = lines.iter().map(|line| Line::from(" ".repeat(Span::raw(line.as_str()).width() + 2))).collect();
        let inner = boxed(frame, area, scene, "Copy", room);
        let list = List::new(&scene.theme, scene.focus);
        list.draw(inner, frame.buffer_mut(), &mut self.rows, |row| {
            Item::new(lines.get(row).map_or("", String::as_str))
        });
    }
}
