//! Choosing the roles that a user gets or loses.
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::command::{AssignRoles, Command, TakeAwayRoles};
use crate::domain::id::{RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::refusal::Few;
use crate::domain::role::{Role, RoleSet};
use crate::domain::user::User;
use crate::domain::words::{grants_in_words, scope_in_words};
use crate::engine::{Answer, Ticket};
use crate::ledger::actor::Actor;
use crate::ledger::run::attempt;
use crate::tui::acts::Acts;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::choice::{Choice, Choosable, Pick};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::line::wrap;
use crate::tui::widget::response::Response;

/// Columns of its content.
const WIDTH: u16 = 68;

/// Roles that are seen at once.
const LISTED: u16 = 10;

/// Lines for what is said about the selected role, or about a refusal.
const ABOUT: u16 = 4;

/// What becomes of the chosen roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The user gets them.
    Assign,
    /// The user loses them.
    TakeAway,
}

impl Deed {
    /// The roles to choose from, in the order of their names.
    pub fn roles<'o>(self, org: &'o Org, user: &User) -> Vec<&'o Role> {
        let held = |role: &Role| user.roles.contains(role.id);
        let mut roles: Vec<_> = org.active_roles().filter(|role| held(role) == (self == Self::TakeAway)).collect();
        roles.sort_by_cached_key(|role| role.name.key());
        roles
    }

    fn command(self, user: UserId, roles: RoleSet) -> Command {
        match self {
            Self::Assign => AssignRoles { user, roles }.into(),
            Self::TakeAway => TakeAwayRoles { user, roles }.into(),
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Assign => "Assign",
            Self::TakeAway => "Take away",
        }
    }
}

/// The dialog.
pub struct RoleChoice {
    user: UserId,
    deed: Deed,
    roles: Vec<RoleId>,
    choice: Choice,
    waiting: Option<Ticket>,
    problem: Option<String>,
}

impl RoleChoice {
    /// For a user. The roles come with [`Layer::moved`].
    pub fn new(user: UserId, deed: Deed) -> Self {
        let choice = Choice::new(Pick::Several, []);
        Self { user, deed, roles: Vec::new(), choice, waiting: None, problem: None }
    }

    fn finish(&mut self, scene: &Scene, acts: &mut Acts) {
        if self.waiting.is_some() {
            return;
        }
        let chosen = self.choice.all_chosen().iter().filter_map(|option| self.roles.get(*option));
        let chosen: RoleSet = chosen.copied().collect();
        if chosen.is_empty() {
            self.problem = Some("Tick at least one role with Space first.".to_owned());
            return;
        }
        let name = self.name(scene);
        let roles: Few = chosen.iter().filter_map(|id| scene.org.role(id)).map(|role| &role.name).collect();
        let done = match self.deed {
            Deed::Assign => format!("{name} now also holds {roles}."),
            Deed::TakeAway => format!("{name} no longer holds {roles}."),
        };
        self.problem = None;
        self.waiting = acts.run(scene, self.deed.command(self.user, chosen), done);
    }

    /// Ticks the selected role; what stands against that is said below the list.
    fn tick(&mut self) {
        self.problem = None;
        self.choice.key(&Key::char(' '));
    }

    fn name(&self, scene: &Scene) -> String {
        scene.org.user(self.user).map(|user| user.name.to_string()).unwrap_or_default()
    }

    fn title(&self, scene: &Scene) -> String {
        match self.deed {
            Deed::Assign => format!("Assign roles to {}", self.name(scene)),
            Deed::TakeAway => format!("Take away roles from {}", self.name(scene)),
        }
    }

    /// What is said below the list: a refusal, why the selected role cannot be chosen, or what it is.
    fn about(&self, scene: &Scene, width: u16) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let role = self.choice.selected().and_then(|option| self.roles.get(option)).and_then(|id| scene.org.role(*id));
        let line = match (&self.problem, self.choice.why_not(), role) {
            (Some(problem), ..) => Line::styled(problem.clone(), theme.danger),
            (None, Some(why), _) => Line::styled(why.to_owned(), theme.warning),
            (None, None, Some(role)) => {
                let (grants, scope) = (grants_in_words(&role.grants), scope_in_words(&scene.org, &role.scope));
                Line::styled(format!("{grants} {} {scope}", theme.glyphs.dot), theme.muted)
            }
            (None, None, None) => Line::styled("There is no role to choose.", theme.muted),
        };
        wrap(&line, width)
    }
}

/// An option for a role: what stands against it is found out by trying.
fn option(scene: &Scene, deed: Deed, user: UserId, role: &Role) -> Choosable {
    let option = Choosable::new(role.name.to_string());
    let Some(session) = scene.session.clone() else { return option };
    let command = deed.command(user, RoleSet::from_iter([role.id]));
    match attempt(&scene.org, scene.now, &Actor::Person(session), &command) {
        Ok(_) => option,
        Err(refusal) => option.disabled(format!("{refusal} {}", refusal.hint())),
    }
}

const BINDINGS: &[Binding<RoleChoice>] = &[
    Binding {
        keys: &["enter"],
        label: "Finish",
        about: "Assign or take away the ticked roles",
        ready: |dialog, _| Ready::when(dialog.waiting.is_none()),
        run: RoleChoice::finish,
    },
    Binding {
        keys: &["space"],
        label: "Tick",
        about: "Tick the selected role, or untick it",
        ready: |_, _| Ready::Yes,
        run: |dialog, _, _| dialog.tick(),
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Select the role below",
        ready: |_, _| Ready::Yes,
        run: |dialog, _, _| drop(dialog.choice.key(&Key::plain(Code::Down))),
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Select the role above",
        ready: |_, _| Ready::Yes,
        run: |dialog, _, _| drop(dialog.choice.key(&Key::plain(Code::Up))),
    },
];

impl Layer for RoleChoice {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        format!("{} roles", self.deed.verb())
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let response = match input {
            Input::Key(key) if *key != Key::char(' ') => self.choice.key(key),
            Input::Mouse(mouse) => self.choice.mouse(mouse),
            Input::Key(_) | Input::Paste(_) => Response::Ignored,
        };
        if response.is_ignored() {
            return Took::No;
        }
        self.problem = None;
        Took::Yes
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting.take_if(|waiting| *waiting == ticket).is_none() {
            return Err(answer);
        }
        match answer {
            Ok(_) => acts.close(),
            Err(trouble) => self.problem = Some(trouble.in_full()),
        }
        Ok(())
    }

    /// Lists the roles anew; ticks and selection stay on their roles.
    fn moved(&mut self, scene: &Scene) {
        let Some(user) = scene.org.user(self.user) else { return };
        let ticked: Vec<RoleId> =
            self.choice.all_chosen().iter().filter_map(|option| self.roles.get(*option)).copied().collect();
        let selected = self.choice.selected().and_then(|option| self.roles.get(option)).copied();
        let roles = self.deed.roles(&scene.org, user);
        let options = roles.iter().map(|role| option(scene, self.deed, self.user, role));
        self.choice = Choice::new(Pick::Several, options);
        self.roles = roles.iter().map(|role| role.id).collect();
        for (place, id) in self.roles.iter().enumerate() {
            if ticked.contains(id) {
                self.choice = std::mem::replace(&mut self.choice, Choice::new(Pick::Several, [])).with(place);
            }
            if selected == Some(*id) {
                self.choice.select(place);
            }
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let listed = u16::try_from(self.choice.len()).unwrap_or(u16::MAX).clamp(1, LISTED);
        let dialog = Dialog::new(self.title(scene), theme).foot("Space ticks");
        let size = Size { width: WIDTH, height: listed + ABOUT + 3 };
        let place = dialog.draw(size, area, frame.buffer_mut());
        let list = Rect { height: listed.min(place.height.saturating_sub(ABOUT + 3)), ..place };
        self.choice.draw(list, frame.buffer_mut(), theme, scene.focus);
        let about = Rect { y: list.bottom() + 1, height: ABOUT, ..place };
        for (line, row) in self.about(scene, about.width).iter().zip(about.rows()) {
            frame.render_widget(line, row);
        }
        let ready = !self.choice.all_chosen().is_empty() && self.waiting.is_none();
        let state = if ready { ButtonState::Ready } else { ButtonState::Disabled };
        let verb = if self.waiting.is_some() { "Working" } else { self.deed.verb() };
        let buttons = [
            Button::new("Cancel").key(Key::plain(Code::Esc)),
            Button::new(verb).key(Key::plain(Code::Enter)).state(state),
        ];
        let foot = Rect { y: about.bottom() + 1, height: 1, ..place }.intersection(place);
        draw_buttons(&buttons, foot, frame.buffer_mut(), theme);
    }
}
