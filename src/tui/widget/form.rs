//! Questions below each other: fields and choices, one of which has the keyboard.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::question::{Question, Shape};
use crate::tui::widget::response::Response;

/// Questions, each known by an id of the screen's own.
#[derive(Debug)]
pub struct Form<Id> {
    questions: Vec<(Id, Question)>,
    current: usize,
    /// The first question that was drawn, and where each was.
    first: usize,
    places: Vec<(usize, Rect)>,
}

impl<Id> Default for Form<Id> {
    fn default() -> Self {
        Self { questions: Vec::new(), current: 0, first: 0, places: Vec::new() }
    }
}

impl<Id: Copy + Eq> Form<Id> {
    /// Without any questions yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a field.
    #[must_use]
    pub fn field(mut self, id: Id, field: Field) -> Self {
        self.questions.push((id, Question::Field(Box::new(field))));
        self
    }

    /// With a choice and its label.
    #[must_use]
    pub fn choice(mut self, id: Id, label: impl Into<Cow<'static, str>>, choice: Choice) -> Self {
        self.questions.push((id, Question::Choice(label.into(), choice)));
        self
    }

    /// What was typed into a field; empty where there is no such field.
    #[must_use]
    pub fn value(&self, id: Id) -> String {
        self.get_field(id).map(Field::value).unwrap_or_default()
    }

    /// A field.
    #[must_use]
    pub fn get_field(&self, id: Id) -> Option<&Field> {
        self.questions.iter().find_map(|(known, question)| match question {
            Question::Field(field) if *known == id => Some(field.as_ref()),
            _ => None,
        })
    }

    /// A field, to change it.
    pub fn field_mut(&mut self, id: Id) -> Option<&mut Field> {
        self.questions.iter_mut().find_map(|(known, question)| match question {
            Question::Field(field) if *known == id => Some(field.as_mut()),
            _ => None,
        })
    }

    /// A choice.
    #[must_use]
    pub fn get_choice(&self, id: Id) -> Option<&Choice> {
        self.questions.iter().find_map(|(known, question)| match question {
            Question::Choice(_, choice) if *known == id => Some(choice),
            _ => None,
        })
    }

    /// A choice, to change it.
    pub fn choice_mut(&mut self, id: Id) -> Option<&mut Choice> {
        self.questions.iter_mut().find_map(|(known, question)| match question {
            Question::Choice(_, choice) if *known == id => Some(choice),
            _ => None,
        })
    }

    /// The question that has the keyboard.
    #[must_use]
    pub fn current(&self) -> Option<Id> {
        self.questions.get(self.current).map(|(id, _)| *id)
    }

    /// Gives the keyboard to a question.
    pub fn focus(&mut self, id: Id) {
        let found = self.questions.iter().position(|(known, _)| *known == id);
        self.current = found.unwrap_or(self.current);
    }

    /// Gives the keyboard to the first question.
    pub fn focus_first(&mut self) {
        self.current = 0;
    }

    /// Gives the keyboard to the last question.
    pub fn focus_last(&mut self) {
        self.current = self.questions.len().saturating_sub(1);
    }

    /// Says what is wrong with a field, and gives it the keyboard.
    pub fn refuse(&mut self, id: Id, problem: impl Into<String>) {
        if let Some(field) = self.field_mut(id) {
            field.set_problem(Some(problem.into()));
        }
        self.focus(id);
    }

    /// Answers the current question, or goes to another: Tab, Shift-Tab, and Up and Down where they lead out of a
    /// question; Enter goes on, and submits from the last one. Tab, Up and Down at the ends are left to whoever is
    /// around.
    pub fn key(&mut self, key: &Key) -> Response {
        let Some((_, question)) = self.questions.get_mut(self.current) else {
            return Response::Ignored;
        };
        let response = question.key(key);
        if !response.is_ignored() || key.ctrl || key.alt {
            return response;
        }
        match key.code {
            Code::Tab | Code::Down => self.go(self.current.checked_add(1)),
            Code::BackTab | Code::Up => self.go(self.current.checked_sub(1)),
            Code::Enter => self.enter(),
            _ => Response::Ignored,
        }
    }

    fn go(&mut self, to: Option<usize>) -> Response {
        match to.filter(|to| *to < self.questions.len()) {
            Some(to) => self.current = to,
            None => return Response::Ignored,
        }
        Response::Taken
    }

    fn enter(&mut self) -> Response {
        if let Some((_, Question::Choice(_, choice))) = self.questions.get_mut(self.current)
            && let Some(refused @ Response::Refused(_)) = choice.settle()
        {
            return refused;
        }
        match self.go(self.current.checked_add(1)) {
            Response::Ignored => Response::Submitted,
            response => response,
        }
    }

    /// Gives a pasted text to the current field.
    pub fn paste(&mut self, text: &str) -> Response {
        match self.questions.get_mut(self.current) {
            Some((_, Question::Field(field))) => field.paste(text),
            _ => Response::Ignored,
        }
    }

    /// Gives the keyboard to the question that was clicked, and the click to its choice.
    pub fn mouse(&mut self, mouse: &Mouse) -> Response {
        let at = Position::new(mouse.column, mouse.row);
        let Some((index, _)) = self.places.iter().find(|(_, place)| place.contains(at)) else {
            return Response::Ignored;
        };
        if mouse.kind == MouseKind::Down {
            self.current = *index;
        }
        let response = match self.questions.get_mut(*index) {
            Some((_, Question::Choice(_, choice))) => choice.mouse(mouse),
            _ => Response::Taken,
        };
        if response.is_ignored() { Response::Taken } else { response }
    }

    /// Lines that the whole form takes at a width.
    #[must_use]
    pub fn height(&self, width: u16, theme: &Theme) -> u16 {
        let shape = self.shape(width);
        let heights = self.questions.iter().map(|(_, question)| shape.height(question, theme));
        heights.fold(0_u16, u16::saturating_add)
    }

    fn shape(&self, width: u16) -> Shape {
        Shape::new(self.questions.iter().map(|(_, question)| question.label()), width)
    }

    /// Draws the questions that have room, with the current one among them. Gives the place of the cursor when the
    /// keyboard is here.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) -> Option<Position> {
        let area = area.intersection(buf.area);
        let shape = self.shape(area.width);
        let heights: Vec<u16> = self.questions.iter().map(|(_, question)| shape.height(question, theme)).collect();
        self.first = first_visible(self.first, self.current, &heights, area.height);
        self.places.clear();
        let mut y = area.y;
        let mut cursor = None;
        for (index, (_, question)) in self.questions.iter_mut().enumerate().skip(self.first) {
            let wanted = heights.get(index).copied().unwrap_or(0);
            let place = Rect { y, height: wanted.min(area.bottom().saturating_sub(y)), ..area };
            if place.is_empty() {
                break;
            }
            self.places.push((index, place));
            let here = Focus::when(focus.is_here() && index == self.current);
            cursor = shape.draw(question, place, buf, theme, here).or(cursor);
            y = place.bottom();
        }
        cursor
    }
}

/// The first question to draw so that the current one has room, scrolled as little as needed.
fn first_visible(first: usize, current: usize, heights: &[u16], room: u16) -> usize {
    let all = |from: usize, to: usize| {
        heights.get(from..to).unwrap_or_default().iter().map(|h| usize::from(*h)).sum::<usize>()
    };
    let room = usize::from(room);
    let mut first = first.min(current);
    while first < current && all(first, current + 1) > room {
        first += 1;
    }
    while first > 0 && all(first - 1, heights.len()) <= room {
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere};
    use crate::tui::widget::choice::{Choosable, Pick};

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Ask {
        Name,
        Address,
        Passphrase,
        Start,
    }

    fn account() -> Form<Ask> {
        let starts = [Choosable::new("Start fresh"), Choosable::new("Look around").disabled("no sample here")];
        Form::new()
            .field(Ask::Name, Field::line("Name"))
            .field(Ask::Address, Field::line("E-mail").placeholder("name@example.com"))
            .field(Ask::Passphrase, Field::passphrase("Passphrase"))
            .choice(Ask::Start, "Organization", Choice::new(Pick::One, starts).with(0))
    }

    fn typed(form: &mut Form<Ask>, keys: &str) -> Response {
        Key::sequence(keys).iter().map(|key| form.key(key)).last().unwrap()
    }

    fn drawn(form: &mut Form<Ask>, width: u16, height: u16) -> (Vec<String>, Option<(u16, u16)>) {
        let mut cursor = None;
        let lines = canvas(width, height, |area, buf| cursor = form.draw(area, buf, &MONO, Focus::Here));
        let lines = lines.iter().map(|line| line.trim_end().to_owned()).collect();
        (lines, cursor.map(|at| (at.x, at.y)))
    }

    #[test]
    fn a_form_is_filled_in_from_top_to_bottom() {
        let mut form = account();
        typed(&mut form, "Ada<enter>ada@example.com<tab>horse battery<down>");
        assert_eq!(form.current(), Some(Ask::Start));
        assert_eq!(form.value(Ask::Name), "Ada");
        assert_eq!(form.value(Ask::Address), "ada@example.com");
        assert_eq!(form.get_field(Ask::Passphrase).unwrap().secret().as_str(), "horse battery");
        assert_eq!(typed(&mut form, "<enter>"), Response::Submitted);
    }

    #[test]
    fn one_goes_back_without_losing_anything_and_no_further_than_the_ends() {
        let mut form = account();
        assert_eq!(typed(&mut form, "<up>"), Response::Ignored);
        typed(&mut form, "Ada<tab>x<shift-tab>");
        assert_eq!((form.current(), form.value(Ask::Address).as_str()), (Some(Ask::Name), "x"));
        form.focus_last();
        assert_eq!(typed(&mut form, "<tab>"), Response::Ignored);
        assert_eq!(typed(&mut form, "<esc>"), Response::Ignored);
    }

    #[test]
    fn labels_stand_beside_their_fields_where_there_is_room() {
        let mut form = account();
        typed(&mut form, "Ada");
        let (lines, cursor) = drawn(&mut form, 60, 6);
        assert_eq!(
            lines,
            [
                "▌ Name           Ada",
                "  E-mail         name@example.com",
                "  Passphrase",
                "  Organization   ◉ Start fresh",
                "                 ○ Look around · no sample here",
                "",
            ]
        );
        assert_eq!(cursor, Some((20, 0)));
    }

    #[test]
    fn labels_stand_above_where_there_is_not() {
        let mut form = account();
        let (lines, cursor) = drawn(&mut form, 24, 4);
        assert_eq!(lines, ["▌ Name", "", "  E-mail", "  name@example.com"]);
        assert_eq!(cursor, Some((2, 1)));
        assert_eq!(form.height(24, &MONO), 9);
    }

    #[test]
    fn a_form_that_is_too_long_scrolls_to_its_current_question() {
        let mut form = account();
        typed(&mut form, "<tab><tab>");
        assert_eq!(drawn(&mut form, 60, 2).0, ["  E-mail         name@example.com", "▌ Passphrase"]);
        typed(&mut form, "<tab>");
        assert!(drawn(&mut form, 60, 2).0[0].contains("Start fresh"));
        assert!(drawn(&mut form, 60, 9).0[0].contains("Name"), "a larger window shows all again");
    }

    #[test]
    fn a_refusal_stands_below_its_field_and_takes_one_there() {
        let mut form = account();
        form.focus_last();
        form.refuse(Ask::Address, "This address is taken.");
        assert_eq!(form.current(), Some(Ask::Address));
        assert_eq!(drawn(&mut form, 60, 6).0[2], "                 ✗ This address is taken.");
    }

    #[test]
    fn a_refusal_is_never_cut() {
        let problem = "This address is taken by somebody else already; choose another one.";
        for width in 24..100 {
            let mut form = account();
            form.refuse(Ask::Address, problem);
            let height = form.height(width, &MONO);
            let said = drawn(&mut form, width, height).0.join(" ");
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(problem), "at {width} columns: {said}");
        }
    }

    #[test]
    fn enter_chooses_what_the_keyboard_is_on() {
        let mut form = account();
        form.focus_last();
        assert_eq!(typed(&mut form, "<down><enter>"), Response::Refused("no sample here".into()));
        assert_eq!(form.get_choice(Ask::Start).unwrap().chosen(), Some(0));
    }

    #[test]
    fn a_paste_goes_to_the_current_field_only() {
        let mut form = account();
        assert_eq!(form.paste("Ada"), Response::Changed);
        form.focus_last();
        assert_eq!(form.paste("x"), Response::Ignored);
        assert_eq!(form.value(Ask::Name), "Ada");
    }

    #[test]
    fn a_click_moves_the_keyboard() {
        let mut form = account();
        drawn(&mut form, 60, 6);
        let click = |row| Mouse { kind: MouseKind::Down, column: 20, row };
        assert_eq!(form.mouse(&click(2)), Response::Taken);
        assert_eq!(form.current(), Some(Ask::Passphrase));
        assert_eq!(form.mouse(&click(5)), Response::Ignored);
    }

    #[test]
    fn any_area_will_do() {
        let mut form = account();
        form.refuse(Ask::Name, "日本 is not a name");
        everywhere(|area, buf| {
            let cursor = form.draw(area, buf, &MONO, Focus::Here);
            assert!(cursor.is_none_or(|at| area.contains(at)));
            typed(&mut form, "<tab>");
        });
        everywhere(|area, buf| assert!(Form::<Ask>::new().draw(area, buf, &MONO, Focus::Here).is_none()));
    }
}
