//! Ticks in a tree: ticking a branch covers all that is in it.

use std::collections::BTreeSet;

use ratatui::text::Span;

use crate::tui::theme::Theme;
use crate::tui::widget::tree::Tree;

/// How a node is ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is ticked itself.
    On,
    /// Something that it belongs to is ticked.
    Covered,
    /// Something that belongs to it is ticked.
    Partly,
    /// Neither.
    Off,
}

impl Tick {
    /// The box to draw.
    #[must_use]
    pub fn sign(self, theme: &Theme) -> Span<'static> {
        match self {
            Self::On => Span::styled(theme.glyphs.on, theme.accent),
            Self::Covered => Span::styled(theme.glyphs.covered, theme.muted),
            Self::Partly => Span::styled(theme.glyphs.partly, theme.accent),
            Self::Off => Span::styled(theme.glyphs.off, theme.muted),
        }
    }
}

/// Which nodes of a tree are ticked. What a ticked node covers is not ticked itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticks<Id> {
    ticked: BTreeSet<Id>,
    partly: BTreeSet<Id>,
}

impl<Id> Default for Ticks<Id> {
    fn default() -> Self {
        Self { ticked: BTreeSet::new(), partly: BTreeSet::new() }
    }
}

impl<Id: Clone + Ord> Ticks<Id> {
    /// These nodes are ticked.
    #[must_use]
    pub fn new(tree: &Tree<Id>, ticked: impl IntoIterator<Item = Id>) -> Self {
        let mut ticks = Self { ticked: ticked.into_iter().collect(), partly: BTreeSet::new() };
        ticks.find_partly(tree);
        ticks
    }

    /// The nodes that are ticked themselves.
    #[must_use]
    pub fn ticked(&self) -> &BTreeSet<Id> {
        &self.ticked
    }

    /// How a node is ticked.
    #[must_use]
    pub fn of(&self, tree: &Tree<Id>, id: &Id) -> Tick {
        if self.ticked.contains(id) {
            Tick::On
        } else if self.cover(tree, id).is_some() {
            Tick::Covered
        } else if self.partly.contains(id) {
            Tick::Partly
        } else {
            Tick::Off
        }
    }

    /// Ticks a node, with all that is in it, or takes its tick away.
    ///
    /// # Errors
    /// The ticked node that covers this one: only there can the tick be taken away.
    pub fn toggle(&mut self, tree: &Tree<Id>, id: &Id) -> Result<(), Id> {
        if let Some(cover) = self.cover(tree, id) {
            return Err(cover.clone());
        }
        if !self.ticked.remove(id) {
            for below in tree.below(id) {
                self.ticked.remove(below);
            }
            self.ticked.insert(id.clone());
        }
        self.find_partly(tree);
        Ok(())
    }

    fn cover<'t>(&self, tree: &'t Tree<Id>, id: &Id) -> Option<&'t Id> {
        tree.above(id).find(|above| self.ticked.contains(above))
    }

    fn find_partly(&mut self, tree: &Tree<Id>) {
        self.partly = self.ticked.iter().flat_map(|id| tree.above(id)).cloned().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::MONO;

    fn group() -> Tree<&'static str> {
        Tree::new([(0, "Group"), (1, "Germany"), (2, "Main"), (2, "Wages"), (1, "Sweden")])
    }

    fn boxes(tree: &Tree<&'static str>, ticks: &Ticks<&'static str>) -> String {
        let all = ["Group", "Germany", "Main", "Wages", "Sweden"];
        all.iter().map(|id| ticks.of(tree, id).sign(&MONO).content.into_owned()).collect()
    }

    #[test]
    fn a_ticked_leaf_shows_in_all_that_it_belongs_to() {
        let tree = group();
        let ticks = Ticks::new(&tree, ["Main"]);
        assert_eq!(boxes(&tree, &ticks), "◪◪☑☐☐");
    }

    #[test]
    fn a_ticked_branch_covers_what_is_in_it() {
        let tree = group();
        let mut ticks = Ticks::new(&tree, ["Main"]);
        assert_eq!(ticks.toggle(&tree, &"Germany"), Ok(()));
        assert_eq!(boxes(&tree, &ticks), "◪☑▣▣☐");
        assert_eq!(ticks.ticked().iter().collect::<Vec<_>>(), [&"Germany"]);
    }

    #[test]
    fn what_is_covered_is_freed_where_it_was_covered() {
        let tree = group();
        let mut ticks = Ticks::new(&tree, ["Group"]);
        assert_eq!(ticks.toggle(&tree, &"Wages"), Err("Group"));
        assert_eq!(ticks.toggle(&tree, &"Group"), Ok(()));
        assert_eq!(boxes(&tree, &ticks), "☐☐☐☐☐");
    }
}
