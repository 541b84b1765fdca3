//! Changing one's own passphrase.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::engine::{Answer, Request, Ticket, Trouble};
use crate::ledger::secrets::Secret;
use crate::tui::acts::{Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::entrance::{Ask, checked, known_words, show_strength, with_new_passphrase};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::response::Response;
use crate::tui::widget::toast;

/// Columns of its content.
const WIDTH: u16 = 66;

/// The current passphrase and a new one, typed twice.
pub(super) struct ChangePassphrase {
    form: Form<Ask>,
    known: Vec<String>,
    waiting: Option<Ticket>,
    trouble: Option<String>,
}

impl ChangePassphrase {
    pub(super) fn new(scene: &Scene) -> Self {
        let known = scene.user().map(|user| known_words(user.name.as_str(), user.address.as_str()));
        let form = Form::new().field(Ask::Current, Field::passphrase("Current passphrase"));
        Self { form: with_new_passphrase(form), known: known.unwrap_or_default(), waiting: None, trouble: None }
    }

    fn change(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(session) = scene.session.clone().filter(|_| self.waiting.is_none()) else { return };
        let Some(current) = self.form.get_field(Ask::Current).map(Field::secret) else { return };
        let next = checked(&mut self.form, &self.known);
        if next.as_ref().is_some_and(|next| next.bytes() == current.as_bytes()) {
            self.form.refuse(Ask::Passphrase, "This is the passphrase that you have. Choose another one.");
            return;
        }
        if current.is_empty() {
            self.form.refuse(Ask::Current, "Type the passphrase that you signed in with.");
            return;
        }
        if let Some(next) = next {
            let current = Secret::from(current.as_str());
            self.waiting = Some(acts.ask(Request::ChangePassphrase { session, current, next }));
        }
    }

    fn after(&mut self, response: Response, scene: &Scene) -> Took {
        match response {
            Response::Ignored | Response::Submitted => return Took::No,
            Response::Changed => {
                self.trouble = None;
                show_strength(&mut self.form, &self.known, &scene.theme);
            }
            Response::Taken | Response::Refused(_) => {}
        }
        Took::Yes
    }

    fn status(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        if self.waiting.is_some() {
            return vec![Line::styled(format!("Checking{}", theme.glyphs.ellipsis), theme.accent)];
        }
        let trouble = self.trouble.as_ref().map(|text| Shown::new(text).to_string());
        trouble.map(|text| toast::Tone::Problem.line(text, theme)).into_iter().collect()
    }
}

const BINDINGS: &[Binding<ChangePassphrase>] = &[Binding {
    keys: &["enter"],
    label: "Change passphrase",
    about: "Check the current passphrase and take the new one",
    ready: |_, _| Ready::Yes,
    run: ChangePassphrase::change,
}];

impl Layer for ChangePassphrase {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Change passphrase".into()
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn leave(&self) -> Leave {
        let typed = |ask| self.form.get_field(ask).is_some_and(|field| !field.is_empty());
        match [Ask::Passphrase, Ask::Again].into_iter().any(typed) {
            true => Leave::Ask("Your passphrase is not changed yet.".into()),
            false => Leave::Now,
        }
    }

    fn input(&mut self, input: &Input, scene: &Scene, _: &mut Acts) -> Took {
        let response = match input {
            Input::Key(key) if self.waiting.is_some() => return if key.ctrl { Took::No } else { Took::Yes },
            _ if self.waiting.is_some() => return Took::Yes,
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
        };
        self.after(response, scene)
    }

    fn answered(&mut self, _: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        self.waiting = None;
        match answer {
            Ok(_) => {
                acts.close();
                acts.say(Tone::Done, "Your passphrase was changed.");
            }
            Err(trouble) => {
                let text = trouble.in_full();
                if matches!(trouble, Trouble::Refused(Refusal::WrongPassphrase)) {
                    if let Some(field) = self.form.field_mut(Ask::Current) {
                        field.set("");
                    }
                    self.form.refuse(Ask::Current, text);
                } else {
                    self.trouble = Some(text);
                }
            }
        }
        Ok(())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let width = WIDTH.min(area.width.saturating_sub(4));
        let status: Vec<_> = self.status(scene).iter().flat_map(|line| wrap(line, width)).collect();
        let said = u16::try_from(status.len()).unwrap_or(u16::MAX);
        let form = self.form.height(width, theme);
        let size = Size { width, height: form.saturating_add(said).saturating_add(2) };
        let buf = frame.buffer_mut();
        let inner = Dialog::new("Change passphrase", theme).foot("Enter goes on, Esc closes").draw(size, area, buf);
        let content = Rect { y: inner.y + 1, height: inner.height.saturating_sub(2 + said), ..inner };
        let cursor = self.form.draw(content, buf, theme, scene.focus);
        for (line, y) in status.iter().zip(content.bottom()..inner.bottom()) {
            draw_line(line, Rect { y, height: 1, ..inner }, buf, theme);
        }
        if let Some(cursor) = cursor.filter(|_| scene.focus.is_here()) {
            frame.set_cursor_position(cursor);
        }
    }
}
