//! Moving an entity or account: where to, and who will see it there.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use super::known::Known;
use super::node::Node;
use super::paragraphs::{draw_lines, height_of};
use super::search::Search;
use super::sight::Sight;
use super::targets::{Offered, Target, Targets, Top};
use crate::command::{Command, MoveAccount, MoveEntity};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Place;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::Acts;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::response::Response;
use crate::tui::widget::toast::Tone;

/// What is moved, the places for it, and what the selected place would mean.
pub(super) struct Movement {
    node: Node,
    targets: Targets,
    search: Search,
    known: Known,
    sight: Sight,
    outlook: Option<(Target, Outlook)>,
    waiting: Option<Ticket>,
}

/// Who will see it there, or why it cannot be there.
type Outlook = Result<Vec<String>, String>;

impl Movement {
    pub fn new(node: Node, scene: &Scene) -> Self {
        let (permission, top, without) = match node {
            Node::Entity(id) => (Permission::ENTITIES_UPDATE, Top::Offered, Some(id)),
            Node::Account(_) => (Permission::ACCOUNTS_UPDATE, Top::None, None),
        };
        let now = place_of(node, &scene.org);
        let offered = Offered { permission, top, without, now };
        Self {
            node,
            targets: Targets::new(scene, offered, now.flatten()),
            search: Search::new("name of an entity"),
            known: Known::default(),
            sight: Sight::of(scene),
            outlook: None,
            waiting: None,
        }
    }

    fn command(&self, target: Target) -> Option<Command> {
        match self.node {
            Node::Entity(entity) => Some(MoveEntity { entity, parent: target }.into()),
            Node::Account(account) => Some(MoveAccount { account, entity: target? }.into()),
        }
    }

    /// Works out what the selected place would mean, once.
    fn foresee(&mut self, scene: &Scene) {
        let target = self.targets.selected();
        if self.outlook.as_ref().map(|(seen, _)| *seen) == target {
            return;
        }
        let place = match self.node {
            Node::Entity(id) => Place::Entity(id),
            Node::Account(id) => Place::Account(id),
        };
        self.outlook = target.and_then(|target| {
            let change = self.sight.after(&scene.org, &self.command(target)?, place);
            Some((target, change.map_err(|refusal| refused(&refusal))))
        });
    }

    fn ready(&self, scene: &Scene) -> Ready {
        if self.waiting.is_some() {
            return Ready::No("It is being moved.".into());
        }
        self.targets.ready(scene).and(|| match &self.outlook {
            Some((_, Err(problem))) => Ready::No(problem.clone()),
            _ => Ready::Yes,
        })
    }

    fn submit(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some((target, command)) = self.targets.selected().and_then(|to| Some((to, self.command(to)?))) else {
            return;
        };
        let name = self.node.name(&scene.org);
        let place = target.and_then(|id| scene.org.entity(id));
        let done = match place {
            Some(entity) => format!("“{name}” was moved to “{}”.", entity.name),
            None => format!("“{name}” was moved to the top."),
        };
        self.waiting = acts.run(scene, command, done);
    }

    fn clear_filter(&mut self, scene: &Scene) {
        self.search.clear();
        self.targets.filter(None, &scene.org);
        self.foresee(scene);
    }

    fn told(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let heading = |text: &'static str| Line::styled(text, theme.heading);
        match &self.outlook {
            None => Vec::new(),
            Some((target, _)) if self.targets.is_now(*target) => {
                vec![Line::styled("It is here now. Choose another place.", theme.muted)]
            }
            Some((_, Ok(sentences))) => {
                let lines = sentences.iter().map(|line| Line::styled(line.clone(), theme.text));
                std::iter::once(heading("After the move")).chain(lines).collect()
            }
            Some((_, Err(problem))) => vec![Tone::Problem.line(problem.clone(), theme)],
        }
    }
}

fn place_of(node: Node, org: &Org) -> Option<Target> {
    match node {
        Node::Entity(id) => org.entity(id).map(|entity| entity.parent),
        Node::Account(id) => org.account(id).map(|account| Some(account.entity)),
    }
}

fn refused(refusal: &Refusal) -> String {
    format!("{refusal} {}", refusal.hint())
}

const BINDINGS: &[Binding<Movement>] = &[
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the tree",
        about: "Go to the entities that match",
        ready: |movement, _| Ready::when(movement.search.is_typing()),
        run: |movement, _, _| movement.search.done(),
    },
    Binding {
        keys: &["enter"],
        label: "Move here",
        about: "Move it to the selected place",
        ready: Movement::ready,
        run: Movement::submit,
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Show only entities with this in their name",
        ready: |movement, _| Ready::when(!movement.search.is_typing()),
        run: |movement, _, _| movement.search.begin(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show all entities again",
        ready: |movement, _| Ready::when(movement.search.is_on()),
        run: |movement, scene, _| movement.clear_filter(scene),
    },
];

impl Layer for Movement {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Move".into()
    }

    fn typing(&self) -> bool {
        self.search.is_typing()
    }

    fn input(&mut self, input: &Input, scene: &Scene, _: &mut Acts) -> Took {
        if self.waiting.is_some() {
            return Took::No;
        }
        if self.search.is_typing() {
            let response = self.search.input(input);
            if response == Response::Changed {
                self.targets.filter(self.search.wanted().as_deref(), &scene.org);
                self.foresee(scene);
            }
            return if response.is_ignored() { Took::No } else { Took::Yes };
        }
        let used = match input {
            Input::Key(key) => self.targets.key(key),
            Input::Mouse(mouse) => self.targets.mouse(mouse),
            Input::Paste(_) => false,
        };
        self.foresee(scene);
        if used { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(_) => acts.close(),
            Err(Trouble::Refused(refusal)) => {
                self.outlook = self.outlook.take().map(|(target, _)| (target, Err(refused(&refusal))));
            }
            Err(trouble) => return Err(Err(trouble)),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        if self.known.renew(scene) {
            self.sight = Sight::of(scene);
            self.targets.stands_in(place_of(self.node, &scene.org));
            self.targets.renew(scene);
            self.targets.filter(self.search.wanted().as_deref(), &scene.org);
            self.outlook = None;
            self.foresee(scene);
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let area = area.inner(Margin::new(1, 0));
        let told = self.told(scene);
        let told_height = height_of(&told, area.width).min(area.height / 2);
        let rows = [
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(self.targets.height().min(area.height.saturating_sub(told_height + 4))),
            Constraint::Length(1),
            Constraint::Length(told_height),
            Constraint::Min(0),
            Constraint::Length(1),
        ];
        let [head, search, tree, _, below, _, foot] = Layout::vertical(rows).areas(area);
        let title = vec![
            Span::styled("Move “", theme.text),
            Span::styled(self.node.name(&scene.org), theme.title),
            Span::styled("” to", theme.text),
        ];
        draw_line(&Line::from(title), head, frame.buffer_mut(), theme);
        if self.search.is_on() {
            let found = format!("{} found", self.targets.matches());
            self.search.draw(&found, search, frame, scene);
        }
        let focus = Focus::when(!self.search.is_typing());
        self.targets.draw(tree, frame.buffer_mut(), scene, focus);
        draw_lines(&told, below, frame, theme);
        let state = if self.ready(scene) == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
        let label = if self.waiting.is_some() { "Moving" } else { "Move here" };
        let key = Key::plain(Code::Enter);
        draw_buttons(&[Button::new(label).key(key).state(state)], foot, frame.buffer_mut(), theme);
    }
}
