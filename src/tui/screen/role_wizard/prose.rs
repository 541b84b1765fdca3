//! Text in paragraphs, with signs at their beginnings, for any width.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::wrap;

/// A text that is broken into lines when the room for it is known.
#[derive(Clone, Debug, Default)]
pub struct Prose(Vec<Part>);

#[derive(Clone, Debug)]
enum Part {
    Line(Line<'static>),
    /// A sign, and beside it a text that stays beside it when it is broken.
    Hanging(Span<'static>, Line<'static>),
}

impl Prose {
    /// A heading, with a line of space above it unless it is the first.
    pub fn heading(&mut self, text: impl Into<Line<'static>>, theme: &Theme) {
        if !self.0.is_empty() {
            self.0.push(Part::Line(Line::default()));
        }
        self.line(text.into().style(theme.heading));
    }

    /// A paragraph.
    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.0.push(Part::Line(line.into()));
    }

    /// A paragraph in one style.
    pub fn styled(&mut self, text: impl Into<String>, style: Style) {
        self.line(Line::styled(text.into(), style));
    }

    /// A paragraph behind a sign.
    pub fn hanging(&mut self, sign: Span<'static>, line: impl Into<Line<'static>>) {
        self.0.push(Part::Hanging(sign, line.into()));
    }

    /// A paragraph behind a bullet.
    pub fn item(&mut self, text: impl Into<String>, theme: &Theme) {
        self.hanging(Span::styled(theme.glyphs.bullet, theme.muted), text.into());
    }

    /// The lines at this width.
    pub fn lines(&self, width: u16) -> Vec<Line<'static>> {
        self.0.iter().flat_map(|part| part.lines(width)).collect()
    }
}

impl Part {
    fn lines(&self, width: u16) -> Vec<Line<'static>> {
        match self {
            Self::Line(line) => wrap(line, width),
            Self::Hanging(sign, text) => {
                let lines = wrap(text, width.saturating_sub(2)).into_iter().enumerate();
                let beside = lines.map(|(n, mut line)| {
                    let lead = if n == 0 { sign.clone() } else { Span::raw(" ") };
                    line.spans.splice(0..0, [lead, Span::raw(" ")]);
                    line
                });
                beside.collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::MONO;

    #[test]
    fn a_paragraph_stays_beside_its_sign() {
        let mut prose = Prose::default();
        prose.heading("Accounts", &MONO);
        prose.item("one two three", &MONO);
        prose.heading("People", &MONO);
        let lines: Vec<String> = prose.lines(9).iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["Accounts", "• one two", "  three", "", "People"]);
    }
}
