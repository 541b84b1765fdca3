//! Tabs: several lists in one place, one of them open.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widget::line::{draw_line, first_row, line_columns};

/// Columns between two tabs.
const GAP: u16 = 3;

/// One tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab<'a> {
    label: &'a str,
    count: Option<usize>,
}

impl<'a> Tab<'a> {
    /// A tab with its label, in the words of the documentation.
    #[must_use]
    pub fn new(label: &'a str) -> Self {
        Self { label, count: None }
    }

    /// How many things are in it.
    #[must_use]
    pub fn count(self, count: usize) -> Self {
        Self { count: Some(count), ..self }
    }
}

/// Tabs in a row.
#[derive(Debug, Clone, Copy)]
pub struct Tabs<'a> {
    tabs: &'a [Tab<'a>],
    open: usize,
    theme: &'a Theme,
}

impl<'a> Tabs<'a> {
    /// These tabs, with the one that is open, counted from 0.
    #[must_use]
    pub fn new(tabs: &'a [Tab<'a>], open: usize, theme: &'a Theme) -> Self {
        Self { tabs, open, theme }
    }

    /// Draws the tabs into the first row of an area. Where there is too little room, the first ones make place for the
    /// open one.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) {
        let area = first_row(area).intersection(buf.area);
        for (index, place) in self.places(area) {
            draw_line(&self.line(index), place, buf, self.theme);
        }
    }

    /// The tab at a place of the screen, when the tabs are drawn into this area.
    #[must_use]
    pub fn tab_at(&self, area: Rect, column: u16, row: u16) -> Option<usize> {
        let inside = |(_, place): &(usize, Rect)| place.contains(Position::new(column, row));
        self.places(first_row(area)).into_iter().find(inside).map(|(index, _)| index)
    }

    fn line(&self, index: usize) -> Line<'a> {
        let Some(tab) = self.tabs.get(index) else {
            return Line::default();
        };
        let theme = self.theme;
        let style = if index == self.open { theme.tab } else { theme.tab_other };
        let mut spans = vec![Span::styled(tab.label, style)];
        if let Some(count) = tab.count {
            spans.push(Span::styled(format!(" {count}"), theme.muted));
        }
        Line::from(spans)
    }

    fn places(&self, area: Rect) -> Vec<(usize, Rect)> {
        let widths: Vec<u16> = (0..self.tabs.len())
            .map(|index| u16::try_from(line_columns(&self.line(index))).unwrap_or(u16::MAX))
            .collect();
        let reaches = |first: usize| {
            let upto = widths.iter().take(self.open + 1).skip(first);
            upto.fold(0_u16, |sum, width| sum.saturating_add(*width).saturating_add(GAP)).saturating_sub(GAP)
        };
        let first = (0..self.open).find(|first| reaches(*first) <= area.width).unwrap_or(self.open);
        let mut x = area.x;
        let mut places = Vec::new();
        for (index, width) in widths.into_iter().enumerate().skip(first) {
            let room = area.right().saturating_sub(x);
            if room == 0 {
                break;
            }
            places.push((index, Rect { x, width: width.min(room), ..area }));
            x = x.saturating_add(width).saturating_add(GAP);
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere, marked_with, painted};
    use ratatui::style::Modifier;

    fn draw(open: usize, width: u16) -> String {
        canvas(width, 1, |area, buf| Tabs::new(&users(), open, &MONO).draw(area, buf)).concat()
    }

    fn users() -> [Tab<'static>; 2] {
        [Tab::new("All users").count(12), Tab::new("Invited").count(3)]
    }

    #[test]
    fn tabs_stand_side_by_side_with_their_counts() {
        assert_eq!(draw(0, 30), "All users 12   Invited 3      ");
        let buf = painted(30, 1, |area, buf| Tabs::new(&users(), 1, &MONO).draw(area, buf));
        assert_eq!(marked_with(&buf, Modifier::UNDERLINED), ["               ^^^^^^^        "]);
    }

    #[test]
    fn the_open_tab_is_always_to_be_seen() {
        assert_eq!(draw(0, 16), "All users 12   …");
        assert_eq!(draw(1, 16), "Invited 3       ");
        assert_eq!(draw(1, 5), "Invi…");
    }

    #[test]
    fn a_click_finds_its_tab() {
        let tabs = users();
        let tabs = Tabs::new(&tabs, 0, &MONO);
        let area = Rect::new(5, 2, 30, 1);
        assert_eq!(tabs.tab_at(area, 5, 2), Some(0));
        assert_eq!(tabs.tab_at(area, 20, 2), Some(1));
        assert_eq!(tabs.tab_at(area, 18, 2), None, "between the tabs");
        assert_eq!(tabs.tab_at(area, 20, 3), None);
    }

    #[test]
    fn any_area_will_do() {
        for open in 0..3 {
            everywhere(|area, buf| Tabs::new(&users(), open, &MONO).draw(area, buf));
        }
    }
}
