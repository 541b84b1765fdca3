//! Texts that are broken under themselves.
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::{columns, wrap};
use crate::tui::widget::toast::Tone;

/// The least room for a text beside its lead.
const LEAST: usize = 10;

/// A text in so many columns, with its lead before the first line and as many spaces before the others.
pub(super) fn hanging(lead: Span<'static>, text: Span<'static>, width: u16) -> Vec<Line<'static>> {
    let indent = columns(&lead.content);
    let room = usize::from(width).saturating_sub(indent).max(LEAST);
    let mut lines = wrap(&Line::from(text), u16::try_from(room).unwrap_or(u16::MAX));
    for (n, line) in lines.iter_mut().enumerate() {
        let before = if n == 0 { lead.clone() } else { Span::raw(" ".repeat(indent)) };
        line.spans.insert(0, before);
    }
    lines
}

/// A sentence with the sign of its tone before it, so many columns further right.
pub(super) fn toned(tone: Tone, text: String, indent: usize, width: u16, theme: &Theme) -> Vec<Line<'static>> {
    let style = tone.style(theme);
    let lead = Span::styled(format!("{}{} ", " ".repeat(indent), tone.sign(theme)), style);
    hanging(lead, Span::styled(text, style), width)
}
