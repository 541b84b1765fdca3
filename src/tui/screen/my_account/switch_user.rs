//! Looking through another person's eyes, which a sample organization allows.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::engine::{Answer, Reply, Request, Ticket};
use crate::ledger::signin::Proof;
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::entrance::{People, RoleList};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::rows::Rows;

/// The size of its content.
const SIZE: Size = Size { width: 66, height: 14 };

/// A choice of a person, and of a role where that person holds several.
pub(super) struct SwitchUser {
    people: People,
    chosen: Option<(Proof, RoleList)>,
    waiting: Option<Ticket>,
}

impl SwitchUser {
    pub(super) fn new(scene: &Scene) -> Self {
        let mut people = People::default();
        people.refresh(&scene.org);
        if let Some(user) = scene.user() {
            people.select(user.id);
        }
        Self { people, chosen: None, waiting: None }
    }

    fn rows(&mut self) -> &mut Rows {
        match &mut self.chosen {
            Some((_, roles)) => &mut roles.rows,
            None => &mut self.people.rows,
        }
    }

    fn go_on(&mut self, _: &Scene, acts: &mut Acts) {
        if self.waiting.is_some() {
            return;
        }
        let request = match &self.chosen {
            Some((proof, roles)) => roles.selected().map(|role| Request::Enter { proof: proof.clone(), role }),
            None => self.people.selected().map(|user| Request::LookThrough { user }),
        };
        self.waiting = request.map(|request| acts.ask(request));
    }

    fn proved(&mut self, proof: Proof, scene: &Scene, acts: &mut Acts) {
        let Some(user) = scene.org.user(proof.user()) else { return };
        let roles = RoleList::of(&scene.org, user, None);
        match roles.selected().filter(|_| roles.len() == 1) {
            Some(role) => self.waiting = Some(acts.ask(Request::Enter { proof, role })),
            None => self.chosen = Some((proof, roles)),
        }
    }
}

const BINDINGS: &[Binding<SwitchUser>] = &[Binding {
    keys: &["enter"],
    label: "Be this person",
    about: "Look at the sample as the selected person, in the selected role",
    ready: |_, _| Ready::Yes,
    run: SwitchUser::go_on,
}];

impl Layer for SwitchUser {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Switch user".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let took = match input {
            Input::Key(key) => self.rows().key(key),
            Input::Mouse(mouse) => self.rows().mouse(mouse),
            Input::Paste(_) => false,
        };
        if took { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, _: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        self.waiting = None;
        match answer {
            Ok(Reply::Proved(proof)) => self.proved(proof, scene, acts),
            Ok(Reply::Entered(session)) => {
                acts.close();
                acts.signed_in(session);
            }
            other => return Err(other),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        self.people.refresh(&scene.org);
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let (theme, buf) = (&scene.theme, frame.buffer_mut());
        let title = if self.chosen.is_some() { "Choose a role" } else { "Switch user" };
        let inner = Dialog::new(title, theme).foot("Enter chooses, Esc closes").draw(SIZE, area, buf);
        match &mut self.chosen {
            Some((_, roles)) => roles.draw(inner, buf, theme, scene.focus),
            None => self.people.draw(inner, buf, scene, scene.focus),
        }
    }
}
