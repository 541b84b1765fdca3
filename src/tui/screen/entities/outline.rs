//! Which entities and accounts the active role may see, in the order of the tree.
use std::collections::BTreeMap;

use super::node::{Node, is_ignored, sees_account, sees_entity};
use crate::domain::id::EntityId;
use crate::domain::name::NameKey;
use crate::domain::organization::{Account, Entity};
use crate::tui::scene::Scene;
use crate::tui::widget::line::columns;

/// Whether ignored accounts stand in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ignored {
    /// They do not.
    #[default]
    Hidden,
    /// They do, marked.
    Shown,
}

/// How a row stands in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stand {
    /// How many entities it stands below.
    pub depth: usize,
    /// Whether something stands below it.
    pub branches: bool,
}

/// The visible part of the organization as rows, siblings by name.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Rows with their depths, each before what belongs to it.
    pub rows: Vec<(usize, Node)>,
    /// How each row stands.
    pub stands: BTreeMap<Node, Stand>,
    /// How many entities there are.
    pub entities: usize,
    /// How many accounts in use there are.
    pub accounts: usize,
    /// How many ignored accounts there are, hidden or not.
    pub ignored: usize,
    /// Columns of the widest identifier, as it is read.
    pub widest: usize,
}

type Siblings = BTreeMap<Option<EntityId>, Vec<(NameKey, Node)>>;

impl Outline {
    /// Looks at every entity and account once.
    pub fn of(scene: &Scene, ignored: Ignored) -> Self {
        let mut outline = Self::default();
        let mut entities = Siblings::new();
        let mut accounts = Siblings::new();
        let org = &scene.org;
        let visible = |entity: &Entity| sees_entity(scene, entity);
        for entity in org.entities().values().filter(|entity| visible(entity)) {
            outline.entities += 1;
            let parent = entity.parent.filter(|parent| org.entity(*parent).is_some_and(visible));
            entities.entry(parent).or_default().push((entity.name.key(), Node::Entity(entity.id)));
        }
        for account in org.accounts().values().filter(|account| sees_account(scene, account)) {
            if outline.takes(account, ignored) {
                let owner = Some(account.entity).filter(|owner| org.entity(*owner).is_some_and(visible));
                accounts.entry(owner).or_default().push((account.name.key(), Node::Account(account.id)));
            }
        }
        outline.arrange(entities, accounts);
        outline
    }

    /// Counts the account; whether it gets a row.
    fn takes(&mut self, account: &Account, ignored: Ignored) -> bool {
        if is_ignored(account) {
            self.ignored += 1;
        } else {
            self.accounts += 1;
        }
        let taken = !is_ignored(account) || ignored == Ignored::Shown;
        if taken {
            self.widest = self.widest.max(columns(&account.identifier.to_string()));
        }
        taken
    }

    /// Below each entity its accounts stand before its child entities; accounts of entities that are out of sight
    /// stand last.
    fn arrange(&mut self, mut entities: Siblings, mut accounts: Siblings) {
        let mut waiting: Vec<(usize, Node)> = Vec::new();
        let homeless = sorted(accounts.remove(&None).unwrap_or_default());
        waiting.extend(homeless.rev().map(|node| (0, node)));
        waiting.extend(sorted(entities.remove(&None).unwrap_or_default()).rev().map(|node| (0, node)));
        while let Some((depth, node)) = waiting.pop() {
            let mut branches = false;
            if let Node::Entity(id) = node {
                for below in [&mut entities, &mut accounts] {
                    let below = below.remove(&Some(id)).unwrap_or_default();
                    branches |= !below.is_empty();
                    waiting.extend(sorted(below).rev().map(|node| (depth + 1, node)));
                }
            }
            self.stands.insert(node, Stand { depth, branches });
            self.rows.push((depth, node));
        }
    }

    /// How a row stands.
    pub fn stand(&self, node: Node) -> Stand {
        self.stands.get(&node).copied().unwrap_or_default()
    }
}

fn sorted(mut siblings: Vec<(NameKey, Node)>) -> impl DoubleEndedIterator<Item = Node> {
    siblings.sort_unstable();
    siblings.into_iter().map(|(_, node)| node)
}
