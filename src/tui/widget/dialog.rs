//! A box over the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect, Size};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::area::{centre, clear};
use crate::tui::widget::line::line_columns;

/// What a dialog is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gravity {
    /// Something ordinary.
    #[default]
    Ordinary,
    /// Something destructive, or that went wrong.
    Grave,
}

/// A dialog as it is drawn now.
#[derive(Debug, Clone)]
pub struct Dialog<'a> {
    title: Line<'a>,
    foot: Option<Line<'a>>,
    gravity: Gravity,
    theme: &'a Theme,
}

impl<'a> Dialog<'a> {
    /// A dialog with its title.
    #[must_use]
    pub fn new(title: impl Into<Line<'a>>, theme: &'a Theme) -> Self {
        Self { title: title.into(), foot: None, gravity: Gravity::Ordinary, theme }
    }

    /// The keys that it knows, in its lower border.
    #[must_use]
    pub fn foot(self, foot: impl Into<Line<'a>>) -> Self {
        Self { foot: Some(foot.into()), ..self }
    }

    /// Destructive questions and failures look grave, and say so with a sign.
    #[must_use]
    pub fn gravity(self, gravity: Gravity) -> Self {
        Self { gravity, ..self }
    }

    /// Draws the box in the middle of an area, over what is there, just large enough for content of that size, and
    /// gives the place for the content. Where there is too little room, the box fills the area.
    pub fn draw(&self, content: Size, area: Rect, buf: &mut Buffer) -> Rect {
        let area = area.intersection(buf.area);
        let theme = self.theme;
        let title = self.titled();
        let foot = self.foot.as_ref().map_or(0, line_columns);
        let least = line_columns(&title).max(foot) + 2;
        let width = content.width.saturating_add(2).max(u16::try_from(least).unwrap_or(u16::MAX));
        let outer = Size { width: width.saturating_add(2), height: content.height.saturating_add(2) };
        let place = centre(area, outer);
        clear(place, buf);
        let mut block = theme.frame(Focus::Here).title(title);
        if self.gravity == Gravity::Grave {
            block = block.border_style(theme.danger);
        }
        if let Some(foot) = &self.foot {
            block = block.title_bottom(padded(foot.clone()).right_aligned());
        }
        let inner = block.inner(place);
        block.render(place, buf);
        if inner.width > content.width { inner.inner(Margin::new(1, 0)) } else { inner }
    }

    fn titled(&self) -> Line<'a> {
        let mut title = self.title.clone();
        if self.gravity == Gravity::Grave {
            let sign = format!("{} ", self.theme.glyphs.warning);
            title.spans.insert(0, sign.into());
            title = title.style(self.theme.danger);
        }
        padded(title)
    }
}

fn padded(mut line: Line<'_>) -> Line<'_> {
    line.spans.insert(0, " ".into());
    line.spans.push(" ".into());
    line
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};
    use ratatui::style::Style;

    fn drawn(width: u16, height: u16, content: Size) -> (Vec<String>, Rect) {
        let mut inner = Rect::default();
        let lines = canvas(width, height, |area, buf| {
            for row in area.rows() {
                buf.set_string(row.x, row.y, "日".repeat(usize::from(row.width) / 2), Style::new());
            }
            inner = Dialog::new("Delete role", &MONO).foot("Esc back").draw(content, area, buf);
        });
        (lines, inner)
    }

    #[test]
    fn a_dialog_is_as_large_as_its_content_and_hides_what_is_behind() {
        let (lines, inner) = drawn(28, 5, Size::new(15, 1));
        assert_eq!(inner, Rect::new(6, 2, 15, 1));
        assert_eq!(
            lines[1..4],
            ["日日┏ Delete role ━━━━┓ 日日", "日日┃                 ┃ 日日", "日日┗━━━━━━━ Esc back ┛ 日日",]
        );
    }

    #[test]
    fn it_fills_a_screen_that_is_too_small() {
        let (lines, inner) = drawn(40, 10, Size::new(60, 30));
        assert!(lines[0].starts_with("┏ Delete role") && lines[9].ends_with("┛"), "{lines:?}");
        assert_eq!(inner, Rect::new(1, 1, 38, 8));
    }

    #[test]
    fn its_title_is_not_cut_by_narrow_content() {
        let (lines, _) = drawn(40, 5, Size::new(3, 1));
        assert!(lines[1].contains(" Delete role "), "{lines:?}");
    }

    #[test]
    fn a_grave_one_has_a_sign() {
        let lines = canvas(40, 5, |area, buf| {
            let dialog = Dialog::new("Delete role", &MONO).gravity(Gravity::Grave);
            dialog.draw(Size::new(3, 1), area, buf);
        });
        assert!(lines[1].contains(" ▲ Delete role "), "{lines:?}");
    }

    #[test]
    fn any_area_will_do() {
        let dialog = Dialog::new("Delete role", &MONO).foot("Esc back");
        for content in [Size::new(0, 0), Size::new(30, 5), Size::new(u16::MAX, u16::MAX)] {
            everywhere(|area, buf| {
                let inner = dialog.draw(content, area, buf);
                assert_eq!(inner.intersection(area).area(), inner.area());
            });
        }
    }
}
