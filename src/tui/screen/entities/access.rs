//! Who can do what with an account, and by which role.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::Line;

use super::access_lines::{Grouping, Told, told};
use super::facts::{counted, sees};
use super::known::Known;
use super::node::Node;
use super::paragraphs::{Paragraph, draw_paragraphs};
use super::search::Search;
use crate::domain::access::Need;
use crate::domain::id::AccountId;
use crate::domain::permission::Permission;
use crate::tui::acts::Acts;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Took, bound};
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::pane::Pane;
use crate::tui::widget::response::Response;

/// Everybody who can do something with one account, on the day that is shown.
pub(super) struct WhoHasAccess {
    account: AccountId,
    known: Known,
    grouping: Grouping,
    search: Search,
    told: Told,
    pane: Pane,
}

/// Whether the active role may see who has access: who the members are and what their roles permit.
pub(super) fn may_see_access(scene: &Scene) -> Ready {
    let see = |permission| scene.may_see(Need::organization(permission));
    see(Permission::MEMBERSHIPS_READ).and(|| see(Permission::ROLES_READ))
}

impl WhoHasAccess {
    pub fn new(account: AccountId) -> Self {
        Self {
            account,
            known: Known::default(),
            grouping: Grouping::ByPerson,
            search: Search::new("person, role or permission"),
            told: Told::default(),
            pane: Pane::default(),
        }
    }

    fn renew(&mut self, scene: &Scene) {
        self.told = if sees(scene, Node::Account(self.account)) && may_see_access(scene) == Ready::Yes {
            told(scene, self.account, self.grouping, self.search.wanted().as_deref())
        } else {
            let text = "It was not there on that day, or it is out of your active role's sight. Press Esc to go back.";
            Told::of(vec![Line::styled(text, scene.theme.muted).into()])
        };
    }

    fn regroup(&mut self, grouping: Grouping, scene: &Scene) {
        self.grouping = grouping;
        self.pane.to_top();
        self.renew(scene);
    }

    fn head(&self, scene: &Scene) -> Paragraph {
        let theme = &scene.theme;
        let people = counted(self.told.people, "person", "people");
        Line::styled(format!("{people} with access"), theme.heading).into()
    }
}

fn reading(access: &WhoHasAccess) -> Ready {
    Ready::when(!access.search.is_typing())
}

fn grouped(access: &WhoHasAccess, grouping: Grouping) -> Ready {
    reading(access).and(|| Ready::when(access.grouping == grouping))
}

fn scrolls(access: &WhoHasAccess, _: &Scene) -> Ready {
    reading(access).and(|| Ready::when(access.pane.scrolls()))
}

const BINDINGS: &[Binding<WhoHasAccess>] = &[
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the list",
        about: "Go to what matches",
        ready: |access, _| Ready::when(access.search.is_typing()),
        run: |access, _, _| access.search.done(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show everybody again",
        ready: |access, _| Ready::when(access.search.is_on()),
        run: |access, scene, _| {
            access.search.clear();
            access.renew(scene);
        },
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Find a person, a role or a permission",
        ready: |access, _| reading(access),
        run: |access, _, _| access.search.begin(),
    },
    Binding {
        keys: &["t"],
        label: "By permission",
        about: "Say for each permission who holds it",
        ready: |access, _| grouped(access, Grouping::ByPerson),
        run: |access, scene, _| access.regroup(Grouping::ByPermission, scene),
    },
    Binding {
        keys: &["t"],
        label: "By person",
        about: "Say for each person what they hold, role by role",
        ready: |access, _| grouped(access, Grouping::ByPermission),
        run: |access, scene, _| access.regroup(Grouping::ByPerson, scene),
    },
    any_day(|access, _| reading(access)),
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Read on",
        ready: scrolls,
        run: |access, _, _| {
            access.pane.key(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Read back",
        ready: scrolls,
        run: |access, _, _| {
            access.pane.key(&Key::plain(Code::Up));
        },
    },
];

impl Layer for WhoHasAccess {
    bound!(BINDINGS);

    fn crumb(&self, scene: &Scene) -> String {
        format!("Who has access to {}", Node::Account(self.account).name(&scene.org))
    }

    fn typing(&self) -> bool {
        self.search.is_typing()
    }

    fn input(&mut self, input: &Input, scene: &Scene, _: &mut Acts) -> Took {
        if self.search.is_typing() {
            let response = self.search.input(input);
            if response == Response::Changed {
                self.pane.to_top();
                self.renew(scene);
            }
            return if response.is_ignored() { Took::No } else { Took::Yes };
        }
        let used = match input {
            Input::Key(key) => self.pane.key(key),
            Input::Mouse(mouse) => self.pane.mouse(mouse),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn moved(&mut self, scene: &Scene) {
        if self.known.renew(scene) {
            self.renew(scene);
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let area = area.inner(Margin::new(1, 0));
        let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Min(1)];
        let [head, line, body] = Layout::vertical(rows).areas(area);
        for (text, place) in self.head(scene).lines(area.width).iter().zip(head.rows()) {
            draw_line(text, place, frame.buffer_mut(), &scene.theme);
        }
        if self.search.is_on() {
            self.search.draw("", line, frame, scene);
        }
        draw_paragraphs(&self.told.paragraphs, &mut self.pane, body, frame, &scene.theme);
    }
}
