//! Places on the screen.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Alignment, Rect, Size};
use ratatui::text::Line;

use crate::tui::theme::Theme;
use crate::tui::widget::line::{draw_line, wrap};

/// The size at which every screen works.
pub const USUAL: Size = Size { width: 80, height: 24 };

/// An area of that size, or as much of it as there is, in the middle of another.
#[must_use]
pub fn centre(area: Rect, size: Size) -> Rect {
    let width = size.width.min(area.width);
    let height = size.height.min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Whether an area is at least so large.
#[must_use]
pub fn fits(area: Rect, least: Size) -> bool {
    area.width >= least.width && area.height >= least.height
}

/// Says that the window is too small for what should be here.
pub fn draw_too_small(least: Size, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let (needed, given) = (size(least), size(area.as_size()));
    let text = format!("This needs {needed}. The window has {given}; please make it larger.");
    let lines = wrap(&Line::styled(text, theme.text).alignment(Alignment::Center), area.width);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let middle = centre(area, Size { width: area.width, height });
    for (line, place) in lines.iter().zip(middle.rows()) {
        draw_line(line, place, buf, theme);
    }
}

fn size(size: Size) -> String {
    format!("{}x{}", size.width, size.height)
}

/// Empties an area for something that is drawn over what is there. A wide character that reaches into the area is taken
/// away whole; its other half would hide the edge of what comes.
pub fn clear(area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        let before = area.left().checked_sub(1).filter(|x| *x >= buf.area.left());
        if let Some(cell) = before.and_then(|x| buf.cell_mut((x, y)))
            && cell.symbol().cell_width() > 1
        {
            cell.set_symbol(" ");
        }
        for x in area.left()..area.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    #[test]
    fn the_middle_is_the_middle_and_stays_inside() {
        let area = Rect::new(10, 5, 20, 9);
        assert_eq!(centre(area, Size::new(10, 3)), Rect::new(15, 8, 10, 3));
        assert_eq!(centre(area, Size::new(99, 99)), area);
    }

    #[test]
    fn a_window_that_is_too_small_says_how_large_it_must_be() {
        let lines = canvas(40, 4, |area, buf| draw_too_small(USUAL, area, buf, &MONO));
        assert_eq!(
            lines[1..3],
            [" This needs 80x24. The window has 40x4; ", "         please make it larger.         "]
        );
        assert!(fits(Rect::new(0, 0, 80, 24), USUAL) && !fits(Rect::new(0, 0, 80, 23), USUAL));
    }

    #[test]
    fn clearing_takes_away_halved_characters() {
        let lines = canvas(8, 1, |area, buf| {
            buf.set_string(0, 0, "日本日本", ratatui::style::Style::new());
            clear(Rect::new(3, 0, 2, 1), buf);
            buf.set_string(3, 0, "││", ratatui::style::Style::new());
            assert_eq!(area.width, 8);
        });
        assert_eq!(lines, ["日 ││ 本"]);
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| draw_too_small(USUAL, area, buf, &MONO));
        everywhere(clear);
    }
}
