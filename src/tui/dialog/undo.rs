//! Taking the last own change back: what it was, what undoing it does, and a question.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Confirm;
use super::frame::boxed;
use crate::command::Undo;
use crate::domain::change_request::Told;
use crate::engine::{Answer, LastChange, Reply, Request, Ticket, Trouble};
use crate::ledger::telling::called;
use crate::tui::acts::{Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::Scene;
use crate::tui::when::both;

/// Lines of what it does that a question shows.
const SHOWN: usize = 9;

/// Looks the last change up, and gives way to the question about it.
#[derive(Default)]
pub struct UndoLast {
    asked: Option<Ticket>,
}

fn question(last: &LastChange, undo: Undo, told: &Told, scene: &Scene) -> Confirm {
    let what = called(&last.command);
    let when = both(scene.present_time(), last.at, &scene.zone);
    let mut lines = vec![
        format!("Your last change: {what}, {when}, entry {}.", last.entry),
        format!("Undoing it will {}.", undo.steps_in_words(&scene.org)),
    ];
    let said: Vec<String> = told.lines.iter().map(line).chain(told.access.iter().cloned()).collect();
    let more = told.more + said.len().saturating_sub(SHOWN);
    lines.extend(said.into_iter().take(SHOWN).map(|text| format!("{} {text}", scene.theme.glyphs.bullet)));
    if more > 0 {
        lines.push(format!("{} and {more} more", scene.theme.glyphs.bullet));
    }
    let done = format!("{what} was undone, entry {}.", last.entry);
    Confirm::new("Undo", lines, "Undo it", move |scene, acts| {
        acts.run(scene, undo, done);
    })
}

fn line(line: &crate::domain::effect::Line) -> String {
    let side = |text: &Option<String>| text.as_ref().map_or_else(|| "nothing".to_owned(), |text| format!("“{text}”"));
    format!("{}, {}: {} becomes {}", line.subject, line.field, side(&line.before), side(&line.after))
}

const BINDINGS: &[Binding<UndoLast>] = &[];

impl Layer for UndoLast {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Undo".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, _: &Input, _: &Scene, _: &mut Acts) -> Took {
        Took::No
    }

    fn opened(&mut self, scene: &Scene, acts: &mut Acts) {
        if let Some(session) = scene.session.clone().filter(|_| self.asked.is_none()) {
            self.asked = Some(acts.ask(Request::LastOwnChange { session }));
        }
    }

    fn answered(&mut self, _: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        let last = match answer {
            Ok(Reply::LastOwnChange(last)) => last,
            other => {
                acts.close();
                return Err(other);
            }
        };
        let Some(mut last) = last else {
            acts.close();
            acts.say(Tone::Note, "There is no change of yours that could be undone.");
            return Ok(());
        };
        let undo = std::mem::replace(&mut last.undo, Err(crate::domain::refusal::Refusal::NothingChanges));
        match undo {
            Ok((undo, told)) => acts.replace(question(&last, undo, &told, scene)),
            Err(refusal) => {
                acts.close();
                let what = called(&last.command);
                let trouble = Trouble::Refused(refusal);
                acts.say(Tone::Note, format!("Your last change ({what}): {}", trouble.in_full()));
            }
        }
        Ok(())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        boxed(frame, area, scene, "Undo", vec![Line::from("Looking up your last change. Esc leaves it as it is.")]);
    }
}
