//! A long text of which only the visible lines are drawn.
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::Key;
use crate::tui::theme::Theme;
use crate::tui::widget::line::draw_line;
use crate::tui::widget::rows::{Motion, draw_scrollbar, needs_scrollbar};

/// Lines that one turn of the wheel moves.
const WHEEL: usize = 3;

/// Lines that were broken already, and the first one that is seen.
#[derive(Default)]
pub(super) struct Reader {
    lines: Vec<Line<'static>>,
    offset: usize,
    body: Rect,
}

impl Reader {
    /// Another text, from its beginning.
    pub fn open(&mut self) {
        (self.lines, self.offset) = (Vec::new(), 0);
    }

    /// The same text in other lines.
    pub fn fill(&mut self, lines: Vec<Line<'static>>) {
        self.lines = lines;
    }

    /// Whether some of it is hidden, as of the last drawing.
    pub fn scrolls(&self) -> bool {
        needs_scrollbar(self.lines.len(), self.body.height)
    }

    /// Moves, if the key is one that moves and there is something hidden; whether it did.
    pub fn key(&mut self, key: &Key) -> bool {
        let Some(motion) = Motion::of(key).filter(|_| self.scrolls()) else { return false };
        self.offset = motion.from(self.offset, self.places(), usize::from(self.body.height));
        true
    }

    /// Moves with the wheel; whether the mouse was over the text.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        match mouse.kind {
            _ if !self.body.contains(Position::new(mouse.column, mouse.row)) => return false,
            MouseKind::Down => {}
            MouseKind::ScrollUp => self.offset = self.offset.saturating_sub(WHEEL),
            MouseKind::ScrollDown => self.offset = (self.offset + WHEEL).min(self.places().saturating_sub(1)),
        }
        true
    }

    /// Draws what is visible. The last two columns are for the scrollbar.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        self.body = area;
        self.offset = self.offset.min(self.places().saturating_sub(1));
        let text = Rect { width: area.width.saturating_sub(2), ..area };
        for (line, place) in self.lines.iter().skip(self.offset).zip(text.rows()) {
            draw_line(line, place, buf, theme);
        }
        draw_scrollbar(self.offset, self.lines.len(), area, buf, theme);
    }

    /// Places that it can be scrolled to.
    fn places(&self) -> usize {
        self.lines.len().saturating_sub(usize::from(self.body.height)) + 1
    }
}
