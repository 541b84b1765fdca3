//! Giving a role another name.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::command::RenameRole;
use crate::domain::id::RoleId;
use crate::domain::name::RoleName;
use crate::domain::role::Role;
use crate::domain::text::Shown;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;

/// Columns of the dialog's content.
const WIDTH: u16 = 60;

/// Lines left empty below the field.
const AIR: u16 = 1;

/// The dialog that asks for a role's new name.
pub(super) struct Rename {
    role: RoleId,
    before: RoleName,
    field: Field,
    waiting: Option<Ticket>,
}

impl Rename {
    pub fn new(role: &Role) -> Self {
        let field = Field::line("Name").with(role.name.as_str());
        Self { role: role.id, before: role.name.clone(), field, waiting: None }
    }

    fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        match RoleName::new(&self.field.value()) {
            Ok(name) if name == self.before => acts.close(),
            Ok(name) => {
                let done = format!("“{}” is now called “{name}”.", self.before);
                self.waiting = acts.run(scene, RenameRole { role: self.role, name }, done);
            }
            Err(error) => self.field.set_problem(Some(error.to_string())),
        }
    }

    fn idle(&self) -> Ready {
        match self.waiting {
            None => Ready::Yes,
            Some(_) => Ready::No("The new name is being saved.".into()),
        }
    }
}

const BINDINGS: &[Binding<Rename>] = &[Binding {
    keys: &["enter"],
    label: "Rename",
    about: "Give the role this name",
    ready: |rename, _| rename.idle(),
    run: Rename::submit,
}];

impl Layer for Rename {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Rename".into()
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

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(_) => acts.close(),
            Err(Trouble::Refused(refusal)) => {
                self.field.set_problem(Some(format!("{refusal} {}", refusal.hint())));
            }
            Err(trouble) => return Err(Err(trouble)),
        }
        Ok(())
    }

    fn leave(&self) -> Leave {
        if self.field.value() == self.before.as_str() {
            return Leave::Now;
        }
        Leave::Ask("The new name is not saved yet.".into())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let title = Line::from(format!("Rename “{}”", Shown::new(self.before.as_str()).cut(usize::from(WIDTH) - 12)));
        let foot = if self.waiting.is_some() { "Saving" } else { "Enter Rename   Esc Cancel" };
        let width = WIDTH.min(area.width.saturating_sub(4));
        let size = Size { width, height: self.field.height(width, theme).saturating_add(AIR) };
        let inner = Dialog::new(title, theme).foot(foot).draw(size, area, frame.buffer_mut());
        if let Some(cursor) = self.field.draw(inner, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
    }
}
