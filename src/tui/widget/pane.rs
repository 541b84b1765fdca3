//! Paragraphs that can be scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::Key;
use crate::tui::theme::Theme;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::rows::{Motion, draw_scrollbar, needs_scrollbar};

/// Where a pane is scrolled to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pane {
    offset: usize,
    lines: usize,
    body: Rect,
}

impl Pane {
    /// Back to the first line, for another text.
    pub fn to_top(&mut self) {
        self.offset = 0;
    }

    /// Whether some of the text is hidden, as of the last drawing.
    #[must_use]
    pub fn scrolls(&self) -> bool {
        needs_scrollbar(self.lines, self.body.height)
    }

    /// Scrolls if the key is one that moves and there is something to scroll; whether it is.
    pub fn key(&mut self, key: &Key) -> bool {
        let Some(motion) = Motion::of(key).filter(|_| self.scrolls()) else {
            return false;
        };
        let page = usize::from(self.body.height);
        self.offset = motion.from(self.offset, self.steps(), page);
        true
    }

    /// Scrolls with the wheel; whether the mouse was over the pane.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        let inside = self.body.contains(Position::new(mouse.column, mouse.row));
        match mouse.kind {
            _ if !inside => return false,
            MouseKind::Down => {}
            MouseKind::ScrollUp => self.offset = self.offset.saturating_sub(3),
            MouseKind::ScrollDown => self.offset = (self.offset + 3).min(self.steps().saturating_sub(1)),
        }
        true
    }

    /// Places that the pane can be scrolled to.
    fn steps(&self) -> usize {
        self.lines.saturating_sub(usize::from(self.body.height)) + 1
    }

    /// Draws the lines, broken to the width of the area.
    pub fn draw(&mut self, lines: &[Line<'_>], area: Rect, buf: &mut Buffer, theme: &Theme) {
        let area = area.intersection(buf.area);
        let mut broken: Vec<_> = lines.iter().flat_map(|line| wrap(line, area.width)).collect();
        let mut body = area;
        if needs_scrollbar(broken.len(), area.height) {
            body.width = area.width.saturating_sub(2);
            broken = lines.iter().flat_map(|line| wrap(line, body.width)).collect();
        }
        self.lines = broken.len();
        self.body = area;
        self.offset = self.offset.min(self.steps() - 1);
        for (line, place) in broken.iter().skip(self.offset).zip(body.rows()) {
            draw_line(line, place, buf, theme);
        }
        draw_scrollbar(self.offset, self.lines, area, buf, theme);
    }
}

/// Lines that a text takes at a width.
#[must_use]
pub fn height(lines: &[Line<'_>], width: u16) -> u16 {
    let broken: usize = lines.iter().map(|line| wrap(line, width).len()).sum();
    u16::try_from(broken).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    fn story() -> Vec<Line<'static>> {
        vec![Line::from("One day a role was born."), Line::default(), Line::from("It had no permissions.")]
    }

    fn typed(pane: &mut Pane, keys: &str) -> bool {
        Key::sequence(keys).iter().all(|key| pane.key(key))
    }

    fn drawn(pane: &mut Pane, width: u16, height: u16) -> Vec<String> {
        canvas(width, height, |area, buf| pane.draw(&story(), area, buf, &MONO))
    }

    #[test]
    fn paragraphs_are_broken_between_words() {
        let lines = drawn(&mut Pane::default(), 14, 6);
        assert_eq!(
            lines[..5],
            ["One day a role", "was born.     ", "              ", "It had no     ", "permissions.  "]
        );
        assert_eq!(height(&story(), 14), 5);
    }

    #[test]
    fn a_long_text_scrolls_to_its_last_line_and_no_further() {
        let mut pane = Pane::default();
        assert_eq!(drawn(&mut pane, 16, 3), ["One day a role ┃", "was born.      │", "               │"]);
        assert!(typed(&mut pane, "jjjjjj"));
        assert_eq!(drawn(&mut pane, 16, 3), ["               │", "It had no      │", "permissions.   ┃"]);
        assert!(typed(&mut pane, "gk"));
        assert!(drawn(&mut pane, 16, 3)[0].starts_with("One day"));
        let over = Mouse { kind: MouseKind::ScrollDown, column: 1, row: 1 };
        assert!(pane.mouse(&over));
        assert!(drawn(&mut pane, 16, 3)[2].starts_with("permissions"));
        assert!(!pane.mouse(&Mouse { row: 7, ..over }));
    }

    #[test]
    fn a_short_text_leaves_the_keys_to_others() {
        let mut pane = Pane::default();
        drawn(&mut pane, 30, 10);
        assert!(!pane.scrolls() && !typed(&mut pane, "j"));
    }

    #[test]
    fn a_larger_window_leaves_no_line_empty() {
        let mut pane = Pane::default();
        drawn(&mut pane, 16, 2);
        typed(&mut pane, "G");
        assert!(drawn(&mut pane, 16, 10)[0].starts_with("One day"));
    }

    #[test]
    fn any_area_will_do() {
        let mut pane = Pane::default();
        everywhere(|area, buf| {
            pane.draw(&story(), area, buf, &MONO);
            typed(&mut pane, "j");
        });
    }
}
