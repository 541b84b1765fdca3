//! Creating an entity.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::known::Known;
use super::node::allows;
use super::paragraphs::{draw_lines, height_of};
use super::sight::Sight;
use crate::command::CreateEntity;
use crate::domain::access::Need;
use crate::domain::id::EntityId;
use crate::domain::name::EntityName;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Place;
use crate::domain::text::Shown;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::{Acts, Tone};
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::choice::{Choice, Choosable, Pick};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;
use crate::tui::widget::response::Response;

/// Columns of the dialog's content.
const WIDTH: u16 = 66;

/// Columns that the name of an entity may take in the choice.
const PARENT: usize = 36;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Name,
    Parent,
}

/// The dialog that asks for a new entity.
pub(super) struct Create {
    form: Form<Ask>,
    /// What can be chosen as its parent, in the order of the choice.
    parents: Vec<Option<EntityId>>,
    known: Known,
    sight: Sight,
    /// Who will see it, for the chosen parent.
    outlook: Vec<String>,
    waiting: Option<Ticket>,
}

impl Create {
    /// Asks for an entity below the focused one, or at the top.
    pub fn new(focused: Option<EntityId>, scene: &Scene) -> Self {
        let entity = focused.and_then(|id| scene.org.entity(id));
        let mut form = Form::new().field(Ask::Name, Field::line("Name").placeholder("for example Example Nordics AB"));
        let mut parents = vec![None];
        if let Some(entity) = entity {
            parents.insert(0, Some(entity.id));
            let below = format!("“{}”", Shown::new(entity.name.as_str()).cut(PARENT));
            let options = [(below, Some(entity.id)), ("nothing: at the top".to_owned(), None)];
            let may = options.each_ref().map(|(_, parent)| may_create(*parent, scene));
            let first = may.iter().position(|may| *may).unwrap_or(0);
            let choosable = options.into_iter().zip(may).map(|((label, _), may)| match may {
                true => Choosable::new(label),
                false => Choosable::new(label).disabled("your active role may not"),
            });
            let mut choice = Choice::new(Pick::One, choosable).with(first);
            choice.select(first);
            form = form.choice(Ask::Parent, "Below", choice);
        }
        let mut create = Self {
            form,
            parents,
            known: Known::default(),
            sight: Sight::of(scene),
            outlook: Vec::new(),
            waiting: None,
        };
        create.foresee(scene);
        create
    }

    fn parent(&self) -> Option<EntityId> {
        let chosen = self.form.get_choice(Ask::Parent).and_then(Choice::chosen).unwrap_or(0);
        self.parents.get(chosen).copied().flatten()
    }

    fn foresee(&mut self, scene: &Scene) {
        let place = self.parent().map_or(Place::Everywhere, Place::Entity);
        self.outlook = self.sight.of_new(&scene.org, place);
    }

    fn took(&mut self, response: Response, scene: &Scene, acts: &mut Acts) -> Took {
        match response {
            Response::Ignored => return Took::No,
            Response::Refused(why) => acts.say(Tone::Note, why),
            Response::Submitted => {
                self.foresee(scene);
                self.submit(scene, acts);
            }
            Response::Changed | Response::Taken => self.foresee(scene),
        }
        Took::Yes
    }

    fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        match EntityName::new(&self.form.value(Ask::Name)) {
            Err(error) => self.form.refuse(Ask::Name, error.to_string()),
            Ok(name) => {
                let entity = EntityId::new(scene.outside.now(), &scene.outside.seed());
                let done = format!("The entity “{name}” was created.");
                self.waiting = acts.run(scene, CreateEntity { entity, name, parent: self.parent() }, done);
            }
        }
    }
}

/// Whether the active role may create an entity there.
pub(super) fn may_create(parent: Option<EntityId>, scene: &Scene) -> bool {
    allows(scene, Need::entity(Permission::ENTITIES_CREATE, parent))
}

const BINDINGS: &[Binding<Create>] = &[Binding {
    keys: &["enter"],
    label: "Create",
    about: "Go on, and from the last question create the entity",
    ready: |create, _| match create.waiting {
        None => Ready::Yes,
        Some(_) => Ready::No("The entity is being created.".into()),
    },
    run: Create::submit,
}];

impl Layer for Create {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Create entity".into()
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if self.waiting.is_some() {
            return Took::No;
        }
        let response = match input {
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
        };
        self.took(response, scene, acts)
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(_) => acts.close(),
            Err(Trouble::Refused(refusal @ Refusal::NameTaken { .. })) => {
                self.form.refuse(Ask::Name, format!("{refusal} {}", refusal.hint()));
            }
            Err(trouble) => return Err(Err(trouble)),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        if self.known.renew(scene) {
            self.sight = Sight::of(scene);
            self.foresee(scene);
        }
    }

    fn leave(&self) -> Leave {
        if self.form.value(Ask::Name).trim().is_empty() {
            return Leave::Now;
        }
        Leave::Ask("The entity is not created yet.".into())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let width = WIDTH.min(area.width.saturating_sub(4));
        let told: Vec<_> = std::iter::once(Line::default())
            .chain(self.outlook.iter().map(|line| Line::styled(line.clone(), theme.text)))
            .collect();
        let form = self.form.height(width, theme);
        let height = form.saturating_add(height_of(&told, width));
        let foot = if self.waiting.is_some() { "Creating" } else { "Enter Create   Tab Next   Esc Cancel" };
        let dialog = Dialog::new("Create entity", theme).foot(foot);
        let inner = dialog.draw(Size { width, height }, area, frame.buffer_mut());
        let place = Rect { height: form.min(inner.height), ..inner };
        if let Some(cursor) = self.form.draw(place, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
        let below = Rect { y: place.bottom(), height: inner.height - place.height, ..inner };
        draw_lines(&told, below, frame, theme);
    }
}
