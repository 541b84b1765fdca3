//! Text in lines that grow downwards.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::{columns, wrap};

/// Lines that grow, none wider than there is room.
pub(super) struct Prose<'a> {
    pub theme: &'a Theme,
    pub width: u16,
    lines: Vec<Line<'static>>,
}

impl<'a> Prose<'a> {
    /// Nothing yet.
    pub const fn new(theme: &'a Theme, width: u16) -> Self {
        Self { theme, width, lines: Vec::new() }
    }

    /// What came together.
    pub fn lines(self) -> Vec<Line<'static>> {
        self.lines
    }

    /// The heading of what follows, with an empty line above.
    pub fn heading(&mut self, text: impl Into<String>) {
        if !self.lines.is_empty() {
            self.gap();
        }
        self.paragraph(text, self.theme.heading);
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// A text.
    pub fn paragraph(&mut self, text: impl Into<String>, style: Style) {
        self.lines.extend(wrap(&Line::styled(text.into(), style), self.width));
    }

    /// A sign, and beside it a text that stays beside it when it is broken.
    pub fn hanging(&mut self, sign: &str, text: impl Into<String>, style: Style) {
        let indent = columns(sign) + 1;
        let room = self.width.saturating_sub(u16::try_from(indent).unwrap_or(0));
        for (n, mut line) in wrap(&Line::styled(text.into(), style), room).into_iter().enumerate() {
            let lead = if n == 0 { format!("{sign} ") } else { " ".repeat(indent) };
            line.spans.insert(0, Span::styled(lead, style));
            self.lines.push(line);
        }
    }

    /// Texts with bullets.
    pub fn items(&mut self, items: impl IntoIterator<Item = String>) {
        for item in items {
            self.hanging(self.theme.glyphs.bullet, item, self.theme.text);
        }
    }

    /// Something that must not be overlooked.
    pub fn warning(&mut self, text: impl Into<String>) {
        self.hanging(self.theme.glyphs.warning, text, self.theme.warning);
    }

    /// Something that stands in the way.
    pub fn alarm(&mut self, text: impl Into<String>) {
        self.hanging(self.theme.glyphs.wrong, text, self.theme.danger);
    }
}
