//! Text in lines that grow downwards.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::people::Listed;
use crate::tui::theme::Theme;
use crate::tui::widget::line::wrap;

/// Lines that grow, none wider than there is room.
pub(super) struct Text<'a> {
    theme: &'a Theme,
    width: u16,
    lines: Vec<Line<'static>>,
}

impl<'a> Text<'a> {
    /// Nothing yet.
    pub const fn new(theme: &'a Theme, width: u16) -> Self {
        Self { theme, width, lines: Vec::new() }
    }

    /// What came together.
    pub fn lines(self) -> Vec<Line<'static>> {
        self.lines
    }

    /// The heading of what follows, with an empty line above.
    pub fn heading(&mut self, text: &'static str) {
        self.lines.push(Line::default());
        self.lines.push(Line::styled(text, self.theme.heading));
    }

    /// A text.
    pub fn paragraph(&mut self, text: String, style: Style) {
        self.lines.extend(wrap(&Line::styled(text, style), self.width));
    }

    /// Texts with bullets.
    pub fn items(&mut self, items: Vec<String>) {
        let bullet = Span::styled(self.theme.glyphs.bullet, self.theme.muted);
        for item in items {
            self.hanging(bullet.clone(), Line::from(item));
        }
    }

    /// People with bullets, or why there are none.
    pub fn people(&mut self, people: Listed, nobody: &'static str) {
        let (people, more) = match people {
            Listed::Shown(people, more) => (people, more),
            Listed::Hidden(permission) => {
                let why = format!("Not shown: your active role lacks {permission}.");
                return self.paragraph(why, self.theme.muted);
            }
        };
        if people.is_empty() {
            self.paragraph(nobody.into(), self.theme.muted);
        }
        let bullet = Span::styled(self.theme.glyphs.bullet, self.theme.muted);
        for person in people {
            let lines = person.lines(usize::from(self.width.saturating_sub(2)));
            for (n, line) in lines.into_iter().enumerate() {
                self.hanging(if n == 0 { bullet.clone() } else { Span::raw(" ") }, Line::from(line));
            }
        }
        if more > 0 {
            self.paragraph(format!("  and {more} more"), self.theme.muted);
        }
    }

    /// A sign, and beside it a text that stays beside it when it is broken.
    pub fn hanging(&mut self, sign: Span<'static>, text: Line<'static>) {
        for (n, mut line) in wrap(&text, self.width.saturating_sub(2)).into_iter().enumerate() {
            let lead = if n == 0 { sign.clone() } else { Span::raw(" ") };
            line.spans.splice(0..0, [lead, Span::raw(" ")]);
            self.lines.push(line);
        }
    }
}
