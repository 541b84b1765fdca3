//! Drawing sentences below each other.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::{columns, draw_line, wrap};
use crate::tui::widget::pane::Pane;

/// A line that may be broken; what stands before it is not repeated, and its room stays empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    lead: Span<'static>,
    line: Line<'static>,
}

impl Paragraph {
    /// With something before it.
    pub fn hanging(lead: Span<'static>, line: impl Into<Line<'static>>) -> Self {
        Self { lead, line: line.into() }
    }

    /// Broken to a width.
    pub fn lines(&self, width: u16) -> Vec<Line<'static>> {
        let indent = columns(&self.lead.content);
        let room = width.saturating_sub(u16::try_from(indent).unwrap_or(u16::MAX));
        let mut lines = wrap(&self.line, room);
        for (number, line) in lines.iter_mut().enumerate() {
            let lead = if number == 0 { self.lead.clone() } else { Span::raw(" ".repeat(indent)) };
            line.spans.insert(0, lead);
        }
        lines
    }
}

impl From<Line<'static>> for Paragraph {
    fn from(line: Line<'static>) -> Self {
        Self { lead: Span::default(), line }
    }
}

/// Draws paragraphs that can be scrolled.
pub(super) fn draw_paragraphs(
    paragraphs: &[Paragraph],
    pane: &mut Pane,
    area: Rect,
    frame: &mut Frame<'_>,
    theme: &Theme,
) {
    // Two columns are left for the scrollbar, so that the pane never breaks these lines again.
    let width = area.width.saturating_sub(2);
    let lines: Vec<Line<'_>> = paragraphs.iter().flat_map(|paragraph| paragraph.lines(width)).collect();
    pane.draw(&lines, area, frame.buffer_mut(), theme);
}

/// Draws lines, broken to the width, and gives the room that is left below them. Where there is too little room, the
/// last line says so.
pub(super) fn draw_lines(lines: &[Line<'_>], area: Rect, frame: &mut Frame<'_>, theme: &Theme) -> Rect {
    let mut broken: Vec<Line<'static>> = lines.iter().flat_map(|line| wrap(line, area.width)).collect();
    let room = usize::from(area.height);
    if broken.len() > room {
        broken.truncate(room.saturating_sub(1));
        broken.push(Line::styled(theme.glyphs.ellipsis, theme.muted));
    }
    let mut left = area;
    for (line, place) in broken.iter().zip(area.rows()) {
        draw_line(line, place, frame.buffer_mut(), theme);
        left = Rect { y: place.bottom(), height: area.bottom() - place.bottom(), ..area };
    }
    left
}

/// How many lines that takes.
pub(super) fn height_of(lines: &[Line<'_>], width: u16) -> u16 {
    let height = lines.iter().map(|line| wrap(line, width).len()).sum::<usize>();
    u16::try_from(height).unwrap_or(u16::MAX)
}
