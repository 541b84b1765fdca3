//! The lines of a detail: labels with what they say beside them.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::wrap;

/// Columns of the labels.
const LABEL: u16 = 13;

/// The least columns beside a label.
const BESIDE: u16 = 20;

/// Lines being put together for a width.
pub struct Facts<'t> {
    theme: &'t Theme,
    width: u16,
    lines: Vec<Line<'static>>,
}

impl<'t> Facts<'t> {
    /// No lines yet.
    pub const fn new(theme: &'t Theme, width: u16) -> Self {
        Self { theme, width, lines: Vec::new() }
    }

    /// A line as it is, broken where it must be.
    pub fn line(&mut self, line: impl Into<Line<'static>>) {
        self.lines.extend(wrap(&line.into(), self.width));
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// A heading, with an empty line above it.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        self.line(Line::styled(text.to_owned(), self.theme.heading));
    }

    /// A label and what it says; what is too long goes on below itself.
    pub fn fact(&mut self, label: &str, said: impl Into<Line<'static>>) {
        self.labelled(Span::styled(label.to_owned(), self.theme.muted), LABEL, said.into());
    }

    /// One of several things.
    pub fn bullet(&mut self, style: Style, said: impl Into<Line<'static>>) {
        self.labelled(Span::styled(format!("  {}", self.theme.glyphs.bullet), style), 4, said.into());
    }

    /// Something to look at.
    pub fn warning(&mut self, text: String) {
        let line = Line::styled(text, self.theme.warning);
        self.labelled(Span::styled(self.theme.glyphs.warning, self.theme.warning), 2, line);
    }

    fn labelled(&mut self, label: Span<'static>, indent: u16, said: Line<'static>) {
        if indent == LABEL && self.width < LABEL + BESIDE {
            self.lines.push(Line::from(label));
            return self.labelled(Span::default(), 2, said);
        }
        let first = u16::try_from(label.width()).unwrap_or(indent).min(indent);
        let mut label = Some(label);
        for line in wrap(&said, self.width.saturating_sub(indent)) {
            let (lead, before) = match label.take() {
                Some(label) => (usize::from(indent - first), Some(label)),
                None => (usize::from(indent), None),
            };
            let pad = Span::raw(" ".repeat(lead));
            self.lines.push(before.into_iter().chain([pad]).chain(line.spans).collect());
        }
    }

    /// The lines.
    pub fn into_lines(self) -> Vec<Line<'static>> {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(width: u16) -> Vec<String> {
        let theme = Theme::mono();
        let mut facts = Facts::new(&theme, width);
        facts.fact("Joined", "2 March 2026, nine o'clock in the morning");
        facts.bullet(Style::new(), "Sees accounts and entities of everybody.");
        facts.into_lines().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_too_long_goes_on_below_itself() {
        assert_eq!(
            told(36),
            [
                "Joined       2 March 2026, nine",
                "             o'clock in the morning",
                "  • Sees accounts and entities of",
                "    everybody.",
            ]
        );
    }

    #[test]
    fn where_it_is_narrow_labels_stand_above() {
        assert_eq!(
            told(30),
            [
                "Joined",
                "  2 March 2026, nine o'clock",
                "  in the morning",
                "  • Sees accounts and entities",
                "    of everybody.",
            ]
        );
    }
}
