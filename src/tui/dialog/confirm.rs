//! A question before something that matters. The harmless answer is focused.
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::frame::boxed;
use crate::domain::text::Shown;
use crate::tui::acts::{Act, Acts};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::line::wrap;

/// Which answer has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    No,
    Yes,
}

/// Columns between the two answers.
const BETWEEN: u16 = 3;

type Then = Box<dyn FnOnce(&Scene, &mut Acts)>;

/// A question with a harmless and a harmful answer.
pub struct Confirm {
    title: String,
    lines: Vec<String>,
    yes: &'static str,
    no: &'static str,
    focus: Answer,
    expected: Option<String>,
    typed: String,
    then: Option<Then>,
    /// Where the two answers were drawn.
    places: [Rect; 2],
}

impl Confirm {
    /// A question: what it is about, what will happen line by line, the word for doing it, and what then.
    pub fn new(
        title: impl Into<String>,
        lines: Vec<String>,
        yes: &'static str,
        then: impl FnOnce(&Scene, &mut Acts) + 'static,
    ) -> Self {
        Self {
            title: title.into(),
            lines,
            yes,
            no: "Cancel",
            focus: Answer::No,
            expected: None,
            typed: String::new(),
            then: Some(Box::new(then)),
            places: [Rect::default(); 2],
        }
    }

    /// Asks for this name to be typed, for the worst acts.
    #[must_use]
    pub fn typing(mut self, name: impl Into<String>) -> Self {
        self.expected = Some(name.into());
        self
    }

    /// The question before a draft is thrown away.
    pub fn leave(question: String, then: Act) -> Self {
        let lines = vec![question];
        let mut confirm = Self::new("Leave without saving?", lines, "Throw away", move |_, acts| acts.push(then));
        confirm.no = "Keep editing";
        confirm
    }

    /// The question whether to go on with what was left unfinished. Neither answer loses anything.
    pub fn resume(lines: Vec<String>, then: Act) -> Self {
        let mut confirm = Self::new("Go on where you were?", lines, "Continue", move |_, acts| acts.push(then));
        confirm.no = "Not now";
        confirm.focus = Answer::Yes;
        confirm
    }

    fn armed(&self) -> bool {
        self.expected.as_ref().is_none_or(|expected| expected.trim() == self.typed.trim())
    }

    fn decide(&mut self, scene: &Scene, acts: &mut Acts) {
        match self.focus {
            Answer::Yes if self.armed() => self.agree(scene, acts),
            Answer::Yes => {}
            Answer::No => acts.close(),
        }
    }

    fn agree(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(then) = self.then.take() else { return };
        then(scene, acts);
        if !acts.closes() {
            acts.close();
        }
    }

    /// A click is an answer; the harmful one is none as long as the name is not typed.
    fn click(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        let at = Position::new(mouse.column, mouse.row);
        let [no, yes] = self.places.map(|place| place.contains(at) && mouse.kind == MouseKind::Down);
        match (no, yes) {
            (true, _) => acts.close(),
            (_, true) if self.armed() => self.agree(scene, acts),
            (_, true) => {}
            _ => return Took::No,
        }
        Took::Yes
    }

    fn turn(&mut self) {
        self.focus = if self.focus == Answer::No { Answer::Yes } else { Answer::No };
    }

    fn question(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let mut lines: Vec<Line<'static>> =
            self.lines.iter().map(|line| Line::from(Shown::new(line).to_string())).collect();
        if let Some(expected) = &self.expected {
            lines.push(Line::default());
            lines.push(Line::from(format!("To confirm, type: {}", Shown::new(expected))));
            let style = if self.armed() { theme.ok.patch(theme.typing) } else { theme.typing };
            let typed = format!("{} ", Shown::new(&self.typed));
            lines.push(Line::from(vec![Span::styled("> ", theme.muted), Span::styled(typed, style)]));
        }
        lines.push(Line::default());
        let button = |text: &str, answer: Answer| {
            let style = if self.focus == answer { theme.button_focused } else { theme.button };
            Span::styled(format!(" {text} "), style)
        };
        let yes = if self.armed() {
            button(self.yes, Answer::Yes)
        } else {
            Span::styled(format!(" {} ", self.yes), theme.disabled)
        };
        lines.push(Line::from(vec![button(self.no, Answer::No), Span::raw(" ".repeat(usize::from(BETWEEN))), yes]));
        lines
    }
}

const BINDINGS: &[Binding<Confirm>] = &[
    Binding {
        keys: &["enter"],
        label: "Choose",
        about: "Take the focused answer",
        ready: |_, _| Ready::Yes,
        run: Confirm::decide,
    },
    Binding {
        keys: &["tab", "left", "right", "shift-tab", "up", "down"],
        label: "Other answer",
        about: "Move between the answers",
        ready: |_, _| Ready::Yes,
        run: |confirm, _, _| confirm.turn(),
    },
    Binding {
        keys: &["y"],
        label: "Yes",
        about: "Do it",
        ready: |confirm, _| Ready::when(confirm.expected.is_none()),
        run: Confirm::agree,
    },
    Binding {
        keys: &["n"],
        label: "No",
        about: "Leave everything as it is",
        ready: |confirm, _| Ready::when(confirm.expected.is_none()),
        run: |_, _, acts| acts.close(),
    },
];

impl Layer for Confirm {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        self.title.clone()
    }

    fn typing(&self) -> bool {
        self.expected.is_some()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if let Input::Mouse(mouse) = input {
            return self.click(mouse, scene, acts);
        }
        if self.expected.is_none() {
            return Took::No;
        }
        match input {
            Input::Paste(text) => self.typed.push_str(text.trim()),
            Input::Key(key) => match (key.code, key.typed()) {
                _ if *key == Key::ctrl('u') => self.typed.clear(),
                (Code::Backspace, _) => {
                    self.typed.pop();
                }
                (_, Some(c)) => self.typed.push(c),
                _ => return Took::No,
            },
            Input::Mouse(_) => return Took::No,
        }
        if self.armed() {
            self.focus = Answer::Yes;
        }
        Took::Yes
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let question = self.question(scene);
        let inner = boxed(frame, area, scene, &self.title, question.clone());
        let lines: usize = question.iter().map(|line| wrap(line, inner.width).len()).sum();
        if lines > usize::from(inner.height) {
            // The answers are the last line, and that had no room.
            self.places = [Rect::default(); 2];
            return;
        }
        let width = |text: &str| u16::try_from(text.len() + 2).unwrap_or(0);
        let no = Rect { y: inner.bottom().saturating_sub(1), height: 1, width: width(self.no), ..inner };
        let yes = Rect { x: no.right().saturating_add(BETWEEN), width: width(self.yes), ..no };
        self.places = [no, yes].map(|place| place.intersection(inner));
    }
}
