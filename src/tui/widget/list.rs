//! A list of entries in one column, of which only the visible ones are built.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{draw_line, line_columns};
use crate::tui::widget::rows::{Rows, draw_scrollbar, needs_scrollbar};

/// One entry, as it is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item<'a> {
    lead: Vec<Span<'a>>,
    sign: Option<Span<'a>>,
    line: Line<'a>,
    note: Option<Line<'a>>,
    why_not: Option<Cow<'a, str>>,
}

impl<'a> Item<'a> {
    /// An entry.
    #[must_use]
    pub fn new(line: impl Into<Line<'a>>) -> Self {
        Self { line: line.into(), ..Self::default() }
    }

    /// What stands before everything else, such as the lines of a tree.
    #[must_use]
    pub fn lead(self, lead: Vec<Span<'a>>) -> Self {
        Self { lead, ..self }
    }

    /// A sign before it, such as a box or a mark.
    #[must_use]
    pub fn sign(self, sign: impl Into<Span<'a>>) -> Self {
        Self { sign: Some(sign.into()), ..self }
    }

    /// Something short at the right edge, left out when there is no room for it.
    #[must_use]
    pub fn note(self, note: impl Into<Line<'a>>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// It cannot be chosen, for this reason.
    #[must_use]
    pub fn disabled(self, why_not: impl Into<Cow<'a, str>>) -> Self {
        Self { why_not: Some(why_not.into()), ..self }
    }

    fn whole(&self, theme: &Theme) -> Line<'a> {
        let mut line = self.line.clone();
        if let Some(why_not) = &self.why_not {
            line.spans.push(Span::raw(format!(" {} {why_not}", theme.glyphs.dot)));
            let dim = |span: &mut Span<'_>| span.style = theme.disabled;
            line.spans.iter_mut().for_each(dim);
        }
        if let Some(sign) = &self.sign {
            line.spans.insert(0, Span::raw(" "));
            line.spans.insert(0, sign.clone());
        }
        line.spans.splice(0..0, self.lead.iter().cloned());
        line
    }
}

/// A list as it is drawn now.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    theme: &'a Theme,
    focus: Focus,
    quiet: bool,
    empty: &'a str,
}

impl<'a> List<'a> {
    /// A list.
    #[must_use]
    pub fn new(theme: &'a Theme, focus: Focus) -> Self {
        Self { theme, focus, quiet: false, empty: "" }
    }

    /// Shows which entry is selected only where the keyboard is.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self { quiet: true, ..self }
    }

    /// What is said where there are no entries.
    #[must_use]
    pub fn when_empty(self, text: &'a str) -> Self {
        Self { empty: text, ..self }
    }

    /// Draws the visible entries, and asks for no others. Gives how many it asked for.
    pub fn draw<'r>(
        &self,
        area: Rect,
        buf: &mut Buffer,
        rows: &mut Rows,
        mut item: impl FnMut(usize) -> Item<'r>,
    ) -> usize {
        let area = area.intersection(buf.area);
        let bar = u16::from(needs_scrollbar(rows.len(), area.height));
        let body = Rect { width: area.width.saturating_sub(bar), ..area };
        if rows.is_empty() {
            draw_line(&Line::styled(self.empty, self.theme.muted), after_pointer(body), buf, self.theme);
        }
        let mut built = 0;
        let selected = rows.selected().filter(|_| self.focus.is_here() || !self.quiet);
        for (index, place) in rows.visible(body) {
            buf.set_style(place, self.theme.row);
            self.draw_item(&item(index), place, buf);
            if selected == Some(index) {
                self.draw_selection(place, buf);
            }
            built += 1;
        }
        draw_scrollbar(rows.offset(), rows.len(), area, buf, self.theme);
        built
    }

    fn draw_item(&self, item: &Item<'_>, place: Rect, buf: &mut Buffer) {
        let line = item.whole(self.theme);
        let mut room = after_pointer(place);
        if let Some(note) = &item.note {
            let both = line_columns(&line) + line_columns(note) + 2;
            if both <= usize::from(room.width) {
                draw_line(&note.clone().alignment(Alignment::Right), room, buf, self.theme);
                room.width = u16::try_from(line_columns(&line)).unwrap_or(room.width);
            }
        }
        draw_line(&line, room, buf, self.theme);
    }

    fn draw_selection(&self, place: Rect, buf: &mut Buffer) {
        buf.set_style(place, self.theme.selection(self.focus));
        buf.set_style(place, Style::new().remove_modifier(Modifier::DIM));
        let pointer = self.theme.glyphs.pointer;
        buf.set_stringn(place.x, place.y, pointer, usize::from(place.width), self.theme.accent);
    }
}

fn after_pointer(place: Rect) -> Rect {
    Rect { x: place.x + 2.min(place.width), width: place.width.saturating_sub(2), ..place }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    const NAMES: [&str; 3] = ["Overview", "Users", "Roles"];

    fn entry(index: usize) -> Item<'static> {
        let item = Item::new(NAMES[index]);
        match index {
            1 => item.note("12"),
            2 => item.disabled("no right to see them"),
            _ => item,
        }
    }

    #[test]
    fn a_list_shows_notes_and_reasons() {
        let lines = canvas(32, 3, |area, buf| {
            List::new(&MONO, Focus::Here).draw(area, buf, &mut Rows::new(3), entry);
        });
        assert_eq!(
            lines,
            [
                "▌ Overview                      ",
                "  Users                       12",
                "  Roles · no right to see them  "
            ]
        );
    }

    #[test]
    fn what_has_no_room_is_cut_and_notes_go_first() {
        let lines = canvas(8, 3, |area, buf| {
            List::new(&MONO, Focus::Here).draw(area, buf, &mut Rows::new(3), entry);
        });
        assert_eq!(lines, ["▌ Overv…", "  Users ", "  Roles…"]);
    }

    #[test]
    fn only_visible_entries_are_built() {
        let mut built = 0;
        let mut rows = Rows::new(500_000);
        rows.select(400_000);
        canvas(20, 5, |area, buf| {
            built = List::new(&MONO, Focus::Here).draw(area, buf, &mut rows, |index| Item::new(index.to_string()));
        });
        assert_eq!(built, 5);
    }

    #[test]
    fn an_empty_list_says_so() {
        let lines = canvas(20, 1, |area, buf| {
            List::new(&MONO, Focus::Here).when_empty("Nobody yet").draw(area, buf, &mut Rows::new(0), entry);
        });
        assert_eq!(lines, ["  Nobody yet        "]);
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| {
            List::new(&MONO, Focus::Here).draw(area, buf, &mut Rows::new(3), entry);
        });
    }
}
