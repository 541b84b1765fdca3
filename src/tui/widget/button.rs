//! Buttons: what can be done here, with the key that does it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::key::Key;
use crate::tui::theme::Theme;
use crate::tui::widget::line::{draw_line, first_row, line_columns};

/// Columns between two buttons.
const GAP: u16 = 2;

/// How a button is at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonState {
    /// It can be pressed.
    #[default]
    Ready,
    /// It can be pressed, and Enter does it.
    Focused,
    /// It cannot be pressed now; its key says why.
    Disabled,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button<'a> {
    label: &'a str,
    key: Option<Key>,
    state: ButtonState,
}

impl<'a> Button<'a> {
    /// A button with its label, in the words of the documentation.
    #[must_use]
    pub fn new(label: &'a str) -> Self {
        Self { label, key: None, state: ButtonState::Ready }
    }

    /// The key that presses it from anywhere on the screen.
    #[must_use]
    pub fn key(self, key: Key) -> Self {
        Self { key: Some(key), ..self }
    }

    /// How it is now.
    #[must_use]
    pub fn state(self, state: ButtonState) -> Self {
        Self { state, ..self }
    }

    /// The button as text: `[ Create new  n ]`.
    #[must_use]
    pub fn line(&self, theme: &Theme) -> Line<'a> {
        let (style, key_style) = match self.state {
            ButtonState::Ready => (theme.button, theme.key),
            ButtonState::Focused => (theme.button_focused, theme.button_focused),
            ButtonState::Disabled => (theme.disabled, theme.disabled),
        };
        let mut spans = vec![Span::styled("[ ", style), Span::styled(self.label, style)];
        if let Some(key) = self.key {
            spans.push(Span::styled("  ", style));
            spans.push(Span::styled(theme.glyphs.of_key(&key), key_style));
        }
        spans.push(Span::styled(" ]", style));
        Line::from(spans).style(Style::new())
    }

    /// Columns that it takes.
    #[must_use]
    pub fn columns(&self, theme: &Theme) -> u16 {
        u16::try_from(line_columns(&self.line(theme))).unwrap_or(u16::MAX)
    }
}

/// Draws buttons side by side at the right end of an area's first row, and gives the place of each. Those that have no
/// room are left out from the left, so that the last one, which goes on, stays.
pub fn draw_buttons(buttons: &[Button<'_>], area: Rect, buf: &mut Buffer, theme: &Theme) -> Vec<Rect> {
    let row = first_row(area).intersection(buf.area);
    let mut places = vec![Rect { width: 0, ..row }; buttons.len()];
    let mut right = row.right();
    for (button, place) in buttons.iter().zip(&mut places).rev() {
        let is_last = right == row.right();
        let room = right.saturating_sub(row.x);
        let width = button.columns(theme);
        if room == 0 || (width > room && !is_last) {
            break;
        }
        let width = width.min(room);
        *place = Rect { x: right - width, width, ..row };
        draw_line(&button.line(theme), *place, buf, theme);
        right = place.x.saturating_sub(GAP).max(row.x);
    }
    places
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere, marked_with, painted};
    use ratatui::style::Modifier;

    fn buttons() -> Vec<Button<'static>> {
        vec![Button::new("Back").key("esc".parse().unwrap()), Button::new("Create new").key(Key::char('n'))]
    }

    #[test]
    fn buttons_stand_at_the_right_with_their_keys() {
        let mut places = Vec::new();
        let lines = canvas(40, 1, |area, buf| places = draw_buttons(&buttons(), area, buf, &MONO));
        assert_eq!(lines, ["        [ Back  Esc ]  [ Create new  n ]"]);
        assert_eq!(places, [Rect::new(8, 0, 13, 1), Rect::new(23, 0, 17, 1)]);
    }

    #[test]
    fn the_last_button_stays_when_there_is_little_room() {
        let at = |width| canvas(width, 1, |area, buf| drop(draw_buttons(&buttons(), area, buf, &MONO))).concat();
        assert_eq!(at(20), "   [ Create new  n ]");
        assert_eq!(at(8), "[ Creat…");
    }

    #[test]
    fn a_disabled_button_is_there_but_dim_and_a_focused_one_is_reversed() {
        let drawn = |state| {
            let button = Button::new("Ok").state(state);
            painted(6, 1, |area, buf| drop(draw_buttons(std::slice::from_ref(&button), area, buf, &MONO)))
        };
        assert_eq!(marked_with(&drawn(ButtonState::Disabled), Modifier::DIM), ["^^^^^^"]);
        assert_eq!(marked_with(&drawn(ButtonState::Focused), Modifier::REVERSED), ["^^^^^^"]);
        assert_eq!(marked_with(&drawn(ButtonState::Ready), Modifier::DIM | Modifier::REVERSED), ["      "]);
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| drop(draw_buttons(&buttons(), area, buf, &MONO)));
    }
}
