//! Choosing one of several things, or any number of them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::response::Response;
use crate::tui::widget::rows::Rows;

/// How many of the options are chosen at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// One; choosing another gives up the first.
    One,
    /// Any number.
    Several,
}

/// Something to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choosable {
    label: Line<'static>,
    note: Option<Line<'static>>,
    why_not: Option<String>,
}

impl Choosable {
    /// An option with its label.
    #[must_use]
    pub fn new(label: impl Into<Line<'static>>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Something short at the right edge.
    #[must_use]
    pub fn note(self, note: impl Into<Line<'static>>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// It cannot be chosen or given up, for this reason.
    #[must_use]
    pub fn disabled(self, why_not: impl Into<String>) -> Self {
        Self { why_not: Some(why_not.into()), ..self }
    }
}

/// Options, one of which the keyboard is on, and which of them are chosen. Options are known by their place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pick: Pick,
    options: Vec<Choosable>,
    chosen: Vec<usize>,
    rows: Rows,
}

impl Choice {
    /// Options of which none is chosen.
    #[must_use]
    pub fn new(pick: Pick, options: impl IntoIterator<Item = Choosable>) -> Self {
        let options: Vec<_> = options.into_iter().collect();
        let rows = Rows::new(options.len());
        Self { pick, options, chosen: Vec::new(), rows }
    }

    /// Chooses an option as the person would, but whatever its reason against it.
    #[must_use]
    pub fn with(mut self, option: usize) -> Self {
        self.choose(option);
        self
    }

    /// The chosen option, or the first of several.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.chosen.first().copied()
    }

    /// All chosen options, in their order.
    #[must_use]
    pub fn all_chosen(&self) -> &[usize] {
        &self.chosen
    }

    /// Whether an option is chosen.
    #[must_use]
    pub fn is_chosen(&self, option: usize) -> bool {
        self.chosen.contains(&option)
    }

    /// The option that the keyboard is on.
    #[must_use]
    pub fn selected(&self) -> Option<usize> {
        self.rows.selected()
    }

    /// Moves the keyboard to an option.
    pub fn select(&mut self, option: usize) {
        self.rows.select(option);
    }

    /// Why the option that the keyboard is on cannot be chosen, when it cannot.
    #[must_use]
    pub fn why_not(&self) -> Option<&str> {
        self.options.get(self.rows.selected()?)?.why_not.as_deref()
    }

    /// How many options there are, which is how many lines they need.
    #[must_use]
    pub fn len(&self) -> usize {
        self.options.len()
    }

    /// Whether there is nothing to choose.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Moves with the usual keys and chooses with the space bar. At either end Up and Down are left to whoever is
    /// around.
    pub fn key(&mut self, key: &Key) -> Response {
        if *key == Key::char(' ') {
            return self.toggle();
        }
        let before = self.rows.selected();
        let moved = self.rows.key(key);
        let at_the_end = before == self.rows.selected() && matches!(key.code, Code::Up | Code::Down);
        if moved && !at_the_end { Response::Taken } else { Response::Ignored }
    }

    /// A click chooses.
    pub fn mouse(&mut self, mouse: &Mouse) -> Response {
        if !self.rows.mouse(mouse) {
            Response::Ignored
        } else if mouse.kind == MouseKind::Down {
            self.toggle()
        } else {
            Response::Taken
        }
    }

    /// Chooses the one that the keyboard is on, for Enter; `None` where any number can be chosen.
    pub fn settle(&mut self) -> Option<Response> {
        (self.pick == Pick::One).then(|| self.toggle())
    }

    fn toggle(&mut self) -> Response {
        let Some(option) = self.rows.selected() else {
            return Response::Ignored;
        };
        if let Some(reason) = self.why_not() {
            return Response::Refused(reason.to_owned());
        }
        match (self.pick, self.chosen.iter().position(|chosen| *chosen == option)) {
            (Pick::One, Some(_)) => return Response::Taken,
            (Pick::Several, Some(position)) => drop(self.chosen.remove(position)),
            (_, None) => self.choose(option),
        }
        Response::Changed
    }

    fn choose(&mut self, option: usize) {
        if self.pick == Pick::One {
            self.chosen.clear();
        }
        if option < self.options.len() && !self.is_chosen(option) {
            self.chosen.push(option);
            self.chosen.sort_unstable();
        }
    }

    /// Draws the options, one a line.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) {
        let Self { pick, options, chosen, rows } = self;
        let glyphs = &theme.glyphs;
        List::new(theme, focus).quiet().draw(area, buf, rows, |index| {
            let Some(option) = options.get(index) else {
                return Item::default();
            };
            let sign = match (*pick, chosen.contains(&index)) {
                (Pick::One, true) => glyphs.chosen,
                (Pick::One, false) => glyphs.unchosen,
                (Pick::Several, true) => glyphs.on,
                (Pick::Several, false) => glyphs.off,
            };
            let mut item = Item::new(option.label.clone()).sign(Span::styled(sign, theme.accent));
            if let Some(note) = &option.note {
                item = item.note(note.clone());
            }
            match &option.why_not {
                Some(reason) => item.disabled(reason.clone()),
                None => item,
            }
        });
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};

    fn setups() -> Choice {
        let options = [
            Choosable::new("Simple setup"),
            Choosable::new("Advanced setup"),
            Choosable::new("Copy").disabled("there is no other role"),
        ];
        Choice::new(Pick::One, options).with(0)
    }

    fn several() -> Choice {
        Choice { pick: Pick::Several, ..setups() }
    }

    fn typed(choice: &mut Choice, keys: &str) -> Response {
        Key::sequence(keys).iter().map(|key| choice.key(key)).last().unwrap()
    }

    fn drawn(choice: &mut Choice) -> Vec<String> {
        canvas(36, 3, |area, buf| choice.draw(area, buf, &MONO, Focus::Here))
    }

    #[test]
    fn choosing_another_gives_up_the_first() {
        let mut choice = setups();
        assert_eq!(typed(&mut choice, "<down><space>"), Response::Changed);
        assert_eq!(choice.all_chosen(), [1]);
        assert_eq!(typed(&mut choice, "<space>"), Response::Taken, "one stays chosen");
        assert_eq!(
            drawn(&mut choice),
            [
                "  ○ Simple setup                    ",
                "▌ ◉ Advanced setup                  ",
                "  ○ Copy · there is no other role   "
            ]
        );
    }

    #[test]
    fn of_several_each_is_chosen_and_given_up_by_itself() {
        let mut choice = several();
        typed(&mut choice, "j<space>");
        assert_eq!(choice.all_chosen(), [0, 1]);
        assert!(drawn(&mut choice)[1].starts_with("▌ ☑ Advanced"));
        typed(&mut choice, "k<space>");
        assert_eq!(choice.all_chosen(), [1]);
    }

    #[test]
    fn what_cannot_be_chosen_says_why() {
        let mut choice = setups();
        let refused = Response::Refused("there is no other role".into());
        assert_eq!(typed(&mut choice, "G<space>"), refused);
        assert_eq!(choice.why_not(), Some("there is no other role"));
        assert_eq!(choice.all_chosen(), [0]);
    }

    #[test]
    fn at_the_ends_the_arrows_are_for_others() {
        let mut choice = setups();
        assert_eq!(typed(&mut choice, "<up>"), Response::Ignored);
        assert_eq!(typed(&mut choice, "<down>"), Response::Taken);
        assert_eq!(typed(&mut choice, "<down><down>"), Response::Ignored);
        assert_eq!(typed(&mut choice, "x"), Response::Ignored);
    }

    #[test]
    fn a_click_chooses() {
        let mut choice = setups();
        drawn(&mut choice);
        let click = Mouse { kind: MouseKind::Down, column: 5, row: 1 };
        assert_eq!(choice.mouse(&click), Response::Changed);
        assert_eq!(choice.chosen(), Some(1));
    }

    #[test]
    fn any_area_will_do() {
        everywhere(|area, buf| several().draw(area, buf, &MONO, Focus::Elsewhere));
        everywhere(|area, buf| Choice::new(Pick::One, []).draw(area, buf, &MONO, Focus::Here));
    }
}
