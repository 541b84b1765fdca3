//! A matrix: things by a few levels, one cell for each.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{columns, draw_line};
use crate::tui::widget::rows::{Rows, draw_scrollbar, needs_scrollbar};

/// The columns that names of rows need at least before the levels are abbreviated.
const LEAST_HEADER: u16 = 22;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Given.
    On,
    /// Not given.
    Off,
    /// Not offered for this row at all.
    NotAvailable,
    /// In a comparison: given now, and not before.
    Added,
    /// In a comparison: given before, and not now.
    Removed,
}

impl Cell {
    const fn look(self, theme: &Theme) -> (&'static str, Style) {
        match self {
            Self::On => (theme.glyphs.on, theme.accent),
            Self::Off => (theme.glyphs.off, theme.muted),
            Self::NotAvailable => (theme.glyphs.not_available, theme.disabled),
            Self::Added => (theme.glyphs.added, theme.ok),
            Self::Removed => (theme.glyphs.removed, theme.danger),
        }
    }
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatrixRow<'a> {
    /// The heading of the rows below it.
    Heading(Line<'a>),
    /// A name and a cell for each level.
    Cells(Line<'a>, Vec<Cell>),
}

impl MatrixRow<'_> {
    fn is_heading(&self) -> bool {
        matches!(self, Self::Heading(_))
    }
}

/// The cell that the keyboard is on, and what is visible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatrixCursor {
    rows: Rows,
    level: usize,
    levels: usize,
    cells: Rect,
}

impl MatrixCursor {
    /// On the first of these rows that has cells, of so many levels, so that it can be moved before it is drawn.
    #[must_use]
    pub fn new(levels: usize, rows: &[MatrixRow<'_>]) -> Self {
        let mut cursor = Self { levels, ..Self::default() };
        cursor.select(0, rows);
        cursor
    }

    /// The row, counted with the headings, and the level that the keyboard is on.
    #[must_use]
    pub fn at(&self) -> Option<(usize, usize)> {
        Some((self.rows.selected()?, self.level))
    }

    /// Moves the keyboard to a row, or the next one that has cells.
    pub fn select(&mut self, row: usize, rows: &[MatrixRow<'_>]) {
        self.rows.clamp(rows.len());
        self.rows.select(row);
        self.settle(rows, row);
    }

    /// Moves with the usual keys, and between the levels with Left and Right; headings are passed over. Whether the
    /// key was one of them.
    pub fn key(&mut self, key: &Key, rows: &[MatrixRow<'_>]) -> bool {
        let before = self.rows.selected();
        match key.code {
            _ if key.ctrl || key.alt || key.shift => return false,
            Code::Left | Code::Char('h') => self.level = self.level.saturating_sub(1),
            Code::Right | Code::Char('l') => self.level = (self.level + 1).min(self.levels.saturating_sub(1)),
            _ if self.rows.key(key) => self.settle(rows, before.unwrap_or(0)),
            _ => return false,
        }
        true
    }

    /// Goes to the cell that was clicked, or turns the wheel; whether the mouse was over the rows.
    pub fn mouse(&mut self, mouse: &Mouse, rows: &[MatrixRow<'_>]) -> bool {
        let before = self.rows.selected().unwrap_or(0);
        if !self.rows.mouse(mouse) {
            return false;
        }
        let width = usize::from(self.cells.width).checked_div(self.levels).unwrap_or(0);
        let column = usize::from(mouse.column).checked_sub(usize::from(self.cells.x));
        if let Some(level) = column.and_then(|column| column.checked_div(width))
            && mouse.kind == MouseKind::Down
        {
            self.level = level.min(self.levels.saturating_sub(1));
        }
        self.settle(rows, before);
        true
    }

    /// Leaves a heading in the direction that led onto it; at the end, back again.
    fn settle(&mut self, rows: &[MatrixRow<'_>], before: usize) {
        let Some(row) = self.rows.selected() else {
            return;
        };
        let has_cells = |row: &usize| rows.get(*row).is_some_and(|row| !row.is_heading());
        let below = (row..rows.len()).find(has_cells);
        let above = (0..=row).rev().find(has_cells);
        let settled = if row < before { above.or(below) } else { below.or(above) };
        self.rows.select(settled.unwrap_or(row));
    }
}

/// A matrix as it is drawn now.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    levels: &'a [&'a str],
    theme: &'a Theme,
    focus: Focus,
}

/// Where the parts of a matrix stand.
struct Places {
    /// Below the names of the levels.
    body: Rect,
    /// The body without its scrollbar.
    whole: Rect,
    names: Rect,
    cells: Rect,
    /// Columns of one level.
    level: u16,
}

impl<'a> Matrix<'a> {
    /// A matrix with these levels.
    #[must_use]
    pub fn new(levels: &'a [&'a str], theme: &'a Theme, focus: Focus) -> Self {
        Self { levels, theme, focus }
    }

    /// Draws the names of the levels and the visible rows.
    pub fn draw(&self, rows: &[MatrixRow<'_>], area: Rect, buf: &mut Buffer, cursor: &mut MatrixCursor) {
        let area = area.intersection(buf.area);
        let places = self.places(area, rows.len());
        cursor.levels = self.levels.len();
        cursor.level = cursor.level.min(cursor.levels.saturating_sub(1));
        cursor.cells = places.cells;
        cursor.rows.clamp(rows.len());
        let before = cursor.rows.selected().unwrap_or(0);
        cursor.settle(rows, before);
        self.reveal_heading(rows, cursor);
        let header = Rect { y: area.y, height: area.height.min(1), ..places.cells };
        self.draw_levels(header, places.level, buf);
        let at = cursor.at();
        for (index, place) in cursor.rows.visible(places.body) {
            let in_row = |columns: Rect| Rect { y: place.y, height: 1, ..columns };
            match rows.get(index) {
                Some(MatrixRow::Heading(text)) => {
                    let text = text.clone().patch_style(self.theme.heading);
                    draw_line(&text, in_row(places.whole), buf, self.theme);
                }
                Some(MatrixRow::Cells(name, values)) => {
                    let here = at.filter(|(row, _)| *row == index).map(|(_, level)| level);
                    draw_line(name, in_row(places.names), buf, self.theme);
                    self.draw_cells(values, places.level, here, in_row(places.cells), buf);
                    if here.is_some() {
                        self.draw_pointer(place, in_row(places.names), buf);
                    }
                }
                None => {}
            }
        }
        draw_scrollbar(cursor.rows.offset(), rows.len(), places.body, buf, self.theme);
    }

    fn places(&self, area: Rect, rows: usize) -> Places {
        let body = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        let bar = 2 * u16::from(needs_scrollbar(rows, body.height));
        let whole = Rect { width: area.width.saturating_sub(bar), ..body };
        let inner = whole.width.saturating_sub(2);
        let level = self.level_width(inner);
        let levels = u16::try_from(self.levels.len()).unwrap_or(u16::MAX);
        let cells = level.saturating_mul(levels).min(inner);
        let names = Rect { x: whole.x + 2.min(whole.width), width: inner - cells, ..whole };
        let cells = Rect { x: names.right(), width: cells, ..whole };
        Places { body, whole, names, cells, level }
    }

    /// The heading above the first row of a group is shown with it.
    fn reveal_heading(&self, rows: &[MatrixRow<'_>], cursor: &mut MatrixCursor) {
        let Some(selected) = cursor.rows.selected() else {
            return;
        };
        let above = rows.get(..selected).unwrap_or_default();
        let headings = above.iter().rev().take_while(|row| row.is_heading()).count();
        if headings > 0 && cursor.cells.height > 1 {
            cursor.rows.begin_at(selected - headings);
        }
    }

    fn level_width(&self, inner: u16) -> u16 {
        let longest = self.levels.iter().map(|level| columns(level)).max().unwrap_or(0);
        let wide = u16::try_from(longest).unwrap_or(u16::MAX).saturating_add(2);
        let levels = u16::try_from(self.levels.len()).unwrap_or(u16::MAX);
        if wide.saturating_mul(levels).saturating_add(LEAST_HEADER) <= inner { wide } else { 3 }
    }

    fn draw_levels(&self, area: Rect, width: u16, buf: &mut Buffer) {
        for (level, place) in self.levels.iter().zip(split(area, width)) {
            let long = columns(level) + 2 <= usize::from(width);
            let name = if long { *level } else { level.get(..1).unwrap_or_default() };
            draw_line(&Line::styled(name, self.theme.heading).centered(), place, buf, self.theme);
        }
    }

    fn draw_cells(&self, cells: &[Cell], width: u16, here: Option<usize>, area: Rect, buf: &mut Buffer) {
        for ((level, cell), place) in cells.iter().enumerate().zip(split(area, width)) {
            let (glyph, style) = cell.look(self.theme);
            // The last column is left between two cells, so that each can be told from the next.
            buf.set_style(Rect { width: place.width.saturating_sub(1), ..place }, self.theme.row);
            draw_line(&Line::styled(glyph, style).centered(), place, buf, self.theme);
            if here == Some(level) {
                buf.set_style(place, self.theme.selection(self.focus));
                buf.set_style(place, Style::new().remove_modifier(Modifier::DIM));
            }
        }
    }

    fn draw_pointer(&self, place: Rect, names: Rect, buf: &mut Buffer) {
        buf.set_style(names, self.theme.selected_elsewhere);
        let pointer = self.theme.glyphs.pointer;
        buf.set_stringn(place.x, place.y, pointer, usize::from(place.width), self.theme.accent);
    }
}

fn split(area: Rect, width: u16) -> impl Iterator<Item = Rect> {
    let right = area.right();
    (area.x..right).step_by(usize::from(width.max(1))).map(move |x| Rect { x, width: width.min(right - x), ..area })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere, marked_with, painted};

    const LEVELS: [&str; 4] = ["READ", "CREATE", "UPDATE", "DELETE"];

    fn permissions() -> Vec<MatrixRow<'static>> {
        use Cell::{Added, NotAvailable, Off, On, Removed};
        let cells = |name: &'static str, cells: [Cell; 4]| MatrixRow::Cells(name.into(), cells.to_vec());
        vec![
            MatrixRow::Heading("Payments".into()),
            cells("Credit transfers", [On, On, Off, Off]),
            cells("Mandates", [On, Off, Off, NotAvailable]),
            MatrixRow::Heading("Forecasts".into()),
            cells("Forecasted transactions", [Added, Removed, Off, Off]),
        ]
    }

    fn typed(cursor: &mut MatrixCursor, keys: &str) -> Option<(usize, usize)> {
        for key in Key::sequence(keys) {
            assert!(cursor.key(&key, &permissions()), "{key}");
        }
        cursor.at()
    }

    fn drawn(cursor: &mut MatrixCursor, width: u16, height: u16) -> Vec<String> {
        canvas(width, height, |area, buf| {
            Matrix::new(&LEVELS, &MONO, Focus::Here).draw(&permissions(), area, buf, cursor)
        })
    }

    #[test]
    fn a_matrix_tells_on_off_and_not_available_apart() {
        let lines = drawn(&mut MatrixCursor::default(), 60, 6);
        assert_eq!(
            lines,
            [
                "                              READ   CREATE  UPDATE  DELETE ",
                "Payments                                                    ",
                "▌ Credit transfers             ☑       ☑       ☐       ☐    ",
                "  Mandates                     ☑       ☐       ☐       –    ",
                "Forecasts                                                   ",
                "  Forecasted transactions      +       −       ☐       ☐    ",
            ]
        );
    }

    #[test]
    fn a_narrow_one_abbreviates_its_levels() {
        let lines = drawn(&mut MatrixCursor::default(), 30, 3);
        assert_eq!(lines[0], "                 R  C  U  D   ");
        assert!(lines[2].starts_with("▌ Credit transf…"), "{lines:?}");
    }

    #[test]
    fn the_keyboard_moves_over_cells_and_passes_headings() {
        let mut cursor = MatrixCursor::default();
        drawn(&mut cursor, 60, 6);
        assert_eq!(cursor.at(), Some((1, 0)));
        assert_eq!(typed(&mut cursor, "j<right>l"), Some((2, 2)));
        assert_eq!(typed(&mut cursor, "<down>"), Some((4, 2)));
        assert_eq!(typed(&mut cursor, "<up>"), Some((2, 2)));
        assert_eq!(typed(&mut cursor, "g"), Some((1, 2)), "not onto the heading");
        assert_eq!(typed(&mut cursor, "Glllllllh"), Some((4, 2)));
    }

    #[test]
    fn what_is_typed_before_the_first_drawing_counts() {
        let mut cursor = MatrixCursor::new(LEVELS.len(), &permissions());
        assert_eq!(cursor.at(), Some((1, 0)));
        assert_eq!(typed(&mut cursor, "jll"), Some((2, 2)));
    }

    #[test]
    fn the_cell_under_the_keyboard_is_reversed() {
        let mut cursor = MatrixCursor::default();
        let buf = painted(60, 6, |area, buf| {
            Matrix::new(&LEVELS, &MONO, Focus::Here).draw(&permissions(), area, buf, &mut cursor);
        });
        assert_eq!(marked_with(&buf, Modifier::REVERSED)[2].trim_end(), format!("{}^^^^^^^^", " ".repeat(28)));
    }

    #[test]
    fn scrolling_shows_the_heading_with_the_first_row_of_its_group() {
        let mut cursor = MatrixCursor::default();
        drawn(&mut cursor, 60, 3);
        typed(&mut cursor, "G");
        assert!(drawn(&mut cursor, 60, 3)[1].starts_with("Forecasts"));
        typed(&mut cursor, "g");
        assert!(drawn(&mut cursor, 60, 3)[1].starts_with("Payments"));
    }

    #[test]
    fn a_click_goes_to_its_cell() {
        let mut cursor = MatrixCursor::default();
        drawn(&mut cursor, 60, 6);
        let click = |column, row| Mouse { kind: MouseKind::Down, column, row };
        assert!(cursor.mouse(&click(46, 3), &permissions()));
        assert_eq!(cursor.at(), Some((2, 2)));
        assert!(cursor.mouse(&click(3, 5), &permissions()));
        assert_eq!(cursor.at(), Some((4, 2)), "a click on a name keeps the level");
        assert!(!cursor.mouse(&click(46, 0), &permissions()));
    }

    #[test]
    fn any_area_will_do() {
        let mut cursor = MatrixCursor::default();
        everywhere(|area, buf| {
            Matrix::new(&LEVELS, &MONO, Focus::Here).draw(&permissions(), area, buf, &mut cursor);
            typed(&mut cursor, "jl");
        });
        everywhere(|area, buf| Matrix::new(&[], &MONO, Focus::Here).draw(&[], area, buf, &mut MatrixCursor::default()));
    }
}
