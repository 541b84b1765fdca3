//! Giving an entity or account another name.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::node::Node;
use crate::command::{Command, RenameAccount, RenameEntity};
use crate::domain::name::{AccountName, EntityName};
use crate::domain::text::Shown;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;

/// Columns of the dialog's content.
const WIDTH: u16 = 60;

/// The dialog that asks for the new name.
pub(super) struct Rename {
    node: Node,
    before: String,
    field: Field,
    waiting: Option<Ticket>,
}

impl Rename {
    pub fn new(node: Node, scene: &Scene) -> Self {
        let before = node.stored_name(&scene.org).to_owned();
        Self { node, field: Field::line("Name").with(&before), before, waiting: None }
    }

    /// The command for what was typed, and the name as it will be shown.
    ///
    /// # Errors
    /// What is wrong with the name.
    fn command(&self) -> Result<(Command, String), String> {
        let typed = self.field.value();
        match self.node {
            Node::Entity(entity) => {
                let name = EntityName::new(&typed).map_err(|error| error.to_string())?;
                let shown = name.to_string();
                Ok((RenameEntity { entity, name }.into(), shown))
            }
            Node::Account(account) => {
                let name = AccountName::new(&typed).map_err(|error| error.to_string())?;
                let shown = name.to_string();
                Ok((RenameAccount { account, name }.into(), shown))
            }
        }
    }

    fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        if self.field.value() == self.before {
            acts.close();
            return;
        }
        match self.command() {
            Ok((command, name)) => {
                let done = format!("“{}” is now called “{name}”.", Shown::new(&self.before));
                self.waiting = acts.run(scene, command, done);
            }
            Err(problem) => self.field.set_problem(Some(problem)),
        }
    }

    fn ready(&self) -> Ready {
        match self.waiting {
            None => Ready::Yes,
            Some(_) => Ready::No("The new name is being saved.".into()),
        }
    }
}

const BINDINGS: &[Binding<Rename>] = &[Binding {
    keys: &["enter"],
    label: "Rename",
    about: "Give it this name",
    ready: |rename, _| rename.ready(),
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
        if self.field.value() == self.before {
            return Leave::Now;
        }
        Leave::Ask("The new name is not saved yet.".into())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let name = Shown::new(&self.before).cut(usize::from(WIDTH) - 20).into_owned();
        let foot = if self.waiting.is_some() { "Saving" } else { "Enter Rename   Esc Cancel" };
        let width = WIDTH.min(area.width.saturating_sub(4));
        let size = Size { width, height: self.field.height(width, theme) };
        let dialog = Dialog::new(format!("Rename {} “{name}”", self.node.word()), theme).foot(foot);
        let inner = dialog.draw(size, area, frame.buffer_mut());
        if let Some(cursor) = self.field.draw(inner, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
    }
}
