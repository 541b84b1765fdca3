//! A tree of entities to choose one from.
use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::node::{Node, allows};
use super::outline::{Ignored, Outline};
use super::search::plain;
use crate::domain::access::Need;
use crate::domain::id::EntityId;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::text::Shown;
use crate::tui::event::Mouse;
use crate::tui::key::Key;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::line::draw_line;
use crate::tui::widget::list::Item;
use crate::tui::widget::tree::Tree;

/// A place for something: below an entity, or at the top.
pub(super) type Target = Option<EntityId>;

/// Where things can be put.
pub(super) struct Offered {
    /// What the active role needs there.
    pub permission: Permission,
    /// Whether there is a place at the top.
    pub top: Top,
    /// This entity and everything below it is no place, because it is what is put.
    pub without: Option<EntityId>,
    /// Where it is already.
    pub now: Option<Target>,
}

/// Whether there is a place at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Top {
    /// There is.
    Offered,
    /// There is none: accounts belong to an entity.
    None,
}

/// Entities to choose one from.
pub(super) struct Targets {
    offered: Offered,
    tree: Tree<Target>,
    /// All places, in the order of the tree.
    places: Vec<Target>,
    /// Where the active role may not put anything.
    closed: BTreeSet<Target>,
}

impl Targets {
    /// The places that are offered, all branches open, with this one selected if it is among them.
    pub fn new(scene: &Scene, offered: Offered, selected: Target) -> Self {
        let mut targets = Self { offered, tree: Tree::new([]), places: Vec::new(), closed: BTreeSet::new() };
        targets.renew(scene);
        targets.tree.select(&selected);
        targets
    }

    /// Where what is put is now.
    pub fn stands_in(&mut self, now: Option<Target>) {
        self.offered.now = now;
    }

    /// As the organization is now.
    pub fn renew(&mut self, scene: &Scene) {
        let excluded = |entity: EntityId| {
            self.offered.without.is_some_and(|without| scene.org.ancestry(entity).any(|above| above == without))
        };
        let entities = Outline::of(scene, Ignored::Hidden).rows.into_iter().filter_map(|(depth, node)| match node {
            Node::Entity(id) if !excluded(id) => Some((depth, Some(id))),
            _ => None,
        });
        let top = (self.offered.top == Top::Offered).then_some((0, None));
        let rows: Vec<(usize, Target)> = top.into_iter().chain(entities).collect();
        let may = |target: Target| allows(scene, Need::entity(self.offered.permission, target));
        self.places = rows.iter().map(|(_, target)| *target).collect();
        self.closed = rows.iter().map(|(_, target)| *target).filter(|target| !may(*target)).collect();
        self.tree.replace(rows);
        self.tree.open_all();
    }

    /// The place that the keyboard is on.
    pub fn selected(&self) -> Option<Target> {
        self.tree.selected().copied()
    }

    /// Selects a place, if it is offered.
    pub fn select(&mut self, target: Target) {
        self.tree.select(&target);
    }

    /// Whether what is put is in this place already.
    pub fn is_now(&self, target: Target) -> bool {
        self.offered.now == Some(target)
    }

    /// Whether something can be put in the selected place.
    pub fn ready(&self, scene: &Scene) -> Ready {
        match self.selected() {
            None => Ready::No("There is no entity to choose.".into()),
            Some(target) if self.is_now(target) => Ready::No("It is there already.".into()),
            Some(target) => scene.may(Need::entity(self.offered.permission, target)),
        }
    }

    /// Moves with the usual keys.
    pub fn key(&mut self, key: &Key) -> bool {
        self.tree.key(key)
    }

    /// Selects with a click.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        self.tree.mouse(mouse)
    }

    /// Shows only the entities whose names contain a text.
    pub fn filter(&mut self, wanted: Option<&str>, org: &Org) {
        match wanted {
            None => self.tree.clear_filter(),
            Some(wanted) => {
                let fits = |target: &Target| {
                    let name = target.and_then(|id| org.entity(id)).map(|entity| plain(entity.name.as_str()));
                    name.is_some_and(|name| name.contains(wanted))
                };
                self.tree.filter(fits);
                if !self.tree.selected().is_some_and(fits)
                    && let Some(first) = self.places.iter().find(|target| fits(target))
                {
                    self.tree.select(first);
                }
            }
        }
    }

    /// How many places there are, filtered or not.
    pub fn matches(&self) -> usize {
        self.tree.matches()
    }

    /// Lines that the visible places take.
    pub fn height(&self) -> u16 {
        u16::try_from(self.tree.len()).unwrap_or(u16::MAX).max(1)
    }

    /// Draws the visible places.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene, focus: Focus) {
        let Self { offered, tree, closed, .. } = self;
        let theme = &scene.theme;
        if tree.is_empty() {
            let text = "There is no such entity. Esc shows all.";
            draw_line(&Line::styled(text, theme.muted), area, buf, theme);
            return;
        }
        tree.draw(area, buf, theme, focus, |target| {
            let item = match target.and_then(|id| scene.org.entity(id)) {
                Some(entity) => Item::new(Shown::new(entity.name.as_str()).to_string()),
                None => Item::new(Line::styled("At the top, below nothing", theme.text)),
            };
            if offered.now == Some(*target) {
                item.disabled("it is here now")
            } else if closed.contains(target) {
                item.disabled("your active role may not")
            } else {
                item
            }
        });
    }
}
