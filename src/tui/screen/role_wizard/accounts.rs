//! Select accounts: all future entities, or a tree of entities and accounts to choose from.
mod draw;

use std::collections::BTreeSet;

use ratatui::layout::{Position, Rect};

use super::click::Click;
use super::draft::{Reach, RoleDraft};
use super::filter::Filter;
use super::places::{Place, places, split};
use crate::domain::census::AccountCounts;
use crate::domain::id::EntityId;
use crate::domain::org::Org;
use crate::domain::scope::Scope;
use crate::domain::words::scope_in_words;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Input, Took};
use crate::tui::scene::Scene;
use crate::tui::widget::ticks::Tick;
use crate::tui::widget::tree::Tree;

/// Nodes up to which the whole tree is open at first.
const OPEN: usize = 200;

/// Where the keyboard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    AllFuture,
    Tree,
}

/// The tree and what is chosen in it.
#[derive(Debug)]
pub struct AccountsStep {
    at: At,
    places: Vec<Place>,
    tree: Tree<Place>,
    partly: BTreeSet<EntityId>,
    counts: AccountCounts,
    filter: Filter,
    /// Chosen by somebody who saw more.
    unseen: Scope,
    /// How many chosen places do not exist any more.
    gone: usize,
    /// What is chosen and what that reaches, in words.
    told: String,
    /// Where *All future entities* was drawn.
    switch: Rect,
}

impl Default for AccountsStep {
    fn default() -> Self {
        Self {
            at: At::AllFuture,
            places: Vec::new(),
            tree: Tree::new([]),
            partly: BTreeSet::new(),
            counts: AccountCounts::default(),
            filter: Filter::default(),
            unseen: Scope::nothing(),
            gone: 0,
            told: String::new(),
            switch: Rect::default(),
        }
    }
}

impl AccountsStep {
    /// So many chosen places do not exist any more.
    pub const fn miss(&mut self, gone: usize) {
        self.gone += gone;
    }

    /// Looks again at what there is.
    pub fn look(&mut self, scene: &Scene, draft: &RoleDraft) {
        let first = self.tree.is_empty();
        (_, self.unseen) = split(&scene.org, scene.person(), &draft.chosen().scope());
        self.counts = AccountCounts::of(&scene.org);
        let places = places(&scene.org, scene.person(), &draft.chosen().accounts);
        self.places = places.iter().map(|(_, place)| *place).collect();
        self.tree.replace(places);
        if first && self.places.len() <= OPEN {
            self.tree.open_all();
        }
        self.find(&scene.org);
        self.count(&scene.org, draft);
    }

    /// Begins with everything shown.
    pub fn enter(&mut self, scene: &Scene, draft: &RoleDraft) {
        self.at = At::AllFuture;
        self.filter.clear();
        self.look(scene, draft);
    }

    /// The filter.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The filter, to change it.
    pub const fn filter_mut(&mut self) -> &mut Filter {
        &mut self.filter
    }

    /// Shows everything again.
    pub fn clear_filter(&mut self, org: &Org) {
        self.filter.clear();
        self.find(org);
    }

    /// Moves the keyboard between *All future entities* and the tree.
    pub const fn turn(&mut self) {
        self.at = match self.at {
            At::AllFuture => At::Tree,
            At::Tree => At::AllFuture,
        };
    }

    /// Moves the keyboard to *All future entities*.
    pub const fn focus_all_future(&mut self) {
        self.at = At::AllFuture;
    }

    /// Why the focused box cannot be toggled; none when it can.
    pub fn why_not(&self, org: &Org, draft: &RoleDraft) -> Option<String> {
        let place = self.focused(draft)?;
        let chosen = draft.chosen();
        let cover = chosen.cover(org, place).filter(|_| chosen.tick(org, &self.partly, place) == Tick::Covered)?;
        let name = org.entity(cover).map(|row| row.name.to_string()).unwrap_or_default();
        Some(format!(
            "It belongs to “{name}”, which is selected with everything in it. Take the tick away there first."
        ))
    }

    /// Toggles the focused box.
    pub fn toggle(&mut self, org: &Org, draft: &mut RoleDraft) {
        match self.focused(draft) {
            None => draft.toggle_reach(),
            // What is covered is refused before, with the reason.
            Some(place) => drop(draft.toggle_place(org, place)),
        }
    }

    /// Counts again what is chosen.
    pub fn count(&mut self, org: &Org, draft: &RoleDraft) {
        self.partly = draft.chosen().partly(org);
        let scope = draft.scope();
        let reached = match self.counts.reached(org, &scope) {
            0 => "no account".to_owned(),
            1 => "1 account".to_owned(),
            many => format!("{many} accounts"),
        };
        self.told = match &scope {
            Scope::AllFuture => format!("{reached} now, and later ones"),
            scope if *scope == Scope::nothing() => "nothing selected, so no account is reached".to_owned(),
            scope => format!("{}, reaching {reached}", scope_in_words(org, scope)),
        };
    }

    fn focused(&self, draft: &RoleDraft) -> Option<Place> {
        let in_tree = self.at == At::Tree && draft.reach() == Reach::Chosen;
        self.tree.selected().copied().filter(|_| in_tree)
    }

    /// Types into the filter, or moves; whether the input meant something here.
    pub fn input(&mut self, input: &Input, org: &Org, draft: &RoleDraft) -> Took {
        if draft.reach() == Reach::AllFuture {
            self.at = At::AllFuture;
            return Took::No;
        }
        if self.filter.input(input) == Took::Yes {
            self.at = At::Tree;
            self.find(org);
            return Took::Yes;
        }
        let used = matches!(input, Input::Key(key) if self.moves(key));
        if used { Took::Yes } else { Took::No }
    }

    /// A click or a turn of the wheel.
    pub fn mouse(&mut self, mouse: &Mouse, draft: &RoleDraft) -> Click {
        if mouse.kind == MouseKind::Down && self.switch.contains(Position::new(mouse.column, mouse.row)) {
            self.at = At::AllFuture;
            return Click::Again;
        }
        let before = self.focused(draft);
        if draft.reach() == Reach::AllFuture || !self.tree.mouse(mouse) {
            return Click::Missed;
        }
        self.at = At::Tree;
        Click::of(mouse, before == self.focused(draft))
    }

    fn moves(&mut self, key: &Key) -> bool {
        let plain = !(key.ctrl || key.alt || key.shift);
        match (self.at, key.code) {
            (At::AllFuture, Code::Down | Code::Char('j')) if plain => {
                self.at = At::Tree;
                true
            }
            (At::AllFuture, _) => false,
            (At::Tree, Code::Up | Code::Char('k')) if plain => {
                let before = self.tree.selected().copied();
                self.tree.key(key);
                if self.tree.selected().copied() == before {
                    self.at = At::AllFuture;
                }
                true
            }
            (At::Tree, _) => self.tree.key(key),
        }
    }

    /// Shows what the filter finds, and moves to the first of that unless something found is focused.
    fn find(&mut self, org: &Org) {
        let query = self.filter.query();
        if query.is_empty() {
            self.tree.clear_filter();
            return;
        }
        let fits = |place: &Place| match place {
            Place::Entity(entity) => org.entity(*entity).is_some_and(|row| query.fits(&[row.name.as_str()])),
            Place::Account(account) => org.account(*account).is_some_and(|row| {
                let (bare, spaced) = (row.identifier.as_str(), row.identifier.to_string());
                query.fits(&[row.name.as_str(), row.currency.code(), bare, &spaced])
            }),
        };
        self.tree.filter(fits);
        if !self.tree.selected().is_some_and(fits)
            && let Some(first) = self.places.iter().find(|place| fits(place))
        {
            self.tree.select(first);
        }
    }
}
