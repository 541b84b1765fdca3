//! Which of many rows is selected and which are visible, for everything that scrolls.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::theme::Theme;

/// Rows that one turn of the wheel moves.
const WHEEL: usize = 3;

/// A way to move through rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Motion {
    /// The motion of a key: arrows, `j`, `k`, page keys, Home, End, `g` and `G`.
    #[must_use]
    pub fn of(key: &Key) -> Option<Self> {
        match key.code {
            _ if key.ctrl || key.alt || key.shift => None,
            Code::Up | Code::Char('k') => Some(Self::Up),
            Code::Down | Code::Char('j') => Some(Self::Down),
            Code::PageUp => Some(Self::PageUp),
            Code::PageDown => Some(Self::PageDown),
            Code::Home | Code::Char('g') => Some(Self::First),
            Code::End | Code::Char('G') => Some(Self::Last),
            _ => None,
        }
    }

    /// Where the motion leads from a row, of `len` rows of which `page` are visible.
    #[must_use]
    pub fn from(self, row: usize, len: usize, page: usize) -> usize {
        let step = page.saturating_sub(1).max(1);
        let moved = match self {
            Self::Up => row.saturating_sub(1),
            Self::Down => row.saturating_add(1),
            Self::PageUp => row.saturating_sub(step),
            Self::PageDown => row.saturating_add(step),
            Self::First => 0,
            Self::Last => usize::MAX,
        };
        moved.min(len.saturating_sub(1))
    }
}

/// Rows of which one is selected and some are visible. Who shows them says how many there are with [`Rows::clamp`];
/// which thing is selected after they changed is for the one who knows the things to say, with [`Rows::select`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    len: usize,
    selected: usize,
    offset: usize,
    body: Rect,
}

impl Rows {
    /// The first of `len` rows is selected.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self { len, ..Self::default() }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The selected row, when there is one.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        (self.len > 0).then_some(self.selected)
    }

    /// The first visible row, as of the last drawing.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Selects a row, or the last one when there are not so many.
    pub fn select(&mut self, row: usize) {
        self.selected = row.min(self.len.saturating_sub(1));
    }

    /// There are now `len` rows; the selection stays where it is as far as possible.
    pub fn clamp(&mut self, len: usize) {
        self.len = len;
        self.select(self.selected);
    }

    /// So many rows joined above the first one: what is selected and what is visible stay the same.
    pub fn grow_above(&mut self, rows: usize) {
        self.len += rows;
        self.offset += rows;
        self.selected += rows;
    }

    /// So many of the first rows are gone: what is selected and what is visible stay the same as far as possible.
    pub fn shrink_above(&mut self, rows: usize) {
        self.len = self.len.saturating_sub(rows);
        self.offset = self.offset.saturating_sub(rows);
        self.select(self.selected.saturating_sub(rows));
    }

    /// How many rows the last drawing had room for.
    #[must_use]
    pub fn height(&self) -> usize {
        usize::from(self.body.height)
    }

    /// Moves the selection if the key is one that moves; whether it is.
    pub fn key(&mut self, key: &Key) -> bool {
        let Some(motion) = Motion::of(key) else {
            return false;
        };
        self.selected = motion.from(self.selected, self.len, usize::from(self.body.height));
        true
    }

    /// Selects the row that was clicked, or turns the wheel; whether the mouse was over the rows.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        if !self.body.contains(Position::new(mouse.column, mouse.row)) {
            return false;
        }
        match mouse.kind {
            MouseKind::Down => match self.row_at(mouse.column, mouse.row) {
                Some(row) => self.selected = row,
                None => return false,
            },
            MouseKind::ScrollUp => self.selected = self.selected.saturating_sub(WHEEL),
            MouseKind::ScrollDown => self.select(self.selected.saturating_add(WHEEL)),
        }
        true
    }

    /// The row that was drawn at a place of the screen.
    #[must_use]
    pub fn row_at(&self, column: u16, row: u16) -> Option<usize> {
        let inside = self.body.contains(Position::new(column, row));
        let index = self.offset + usize::from(row.checked_sub(self.body.y)?);
        (inside && index < self.len).then_some(index)
    }

    /// Scrolls up, if need be, so that the next drawing begins no later than with this row; for what belongs to the
    /// selection and stands above it.
    pub fn begin_at(&mut self, row: usize) {
        self.offset = self.offset.min(row);
    }

    /// Scrolls as little as needed to show the selection in an area of one line a row, and gives the rows to draw with
    /// the place of each.
    pub fn visible(&mut self, body: Rect) -> impl Iterator<Item = (usize, Rect)> + use<> {
        self.body = body;
        let height = usize::from(body.height);
        self.offset = follow(self.offset, self.selected, height, self.len);
        let rows = self.offset..self.len.min(self.offset + height);
        rows.zip(body.rows())
    }
}

/// The first visible row of `len` rows in `height` lines, changed as little as needed so that the selected row is
/// visible and no line stays empty while there are rows for it.
#[must_use]
pub fn follow(offset: usize, selected: usize, height: usize, len: usize) -> usize {
    let highest = selected.saturating_add(1).saturating_sub(height);
    offset.min(len.saturating_sub(height)).min(selected).max(highest)
}

/// Whether so many rows need a scrollbar in so many lines.
#[must_use]
pub fn needs_scrollbar(len: usize, height: u16) -> bool {
    len > usize::from(height) && height > 0
}

/// Draws a scrollbar into the last column of an area: the handle shows which part of `len` rows is visible.
pub fn draw_scrollbar(offset: usize, len: usize, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let area = area.intersection(buf.area);
    if area.is_empty() || !needs_scrollbar(len, area.height) {
        return;
    }
    let height = usize::from(area.height);
    let size = (height * height / len).clamp(1, height);
    let hidden = len - height;
    let top = (offset.min(hidden) * (height - size) + hidden / 2) / hidden;
    for (line, y) in (area.top()..area.bottom()).enumerate() {
        let (glyph, style) = if (top..top + size).contains(&line) {
            (theme.glyphs.thumb, theme.border_focused)
        } else {
            (theme.glyphs.track, theme.border)
        };
        buf.set_stringn(area.right().saturating_sub(1), y, glyph, 1, style);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    fn typed(rows: &mut Rows, keys: &str) -> Vec<bool> {
        Key::sequence(keys).iter().map(|key| rows.key(key)).collect()
    }

    fn shown(rows: &mut Rows, height: u16) -> Vec<usize> {
        rows.visible(Rect::new(0, 5, 10, height)).map(|(row, _)| row).collect()
    }

    #[test]
    fn the_selection_moves_and_stops_at_the_ends() {
        let mut rows = Rows::new(10);
        shown(&mut rows, 4);
        let mut after = |keys: &str| {
            assert!(typed(&mut rows, keys).into_iter().all(|used| used), "{keys}");
            rows.selected().unwrap()
        };
        assert_eq!(after("k"), 0);
        assert_eq!(after("jj<down>"), 3);
        assert_eq!(after("<pgdn>"), 6, "one line of the old page stays");
        assert_eq!(after("G"), 9);
        assert_eq!(after("<pgdn>j"), 9);
        assert_eq!(after("<pgup><up>"), 5);
        assert_eq!(after("<home>"), 0);
    }

    #[test]
    fn other_keys_are_for_others() {
        let mut rows = Rows::new(10);
        assert_eq!(typed(&mut rows, "x<enter><ctrl-j><shift-up>"), [false; 4]);
        assert_eq!(rows.selected(), Some(0));
    }

    #[test]
    fn nothing_is_selected_where_nothing_is() {
        let mut rows = Rows::new(0);
        typed(&mut rows, "jG");
        assert_eq!(rows.selected(), None);
        rows.clamp(3);
        assert_eq!(rows.selected(), Some(0));
    }

    #[test]
    fn fewer_rows_keep_the_selection_inside() {
        let mut rows = Rows::new(10);
        rows.select(9);
        rows.clamp(4);
        assert_eq!(rows.selected(), Some(3));
        rows.select(99);
        assert_eq!(rows.selected(), Some(3));
    }

    #[test]
    fn rows_that_come_and_go_above_move_nothing() {
        let mut rows = Rows::new(10);
        rows.select(6);
        assert_eq!(shown(&mut rows, 4), [3, 4, 5, 6]);
        rows.grow_above(5);
        assert_eq!((rows.len(), rows.selected()), (15, Some(11)));
        assert_eq!(shown(&mut rows, 4), [8, 9, 10, 11]);
        rows.shrink_above(9);
        assert_eq!((rows.len(), rows.selected()), (6, Some(2)));
        assert_eq!(shown(&mut rows, 4), [0, 1, 2, 3]);
    }

    #[test]
    fn scrolling_follows_the_selection_and_leaves_no_line_empty() {
        let mut rows = Rows::new(10);
        assert_eq!(shown(&mut rows, 4), [0, 1, 2, 3]);
        rows.select(5);
        assert_eq!(shown(&mut rows, 4), [2, 3, 4, 5]);
        rows.select(3);
        assert_eq!(shown(&mut rows, 4), [2, 3, 4, 5], "no more than needed");
        rows.select(9);
        assert_eq!(shown(&mut rows, 4), [6, 7, 8, 9]);
        assert_eq!(shown(&mut rows, 8), [2, 3, 4, 5, 6, 7, 8, 9], "the screen grew");
        assert_eq!(shown(&mut rows, 0), Vec::<usize>::new());
    }

    #[test]
    fn the_mouse_selects_what_it_points_at() {
        let mut rows = Rows::new(10);
        rows.select(6);
        shown(&mut rows, 4);
        let at = |kind, row| Mouse { kind, column: 2, row };
        assert!(rows.mouse(&at(MouseKind::Down, 5)));
        assert_eq!(rows.selected(), Some(3));
        assert!(rows.mouse(&at(MouseKind::ScrollDown, 5)));
        assert_eq!(rows.selected(), Some(6));
        assert!(!rows.mouse(&at(MouseKind::Down, 4)), "above the rows");
        assert!(!rows.mouse(&at(MouseKind::Down, 9)), "below the rows");
        assert_eq!(rows.row_at(2, 8), Some(6));
    }

    #[test]
    fn the_handle_shows_where_one_is() {
        let bar = |offset, len| canvas(1, 4, |area, buf| draw_scrollbar(offset, len, area, buf, &MONO)).concat();
        assert_eq!(bar(0, 8), "┃┃││");
        assert_eq!(bar(2, 8), "│┃┃│");
        assert_eq!(bar(4, 8), "││┃┃");
        assert_eq!(bar(999_996, 1_000_000), "│││┃");
        assert_eq!(bar(0, 4), "    ", "nothing to scroll");
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| draw_scrollbar(3, 100, area, buf, &MONO));
    }
}
