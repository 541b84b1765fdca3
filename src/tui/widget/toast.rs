//! A message of one line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::draw_line;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Note,
    /// It was done.
    Done,
    /// Worth a second look.
    Warning,
    /// It was refused, or it failed.
    Problem,
}

impl Tone {
    /// The sign of the tone; it says the same as the style.
    #[must_use]
    pub const fn sign(self, theme: &Theme) -> &'static str {
        match self {
            Self::Note => theme.glyphs.note,
            Self::Done => theme.glyphs.ok,
            Self::Warning => theme.glyphs.warning,
            Self::Problem => theme.glyphs.wrong,
        }
    }

    /// The style of the tone.
    #[must_use]
    pub const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Note => theme.text,
            Self::Done => theme.ok,
            Self::Warning => theme.warning,
            Self::Problem => theme.danger,
        }
    }

    /// A text with the sign of the tone before it.
    #[must_use]
    pub fn line<'a>(self, text: impl Into<Span<'a>>, theme: &Theme) -> Line<'a> {
        let style = self.style(theme);
        let text: Span<'a> = text.into();
        let style_of_text = style.patch(text.style);
        Line::from(vec![Span::styled(self.sign(theme), style), Span::raw(" "), text.style(style_of_text)])
    }
}

/// A message and its tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What it is.
    pub tone: Tone,
    /// What it says, fit to be shown.
    pub text: String,
}

impl Toast {
    /// A message.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }

    /// Draws it into the first row of an area.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        draw_line(&self.tone.line(self.text.as_str(), theme), area, buf, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    #[test]
    fn each_tone_has_its_sign() {
        let tones = [Tone::Note, Tone::Done, Tone::Warning, Tone::Problem];
        let drawn =
            tones.map(|tone| canvas(7, 1, |area, buf| Toast::new(tone, "Saved").draw(area, buf, &MONO)).concat());
        assert_eq!(drawn, ["● Saved", "✓ Saved", "▲ Saved", "✗ Saved"]);
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| Toast::new(Tone::Problem, "日本 was refused").draw(area, buf, &MONO));
    }
}
