//! The entrance as a layer.
use ratatui::Frame;
use ratatui::layout::Rect;

use super::bindings::BINDINGS;
use super::front::Entrance;
use super::step::Step;
use crate::engine::{Answer, Ticket};
use crate::tui::acts::{Acts, Tone};
use crate::tui::event::Mouse;
use crate::tui::key::Key;
use crate::tui::layer::{Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::Scene;
use crate::tui::widget::response::Response;

impl Layer for Entrance {
    bound!(BINDINGS);

    fn crumb(&self, scene: &Scene) -> String {
        self.step.title(scene)
    }

    fn look(&self) -> Look {
        Look::Whole
    }

    fn counts_down(&self, scene: &Scene) -> bool {
        self.step == Step::SignIn && self.sign_in.pause(scene.now).is_some()
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.draw_page(frame, area, scene);
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        match input {
            // Keys that are typed while the engine works would be for a page that is gone by then.
            Input::Key(key) if self.waiting.is_some() => {
                if key.ctrl {
                    Took::No
                } else {
                    Took::Yes
                }
            }
            _ if self.waiting.is_some() => Took::Yes,
            Input::Key(key) => match self.button {
                Some(at) => self.key_on_button(at, *key, scene, acts),
                None => self.key_on_page(*key, scene, acts),
            },
            Input::Paste(text) => {
                self.button = None;
                let response = self.form().map_or(Response::Ignored, |form| form.paste(text));
                self.after(response, scene, acts)
            }
            Input::Mouse(mouse) => self.mouse(mouse, scene, acts),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        match self.waiting.take() {
            Some((asked, _)) if asked == ticket => {
                self.answer(answer, scene, acts);
                Ok(())
            }
            other => {
                self.waiting = other;
                Err(answer)
            }
        }
    }

    fn moved(&mut self, scene: &Scene) {
        self.refresh(scene);
        if self.step.is_front() {
            self.step = Step::first(scene);
        }
    }

    fn leave(&self) -> Leave {
        if self.step == Step::Recovery {
            return Leave::Ask(
                "The recovery code is shown only now. Without it, nobody can help locked-out Owners.".into(),
            );
        }
        if self.set_up.is_begun() {
            return Leave::Ask("The set-up of your organization is not finished.".into());
        }
        if self.joining.is_begun() {
            return Leave::Ask("The invitation is not accepted yet.".into());
        }
        Leave::Now
    }
}

impl Entrance {
    fn key_on_page(&mut self, key: Key, scene: &Scene, acts: &mut Acts) -> Took {
        let response = if let Some(form) = self.form() {
            form.key(&key)
        } else if self.rows().is_some_and(|rows| rows.key(&key)) {
            Response::Taken
        } else {
            Response::Ignored
        };
        if response.is_ignored() { self.reach_button(key, scene) } else { self.after(response, scene, acts) }
    }

    fn mouse(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        if self.click(mouse, scene, acts) == Took::Yes {
            return Took::Yes;
        }
        let response = if let Some(form) = self.form() {
            form.mouse(mouse)
        } else if self.rows().is_some_and(|rows| rows.mouse(mouse)) {
            Response::Taken
        } else {
            Response::Ignored
        };
        if !response.is_ignored() {
            self.button = None;
        }
        self.after(response, scene, acts)
    }

    /// What comes of an input to a form. A submitted one is left to the binding of Enter.
    fn after(&mut self, response: Response, scene: &Scene, acts: &mut Acts) -> Took {
        match response {
            Response::Ignored | Response::Submitted => return Took::No,
            Response::Taken => {}
            Response::Changed => self.typed(scene),
            Response::Refused(why) => acts.say(Tone::Note, why),
        }
        Took::Yes
    }
}
