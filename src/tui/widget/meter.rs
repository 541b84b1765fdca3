//! How strong a passphrase is, in words and as a bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::draw_line;

/// The strength of a passphrase, as estimators count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Guessed at once.
    VeryWeak,
    /// Guessed soon.
    Weak,
    /// Guessed with some effort.
    Fair,
    /// Hard to guess.
    Good,
    /// Very hard to guess.
    Strong,
}

impl Strength {
    /// The strength for a score of 0 to 4.
    #[must_use]
    pub const fn of(score: u8) -> Self {
        match score {
            0 => Self::VeryWeak,
            1 => Self::Weak,
            2 => Self::Fair,
            3 => Self::Good,
            _ => Self::Strong,
        }
    }

    /// The strength in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::VeryWeak => "very weak",
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Good => "good",
            Self::Strong => "strong",
        }
    }

    /// The strength as a bar and in words.
    #[must_use]
    pub fn line(self, theme: &Theme) -> Line<'static> {
        let (full, style) = match self {
            Self::VeryWeak => (0, theme.danger),
            Self::Weak => (1, theme.danger),
            Self::Fair => (2, theme.warning),
            Self::Good => (3, theme.ok),
            Self::Strong => (4, theme.ok),
        };
        Line::from(vec![
            Span::styled(theme.glyphs.full.repeat(full), style),
            Span::styled(theme.glyphs.empty.repeat(4 - full), theme.muted),
            Span::raw(" "),
            Span::styled(self.words(), style),
        ])
    }

    /// Draws it into the first row of an area.
    pub fn draw(self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        draw_line(&self.line(theme), area, buf, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    #[test]
    fn every_score_has_its_bar_and_its_words() {
        let drawn = [0, 1, 2, 3, 4, 9]
            .map(|score| canvas(14, 1, |area, buf| Strength::of(score).draw(area, buf, &MONO)).concat());
        assert_eq!(
            drawn,
            [
                "░░░░ very weak",
                "█░░░ weak     ",
                "██░░ fair     ",
                "███░ good     ",
                "████ strong   ",
                "████ strong   "
            ]
        );
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| Strength::Good.draw(area, buf, &MONO));
    }
}
