//! One entity or account in full, on a screen of its own.
use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::Line;

use super::facts::{facts, sees};
use super::keys::{self, Chosen};
use super::known::Known;
use super::node::Node;
use super::paragraphs::{Paragraph, draw_paragraphs};
use super::sight::Sight;
use crate::domain::census::AccountCounts;
use crate::tui::acts::Acts;
use crate::tui::dialog::open_used_by;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Took, bound};
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::{history_ready, open_history};
use crate::tui::widget::pane::Pane;

/// The detail of an entity or account.
pub(super) struct Detail {
    node: Node,
    known: Known,
    lines: Vec<Paragraph>,
    pane: Pane,
    obstacle: Option<String>,
}

impl Detail {
    pub fn new(node: Node) -> Self {
        Self { node, known: Known::default(), lines: Vec::new(), pane: Pane::default(), obstacle: None }
    }
}

impl Chosen for Detail {
    fn node(&self) -> Option<Node> {
        Some(self.node)
    }

    fn obstacle(&self) -> Option<&str> {
        self.obstacle.as_deref()
    }
}

fn scrolls(detail: &Detail, _: &Scene) -> Ready {
    Ready::when(detail.pane.scrolls())
}

pub(super) const BINDINGS: &[Binding<Detail>] = &[
    Binding {
        keys: &["r"],
        label: "Rename",
        about: "Give it another name",
        ready: keys::update_ready,
        run: keys::rename,
    },
    Binding {
        keys: &["v"],
        label: "Move",
        about: "Move it to another entity",
        ready: keys::update_ready,
        run: keys::begin_move,
    },
    Binding {
        keys: &["x"],
        label: "Remove",
        about: "Remove the entity, if it is empty",
        ready: keys::remove_ready,
        run: keys::remove,
    },
    Binding {
        keys: &["x"],
        label: "Ignore",
        about: "Hide the account; no role reaches it then",
        ready: keys::ignore_ready,
        run: keys::ignore,
    },
    Binding {
        keys: &["p"],
        label: "Provision again",
        about: "Bring the ignored account back",
        ready: keys::again_ready,
        run: keys::provision_again,
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the IBAN or identifier, the name, the id or the row",
        ready: keys::copy_ready,
        run: keys::copy,
    },
    Binding {
        keys: &["w"],
        label: "Who has access",
        about: "See everybody who can do something with the account, and by which role",
        ready: keys::access_ready,
        run: keys::access,
    },
    any_day(|_, _| Ready::Yes),
    Binding {
        keys: &["u"],
        label: "Used by",
        about: "See which roles reach it, what is in it, and which requests name it",
        ready: |_, _| Ready::Yes,
        run: |detail, _, acts| open_used_by(detail.node.used(), acts),
    },
    Binding {
        keys: &["H"],
        label: "History",
        about: "See what was done to it, in the audit trail",
        ready: |_, scene| history_ready(scene),
        run: |detail, _, acts| open_history(detail.node.row(), acts),
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Read on",
        ready: scrolls,
        run: |detail, _, _| {
            detail.pane.key(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Read back",
        ready: scrolls,
        run: |detail, _, _| {
            detail.pane.key(&Key::plain(Code::Up));
        },
    },
];

impl Layer for Detail {
    bound!(BINDINGS);

    fn crumb(&self, scene: &Scene) -> String {
        self.node.name(&scene.org)
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let used = match input {
            Input::Key(key) => self.pane.key(key),
            Input::Mouse(mouse) => self.pane.mouse(mouse),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn moved(&mut self, scene: &Scene) {
        if !self.known.renew(scene) {
            return;
        }
        self.obstacle = keys::obstacle(scene, self.node);
        self.lines = if sees(scene, self.node) {
            facts(scene, &Sight::of(scene), &AccountCounts::of(&scene.org), self.node)
        } else {
            let text = "It is not there any more, or out of your active role's sight. Press Esc to go back.";
            vec![Line::styled(text, scene.theme.muted).into()]
        };
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        draw_paragraphs(&self.lines, &mut self.pane, area.inner(Margin::new(1, 0)), frame, &scene.theme);
    }
}
