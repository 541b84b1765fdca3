//! Going on in another role.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::engine::{Answer, Reply, Request, Ticket};
use crate::tui::acts::{Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::entrance::RoleList;
use crate::tui::widget::dialog::Dialog;

/// The size of its content.
const SIZE: Size = Size { width: 66, height: 14 };

/// A choice among the person's own roles.
pub(super) struct SwitchRole {
    roles: RoleList,
    waiting: Option<Ticket>,
}

impl SwitchRole {
    pub(super) fn new(scene: &Scene) -> Self {
        Self { roles: roles(scene), waiting: None }
    }

    fn switch(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some((session, role)) = scene.session.clone().zip(self.roles.selected()) else { return };
        if session.person().role == role {
            acts.close();
        } else if self.waiting.is_none() {
            self.waiting = Some(acts.ask(Request::SwitchRole { session, role }));
        }
    }
}

fn roles(scene: &Scene) -> RoleList {
    let active = scene.person().map(|person| person.role);
    scene.user().map(|user| RoleList::of(&scene.org, user, active)).unwrap_or_default()
}

const BINDINGS: &[Binding<SwitchRole>] = &[Binding {
    keys: &["enter"],
    label: "Switch",
    about: "Go on in the selected role",
    ready: |_, _| Ready::Yes,
    run: SwitchRole::switch,
}];

impl Layer for SwitchRole {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Switch role".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let took = match input {
            Input::Key(key) => self.roles.rows.key(key),
            Input::Mouse(mouse) => self.roles.rows.mouse(mouse),
            Input::Paste(_) => false,
        };
        if took { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, _: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        self.waiting = None;
        let session = match answer {
            Ok(Reply::Entered(session)) => session,
            other => return Err(other),
        };
        let role = scene.org.role(session.person().role).map(|role| role.name.to_string()).unwrap_or_default();
        acts.signed_in(session);
        acts.close();
        acts.say(Tone::Done, format!("Your active role is “{role}” now."));
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        let selected = self.roles.selected();
        self.roles = roles(scene);
        if let Some(selected) = selected {
            self.roles.select(selected);
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let buf = frame.buffer_mut();
        let inner = Dialog::new("Switch role", &scene.theme).foot("Enter switches, Esc closes").draw(SIZE, area, buf);
        self.roles.draw(inner, buf, &scene.theme, scene.focus);
    }
}
