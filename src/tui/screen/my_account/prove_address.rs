//! Proving one's own address with a code that a mail server carried.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::domain::text::Shown;
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::ledger::secrets::Secret;
use crate::tui::acts::{Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::response::Response;
use crate::tui::widget::toast;

/// Columns of its content.
const WIDTH: u16 = 66;

/// What the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Code,
}

/// Where the code went, and the field for it.
pub(super) struct ProveAddress {
    form: Form<Ask>,
    address: String,
    sent: Option<String>,
    waiting: Option<Ticket>,
    trouble: Option<String>,
}

impl ProveAddress {
    pub(super) fn new(scene: &Scene) -> Self {
        let address = scene.user().map(|user| Shown::new(user.address.as_str()).full().to_string());
        let form = Form::new().field(Ask::Code, Field::line("Code").placeholder("six digits"));
        Self { form, address: address.unwrap_or_default(), sent: None, waiting: None, trouble: None }
    }

    fn send(&mut self, scene: &Scene, acts: &mut Acts) {
        if let Some(session) = scene.session.clone().filter(|_| self.waiting.is_none()) {
            self.waiting = Some(acts.ask(Request::SendAddressCode { session }));
        }
    }

    fn check(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(session) = scene.session.clone().filter(|_| self.waiting.is_none()) else { return };
        let typed = self.form.value(Ask::Code);
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != 6 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
            self.form.refuse(Ask::Code, "The code in the message has six digits.");
            return;
        }
        let code = Secret::from(code.as_str());
        self.waiting = Some(acts.ask(Request::ProveAddress { session, code }));
    }

    fn status(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let mut lines = vec![match &self.sent {
            Some(route) => Line::raw(format!("A code went to {} by {}.", self.address, Shown::new(route))),
            None => Line::raw(format!("A code is on its way to {}{}", self.address, theme.glyphs.ellipsis)),
        }];
        let trouble = self.trouble.as_ref().map(|text| Shown::new(text).to_string());
        lines.extend(trouble.map(|text| toast::Tone::Problem.line(text, theme)));
        lines
    }
}

const BINDINGS: &[Binding<ProveAddress>] = &[
    Binding {
        keys: &["enter"],
        label: "Prove address",
        about: "Check the code from the message",
        ready: |_, _| Ready::Yes,
        run: ProveAddress::check,
    },
    Binding {
        keys: &["ctrl-r"],
        label: "Send again",
        about: "Send another code; the one before stops working",
        ready: |_, _| Ready::Yes,
        run: ProveAddress::send,
    },
];

impl Layer for ProveAddress {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Prove address".into()
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn opened(&mut self, scene: &Scene, acts: &mut Acts) {
        self.send(scene, acts);
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let response = match input {
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
        };
        match response {
            Response::Ignored | Response::Submitted => Took::No,
            Response::Changed | Response::Taken | Response::Refused(_) => Took::Yes,
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        self.trouble = None;
        match answer {
            Ok(Reply::CodeSent { route, .. }) => self.sent = Some(route),
            Ok(_) => {
                acts.close();
                acts.say(Tone::Done, "Your address is proved.");
            }
            Err(trouble) => self.trouble = Some(trouble.in_full()),
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
        let inner = Dialog::new("Prove address", theme).foot("Enter goes on, Esc closes").draw(size, area, buf);
        for (line, y) in status.iter().zip(inner.y..inner.bottom()) {
            draw_line(line, Rect { y, height: 1, ..inner }, buf, theme);
        }
        let content = Rect { y: inner.y + said + 1, height: inner.height.saturating_sub(said + 1), ..inner };
        let cursor = self.form.draw(content, buf, theme, scene.focus);
        if let Some(cursor) = cursor.filter(|_| scene.focus.is_here()) {
            frame.set_cursor_position(cursor);
        }
    }
}
