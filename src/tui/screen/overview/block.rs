//! Lines under a heading, some of which can be selected.
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::checks::Detail;
use super::target::Target;
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::rows::follow;

/// A line, and what it is about if it can be selected.
pub(super) struct Row {
    pub target: Option<Target>,
    pub line: Line<'static>,
}

/// A heading and what stands below it.
pub(super) struct Block(pub Vec<Row>);

impl Block {
    /// A heading, and in a quieter voice how many there are.
    pub fn new(title: &str, more: String, theme: &Theme) -> Self {
        let heading = Span::styled(title.to_owned(), theme.heading);
        let more = Span::styled(format!("  {more}"), theme.muted);
        Self(vec![Row { target: None, line: Line::from(vec![heading, more]) }])
    }

    /// A line that can be selected.
    pub fn push(&mut self, target: Target, line: Line<'static>) {
        self.0.push(Row { target: Some(target), line });
    }

    /// A line that cannot.
    pub fn say(&mut self, line: Line<'static>) {
        self.0.push(Row { target: None, line });
    }

    /// A text below the heading, broken to the width.
    pub fn tell(&mut self, text: &str, indent: u16, width: u16, style: ratatui::style::Style) {
        let lead = usize::from(indent);
        for mut line in wrap(&Line::styled(text.to_owned(), style), width.saturating_sub(indent)) {
            line.spans.insert(0, Span::raw(" ".repeat(lead)));
            self.say(line);
        }
    }

    /// Why the rest is not shown: its first line can be selected, and where there is little room it is the only one.
    pub fn refuse(&mut self, target: Target, why: &str, width: u16, detail: Detail, theme: &Theme) {
        let line = Line::styled(format!("  {why}"), theme.muted);
        if detail == Detail::Title {
            return self.push(target, line);
        }
        for (n, line) in wrap(&line, width.saturating_sub(1)).into_iter().enumerate() {
            match n {
                0 => self.push(target, line),
                _ => self.say(std::iter::once(Span::raw("  ")).chain(line.spans).collect()),
            }
        }
    }

    /// Lines that it takes.
    pub fn height(&self) -> usize {
        self.0.len()
    }
}

/// Blocks one below the other, with a line between them where that is wanted.
pub(super) fn stacked(blocks: Vec<Block>, gap: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for block in blocks {
        if !rows.is_empty() {
            rows.extend((0..gap).map(|_| Row { target: None, line: Line::default() }));
        }
        rows.extend(block.0);
    }
    rows
}

/// What was drawn where, for the mouse.
pub(super) type Spots = Vec<(Rect, Target)>;

/// The target at a place of the screen.
pub(super) fn spot_at(spots: &Spots, column: u16, row: u16) -> Option<Target> {
    spots.iter().find(|(area, _)| area.contains(Position::new(column, row))).map(|(_, target)| *target)
}

/// Draws rows into a column; what does not fit is scrolled so that the selected one is seen.
pub(super) fn draw_column(
    rows: &[Row],
    selected: Option<Target>,
    area: Rect,
    frame: &mut Frame<'_>,
    scene: &Scene,
    spots: &mut Spots,
) {
    let theme = &scene.theme;
    let at = rows.iter().position(|row| selected.is_some() && row.target == selected);
    let height = usize::from(area.height);
    let first = at.map_or(0, |at| follow(0, (at + 2).min(rows.len().saturating_sub(1)).max(at), height, rows.len()));
    for (row, place) in rows.iter().skip(first).zip(area.rows()) {
        let chosen = row.target.is_some() && row.target == selected;
        let pointer = if chosen { theme.glyphs.pointer } else { " " };
        let mut line = row.line.clone();
        line.spans.insert(0, Span::styled(pointer, theme.accent));
        if row.target.is_some() {
            frame.buffer_mut().set_style(place, theme.row);
        }
        if chosen {
            let style = if scene.focus.is_here() { theme.selected } else { theme.selected_elsewhere };
            line = line.patch_style(style);
            frame.buffer_mut().set_style(place, style);
        }
        draw_line(&line, place, frame.buffer_mut(), theme);
        spots.extend(row.target.map(|target| (place, target)));
    }
}
