//! The roles in the table: sorted, filtered, and one of them selected.
use std::collections::BTreeSet;

use super::entry::{Entry, entries};
use super::filter::Query;
use super::order::Sort;
use crate::domain::id::RoleId;
use crate::tui::scene::Scene;
use crate::tui::widget::rows::Rows;

/// Every role, and which of them are shown in which order. What is selected is a role, not a line.
#[derive(Default)]
pub(super) struct Roster {
    all: Vec<Entry>,
    shown: Vec<usize>,
    selected: Option<RoleId>,
    sort: Sort,
    query: Query,
    /// The roles there were when a new one was begun; the one that joins them is selected.
    before: Option<BTreeSet<RoleId>>,
    pub rows: Rows,
}

impl Roster {
    /// Reads all roles again.
    pub fn rebuild(&mut self, scene: &Scene) {
        self.all = entries(scene);
        if let Some(before) = &self.before {
            let mut new = self.all.iter().map(|entry| entry.id).filter(|id| !before.contains(id));
            if let Some(created) = new.next() {
                self.selected = Some(created);
                self.before = None;
            }
        }
        self.arrange(scene);
    }

    /// A new role is being made.
    pub fn await_new(&mut self) {
        self.before = Some(self.all.iter().map(|entry| entry.id).collect());
    }

    /// No new role is expected any more.
    pub fn await_nothing(&mut self) {
        self.before = None;
    }

    pub const fn sort(&self) -> Sort {
        self.sort
    }

    pub fn sort_by(&mut self, sort: Sort, scene: &Scene) {
        self.sort = sort;
        self.arrange(scene);
    }

    pub fn filter_by(&mut self, query: Query, scene: &Scene) {
        self.query = query;
        self.arrange(scene);
    }

    pub fn is_filtered(&self) -> bool {
        !self.query.is_empty()
    }

    /// All roles, shown or not.
    pub fn total(&self) -> usize {
        self.all.len()
    }

    /// The role on a line.
    pub fn get(&self, line: usize) -> Option<&Entry> {
        self.shown.get(line).and_then(|index| self.all.get(*index))
    }

    /// The selected role.
    pub fn selected(&self) -> Option<&Entry> {
        self.rows.selected().and_then(|line| self.get(line))
    }

    /// The role that is selected is the one on the selected line.
    pub fn follow_line(&mut self) {
        self.selected = self.selected().map(|entry| entry.id);
    }

    fn arrange(&mut self, scene: &Scene) {
        let (all, sort) = (&self.all, self.sort);
        let held = self.query.held_by(scene);
        let fits = |index: &usize| all.get(*index).is_some_and(|entry| self.query.fits(entry, &held));
        self.shown = (0..all.len()).filter(fits).collect();
        self.shown.sort_by(|one, other| match (all.get(*one), all.get(*other)) {
            (Some(one), Some(other)) => sort.compare(one, other),
            _ => one.cmp(other),
        });
        self.rows.clamp(self.shown.len());
        let line = (0..self.shown.len()).find(|line| self.get(*line).map(|entry| entry.id) == self.selected);
        if let Some(line) = line {
            self.rows.select(line);
        }
        self.follow_line();
    }
}
