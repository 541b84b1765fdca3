//! Asking for another day.
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::text::Line;

use crate::domain::moment::{Moment, Taken, in_words, zone_name};
use crate::engine::{Answer, Reply, Request, Then, Ticket, Trouble};
use crate::ledger::progress::Progress;
use crate::tui::acts::{Act, Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::past::{Day, Past};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::line::draw_line;
use crate::tui::widget::progress::grouped;

/// Columns of the dialog's content.
const WIDTH: u16 = 64;

/// What is said below the field.
const HINTS: [&str; 3] = [
    "A day is meant to its end: 2025-12-31 is after everything on it.",
    "A time is one of the zone named above; Z or +02:00 says another.",
    "Empty: back to now.",
];

/// What was asked for.
struct Waiting {
    ticket: Ticket,
    moment: Moment,
    progress: Progress,
}

impl Drop for Waiting {
    /// Nobody waits for it any more.
    fn drop(&mut self) {
        self.progress.stop();
    }
}

/// The dialog that asks for a moment.
pub struct AnyDay {
    field: Field,
    waiting: Option<Waiting>,
}

impl AnyDay {
    /// Asks.
    pub fn new(_: &Scene) -> Self {
        let field = Field::line("Day or moment").placeholder("2025-12-31 or 2026-03-01T12:00").limit(60);
        Self { field, waiting: None }
    }

    fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        let typed = self.field.value();
        if typed.trim().is_empty() {
            acts.close();
            acts.push(Act::Present(None));
            return;
        }
        match Moment::parse(&typed, &scene.zone, scene.outside.now()) {
            Ok(moment) => {
                let progress = Progress::default();
                let ticket = acts.ask(Request::Past { at: moment.at, progress: progress.clone() });
                self.waiting = Some(Waiting { ticket, moment, progress });
            }
            Err(error) => self.field.set_problem(Some(format!("{error}. {}", error.hint()))),
        }
    }

    fn ready(&self) -> Ready {
        match self.waiting {
            None => Ready::Yes,
            Some(_) => Ready::No("That day is being looked up.".into()),
        }
    }

    fn show(&mut self, moment: Moment, then: Then, scene: &Scene, acts: &mut Acts) {
        match then {
            Then::Was { head, org } => {
                acts.close();
                acts.push(Act::Past(Box::new(Day { past: Past { at: moment.at, head }, org })));
                if moment.taken != Taken::AsTyped {
                    acts.say(Tone::Note, format!("{}: {}.", in_words(moment.at, &scene.zone), moment.taken));
                }
            }
            Then::NotYet { founded } => self.field.set_problem(Some(not_yet(founded, scene))),
        }
    }
}

fn not_yet(founded: Timestamp, scene: &Scene) -> String {
    format!("The organization did not exist yet: it was founded on {}.", in_words(founded, &scene.zone))
}

const BINDINGS: &[Binding<AnyDay>] = &[Binding {
    keys: &["enter"],
    label: "Show",
    about: "Show the organization as it was then; without a moment, as it is now",
    ready: |any_day, _| any_day.ready(),
    run: AnyDay::submit,
}];

impl Layer for AnyDay {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Any day".into()
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        if self.waiting.is_some() {
            return Took::No;
        }
        let response = match input {
            Input::Key(key) => self.field.key(key),
            Input::Paste(text) => self.field.paste(text),
            Input::Mouse(_) => return Took::No,
        };
        if response.is_ignored() { Took::No } else { Took::Yes }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        let Some(waiting) = self.waiting.take_if(|waiting| waiting.ticket == ticket) else { return Err(answer) };
        match answer {
            Ok(Reply::Past(then)) => self.show(waiting.moment, then, scene, acts),
            Err(trouble @ Trouble::Fault(_)) => self.field.set_problem(Some(trouble.in_full())),
            other => return Err(other),
        }
        Ok(())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let title = format!("As it was on any day ({})", zone_name(&scene.zone));
        let foot = match self.waiting.as_ref().map(|waiting| waiting.progress.done()) {
            None => "Enter Show   Esc Cancel".into(),
            Some(0) => "Looking it up   Esc Cancel".into(),
            Some(rows) => {
                format!("Looking it up: {} rows   Esc Cancel", grouped(usize::try_from(rows).unwrap_or(usize::MAX)))
            }
        };
        let width = WIDTH.min(area.width.saturating_sub(4));
        let field = self.field.height(width, theme);
        let hints = u16::try_from(HINTS.len()).unwrap_or(0);
        let size = Size { width, height: field.saturating_add(hints).saturating_add(1) };
        let inner = Dialog::new(title, theme).foot(foot).draw(size, area, frame.buffer_mut());
        let rows = [Constraint::Length(field), Constraint::Length(1), Constraint::Min(0)];
        let [typing, _, below] = Layout::vertical(rows).areas(inner);
        if let Some(cursor) = self.field.draw(typing, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
        for (hint, place) in HINTS.into_iter().zip(below.rows()) {
            draw_line(&Line::styled(hint, theme.muted), place, frame.buffer_mut(), theme);
        }
    }
}
