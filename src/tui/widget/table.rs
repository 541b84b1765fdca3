//! A table of any number of rows, of which only the visible ones are built.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::domain::text::harmless;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{draw_line, first_row};
use crate::tui::widget::rows::{Rows, draw_scrollbar, needs_scrollbar};

/// Columns between two columns.
const GAP: u16 = 2;

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Exactly so wide.
    Fixed(u16),
    /// At least so wide, and this share of what is left over beside the shares of the others.
    Flexible {
        /// The least columns that are of use.
        min: u16,
        /// The share; 0 takes nothing of the rest.
        share: u16,
    },
}

impl Width {
    const fn min(self) -> u16 {
        match self {
            Self::Fixed(width) => width,
            Self::Flexible { min, .. } => min,
        }
    }

    const fn share(self) -> u16 {
        match self {
            Self::Fixed(_) => 0,
            Self::Flexible { share, .. } => share,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    title: Cow<'static, str>,
    width: Width,
    rank: u8,
    alignment: Alignment,
}

impl Column {
    /// A column of a fixed width.
    #[must_use]
    pub fn fixed(title: impl Into<Cow<'static, str>>, width: u16) -> Self {
        Self::new(title.into(), Width::Fixed(width))
    }

    /// A column that takes a share of the room.
    #[must_use]
    pub fn flexible(title: impl Into<Cow<'static, str>>, min: u16, share: u16) -> Self {
        Self::new(title.into(), Width::Flexible { min, share })
    }

    fn new(title: Cow<'static, str>, width: Width) -> Self {
        Self { title, width, rank: 0, alignment: Alignment::Left }
    }

    /// The rank at which the column vanishes when there is too little room: the highest goes first, 0 stays.
    #[must_use]
    pub fn rank(self, rank: u8) -> Self {
        Self { rank, ..self }
    }

    /// Numbers and the like stand at the right edge of their column.
    #[must_use]
    pub fn right(self) -> Self {
        Self { alignment: Alignment::Right, ..self }
    }
}

/// The direction of a sort order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// Whether a row is marked for something that is done to several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// It is.
    Marked,
    /// It is not.
    #[default]
    Unmarked,
}

/// One row, as it is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row<'a> {
    cells: Vec<Line<'a>>,
    mark: Mark,
    style: Style,
}

impl<'a> Row<'a> {
    /// A row of cells, one for each column, also for those that have no room now.
    #[must_use]
    pub fn new(cells: impl IntoIterator<Item = impl Into<Line<'a>>>) -> Self {
        Self { cells: cells.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// What it says, for a spreadsheet: the cells with tabs between, none of which runs there as a formula.
    #[must_use]
    pub fn text(&self) -> String {
        let cells: Vec<String> = self.cells.iter().map(|cell| harmless(&cell.to_string()).into_owned()).collect();
        cells.join("\t")
    }

    /// Marked or not.
    #[must_use]
    pub fn mark(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    /// The style of the whole row, where its cells have none.
    #[must_use]
    pub fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }
}

/// A table as it is drawn now.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    columns: &'a [Column],
    theme: &'a Theme,
    focus: Focus,
    sort: Option<(usize, Order)>,
    empty: &'a str,
}

impl<'a> Table<'a> {
    /// A table of these columns.
    #[must_use]
    pub fn new(columns: &'a [Column], theme: &'a Theme, focus: Focus) -> Self {
        Self { columns, theme, focus, sort: None, empty: "" }
    }

    /// The column, counted from 0, that the rows are sorted by.
    #[must_use]
    pub fn sorted_by(self, column: usize, order: Order) -> Self {
        Self { sort: Some((column, order)), ..self }
    }

    /// What is said where there are no rows.
    #[must_use]
    pub fn when_empty(self, text: &'a str) -> Self {
        Self { empty: text, ..self }
    }

    /// Draws the header and the visible rows, and asks for no others. Gives how many it asked for.
    pub fn draw<'r>(
        &self,
        area: Rect,
        buf: &mut Buffer,
        rows: &mut Rows,
        mut row: impl FnMut(usize) -> Row<'r>,
    ) -> usize {
        let area = area.intersection(buf.area);
        let body = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        let bar = u16::from(needs_scrollbar(rows.len(), body.height));
        let cells = Rect { width: area.width.saturating_sub(bar), ..area };
        let places = places(self.columns, cells);
        self.draw_header(cells, &places, buf);
        if rows.is_empty() {
            let line = Line::styled(self.empty, self.theme.muted);
            let indented = Rect { x: body.x + 2.min(body.width), width: body.width.saturating_sub(2), ..body };
            draw_line(&line, indented, buf, self.theme);
        }
        let mut built = 0;
        let selected = rows.selected();
        for (index, place) in rows.visible(Rect { width: cells.width, ..body }) {
            let state = Focus::when(selected == Some(index));
            self.draw_row(&row(index), state, place, &places, buf);
            built += 1;
        }
        draw_scrollbar(rows.offset(), rows.len(), body, buf, self.theme);
        built
    }

    fn draw_header(&self, area: Rect, places: &[Option<Rect>], buf: &mut Buffer) {
        let style = self.theme.heading;
        for (index, (column, place)) in self.columns.iter().zip(places).enumerate() {
            let Some(place) = place else { continue };
            let mut spans = vec![Span::styled(column.title.as_ref(), style)];
            if let Some((_, order)) = self.sort.filter(|(sorted, _)| *sorted == index) {
                let arrow = match order {
                    Order::Ascending => self.theme.glyphs.ascending,
                    Order::Descending => self.theme.glyphs.descending,
                };
                spans.push(Span::styled(format!(" {arrow}"), self.theme.accent));
            }
            let place = Rect { y: area.y, height: area.height.min(1), ..*place };
            draw_line(&Line::from(spans).alignment(column.alignment), place, buf, self.theme);
        }
    }

    fn draw_row(&self, row: &Row<'_>, selected: Focus, place: Rect, places: &[Option<Rect>], buf: &mut Buffer) {
        let (theme, line) = (self.theme, first_row(place));
        buf.set_style(line, theme.row.patch(row.style));
        for ((cell, column), cell_place) in row.cells.iter().zip(self.columns).zip(places) {
            let Some(cell_place) = cell_place else {
                continue;
            };
            let cell = cell.clone().alignment(cell.alignment.unwrap_or(column.alignment));
            draw_line(&cell, Rect { y: line.y, height: line.height, ..*cell_place }, buf, theme);
        }
        if selected.is_here() {
            buf.set_style(line, theme.selection(self.focus));
            buf.set_style(line, Style::new().remove_modifier(Modifier::DIM));
            buf.set_stringn(line.x, line.y, theme.glyphs.pointer, usize::from(line.width), theme.accent);
        }
        if row.mark == Mark::Marked && line.width > 1 {
            buf.set_stringn(line.x + 1, line.y, theme.glyphs.marked, 1, theme.accent);
        }
    }
}

/// Where each column stands, `None` for those that have no room: after two columns for the pointer and the mark, the
/// ones with the lowest ranks, and the rest of the room by shares.
fn places(columns: &[Column], area: Rect) -> Vec<Option<Rect>> {
    let room = area.width.saturating_sub(2);
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let column = |index: &usize| columns.get(*index);
    let needed = |kept: &[usize]| {
        let widths: u16 = kept.iter().filter_map(column).map(|column| column.width.min()).sum();
        widths.saturating_add(GAP.saturating_mul(u16::try_from(kept.len()).unwrap_or(0).saturating_sub(1)))
    };
    while kept.len() > 1 && needed(&kept) > room {
        let last = kept.iter().enumerate().max_by_key(|(_, index)| (column(index).map(|c| c.rank), **index));
        let Some((position, _)) = last else { break };
        kept.remove(position);
    }
    let mut left = room.saturating_sub(needed(&kept));
    let mut shares: u16 = kept.iter().filter_map(column).map(|column| column.width.share()).sum();
    let mut places = vec![None; columns.len()];
    let mut x = area.x + 2.min(area.width);
    for index in &kept {
        let (Some(column), Some(place)) = (columns.get(*index), places.get_mut(*index)) else {
            continue;
        };
        let share = column.width.share();
        let product = u32::from(left) * u32::from(share);
        let extra = product.checked_div(u32::from(shares)).unwrap_or(0);
        let extra = u16::try_from(extra).unwrap_or(left);
        left -= extra;
        shares -= share;
        let width = (column.width.min() + extra).min(area.right().saturating_sub(x));
        *place = Some(Rect { x, width, ..area });
        x = x.saturating_add(width).saturating_add(GAP);
    }
    places
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere, marked_with, painted, rows};

    fn people() -> Vec<Column> {
        vec![
            Column::flexible("Name", 8, 2),
            Column::flexible("Address", 12, 3).rank(1),
            Column::fixed("Users", 5).right().rank(2),
        ]
    }

    fn person(index: usize) -> Row<'static> {
        Row::new([format!("Person {index}"), format!("p{index}@example.com"), format!("{index}")])
    }

    fn draw(width: u16, height: u16, rows: &mut Rows) -> (Vec<String>, usize) {
        let mut built = 0;
        let lines = canvas(width, height, |area, buf| {
            let columns = people();
            built = Table::new(&columns, &MONO, Focus::Here).draw(area, buf, rows, person);
        });
        (lines, built)
    }

    #[test]
    fn a_table_shows_its_header_and_rows() {
        let (lines, _) = draw(40, 4, &mut Rows::new(2));
        assert_eq!(
            lines,
            [
                "  Name         Address             Users",
                "▌ Person 0     p0@example.com          0",
                "  Person 1     p1@example.com          1",
                "                                        ",
            ]
        );
    }

    #[test]
    fn only_visible_rows_are_built() {
        let mut rows = Rows::new(1_000_000);
        assert_eq!(draw(40, 11, &mut rows).1, 10);
        rows.select(999_999);
        let (lines, built) = draw(60, 11, &mut rows);
        assert_eq!(built, 10);
        assert!(lines.last().is_some_and(|last| last.contains("Person 999999")));
        assert_eq!(draw(40, 0, &mut rows).1, 0);
    }

    #[test]
    fn columns_vanish_by_rank_when_the_screen_is_narrow() {
        let titles = |width| {
            let header = draw(width, 1, &mut Rows::new(0)).0.concat();
            header.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(titles(31), ["Name", "Address", "Users"]);
        assert_eq!(titles(30), ["Name", "Address"]);
        assert_eq!(titles(24), ["Name", "Address"]);
        assert_eq!(titles(23), ["Name"]);
        assert_eq!(titles(5), ["Na…"]);
    }

    #[test]
    fn wide_and_combining_characters_keep_the_columns_straight() {
        let names = ["日本商事株式会社", "Zoe\u{308} Müller", "Łódź 👩‍💻 Ltd"];
        let lines = canvas(40, 4, |area, buf| {
            Table::new(&people(), &MONO, Focus::Here)
                .draw(area, buf, &mut Rows::new(3), |index| Row::new([names[index], "a@example.com", "7"]));
        });
        assert_eq!(
            lines[1..],
            [
                "▌ 日本商事株…  a@example.com           7",
                "  Zoe\u{308} Müller   a@example.com           7",
                "  Łódź 👩‍💻 Ltd  a@example.com           7",
            ]
        );
    }

    #[test]
    fn the_sorted_column_says_how() {
        let lines = canvas(40, 1, |area, buf| {
            let columns = people();
            let table = Table::new(&columns, &MONO, Focus::Here).sorted_by(1, Order::Descending);
            table.draw(area, buf, &mut Rows::new(0), person);
        });
        assert!(lines[0].contains("Address ↓"), "{lines:?}");
    }

    #[test]
    fn the_selected_row_differs_by_more_than_colour() {
        let shown = |focus| {
            painted(24, 3, |area, buf| {
                let columns = people();
                Table::new(&columns, &MONO, focus).draw(area, buf, &mut Rows::new(2), person);
            })
        };
        let focused = marked_with(&shown(Focus::Here), Modifier::REVERSED);
        assert_eq!(focused[1], "^".repeat(24));
        assert_eq!(focused[2].trim(), "");
        let elsewhere = shown(Focus::Elsewhere);
        assert_eq!(marked_with(&elsewhere, Modifier::REVERSED)[1].trim(), "");
        assert!(rows(&elsewhere)[1].starts_with('▌'));
    }

    #[test]
    fn marked_rows_carry_a_mark() {
        let lines = canvas(20, 3, |area, buf| {
            let columns = people();
            let row = |index| person(index).mark(if index == 1 { Mark::Marked } else { Mark::Unmarked });
            Table::new(&columns, &MONO, Focus::Here).draw(area, buf, &mut Rows::new(2), row);
        });
        assert_eq!(lines[2], " ✓Person 1          ");
    }

    #[test]
    fn an_empty_table_says_so() {
        let lines = canvas(24, 2, |area, buf| {
            let columns = people();
            let table = Table::new(&columns, &MONO, Focus::Here).when_empty("No roles yet");
            table.draw(area, buf, &mut Rows::new(0), person);
        });
        assert_eq!(lines[1], "  No roles yet          ");
    }

    #[test]
    fn a_scrollbar_appears_when_rows_are_hidden() {
        let (lines, _) = draw(24, 4, &mut Rows::new(30));
        assert!(lines[1].ends_with('┃') && lines[3].ends_with('│'), "{lines:?}");
    }

    #[test]
    fn any_area_will_do() {
        for selected in [0, 5, 99] {
            let mut state = Rows::new(100);
            state.select(selected);
            everywhere(|area, buf| {
                let columns = people();
                Table::new(&columns, &MONO, Focus::Here).draw(area, buf, &mut state, person);
            });
        }
    }
}
