//! The screen: the tree, and beside it what is selected.
use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Position, Rect};
use ratatui::text::{Line, Span};

use super::columns;
use super::create::{Create, may_create};
use super::detail::Detail;
use super::facts::{counted, facts};
use super::keys::{self, Chosen};
use super::known::Known;
use super::node::{Node, is_ignored};
use super::outline::{Ignored, Outline};
use super::paragraphs::{Paragraph, draw_lines, draw_paragraphs};
use super::provision::Provision;
use super::screen_keys::{BINDINGS, create_ready, provision_ready};
use super::search::{Search, plain};
use super::sight::Sight;
use crate::domain::access::Need;
use crate::domain::census::AccountCounts;
use crate::domain::id::EntityId;
use crate::domain::permission::Permission;
use crate::tui::acts::{Acts, Aim};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::layer::{Input, Layer, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::pane::Pane;
use crate::tui::widget::response::Response;
use crate::tui::widget::still::Still;
use crate::tui::widget::tree::Tree;

/// The width from which the selected thing is told beside the tree.
const SIDE_BY_SIDE: u16 = 94;

/// Columns of what is told: two fifths, at least and at most so many.
const BESIDE: (u16, u16) = (38, 60);

/// Business units and their accounts.
pub struct Entities {
    known: Known,
    pub(super) ignored: Ignored,
    pub(super) outline: Outline,
    pub(super) tree: Tree<Node>,
    pub(super) search: Search,
    /// Names, currencies and identifiers as they are compared with a filter; made when one is typed.
    texts: Option<BTreeMap<Node, String>>,
    sight: Sight,
    counts: AccountCounts,
    /// What is told of the selected row, and why it cannot be removed.
    told: Option<(Node, Vec<Paragraph>, Option<String>)>,
    pane: Pane,
    still: Still,
    /// Where the buttons were drawn.
    buttons: Vec<Rect>,
    /// Something is being created here, to be selected when it is there.
    pub(super) awaits_new: bool,
}

impl Entities {
    /// Opens it.
    pub fn new(scene: &Scene) -> Self {
        Self {
            known: Known::default(),
            ignored: Ignored::Hidden,
            outline: Outline::default(),
            tree: Tree::new([]),
            search: Search::new("name, currency, IBAN"),
            texts: None,
            sight: Sight::of(scene),
            counts: AccountCounts::default(),
            told: None,
            pane: Pane::default(),
            still: Still::default(),
            buttons: Vec::new(),
            awaits_new: false,
        }
    }

    /// The entity that is selected, or that owns the selected account.
    pub(super) fn focused_entity(&self, scene: &Scene) -> Option<EntityId> {
        self.node()?.entity(&scene.org)
    }

    pub(super) fn open(&mut self, _: &Scene, acts: &mut Acts) {
        if let Some(node) = self.node() {
            acts.open(Detail::new(node));
        }
    }

    pub(super) fn create(&mut self, scene: &Scene, acts: &mut Acts) {
        self.awaits_new = true;
        acts.open(Create::new(self.focused_entity(scene), scene));
    }

    pub(super) fn provision(&mut self, scene: &Scene, acts: &mut Acts) {
        self.awaits_new = true;
        acts.open(Provision::new(self.focused_entity(scene), scene));
    }

    pub(super) fn turn_ignored(&mut self, scene: &Scene) {
        self.ignored = match self.ignored {
            Ignored::Hidden => Ignored::Shown,
            Ignored::Shown => Ignored::Hidden,
        };
        self.rebuild(scene);
    }

    pub(super) fn clear_filter(&mut self, scene: &Scene) {
        self.search.clear();
        self.refilter(scene);
    }

    fn rebuild(&mut self, scene: &Scene) {
        let before = std::mem::replace(&mut self.outline, Outline::of(scene, self.ignored)).stands;
        self.tree.replace(self.outline.rows.iter().copied());
        let new: Vec<Node> = self.outline.stands.keys().filter(|node| !before.contains_key(node)).copied().collect();
        match new.as_slice() {
            [one] if !before.is_empty() => self.tree.open(*one),
            [] => {}
            _ => self.tree.open_all(),
        }
        self.texts = None;
        self.told = None;
        self.refilter(scene);
        if let ([one], true) = (new.as_slice(), self.awaits_new) {
            let above: Vec<Node> = self.tree.above(one).copied().collect();
            above.into_iter().for_each(|node| self.tree.open(node));
            self.tree.select(one);
        }
        self.tell(scene);
    }

    fn refilter(&mut self, scene: &Scene) {
        match self.search.wanted() {
            None => self.tree.clear_filter(),
            Some(wanted) => {
                let outline = &self.outline;
                let texts = self
                    .texts
                    .get_or_insert_with(|| outline.stands.keys().map(|node| (*node, text_of(*node, scene))).collect());
                let fits = |node: &Node| texts.get(node).is_some_and(|text| text.contains(&wanted));
                self.tree.filter(fits);
                if !self.tree.selected().is_some_and(fits)
                    && let Some((_, first)) = outline.rows.iter().find(|(_, node)| fits(node))
                {
                    self.tree.select(first);
                }
            }
        }
        self.tell(scene);
    }

    /// Works out what is told of the selected row, once.
    pub(super) fn tell(&mut self, scene: &Scene) {
        let node = self.node();
        if self.told.as_ref().map(|(told, ..)| *told) == node {
            return;
        }
        self.pane.to_top();
        self.told = node.map(|node| (node, facts(scene, &self.sight, &self.counts, node), keys::obstacle(scene, node)));
    }

    fn draw_head(&mut self, frame: &mut Frame<'_>, buttons: Rect, line: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let state = |ready: Ready| if ready == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
        let list = [
            Button::new("Provision account")
                .key(scene.key(module_path!(), "Provision", 'p'))
                .state(state(provision_ready(self, scene))),
            Button::new("Create entity")
                .key(scene.key(module_path!(), "Create entity", 'n'))
                .state(state(create_ready(self, scene))),
        ];
        self.buttons = draw_buttons(&list, buttons, frame.buffer_mut(), theme);
        if self.search.is_on() {
            let found = format!("{} found", self.tree.matches());
            self.search.draw(&found, line, frame, scene);
            return;
        }
        let entities = counted(self.outline.entities, "entity", "entities");
        let accounts = counted(self.outline.accounts, "account", "accounts");
        let mut spans = vec![Span::raw(format!("{entities}, {accounts}"))];
        if self.outline.ignored > 0 {
            let how = if self.ignored == Ignored::Hidden { "hidden" } else { "shown" };
            spans.push(Span::raw(format!(", {} ignored ({how}, ", self.outline.ignored)));
            spans.push(Span::styled("i", theme.key));
            spans.push(Span::raw(")"));
        }
        draw_line(&Line::from(spans).style(theme.muted), line, frame.buffer_mut(), theme);
    }

    /// Presses the button under the mouse; whether there is one.
    fn clicked(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> bool {
        let at = Position::new(mouse.column, mouse.row);
        let pressed = self.buttons.iter().position(|place| place.contains(at));
        match pressed.filter(|_| mouse.kind == MouseKind::Down) {
            Some(0) if provision_ready(self, scene) == Ready::Yes => self.provision(scene, acts),
            Some(1) if create_ready(self, scene) == Ready::Yes => self.create(scene, acts),
            Some(_) => {}
            None => return false,
        }
        true
    }

    fn draw_tree(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        if self.tree.is_empty() {
            let text = "Nothing here has this in its name, currency or identifier. Press Esc to see everything.";
            draw_lines(&[Line::styled(text, theme.muted)], area, frame, theme);
            return;
        }
        let focus = Focus::when(!self.search.is_typing());
        columns::draw(&mut self.tree, &self.outline, &scene.org, area, frame.buffer_mut(), theme, focus);
    }

    fn draw_beside(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        if self.still.stands(area, frame.buffer_mut(), scene) {
            return;
        }
        let theme = &scene.theme;
        let block = theme.frame(Focus::Elsewhere);
        let inner = block.inner(area).inner(Margin::new(1, 0));
        frame.render_widget(block, area);
        let lines = self.told.as_ref().map(|(_, lines, _)| lines.as_slice()).unwrap_or_default();
        draw_paragraphs(lines, &mut self.pane, inner, frame, theme);
        self.still.keep(area, frame.buffer_mut());
    }

    /// Says why there is nothing in the tree, and what to do.
    fn draw_nothing(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let plain = |text: String| Line::styled(text, theme.text);
        let mut lines = Vec::new();
        if scene.org.entities().is_empty() {
            lines.push(Line::styled("There is no entity yet.", theme.title));
            lines.push(Line::default());
            lines.push(plain(
                "Entities are the business units of your organization. Bank accounts and wallets belong to them, and \
                 the scope of a role is chosen among them."
                    .into(),
            ));
            lines.push(Line::default());
            match create_ready(self, scene) {
                Ready::No(why) => lines.push(plain(why)),
                _ => lines.push(Line::from(vec![
                    Span::raw("Press "),
                    Span::styled("n", theme.key),
                    Span::raw(" to create the first one, then "),
                    Span::styled("p", theme.key),
                    Span::raw(" to provision its accounts; "),
                    Span::styled("b", theme.key),
                    Span::raw(" imports both from a table."),
                ])),
            }
        } else {
            lines.push(Line::styled("Nothing here is in sight.", theme.title));
            lines.push(Line::default());
            let needs = [Permission::ENTITIES_READ, Permission::ACCOUNTS_READ];
            let missing = needs.iter().find_map(|need| match scene.may_see(Need::organization(*need)) {
                Ready::No(why) => Some(why),
                _ => None,
            });
            let hidden = "Your active role reaches no entity and no account. Somebody who may edit roles can choose \
                          some for it."
                .to_owned();
            lines.push(plain(missing.unwrap_or(hidden)));
        }
        draw_lines(&lines, area, frame, theme);
    }
}

/// What a filter looks for in a row.
fn text_of(node: Node, scene: &Scene) -> String {
    match node {
        Node::Entity(_) => plain(node.stored_name(&scene.org)),
        Node::Account(id) => scene.org.account(id).map_or_else(String::new, |account| {
            let (stored, read) = (account.identifier.as_str(), &account.identifier);
            let ignored = if is_ignored(account) { "ignored" } else { "" };
            plain(&format!("{}\n{}\n{stored}\n{read}\n{ignored}", account.name.as_str(), account.currency))
        }),
    }
}

/// Whether an entity can be created where the keyboard is, or at the top.
pub(super) fn may_create_here(entities: &Entities, scene: &Scene) -> bool {
    entities.focused_entity(scene).is_some_and(|id| may_create(Some(id), scene)) || may_create(None, scene)
}

impl Chosen for Entities {
    fn node(&self) -> Option<Node> {
        self.tree.selected().copied()
    }

    fn obstacle(&self) -> Option<&str> {
        self.told.as_ref().and_then(|(.., obstacle)| obstacle.as_deref())
    }
}

impl Entities {
    /// Shows the rows that contain this.
    fn look_for(&mut self, text: &str, scene: &Scene) {
        self.search.set(text);
        self.refilter(scene);
        self.tell(scene);
    }
}

impl Layer for Entities {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Entities and accounts".into()
    }

    fn typing(&self) -> bool {
        self.search.is_typing()
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        self.awaits_new = false;
        if let Input::Mouse(mouse) = input
            && self.clicked(mouse, scene, acts)
        {
            return Took::Yes;
        }
        if self.search.is_typing() {
            let response = self.search.input(input);
            if response == Response::Changed {
                self.refilter(scene);
            }
            return if response.is_ignored() { Took::No } else { Took::Yes };
        }
        let used = match input {
            Input::Key(key) => self.tree.key(key),
            Input::Mouse(mouse) => self.tree.mouse(mouse) || self.pane.mouse(mouse),
            Input::Paste(_) => false,
        };
        self.tell(scene);
        if used { Took::Yes } else { Took::No }
    }

    fn aim(&mut self, aim: &Aim, scene: &Scene, _: &mut Acts) {
        if let Aim::Entities(text) = aim {
            self.look_for(text, scene);
        }
    }

    fn moved(&mut self, scene: &Scene) {
        if self.known.renew(scene) {
            self.sight = Sight::of(scene);
            self.counts = AccountCounts::of(&scene.org);
            self.rebuild(scene);
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Min(1)];
        let [buttons, line, body] = Layout::vertical(rows).areas(area);
        self.draw_head(frame, buttons, line, scene);
        if self.outline.rows.is_empty() {
            let body = body.inner(Margin::new(1, 1));
            self.draw_nothing(frame, body, scene);
            return;
        }
        if area.width < SIDE_BY_SIDE {
            self.draw_tree(frame, body, scene);
            return;
        }
        let beside = (area.width.saturating_mul(2) / 5).clamp(BESIDE.0, BESIDE.1);
        let columns = [Constraint::Min(1), Constraint::Length(1), Constraint::Length(beside)];
        let [tree, _, detail] = Layout::horizontal(columns).areas(body);
        self.draw_tree(frame, tree, scene);
        self.draw_beside(frame, detail, scene);
    }
}
