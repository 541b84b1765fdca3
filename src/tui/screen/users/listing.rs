//! A table of users or invitations: sorted, filtered, with a selection that stays on its row whatever happens around
//! it. It is worked out when the organization or a wish changes; drawing looks at the visible rows alone.
use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::columns::{Spec, columns, fit};
use super::filter::{Filter, Word};
use super::haystack::Haystack;
use super::sort_key::SortKey;
use crate::domain::org::Org;
use crate::domain::row::Difference;
use crate::domain::text::sorted;
use crate::tui::event::Mouse;
use crate::tui::key::Key;
use crate::tui::scene::Scene;
use crate::tui::widget::rows::Rows;
use crate::tui::widget::table::{Mark, Order, Row, Table};

/// Rows whose texts are worked out at once: two milliseconds or so, for which a key may have to wait.
const LEARNED: usize = 1_000;

/// Columns in which every cell has room.
const WHOLE: usize = 1_000;

/// More rows than this are sorted anew rather than put in their places one by one.
const FEW: usize = 256;

/// The rows whose places may be others now.
pub enum Touched<Id> {
    /// These.
    These(Vec<Id>),
    /// Any.
    Any,
}

/// What the rows are.
pub trait Kind {
    /// What names one.
    type Id: Copy + Ord;

    /// Every column that there is.
    const SPECS: &'static [Spec];

    /// The columns to choose from at a width, in their order.
    fn layout(width: u16) -> &'static [usize];

    /// The columns that can be sorted by, in the order in which they are offered.
    const SORTABLE: &'static [usize];

    /// The column that the rows are sorted by when this one seems sorted: itself, unless it sums others up.
    fn sorts_as(column: usize) -> usize;

    /// Every row, in any order, with what it is sorted by.
    fn all(scene: &Scene, column: usize) -> impl Iterator<Item = (SortKey, Self::Id)>;

    /// Whether it is (still) a row.
    fn is_listed(org: &Org, id: Self::Id) -> bool;

    /// Whether it is no row unless the filter asks for such ones.
    fn is_hidden(org: &Org, id: Self::Id, words: &[Word]) -> bool;

    /// All that are no rows without a filter.
    fn hidden(org: &Org) -> BTreeSet<Self::Id>;

    /// The rows that stand elsewhere after a change, when they are sorted by this column.
    fn touched(difference: &Difference, column: usize) -> Touched<Self::Id>;

    /// What a row is sorted by.
    fn key(scene: &Scene, id: Self::Id, column: usize) -> SortKey;

    /// Whether the row contains the word.
    fn contains(scene: &Scene, id: Self::Id, word: &Word) -> bool;

    /// What a row says in plain letters, and its state as a number, so that all rows are searched at once; none for rows
    /// that are looked at one by one.
    fn straw(scene: &Scene, id: Self::Id) -> Option<(Vec<String>, u8)>;

    /// The states that a word names, as numbers.
    fn states(word: &Word) -> Vec<u8>;

    /// The states that are no rows unless the filter asks for them, as numbers.
    fn hidden_states(words: &[Word]) -> &'static [u8];

    /// What a row says, in each of these columns and in such a width, and how it looks.
    fn row(scene: &Scene, id: Self::Id, columns: impl Iterator<Item = (usize, usize)>) -> Row<'static>;
}

/// The rows, and what is selected, marked and open.
pub struct Listing<K: Kind> {
    /// The filter.
    pub filter: Filter,
    /// The row that is read in detail.
    pub opened: Option<K::Id>,
    org: Option<Arc<Org>>,
    order: Vec<K::Id>,
    shown: Vec<K::Id>,
    /// What the rows say, in their order, as far as it was worked out since they changed.
    haystack: Haystack,
    rows: Rows,
    at: Option<K::Id>,
    marks: BTreeSet<K::Id>,
    hidden_marks: usize,
    column: usize,
    direction: Order,
    visible: Vec<usize>,
}

impl<K: Kind> Listing<K> {
    /// Nothing yet, to be sorted by this column.
    pub fn new(column: usize) -> Self {
        Self {
            filter: Filter::default(),
            opened: None,
            org: None,
            order: Vec::new(),
            shown: Vec::new(),
            haystack: Haystack::default(),
            rows: Rows::default(),
            at: None,
            marks: BTreeSet::new(),
            hidden_marks: 0,
            column,
            direction: Order::Ascending,
            visible: Vec::new(),
        }
    }

    /// Forgets every row: nobody may see them.
    pub fn forget(&mut self) {
        let filter = std::mem::take(&mut self.filter);
        *self = Self { filter, direction: self.direction, ..Self::new(self.column) };
    }

    /// Follows the organization.
    pub fn follow(&mut self, scene: &Scene) {
        let touched = match self.org.take() {
            None => Touched::Any,
            Some(before) if Arc::ptr_eq(&before, &scene.org) => K::touched(&Difference::default(), self.column),
            Some(before) => K::touched(&Difference::between(&before, &scene.org), self.column),
        };
        match touched {
            Touched::These(ids) if ids.len() <= FEW => self.place(scene, ids.into_iter().collect()),
            Touched::These(_) | Touched::Any => self.sort(scene),
        }
        self.org = Some(Arc::clone(&scene.org));
        self.haystack.clear();
        self.marks.retain(|id| K::is_listed(&scene.org, *id));
        let words = self.filter.words(&scene.org);
        let is_there = |id: &K::Id| K::is_listed(&scene.org, *id) && !K::is_hidden(&scene.org, *id, &words);
        self.opened = self.opened.filter(is_there);
        self.sift(scene);
    }

    fn sort(&mut self, scene: &Scene) {
        self.order = sorted(K::all(scene, self.column));
        self.haystack.clear();
    }

    /// Works out what some more rows say; true while there is more.
    pub fn learn(&mut self, scene: &Scene) -> bool {
        let known = self.haystack.len();
        for id in self.order.iter().skip(known).take(LEARNED) {
            let Some((says, state)) = K::straw(scene, *id) else { return false };
            self.haystack.push(says, state);
        }
        self.haystack.len() > known
    }

    /// The rows that pass the filter, found at once where they can be.
    fn found(&mut self, scene: &Scene, words: &[Word]) -> Vec<K::Id> {
        if words.is_empty() {
            let hidden = K::hidden(&scene.org);
            return self.order.iter().copied().filter(|id| !hidden.contains(id)).collect();
        }
        while self.learn(scene) {}
        if self.haystack.len() < self.order.len() {
            let passes = |id: &K::Id| {
                words.iter().all(|word| K::contains(scene, *id, word)) && !K::is_hidden(&scene.org, *id, words)
            };
            return self.order.iter().copied().filter(passes).collect();
        }
        let texts: Vec<&str> = words.iter().map(Word::text).collect();
        let states = |text| words.iter().find(|word| word.text() == text).map(K::states).unwrap_or_default();
        let rows = self.haystack.find(&texts, states, K::hidden_states(words));
        rows.into_iter().filter_map(|row| self.order.get(row).copied()).collect()
    }

    fn place(&mut self, scene: &Scene, touched: BTreeSet<K::Id>) {
        if touched.is_empty() {
            return;
        }
        self.order.retain(|id| !touched.contains(id));
        for id in touched.into_iter().filter(|id| K::is_listed(&scene.org, *id)) {
            let key = |id: K::Id| (K::key(scene, id, self.column), id);
            let own = key(id);
            let place = self.order.partition_point(|other| key(*other) < own);
            self.order.insert(place, id);
        }
    }

    /// Shows the rows that pass the filter; the selection stays on its row if that is among them.
    pub fn sift(&mut self, scene: &Scene) {
        let words = self.filter.words(&scene.org);
        self.shown = self.found(scene, &words);
        if self.direction == Order::Descending {
            self.shown.reverse();
        }
        self.rows.clamp(self.shown.len());
        match self.at.and_then(|at| self.shown.iter().position(|id| *id == at)) {
            Some(row) => self.rows.select(row),
            None => self.point(),
        }
        self.count_marks();
    }

    /// Sorts by the next column.
    pub fn sort_by_next(&mut self, scene: &Scene) {
        let place = K::SORTABLE.iter().position(|column| *column == self.column).map_or(0, |place| place + 1);
        self.column = K::SORTABLE.get(place).or(K::SORTABLE.first()).copied().unwrap_or(0);
        self.direction = Order::Ascending;
        self.sort(scene);
        self.sift(scene);
    }

    /// Turns the order around.
    pub fn turn(&mut self, scene: &Scene) {
        self.direction = match self.direction {
            Order::Ascending => Order::Descending,
            Order::Descending => Order::Ascending,
        };
        self.sift(scene);
    }

    /// The column that the rows are sorted by.
    #[cfg(test)]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// The column that the rows are sorted by, when it is not to be seen.
    pub fn sorted_by_unseen(&self) -> Option<&'static str> {
        let seen = self.visible.is_empty() || self.visible.iter().any(|column| K::sorts_as(*column) == self.column);
        let title = K::SPECS.get(self.column).map(|spec| spec.title);
        title.filter(|_| !seen)
    }

    /// Moves the selection; whether the key does that.
    pub fn key(&mut self, key: &Key) -> bool {
        let moved = self.rows.key(key);
        if moved {
            self.point();
        }
        moved
    }

    /// Selects what is clicked; whether the mouse was over the rows.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        let used = self.rows.mouse(mouse);
        if used {
            self.point();
        }
        used
    }

    fn point(&mut self) {
        self.at = self.rows.selected().and_then(|row| self.shown.get(row)).copied();
    }

    /// The row that is read in detail, else the selected one.
    pub fn subject(&self) -> Option<K::Id> {
        self.opened.or_else(|| self.selected())
    }

    /// The selected row.
    pub const fn selected(&self) -> Option<K::Id> {
        self.at
    }

    /// Reads the neighbour of the selected row in detail.
    pub fn open_neighbour(&mut self, key: &Key) {
        self.key(key);
        self.opened = self.at;
    }

    /// How many rows pass the filter.
    pub fn shown(&self) -> &[K::Id] {
        &self.shown
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.order.len()
    }

    /// What is marked, also where the filter hides it.
    pub const fn marks(&self) -> &BTreeSet<K::Id> {
        &self.marks
    }

    /// How many marked rows the filter hides.
    pub const fn hidden_marks(&self) -> usize {
        self.hidden_marks
    }

    fn count_marks(&mut self) {
        if self.marks.is_empty() {
            self.hidden_marks = 0;
            return;
        }
        let seen = self.shown.iter().filter(|id| self.marks.contains(id)).count();
        self.hidden_marks = self.marks.len() - seen;
    }

    /// Marks these, or takes their marks away when all of them have one.
    pub fn mark(&mut self, ids: &[K::Id]) {
        if ids.iter().all(|id| self.marks.contains(id)) {
            for id in ids {
                self.marks.remove(id);
            }
        } else {
            self.marks.extend(ids);
        }
        self.count_marks();
    }

    /// Takes all marks away.
    pub fn unmark(&mut self) {
        self.marks.clear();
        self.hidden_marks = 0;
    }

    /// What a row says in all columns, for a spreadsheet.
    pub fn text(scene: &Scene, id: K::Id) -> String {
        K::row(scene, id, (0..K::SPECS.len()).map(|column| (column, WHOLE))).text()
    }

    /// Draws the visible rows, and builds no others. Gives how many it built.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene, empty: &str) -> usize {
        let offered = K::layout(area.width).iter();
        let specs = offered.filter_map(|column| Some((*column, K::SPECS.get(*column)?)));
        let widths = fit(specs, area, self.rows.len());
        let columns = columns(K::SPECS, &widths);
        self.visible = widths.iter().map(|(column, _)| *column).collect();
        let mut table = Table::new(&columns, &scene.theme, scene.focus).when_empty(empty);
        if let Some(place) = self.visible.iter().position(|column| K::sorts_as(*column) == self.column) {
            table = table.sorted_by(place, self.direction);
        }
        let (shown, marks) = (&self.shown, &self.marks);
        table.draw(area, buf, &mut self.rows, |row| {
            let Some(id) = shown.get(row).copied() else { return Row::default() };
            let mark = if marks.contains(&id) { Mark::Marked } else { Mark::Unmarked };
            K::row(scene, id, widths.iter().map(|(column, width)| (*column, usize::from(*width)))).mark(mark)
        })
    }
}
