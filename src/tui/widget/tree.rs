//! A tree whose branches open and close, as the rows that are visible.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::event::Mouse;
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::nesting::{Node, linked};
use crate::tui::widget::rows::Rows;

/// Levels whose lines are drawn; what is deeper is indented without them.
const LINED: usize = 63;

/// A tree of things known by their ids, which are different from each other.
#[derive(Debug, Clone)]
pub struct Tree<Id> {
    nodes: Vec<Node<Id>>,
    /// Where each node stands.
    places: BTreeMap<Id, usize>,
    open: BTreeSet<Id>,
    filter: Option<Vec<Kept>>,
    visible: Vec<Visible>,
    rows: Rows,
}

/// What a filter says of a node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Kept {
    matches: bool,
    /// Something below it matches.
    leads: bool,
}

#[derive(Debug, Clone, Copy)]
struct Visible {
    node: usize,
    /// For each level, in its bit, whether the line at that level goes on below this row.
    lines: u64,
}

impl<Id: Clone + Ord> Tree<Id> {
    /// A tree from its nodes with their depths, each directly before its descendants; a root has depth 0. All branches
    /// are closed.
    #[must_use]
    pub fn new(nodes: impl IntoIterator<Item = (usize, Id)>) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            places: BTreeMap::new(),
            open: BTreeSet::new(),
            filter: None,
            visible: Vec::new(),
            rows: Rows::default(),
        };
        tree.replace(nodes);
        tree
    }

    /// Other nodes; what was open or selected stays so where it still exists. A filter is given up.
    pub fn replace(&mut self, nodes: impl IntoIterator<Item = (usize, Id)>) {
        let selected = self.selected().cloned();
        self.filter = None;
        self.nodes = linked(nodes);
        let places = self.nodes.iter().enumerate();
        self.places = places.map(|(place, node)| (node.id.clone(), place)).collect();
        self.rebuild();
        if let Some(id) = selected {
            self.select(&id);
        }
    }

    /// The selected node.
    #[must_use]
    pub fn selected(&self) -> Option<&Id> {
        self.nodes.get(self.node_of(self.rows.selected()?)?).map(|node| &node.id)
    }

    /// Selects a node if it is visible.
    pub fn select(&mut self, id: &Id) {
        let row = self.places.get(id).and_then(|place| self.row_of(*place));
        self.rows.select(row.or(self.rows.selected()).unwrap_or(0));
    }

    /// Opens a branch.
    pub fn open(&mut self, id: Id) {
        self.open.insert(id);
        self.rebuild_keeping_selection();
    }

    /// Opens every branch.
    pub fn open_all(&mut self) {
        self.open = self.nodes.iter().map(|node| node.id.clone()).collect();
        self.rebuild_keeping_selection();
    }

    /// Closes every branch.
    pub fn close_all(&mut self) {
        self.open.clear();
        self.rebuild_keeping_selection();
    }

    /// Shows only what matches, with all that it belongs to. Below a match, open branches show everything.
    pub fn filter(&mut self, matches: impl Fn(&Id) -> bool) {
        let mut kept: Vec<_> =
            self.nodes.iter().map(|node| Kept { matches: matches(&node.id), leads: false }).collect();
        for (index, node) in self.nodes.iter().enumerate() {
            let mut above = node.parent.filter(|_| kept.get(index).is_some_and(|kept| kept.matches));
            while let Some(place) = above {
                above = match kept.get_mut(place) {
                    Some(kept) if !kept.leads => {
                        kept.leads = true;
                        self.nodes.get(place).and_then(|node| node.parent)
                    }
                    _ => None,
                };
            }
        }
        self.filter = Some(kept);
        self.rebuild_keeping_selection();
    }

    /// Shows everything again.
    pub fn clear_filter(&mut self) {
        self.filter = None;
        self.rebuild_keeping_selection();
    }

    /// How many nodes the filter matches; all of them without one.
    #[must_use]
    pub fn matches(&self) -> usize {
        match &self.filter {
            Some(kept) => kept.iter().filter(|kept| kept.matches).count(),
            None => self.nodes.len(),
        }
    }

    /// Rows that are visible now, for a screen of any height.
    #[must_use]
    pub fn len(&self) -> usize {
        self.visible.len()
    }

    /// Whether nothing is visible.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.visible.is_empty()
    }

    /// What a node belongs to, from its parent up to its root.
    pub fn above<'t>(&'t self, id: &Id) -> impl Iterator<Item = &'t Id> + use<'t, Id> {
        let parent = |node: &'t Node<Id>| self.nodes.get(node.parent?);
        std::iter::successors(self.node(id).and_then(parent), move |node| parent(node)).map(|node| &node.id)
    }

    /// What belongs to a node, on all levels.
    pub fn below<'t>(&'t self, id: &Id) -> impl Iterator<Item = &'t Id> + use<'t, Id> {
        let place = self.places.get(id).copied();
        let range = place.and_then(|place| self.nodes.get(place + 1..self.nodes.get(place)?.end));
        range.unwrap_or_default().iter().map(|node| &node.id)
    }

    fn node(&self, id: &Id) -> Option<&Node<Id>> {
        self.nodes.get(*self.places.get(id)?)
    }

    /// Moves with the usual keys; Right opens a branch and then goes into it, Left closes it and then goes out of it.
    /// Whether the key was one of them.
    pub fn key(&mut self, key: &Key) -> bool {
        match key.code {
            _ if key.ctrl || key.alt || key.shift => return false,
            Code::Right | Code::Char('l') => self.inwards(),
            Code::Left | Code::Char('h') => self.outwards(),
            _ => return self.rows.key(key),
        }
        true
    }

    /// Selects with a click and moves with the wheel; whether the mouse was over the rows.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        self.rows.mouse(mouse)
    }

    fn inwards(&mut self) {
        let Some((row, at)) = self.rows.selected().and_then(|row| Some((row, self.node_of(row)?))) else {
            return;
        };
        let Some(node) = self.nodes.get(at).filter(|node| node.end > at + 1) else {
            return;
        };
        if self.open.insert(node.id.clone()) {
            self.rebuild_keeping_selection();
        } else {
            self.rows.select(row + 1);
        }
    }

    fn outwards(&mut self) {
        let Some(node) = self.rows.selected().and_then(|row| self.nodes.get(self.node_of(row)?)) else {
            return;
        };
        let (id, parent) = (node.id.clone(), node.parent);
        if self.has_children(&id) && self.open.remove(&id) {
            self.rebuild_keeping_selection();
        } else if let Some(parent) = parent.and_then(|parent| self.nodes.get(parent)) {
            let id = parent.id.clone();
            self.select(&id);
        }
    }

    fn has_children(&self, id: &Id) -> bool {
        self.below(id).next().is_some()
    }

    fn node_of(&self, row: usize) -> Option<usize> {
        self.visible.get(row).map(|visible| visible.node)
    }

    fn row_of(&self, node: usize) -> Option<usize> {
        self.visible.binary_search_by_key(&node, |visible| visible.node).ok()
    }

    fn rebuild_keeping_selection(&mut self) {
        let selected = self.rows.selected().and_then(|row| self.node_of(row));
        self.rebuild();
        // What is selected, or the nearest thing above it that is still visible.
        let mut wanted = selected;
        while let Some(node) = wanted {
            if let Ok(row) = self.visible.binary_search_by_key(&node, |visible| visible.node) {
                self.rows.select(row);
                return;
            }
            wanted = self.nodes.get(node).and_then(|node| node.parent);
        }
    }

    fn rebuild(&mut self) {
        let mut visible = Vec::new();
        // Branches that we are in: where each ends, and whether all in it is shown or only what is kept.
        let mut inside: Vec<(usize, bool)> = Vec::new();
        let mut index = 0;
        while let Some(node) = self.nodes.get(index) {
            while inside.last().is_some_and(|(end, _)| *end <= index) {
                inside.pop();
            }
            let kept = self.filter.as_ref().and_then(|kept| kept.get(index)).copied();
            let everything = inside.last().map_or(kept.is_none(), |(_, everything)| *everything);
            if !everything && kept == Some(Kept::default()) {
                index = node.end;
                continue;
            }
            visible.push(Visible { node: index, lines: 0 });
            let open = self.open.contains(&node.id);
            let shows_all = open && (everything || kept.is_some_and(|kept| kept.matches));
            if shows_all || kept.is_some() {
                inside.push((node.end, shows_all));
                index += 1;
            } else {
                index = node.end;
            }
        }
        self.visible = visible;
        self.draw_lines();
        self.rows.clamp(self.visible.len());
    }

    /// From the last row to the first: a line goes on below a row when a later row hangs on it.
    fn draw_lines(&mut self) {
        let mut going_on: u64 = 0;
        for visible in self.visible.iter_mut().rev() {
            let depth = self.nodes.get(visible.node).map_or(0, |node| node.depth.min(LINED));
            going_on &= u64::MAX >> (LINED - depth);
            visible.lines = going_on;
            going_on |= 1 << depth;
        }
    }

    /// Draws the visible rows that have room, and asks for no others. Gives how many it asked for.
    pub fn draw<'r>(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        focus: Focus,
        mut item: impl FnMut(&Id) -> Item<'r>,
    ) -> usize {
        let Self { nodes, open, visible, rows, filter, .. } = self;
        List::new(theme, focus).draw(area, buf, rows, |row| {
            let Some((visible, node)) = visible.get(row).and_then(|row| Some((row, nodes.get(row.node)?))) else {
                return Item::default();
            };
            let mut lead = lines(visible.lines, node.depth, theme);
            if node.end > visible.node + 1 {
                let kept = filter.as_ref().and_then(|kept| kept.get(visible.node));
                let is_open = open.contains(&node.id) || kept.is_some_and(|kept| kept.leads);
                let sign = if is_open { theme.glyphs.open } else { theme.glyphs.closed };
                lead.push(Span::styled(format!("{sign} "), theme.muted));
            }
            item(&node.id).lead(lead)
        })
    }
}

fn lines(lines: u64, depth: usize, theme: &Theme) -> Vec<Span<'static>> {
    let goes_on = |level: usize| level <= LINED && lines >> level & 1 == 1;
    let mut text = String::new();
    for level in 1..depth {
        text.push_str(if goes_on(level) { theme.glyphs.trunk } else { "  " });
    }
    if depth > 0 {
        text.push_str(if goes_on(depth) { theme.glyphs.branch } else { theme.glyphs.last_branch });
    }
    vec![Span::styled(text, theme.border)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    fn group() -> Tree<&'static str> {
        Tree::new([
            (0, "Group"),
            (1, "Germany"),
            (2, "Main DE"),
            (2, "Wages DE"),
            (1, "Sweden"),
            (2, "Main SE"),
            (0, "Fund"),
        ])
    }

    fn typed(tree: &mut Tree<&'static str>, keys: &str) -> Option<&'static str> {
        for key in Key::sequence(keys) {
            assert!(tree.key(&key), "{key} means nothing to a tree");
        }
        tree.selected().copied()
    }

    fn drawn(tree: &mut Tree<&'static str>, height: u16) -> Vec<String> {
        let lines = canvas(24, height, |area, buf| {
            tree.draw(area, buf, &MONO, Focus::Here, |id| Item::new(*id));
        });
        lines.iter().map(|line| line.trim_end().to_owned()).collect()
    }

    #[test]
    fn an_open_tree_shows_what_belongs_to_what() {
        let mut tree = group();
        tree.open_all();
        assert_eq!(
            drawn(&mut tree, 7),
            [
                "▌ ▾ Group",
                "  ├ ▾ Germany",
                "  │ ├ Main DE",
                "  │ ╰ Wages DE",
                "  ╰ ▾ Sweden",
                "    ╰ Main SE",
                "  Fund",
            ]
        );
    }

    #[test]
    fn right_goes_in_and_left_goes_out() {
        let mut tree = group();
        assert_eq!(drawn(&mut tree, 3), ["▌ ▸ Group", "  Fund", ""]);
        assert_eq!(typed(&mut tree, "<right>"), Some("Group"), "opens");
        assert_eq!(tree.len(), 4);
        assert_eq!(typed(&mut tree, "<right>"), Some("Germany"), "goes in");
        assert_eq!(typed(&mut tree, "lll"), Some("Main DE"), "no further than a leaf");
        assert_eq!(typed(&mut tree, "<left>"), Some("Germany"), "goes out");
        assert_eq!(typed(&mut tree, "h"), Some("Germany"), "closes");
        assert_eq!(typed(&mut tree, "hh"), Some("Group"));
        assert_eq!(tree.len(), 2);
    }

    #[test]
    fn closing_selects_what_the_selection_belongs_to() {
        let mut tree = group();
        tree.open_all();
        tree.select(&"Wages DE");
        tree.close_all();
        assert_eq!(tree.selected(), Some(&"Group"));
    }

    #[test]
    fn a_filter_keeps_what_a_match_belongs_to() {
        let mut tree = group();
        tree.filter(|id| id.starts_with("Main"));
        assert_eq!(tree.matches(), 2);
        assert_eq!(
            drawn(&mut tree, 5),
            ["▌ ▾ Group", "  ├ ▾ Germany", "  │ ╰ Main DE", "  ╰ ▾ Sweden", "    ╰ Main SE"]
        );
        tree.clear_filter();
        assert_eq!(drawn(&mut tree, 2), ["▌ ▸ Group", "  Fund"]);
    }

    #[test]
    fn below_a_match_open_branches_show_everything() {
        let mut tree = group();
        tree.filter(|id| *id == "Germany");
        assert_eq!(drawn(&mut tree, 3), ["▌ ▾ Group", "  ╰ ▸ Germany", ""]);
        tree.select(&"Germany");
        typed(&mut tree, "<right>");
        assert_eq!(drawn(&mut tree, 4), ["  ▾ Group", "▌ ╰ ▾ Germany", "    ├ Main DE", "    ╰ Wages DE"]);
    }

    #[test]
    fn other_nodes_keep_what_was_open_and_selected() {
        let mut tree = group();
        typed(&mut tree, "<right><right><right>");
        tree.select(&"Wages DE");
        tree.replace([(0, "New"), (0, "Group"), (1, "Germany"), (2, "Wages DE")]);
        assert_eq!(tree.selected(), Some(&"Wages DE"));
        assert_eq!(tree.len(), 4);
    }

    #[test]
    fn relations_can_be_asked_for() {
        let tree = group();
        assert_eq!(tree.above(&"Main DE").collect::<Vec<_>>(), [&"Germany", &"Group"]);
        assert_eq!(tree.below(&"Germany").collect::<Vec<_>>(), [&"Main DE", &"Wages DE"]);
        assert_eq!(tree.above(&"Fund").count() + tree.below(&"Nobody").count(), 0);
    }

    #[test]
    fn only_rows_with_room_are_built() {
        let mut tree = Tree::new((0..100_000).map(|id| (id % 10, id)));
        tree.open_all();
        assert_eq!(tree.len(), 100_000);
        let mut built = 0;
        canvas(30, 8, |area, buf| {
            built = tree.draw(area, buf, &MONO, Focus::Here, |id| Item::new(id.to_string()));
        });
        assert_eq!(built, 8);
    }

    #[test]
    fn any_depth_and_any_area_will_do() {
        let mut deep = Tree::new((0..200).map(|id| (id, id)));
        deep.open_all();
        everywhere(|area, buf| {
            deep.draw(area, buf, &MONO, Focus::Here, |id| Item::new(id.to_string()));
        });
    }
}
