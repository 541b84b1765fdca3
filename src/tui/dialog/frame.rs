//! The box that dialogs are drawn in.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use crate::domain::text::Shown;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::line::wrap;

/// The widest dialog, in columns.
const WIDEST: u16 = 72;

/// The widest one for a message, whose lines are broken already.
const WIDEST_MESSAGE: u16 = 76;

/// Draws lines in a box in the middle of the area, as large as they need; where they stand.
pub fn boxed(frame: &mut Frame<'_>, area: Rect, scene: &Scene, title: &str, lines: Vec<Line<'_>>) -> Rect {
    draw(frame, area, scene, title, lines, WIDEST)
}

/// Draws the lines of a message in such a box, as they are broken already.
pub fn boxed_message(frame: &mut Frame<'_>, area: Rect, scene: &Scene, title: &str, lines: Vec<Line<'_>>) {
    draw(frame, area, scene, title, lines, WIDEST_MESSAGE);
}

fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene, title: &str, lines: Vec<Line<'_>>, most: u16) -> Rect {
    let widest = lines.iter().map(Line::width).chain([title.len() + 4]).max().unwrap_or(0);
    let width = u16::try_from(widest).unwrap_or(most).saturating_add(4).min(most).min(area.width);
    let lines: Vec<_> = lines.iter().flat_map(|line| wrap(line, width.saturating_sub(4))).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let paragraph = Paragraph::new(lines);
    let place = middle(area, width, height);
    frame.render_widget(Clear, place);
    let block = scene.theme.frame(Focus::Here).title(format!(" {} ", Shown::new(title)));
    let inner = block.inner(place);
    frame.render_widget(block, place);
    let inner = Rect { x: inner.x.saturating_add(1), width: inner.width.saturating_sub(2), ..inner };
    let inner = inner.intersection(frame.area());
    frame.render_widget(paragraph.style(scene.theme.text), inner);
    inner
}

/// A rectangle of this size in the middle of the area, or the area where it is smaller.
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}
