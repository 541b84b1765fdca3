//! Styled text in columns: how wide it is, drawing it where it may be too wide, breaking it into lines.
//!
//! Widths are those of the cells that the screen really fills, so wide and combining characters keep columns straight.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, StyledGrapheme};
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::theme::Theme;

/// Columns that a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    text.graphemes(true)
        .filter(|grapheme| !grapheme.contains(char::is_control))
        .map(|grapheme| usize::from(grapheme.cell_width()))
        .sum()
}

/// Whether each byte is a letter, digit, sign or space that takes one column.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Columns that a line takes.
#[must_use]
pub fn line_columns(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| columns(&span.content)).sum()
}

/// The area's first row.
#[must_use]
pub fn first_row(area: Rect) -> Rect {
    Rect { height: area.height.min(1), ..area }
}

/// Draws a line into the first row of an area, cut with an ellipsis when it is too wide, aligned as the line says.
pub fn draw_line(line: &Line<'_>, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let area = first_row(area).intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let room = usize::from(area.width);
    let width = line_columns(line);
    if width <= room {
        let free = room - width;
        let indent = match line.alignment {
            Some(Alignment::Right) => free,
            Some(Alignment::Center) => free / 2,
            Some(Alignment::Left) | None => 0,
        };
        let x = area.x.saturating_add(u16::try_from(indent).unwrap_or(0));
        buf.set_line(x, area.y, line, area.width);
        return;
    }
    let ellipsis = theme.glyphs.ellipsis;
    let kept = room.saturating_sub(columns(ellipsis));
    let mut x = area.x;
    let mut used = 0;
    let mut style = line.style;
    for StyledGrapheme { symbol, style: own } in line.styled_graphemes(Style::new()) {
        used += usize::from(symbol.cell_width());
        if used > kept {
            break;
        }
        style = own;
        (x, _) = buf.set_stringn(x, area.y, symbol, room, own);
    }
    buf.set_stringn(x, area.y, ellipsis, usize::from(area.right().saturating_sub(x)), style);
}

/// Breaks a line into lines of at most `width` columns, between words where possible. A line without text stays one
/// line; styles are kept.
#[must_use]
pub fn wrap(line: &Line<'_>, width: u16) -> Vec<Line<'static>> {
    let width = usize::from(width.max(1));
    if fits_as_it_is(line, width) {
        return vec![Line { spans: owned(line), style: Style::new(), alignment: line.alignment }];
    }
    broken(line, width)
}

/// Breaks a line, grapheme by grapheme.
fn broken(line: &Line<'_>, width: usize) -> Vec<Line<'static>> {
    let mut wrapped = Vec::new();
    let mut row = Row::default();
    for grapheme in line.styled_graphemes(Style::new()) {
        let columns = usize::from(grapheme.symbol.cell_width());
        if row.columns + columns > width {
            if grapheme.is_whitespace() {
                wrapped.push(std::mem::take(&mut row));
                row.broken = true;
                continue;
            }
            let rest = row.split_at_word();
            wrapped.push(std::mem::replace(&mut row, rest));
        }
        if row.broken && row.cells.is_empty() && grapheme.is_whitespace() {
            continue;
        }
        row.columns += columns;
        row.cells.push((grapheme.symbol, grapheme.style));
    }
    if !row.cells.is_empty() || wrapped.is_empty() {
        wrapped.push(row);
    }
    wrapped.into_iter().map(|row| row.into_line(line)).collect()
}

/// Whether a line stays one, which for most is seen without taking it apart.
fn fits_as_it_is(line: &Line<'_>, width: usize) -> bool {
    let last = line.spans.iter().rfind(|span| !span.content.is_empty());
    let ends_with_space = last.is_some_and(|span| span.content.ends_with(' '));
    let is_drawn = |span: &Span<'_>| is_plain(&span.content) || !span.content.contains(char::is_control);
    !ends_with_space && line.spans.iter().all(is_drawn) && line_columns(line) <= width
}

/// The spans of a line, with its style in each.
fn owned(line: &Line<'_>) -> Vec<Span<'static>> {
    let own = |span: &Span<'_>| Span::styled(span.content.to_string(), line.style.patch(span.style));
    line.spans.iter().filter(|span| !span.content.is_empty()).map(own).collect()
}

/// One line while it is being filled.
#[derive(Default)]
struct Row<'l> {
    cells: Vec<(&'l str, Style)>,
    columns: usize,
    /// The line goes on from the one above, so it does not begin with spaces.
    broken: bool,
}

impl Row<'_> {
    /// Takes off the word that does not fit any more, if it is not the only one.
    fn split_at_word(&mut self) -> Self {
        let space = |(symbol, _): &(&str, Style)| symbol.chars().all(char::is_whitespace);
        let word = self.cells.iter().rposition(space).map_or(self.cells.len(), |at| at + 1);
        let cells = self.cells.split_off(word);
        let columns = cells.iter().map(|(symbol, _)| usize::from(symbol.cell_width())).sum();
        Self { cells, columns, broken: true }
    }

    fn into_line(mut self, whole: &Line<'_>) -> Line<'static> {
        while self.cells.last().is_some_and(|(symbol, _)| *symbol == " ") {
            self.cells.pop();
        }
        let mut spans: Vec<Span<'static>> = Vec::new();
        for (symbol, style) in self.cells {
            match spans.last_mut().filter(|span| span.style == style) {
                Some(span) => span.content.to_mut().push_str(symbol),
                None => spans.push(Span::styled(symbol.to_owned(), style)),
            }
        }
        Line { spans, style: Style::new(), alignment: whole.alignment }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere, rows};
    use proptest::prelude::*;
    use ratatui::style::Stylize;

    fn drawn(line: &Line<'_>, width: u16) -> String {
        canvas(width, 1, |area, buf| draw_line(line, area, buf, &MONO)).remove(0)
    }

    fn wrapped(text: &str, width: u16) -> Vec<String> {
        wrap(&Line::from(text), width).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_line_that_fits_is_drawn_whole_where_it_belongs() {
        assert_eq!(drawn(&Line::from("abc"), 5), "abc  ");
        assert_eq!(drawn(&Line::from("abc").right_aligned(), 5), "  abc");
        assert_eq!(drawn(&Line::from("abc").centered(), 5), " abc ");
    }

    #[test]
    fn a_line_that_is_too_wide_says_that_it_was_cut() {
        assert_eq!(drawn(&Line::from("abcdef"), 5), "abcd…");
        assert_eq!(drawn(&Line::from(vec!["ab".red(), "cdef".bold()]), 5), "abcd…");
        assert_eq!(drawn(&Line::from("日本語です"), 6), "日本… ", "half a character is not drawn");
        assert_eq!(drawn(&Line::from("abc"), 1), "…");
    }

    #[test]
    fn combining_and_wide_characters_are_counted_as_they_are_drawn() {
        assert_eq!(columns("Zoë"), 3);
        assert_eq!(columns("e\u{301}"), 1);
        assert_eq!(columns("日本"), 4);
        assert_eq!(columns("👩‍💻"), 2);
        assert_eq!(columns("a\u{1b}b"), 2);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrapped("the quick brown fox", 9), ["the quick", "brown fox"]);
        assert_eq!(wrapped("one  two", 4), ["one", "two"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("  indented text", 10), ["  indented", "text"]);
    }

    #[test]
    fn words_that_are_too_long_break_inside() {
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("日本語です", 5), ["日本", "語で", "す"]);
    }

    #[test]
    fn wrapping_keeps_styles() {
        let lines = wrap(&Line::from(vec!["one ".red(), "two three".bold()]), 8);
        assert_eq!(lines, [Line::from(vec!["one ".red(), "two".bold()]), Line::from("three".bold())]);
    }

    proptest! {
        #[test]
        fn a_line_that_fits_is_the_same_without_taking_it_apart(parts in prop::collection::vec("[ab é日\u{301}\u{7}]{1,4}", 0..4), width in 1_u16..14) {
            let spans = parts.iter().enumerate().map(|(n, part)| if n % 2 == 0 { part.as_str().red() } else { part.as_str().into() });
            let line = Line::from_iter(spans).bold();
            let cells = |lines: &[Line<'static>]| -> Vec<Vec<(String, Style)>> {
                let cells = |line: &Line<'static>| line.styled_graphemes(Style::new()).map(|cell| (cell.symbol.to_owned(), cell.style)).collect();
                lines.iter().map(cells).collect()
            };
            prop_assert_eq!(cells(&wrap(&line, width)), cells(&broken(&line, usize::from(width))));
        }
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| draw_line(&Line::from("日本 and more"), area, buf, &MONO));
        for width in 0..20 {
            let lines = wrap(&Line::from("日本 and more than that, Zoë"), width);
            assert!(lines.iter().all(|line| line_columns(line) <= usize::from(width.max(2))));
        }
        assert_eq!(rows(&Buffer::with_lines(["ab", "日"])), ["ab", "日"]);
    }
}
