//! Changing the organization's name and its own mail domains.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::command::EditOrganization;
use crate::domain::address::{AddressError, Domain};
use crate::domain::name::OrganizationName;
use crate::domain::organization::Organization;
use crate::domain::text::Shown;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::Acts;
use crate::tui::key::Code;
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;

/// Columns of the dialog's content.
const WIDTH: u16 = 66;

/// Lines left empty below the questions.
const AIR: u16 = 1;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Name,
    Domains,
}

/// The dialog that asks for name and domains.
pub(super) struct Edit {
    before: (OrganizationName, Vec<Domain>),
    /// What the fields said at first.
    written: [String; 2],
    form: Form<Ask>,
    waiting: Option<Ticket>,
}

impl Edit {
    pub fn new(row: &Organization) -> Self {
        let domains = row.domains.iter().map(Domain::as_str).collect::<Vec<_>>().join(", ");
        let mut field =
            Field::line("Own mail domains").with(&domains).placeholder("example.com, example.org").limit(2_000);
        field.set_hint(Some(Line::from("Separated by commas. Invitations to other domains are pointed out.")));
        let form = Form::new().field(Ask::Name, Field::line("Name").with(row.name.as_str())).field(Ask::Domains, field);
        let written = [row.name.as_str().to_owned(), domains];
        Self { before: (row.name.clone(), row.domains.clone()), written, form, waiting: None }
    }

    fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        let name = OrganizationName::new(&self.form.value(Ask::Name));
        let domains = domains(&self.form.value(Ask::Domains));
        match (name, domains) {
            (Err(error), _) => self.form.refuse(Ask::Name, error.to_string()),
            (_, Err(problem)) => self.form.refuse(Ask::Domains, problem),
            (Ok(name), Ok(domains)) if (&name, &domains) == (&self.before.0, &self.before.1) => acts.close(),
            (Ok(name), Ok(domains)) => {
                self.waiting = acts.run(scene, EditOrganization { name, domains }, "The organization was changed.");
            }
        }
    }

    fn at(&self, ask: Ask) -> Ready {
        match self.waiting {
            None => Ready::when(self.form.current() == Some(ask)),
            Some(_) => Ready::No("The organization is being saved.".into()),
        }
    }
}

/// The domains in a list with commas, each once, or what is wrong with the first that is none.
fn domains(typed: &str) -> Result<Vec<Domain>, String> {
    let mut domains = Vec::new();
    for part in typed.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let domain = Domain::new(part).map_err(|error| problem(part, &error))?;
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains)
}

fn problem(part: &str, error: &AddressError) -> String {
    let why = match error {
        AddressError::Odd { .. } | AddressError::Undotted => format!(" {error}"),
        _ => " Write it like example.com.".into(),
    };
    format!("“{}” is not a mail domain.{why}", Shown::new(part).cut(40))
}

const BINDINGS: &[Binding<Edit>] = &[
    Binding {
        keys: &["enter"],
        label: "Next",
        about: "Go on to the mail domains",
        ready: |edit, _| edit.at(Ask::Name),
        run: |edit, _, _| edit.form.focus(Ask::Domains),
    },
    Binding {
        keys: &["enter"],
        label: "Save",
        about: "Change the organization",
        ready: |edit, _| edit.at(Ask::Domains),
        run: Edit::submit,
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Other field",
        about: "Go to the other field",
        ready: |edit, _| Ready::when(edit.waiting.is_none()),
        run: |edit, _, _| {
            edit.form.focus(if edit.form.current() == Some(Ask::Name) { Ask::Domains } else { Ask::Name });
        },
    },
];

impl Layer for Edit {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Edit".into()
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
            Input::Key(key) if matches!(key.code, Code::Enter | Code::Tab | Code::BackTab) => return Took::No,
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
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
                self.form.refuse(Ask::Name, format!("{refusal} {}", refusal.hint()));
            }
            Err(trouble) => return Err(Err(trouble)),
        }
        Ok(())
    }

    fn leave(&self) -> Leave {
        let written = [self.form.value(Ask::Name), self.form.value(Ask::Domains)];
        if written == self.written { Leave::Now } else { Leave::Ask("The changes are not saved yet.".into()) }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let foot = if self.waiting.is_some() { "Saving" } else { "Tab Other field   Enter Go on   Esc Cancel" };
        let width = WIDTH.min(area.width.saturating_sub(4));
        let size = Size { width, height: self.form.height(width, theme).saturating_add(AIR) };
        let inner = Dialog::new("Edit organization", theme).foot(foot).draw(size, area, frame.buffer_mut());
        if let Some(cursor) = self.form.draw(inner, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
    }
}
