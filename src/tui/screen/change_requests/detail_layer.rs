//! One request as the program sees it.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::ask::What;
use super::detail::{Awaited, Detail};
use super::detail_keys::BINDINGS;
use super::telling;
use crate::domain::refusal::Refusal;
use crate::engine::{Answer, Change, Reply, Ticket, Trouble};
use crate::tui::acts::Acts;
use crate::tui::key::Key;
use crate::tui::layer::{Input, Layer, Leave, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};

impl Detail {
    fn draw_head(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let mut head = vec![Span::styled("Esc", theme.key), Span::styled(" back", theme.muted)];
        if self.total > 1 {
            let now = self.total - self.queue.len();
            head.push(Span::styled(format!("  {now} of {} marked", self.total), theme.accent));
        }
        frame.render_widget(Line::from(head), area);
        let Some(facts) = self.facts.as_ref().filter(|facts| facts.request.is_open()) else { return };
        let button = |label: &'static str, key, ready: &Ready| {
            let state = if *ready == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
            Button::new(label).key(scene.key(module_path!(), label, key)).state(state)
        };
        let buttons = if facts.mine {
            let possible = if scene.change == Change::Never { Ready::Hidden } else { Ready::Yes };
            vec![button("Withdraw", 'w', &possible)]
        } else {
            vec![button("Reject", 'x', &facts.reject), button("Approve", 'a', &facts.approve)]
        };
        draw_buttons(&buttons, area, frame.buffer_mut(), theme);
    }
}

impl Layer for Detail {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Request".into()
    }

    fn typing(&self) -> bool {
        self.ask.is_some()
    }

    fn leave(&self) -> Leave {
        if self.waiting.is_some() { Leave::Never } else { Leave::Now }
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let again = self.facts.as_ref().is_some_and(|facts| facts.again != Ready::Hidden);
        let used = match (input, &mut self.ask) {
            (_, Some(ask)) if self.waiting.is_none() => return ask.input(input),
            (_, Some(_)) | (Input::Paste(_), None) => false,
            // Here the key that goes to the top elsewhere files again.
            (Input::Key(key), None) if again && *key == Key::char('g') => false,
            (Input::Key(key), None) => self.reader.key(key),
            (Input::Mouse(mouse), None) => self.reader.mouse(mouse),
        };
        if used { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        let Some((_, awaited)) = self.waiting.take_if(|(awaited, _)| *awaited == ticket) else { return Err(answer) };
        match (awaited, answer) {
            (Awaited::Proof, Ok(Reply::Entered(session))) => {
                self.ask = None;
                acts.signed_in(session.clone());
                self.approve_as(session, scene, acts);
            }
            (Awaited::Proof, Err(Trouble::Refused(refusal))) => {
                // A question that was not asked yet is nothing that went wrong.
                let asked = self.ask.is_some();
                self.refuse(What::Passphrase, Some(&refusal).filter(|_| asked));
            }
            (Awaited::Approval, Ok(_)) => self.decided("Approved", ", done.", scene, acts),
            (Awaited::Approval, Err(Trouble::Refused(Refusal::ProofTooOld))) => {
                let Some(session) = scene.session.clone() else { return Ok(()) };
                self.prove(session, scene, acts);
            }
            (Awaited::Rejection, Ok(_)) => self.decided("Rejected", ".", scene, acts),
            (Awaited::Rejection, Err(Trouble::Refused(refusal))) => self.refuse(What::Reason, Some(&refusal)),
            (_, answer) => return Err(answer),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        self.refresh(scene);
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.refresh(scene);
        let area = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(1), ..area };
        let [head, _, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(1)]).areas(area);
        self.draw_head(frame, head, scene);
        let Some(facts) = &self.facts else {
            return frame.render_widget(Line::styled("This request is not there any more.", scene.theme.muted), body);
        };
        let (width, minute) = (body.width.saturating_sub(2), scene.now.as_second() / 60);
        if self.drawn != Some((width, minute)) {
            self.drawn = Some((width, minute));
            self.reader.fill(telling::lines(facts, scene, width, self.read));
        }
        self.reader.draw(body, frame.buffer_mut(), &scene.theme);
        let waits = self.waiting.is_some();
        if let Some(ask) = &mut self.ask {
            ask.draw(frame, area, scene, waits.then_some("One moment"));
        }
    }
}
