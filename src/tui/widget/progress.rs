//! How far long work has come.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::theme::Theme;
use crate::tui::widget::line::{columns, draw_line, first_row};

/// The narrowest bar that tells anything.
const LEAST_BAR: u16 = 6;

/// Work of which so much is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress<'a> {
    /// What is being done, in words.
    pub words: &'a str,
    /// How many are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
}

impl Progress<'_> {
    /// Draws words, bar and numbers into the first row of an area; the bar is left out first.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let area = first_row(area).intersection(buf.area);
        let numbers = format!("{} of {}", grouped(self.done), grouped(self.of));
        let taken = columns(self.words) + columns(&numbers) + 2;
        let bar = area.width.saturating_sub(u16::try_from(taken).unwrap_or(u16::MAX));
        if bar < LEAST_BAR {
            let text = format!("{numbers} {} {}", theme.glyphs.dot, self.words);
            draw_line(&Line::styled(text, theme.text), area, buf, theme);
            return;
        }
        draw_line(&Line::styled(self.words, theme.text), area, buf, theme);
        draw_line(&Line::styled(numbers.as_str(), theme.text).right_aligned(), area, buf, theme);
        let x = area.x + u16::try_from(columns(self.words)).unwrap_or(0) + 1;
        let full = self.share_of(usize::from(bar));
        let filled = theme.glyphs.full.repeat(full);
        let rest = theme.glyphs.empty.repeat(usize::from(bar) - full);
        let (x, y) = buf.set_stringn(x, area.y, filled, usize::from(bar), theme.accent);
        buf.set_stringn(x, y, rest, usize::from(area.right().saturating_sub(x)), theme.muted);
    }

    /// The columns of a bar that are full: all of them only when everything is done.
    fn share_of(&self, bar: usize) -> usize {
        match self.of {
            0 => bar,
            of => (bar * self.done.min(of)) / of,
        }
    }
}

/// A number with its thousands set apart: `12,345`.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    fn drawn(done: usize, width: u16) -> String {
        let progress = Progress { words: "Inviting", done, of: 10_000 };
        canvas(width, 1, |area, buf| progress.draw(area, buf, &MONO)).concat()
    }

    #[test]
    fn the_bar_fills_as_work_is_done() {
        assert_eq!(drawn(0, 34), "Inviting ░░░░░░░░░░░░░ 0 of 10,000");
        assert_eq!(drawn(5_000, 33), "Inviting ████░░░░ 5,000 of 10,000");
        assert_eq!(drawn(10_000, 34), "Inviting ████████ 10,000 of 10,000");
    }

    #[test]
    fn it_is_full_only_at_the_end() {
        assert!(drawn(9_999, 60).contains('░'));
        assert!(!drawn(10_000, 60).contains('░'));
        let nothing = Progress { words: "x", done: 0, of: 0 };
        assert_eq!(nothing.share_of(7), 7);
    }

    #[test]
    fn numbers_stay_when_there_is_little_room() {
        assert_eq!(drawn(42, 26), "42 of 10,000 · Inviting   ");
        assert_eq!(drawn(42, 13), "42 of 10,000…");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn any_area_will_do() {
        let progress = Progress { words: "Inviting 日本", done: 3, of: 7 };
        everywhere(|area, buf| progress.draw(area, buf, &MONO));
    }
}
