//! Text that is being typed: how it looks, and where the cursor stands in it.
//!
//! What is typed or pasted may contain anything. It is looked at through [`Shown`], which writes what cannot be shown as
//! `<U+202E>`; here such an escape is one unit, like a letter.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::Shown;
use crate::tui::theme::Theme;
use crate::tui::widget::line::{columns, draw_line};
use crate::tui::widget::rows::{draw_scrollbar, follow, needs_scrollbar};

/// Something that is drawn whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    text: String,
    columns: usize,
    escape: bool,
}

/// The units of a text.
fn units(text: &str) -> Vec<Unit> {
    let shown = Shown::new(text).text();
    let mut units = Vec::new();
    let mut rest: &str = &shown;
    while let Some((plain, escape, after)) = next_escape(rest) {
        units.extend(plain.graphemes(true).map(plain_unit));
        units.push(Unit { text: escape.to_owned(), columns: columns(escape), escape: true });
        rest = after;
    }
    units.extend(rest.graphemes(true).map(plain_unit));
    units
}

fn plain_unit(grapheme: &str) -> Unit {
    Unit { text: grapheme.to_owned(), columns: columns(grapheme), escape: false }
}

/// What stands before the next `<U+…>`, that escape, and what stands after it.
fn next_escape(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find("<U+")?;
    let end = start + text.get(start..)?.find('>')? + 1;
    Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
}

/// How many units come before a character of a text, counted from 0.
fn units_before(text: &str, character: usize) -> usize {
    let end = text.char_indices().nth(character).map_or(text.len(), |(end, _)| end);
    let before = text.get(..end).unwrap_or(text);
    if is_plain(before) { before.len() } else { units(before).len() }
}

/// The last character before which no more than so many units come.
fn character_at(text: &str, unit: usize) -> usize {
    let (mut low, mut high) = (0, text.chars().count());
    while low < high {
        let middle = (low + high).div_ceil(2);
        if units_before(text, middle) <= unit {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Text in which each byte is one unit of one column: nothing in it reads like an escape.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.split('<').skip(1).any(|after| after.starts_with(['U', 's']))
}

/// How many rows a line of text takes at a width, counted cheaply for ordinary text.
pub(super) fn height(text: &str, width: usize) -> usize {
    if is_plain(text) {
        return text.len().div_ceil(width.max(1)).max(1);
    }
    rows(&units(text), width).len()
}

/// The rows of units that a width holds; at least one, and none without units but the first.
fn rows(units: &[Unit], width: usize) -> Vec<&[Unit]> {
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (index, unit) in units.iter().enumerate() {
        if used + unit.columns > width && index > start {
            rows.extend(units.get(start..index));
            (start, used) = (index, 0);
        }
        used += unit.columns;
    }
    rows.extend(units.get(start..));
    rows
}

/// Columns that units take.
fn width(units: &[Unit]) -> usize {
    units.iter().map(|unit| unit.columns).sum()
}

/// Units as a line to draw; escapes stand out.
fn line(units: &[Unit], style: Style, theme: &Theme) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for unit in units {
        let style = if unit.escape { style.patch(theme.escape) } else { style };
        match spans.last_mut().filter(|span| span.style == style) {
            Some(span) => span.content.to_mut().push_str(&unit.text),
            None => spans.push(Span::styled(unit.text.clone(), style)),
        }
    }
    Line::from(spans)
}

/// The part of a line that is seen in `room` columns, scrolled as little as needed from `offset` so that the cursor
/// before the unit `cursor` is seen: the units, and the column of the cursor.
fn window<'u>(units: &'u [Unit], cursor: usize, room: usize, offset: &mut usize) -> (&'u [Unit], usize) {
    let column = |from: usize| width(units.get(from..cursor).unwrap_or_default());
    *offset = (*offset).min(cursor);
    while *offset < cursor && column(*offset) >= room {
        *offset += 1;
    }
    let fits_with = |offset: usize| width(units.get(offset..).unwrap_or_default()) < room;
    while *offset > 0 && fits_with(*offset - 1) {
        *offset -= 1;
    }
    let mut used = 0;
    let seen = units.get(*offset..).unwrap_or_default();
    let end = seen.iter().take_while(|unit| {
        used += unit.columns;
        used <= room
    });
    let end = end.count();
    (seen.get(..end).unwrap_or_default(), column(*offset))
}

/// The row and column of a character in a line that is broken into rows.
pub(super) fn place(text: &str, character: usize, room: usize) -> (usize, usize) {
    let before = units_before(text, character);
    let units = units(text);
    let mut passed = 0;
    let broken = rows(&units, room);
    for (index, row) in broken.iter().enumerate() {
        let last = index + 1 == broken.len();
        if before < passed + row.len() || last {
            return (index, width(row.get(..before - passed).unwrap_or_default()));
        }
        passed += row.len();
    }
    (0, 0)
}

/// The character at a column of a row, or the last one of that row.
pub(super) fn character_in_row(text: &str, row: usize, column: usize, room: usize) -> usize {
    let units = units(text);
    let broken = rows(&units, room);
    let passed: usize = broken.iter().take(row).map(|row| row.len()).sum();
    let Some(units) = broken.get(row) else {
        return character_at(text, passed);
    };
    let fits = (0..=units.len()).rev().find(|end| width(units.get(..*end).unwrap_or_default()) <= column);
    let last = if row + 1 == broken.len() { units.len() } else { units.len().saturating_sub(1) };
    character_at(text, passed + fits.unwrap_or(0).min(last))
}

/// Draws one line, scrolled to its cursor.
pub(super) fn draw_one(
    lines: &[String],
    cursor: (usize, usize),
    offset: &mut usize,
    input: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) -> Position {
    let text = lines.first().map(String::as_str).unwrap_or_default();
    let units = units(text);
    let before = units_before(text, cursor.1);
    let (seen, column) = window(&units, before, usize::from(input.width), offset);
    draw_line(&line(seen, theme.input, theme), input, buf, theme);
    at(input, column, 0)
}

/// Draws the rows of several lines that are visible; the cursor may stand behind the last character of a row.
pub(super) fn draw_many(
    lines: &[String],
    cursor: (usize, usize),
    offset: &mut usize,
    room: usize,
    input: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) -> Position {
    let heights: Vec<usize> = lines.iter().map(|text| height(text, room)).collect();
    let all = heights.iter().sum();
    let text = lines.get(cursor.0).map(String::as_str).unwrap_or_default();
    let (row, column) = place(text, cursor.1, room);
    let row = row + heights.iter().take(cursor.0).sum::<usize>();
    *offset = follow(*offset, row, usize::from(input.height), all);
    let mut passed = 0;
    let mut places = input.rows();
    for (text, height) in lines.iter().zip(heights) {
        passed += height;
        if passed <= *offset {
            continue;
        }
        let hidden = (*offset + height).saturating_sub(passed).min(height);
        let units = units(text);
        for (row, place) in rows(&units, room).iter().skip(hidden).zip(&mut places) {
            draw_line(&line(row, Style::new(), theme), place, buf, theme);
        }
        if passed >= *offset + usize::from(input.height) {
            break;
        }
    }
    if needs_scrollbar(all, input.height) {
        draw_scrollbar(*offset, all, input, buf, theme);
    }
    at(input, column, row - *offset)
}

/// A place in an area, or the nearest one to it.
pub(super) fn at(input: Rect, column: usize, row: usize) -> Position {
    let inside = |offset: usize, size: u16| u16::try_from(offset).unwrap_or(size).min(size.saturating_sub(1));
    Position::new(input.x + inside(column, input.width), input.y + inside(row, input.height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(units: &[Unit]) -> Vec<&str> {
        units.iter().map(|unit| unit.text.as_str()).collect()
    }

    #[test]
    fn what_cannot_be_shown_is_one_unit_with_its_code() {
        let hostile = units("a\u{202e}é\u{1b}");
        assert_eq!(texts(&hostile), ["a", "<U+202E>", "é", "<U+001B>"]);
        assert_eq!(width(&hostile), 18);
        assert_eq!(texts(&units("a < b")), ["a", " ", "<", " ", "b"]);
    }

    #[test]
    fn an_escape_that_was_typed_is_told_from_a_real_one() {
        let typed = units("<U+202E>");
        assert_eq!(texts(&typed).first(), Some(&"<U+003C>"));
        assert_eq!(typed.len(), 8);
    }

    #[test]
    fn characters_and_units_find_each_other() {
        let text = "a\u{202e}e\u{301}日b";
        assert_eq!((0..=6).map(|at| units_before(text, at)).collect::<Vec<_>>(), [0, 1, 2, 3, 3, 4, 5]);
        assert_eq!((0..=5).map(|unit| character_at(text, unit)).collect::<Vec<_>>(), [0, 1, 2, 4, 5, 6]);
        assert_eq!(character_at("abc", 99), 3);
    }

    #[test]
    fn rows_hold_what_fits() {
        let cut =
            |text: &str, width| rows(&units(text), width).iter().map(|row| texts(row).concat()).collect::<Vec<_>>();
        assert_eq!(cut("abcdefg", 3), ["abc", "def", "g"]);
        assert_eq!(cut("日本語", 3), ["日", "本", "語"]);
        assert_eq!(cut("", 3), [""]);
        assert_eq!(cut("ab\u{202e}", 4), ["ab", "<U+202E>"], "what is too wide stands alone");
        for text in ["abcdefg", "", "日本語", "abc"] {
            assert_eq!(height(text, 3), cut(text, 3).len(), "{text}");
        }
    }

    #[test]
    fn a_long_line_scrolls_to_its_cursor_and_back() {
        let text = units("abcdefghij");
        let mut offset = 0;
        let mut seen = |cursor| {
            let (units, column) = window(&text, cursor, 5, &mut offset);
            (texts(units).concat(), column)
        };
        assert_eq!(seen(0), ("abcde".to_owned(), 0));
        assert_eq!(seen(4), ("abcde".to_owned(), 4));
        assert_eq!(seen(5), ("bcdef".to_owned(), 4));
        assert_eq!(seen(10), ("ghij".to_owned(), 4), "with a place for the cursor behind the end");
        assert_eq!(seen(8), ("ghij".to_owned(), 2), "no more than needed");
        assert_eq!(seen(3), ("defgh".to_owned(), 0));
    }

    #[test]
    fn a_shorter_text_leaves_no_room_empty() {
        let text = units("abcd");
        let mut offset = 3;
        assert_eq!(texts(window(&text, 4, 5, &mut offset).0).concat(), "abcd");
        assert_eq!(offset, 0);
    }

    #[test]
    fn any_room_will_do() {
        let text = units("日\u{202e}b日");
        for room in 0..20 {
            for cursor in 0..=4 {
                let mut offset = 0;
                let (seen, column) = window(&text, cursor, room, &mut offset);
                assert!(width(seen) <= room && column <= room.saturating_sub(1), "room {room}, cursor {cursor}");
            }
            assert!(rows(&text, room).iter().flat_map(|row| row.iter()).eq(text.iter()));
        }
    }
}
