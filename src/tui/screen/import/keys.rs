//! What keys do on the verdicts.
use ratatui::Frame;
use ratatui::layout::Rect;

use super::preview::{Preview, Show, Source};
use crate::engine::{Answer, Ticket};
use crate::tui::acts::Acts;
use crate::tui::event::MouseKind;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, Work, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::response::Response;

fn listening(preview: &Preview) -> Ready {
    Ready::when(!preview.search.is_typing())
}

/// The place of the binding that the question before an import leads to.
pub(super) const IMPORT_NOW: usize = 0;

const BINDINGS: &[Binding<Preview>] = &[
    // Behind the question alone: no key leads here.
    Binding {
        keys: &[],
        label: "Import now",
        about: "Import what was asked about",
        ready: |_, _| Ready::Hidden,
        run: Preview::import,
    },
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the lines",
        about: "Go to what matches",
        ready: |preview, _| Ready::when(preview.search.is_typing()),
        run: |preview, _, _| preview.search.done(),
    },
    Binding {
        keys: &["c", "enter"],
        label: "Import",
        about: "Import every line that is fine, all of them or none; asks first",
        ready: |preview, scene| listening(preview).and(|| preview.ready(scene)),
        run: Preview::ask,
    },
    Binding {
        keys: &["f"],
        label: "Only problems",
        about: "Show only lines that are left out or have something to look at first",
        ready: |preview, _| listening(preview).and(|| Ready::when(preview.show == Show::All && preview.has_problems())),
        run: |preview, _, _| preview.turn_show(),
    },
    Binding {
        keys: &["f"],
        label: "All lines",
        about: "Show all lines again",
        ready: |preview, _| listening(preview).and(|| Ready::when(preview.show == Show::Problems)),
        run: |preview, _, _| preview.turn_show(),
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Show only lines that contain what is typed: names, addresses, verdicts",
        ready: |preview, _| listening(preview).and(|| Ready::when(preview.judged.is_some())),
        run: |preview, _, _| preview.search.begin(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show everything again",
        ready: |preview, _| Ready::when(preview.search.is_on()),
        run: |preview, _, _| {
            preview.search.clear();
            preview.sift();
        },
    },
];

impl Preview {
    fn type_in(&mut self, input: &Input) -> Took {
        match self.search.input(input) {
            Response::Ignored => Took::No,
            Response::Changed => {
                self.sift();
                Took::Yes
            }
            _ => Took::Yes,
        }
    }

    fn press(&mut self, key: &Key) -> Took {
        if key.code == Code::Esc && self.show == Show::Problems && !self.search.is_on() {
            self.turn_show();
            return Took::Yes;
        }
        if self.rows.key(key) { Took::Yes } else { Took::No }
    }
}

impl Layer for Preview {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        format!("Import {}", self.kind().name())
    }

    fn typing(&self) -> bool {
        self.search.is_typing()
    }

    fn look(&self) -> Look {
        Look::Wide
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if self.is_waiting() {
            return Took::No;
        }
        if self.search.is_typing() {
            return self.type_in(input);
        }
        match input {
            Input::Key(key) => self.press(key),
            Input::Mouse(mouse) if self.rows.mouse(mouse) => Took::Yes,
            Input::Mouse(mouse) => {
                let place = ratatui::layout::Position::new(mouse.column, mouse.row);
                if mouse.kind == MouseKind::Down && self.button.contains(place) {
                    self.ask(scene, acts);
                }
                Took::Yes
            }
            Input::Paste(_) => Took::No,
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.settle(ticket) && answer.is_ok() {
            acts.close();
        }
        Err(answer)
    }

    fn moved(&mut self, scene: &Scene) {
        self.follow(scene);
    }

    fn work(&mut self, _: &Scene) -> Work {
        Work::shown(self.judge())
    }

    fn leave(&self) -> Leave {
        match self.source {
            _ if self.is_waiting() => Leave::Never,
            Source::File(_) => Leave::Now,
            Source::Paste => Leave::Ask("Nothing was imported yet, and the pasted table would be lost.".into()),
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.draw_all(frame, area, scene);
    }
}
