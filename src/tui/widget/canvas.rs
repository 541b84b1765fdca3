//! What the tests of the widgets draw on.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::tui::theme::Theme;

/// The theme that makes styles visible as modifiers.
pub(crate) static MONO: Theme = Theme::mono();

/// What is drawn into an area of that size, row by row; a wide character counts once.
pub(crate) fn canvas(width: u16, height: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
    rows(&painted(width, height, draw))
}

/// The cells of what is drawn, where styles matter.
pub(crate) fn painted(width: u16, height: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    buf
}

/// The text of a buffer, row by row.
pub(crate) fn rows(buf: &Buffer) -> Vec<String> {
    (buf.area.top()..buf.area.bottom())
        .map(|y| {
            let mut row = String::new();
            let mut x = buf.area.left();
            while let Some(cell) = buf.cell((x, y)).filter(|_| x < buf.area.right()) {
                row.push_str(cell.symbol());
                x += cell.symbol().cell_width().max(1);
            }
            row
        })
        .collect()
}

/// For each row the columns that have a modifier, as marks under the text.
pub(crate) fn marked_with(buf: &Buffer, modifier: Modifier) -> Vec<String> {
    (buf.area.top()..buf.area.bottom())
        .map(|y| {
            let mark = |x| buf.cell((x, y)).is_some_and(|cell| cell.modifier.contains(modifier));
            (buf.area.left()..buf.area.right()).map(|x| if mark(x) { '^' } else { ' ' }).collect()
        })
        .collect()
}

/// Draws at every small size and at usual ones: nothing may panic, and no row may come out wider than the screen.
pub(crate) fn everywhere(mut draw: impl FnMut(Rect, &mut Buffer)) {
    let small = (0..=12).flat_map(|width| (0..=8).map(move |height| (width, height)));
    for (width, height) in small.chain([(1, 50), (200, 1), (40, 10), (80, 24), (120, 40)]) {
        let buf = painted(width, height, &mut draw);
        for row in rows(&buf) {
            let drawn: u16 = unicode_segmentation::UnicodeSegmentation::graphemes(row.as_str(), true)
                .map(CellWidth::cell_width)
                .sum();
            assert_eq!(drawn, width, "at {width}x{height}: {row:?}");
        }
    }
}
