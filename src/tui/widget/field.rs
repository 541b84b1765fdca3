//! A place to type: one line, several lines, or a passphrase.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use tui_textarea::{CursorMove, TextArea};
use zeroize::Zeroizing;

use crate::tui::key::{Code, Key};
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::progress::grouped;
use crate::tui::widget::response::Response;
use crate::tui::widget::secret::Secret;
use crate::tui::widget::toast::Tone;
use crate::tui::widget::typed::{at, character_in_row, draw_many, draw_one, height, place};

/// Characters that a line, a passphrase and a text may have unless said otherwise.
const LINE_LIMIT: usize = 256;
const PASSPHRASE_LIMIT: usize = 256;
const TEXT_LIMIT: usize = 2_000_000;

/// Rows that a text of several lines shows unless said otherwise.
const TEXT_ROWS: u16 = 5;

#[derive(Debug)]
enum Content {
    Line(Box<TextArea<'static>>),
    Text(Box<TextArea<'static>>),
    Passphrase(Secret),
}

/// A field with its label, what is in it, and what is said about that below it.
#[derive(Debug)]
pub struct Field {
    label: Cow<'static, str>,
    placeholder: Cow<'static, str>,
    content: Content,
    limit: usize,
    rows: u16,
    hint: Option<Line<'static>>,
    problem: Option<String>,
    offset: usize,
    /// Columns for the text in the last drawing.
    width: usize,
}

impl Field {
    /// A field of one line.
    #[must_use]
    pub fn line(label: impl Into<Cow<'static, str>>) -> Self {
        Self::new(label.into(), Content::Line(empty()), LINE_LIMIT)
    }

    /// A field of several lines.
    #[must_use]
    pub fn text(label: impl Into<Cow<'static, str>>) -> Self {
        Self { rows: TEXT_ROWS, ..Self::new(label.into(), Content::Text(empty()), TEXT_LIMIT) }
    }

    /// A field for a passphrase, which is never shown.
    #[must_use]
    pub fn passphrase(label: impl Into<Cow<'static, str>>) -> Self {
        let secret = Secret::new(PASSPHRASE_LIMIT);
        Self::new(label.into(), Content::Passphrase(secret), PASSPHRASE_LIMIT)
    }

    fn new(label: Cow<'static, str>, content: Content, limit: usize) -> Self {
        Self { label, placeholder: "".into(), content, limit, rows: 1, hint: None, problem: None, offset: 0, width: 0 }
    }

    /// What stands in the field as long as it is empty.
    #[must_use]
    pub fn placeholder(self, text: impl Into<Cow<'static, str>>) -> Self {
        Self { placeholder: text.into(), ..self }
    }

    /// How many characters it takes; a passphrase always takes 256.
    #[must_use]
    pub fn limit(self, characters: usize) -> Self {
        let is_passphrase = matches!(self.content, Content::Passphrase(_));
        Self { limit: if is_passphrase { PASSPHRASE_LIMIT } else { characters }, ..self }
    }

    /// How many rows a field of several lines shows.
    #[must_use]
    pub fn rows(self, rows: u16) -> Self {
        Self { rows: if matches!(self.content, Content::Text(_)) { rows.max(1) } else { 1 }, ..self }
    }

    /// With a text in it.
    #[must_use]
    pub fn with(mut self, text: &str) -> Self {
        self.set(text);
        self
    }

    /// The label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What was typed, exactly, lines ended by `\n`. A passphrase is not told here.
    #[must_use]
    pub fn value(&self) -> String {
        match &self.content {
            Content::Line(area) | Content::Text(area) => area.lines().join("\n"),
            Content::Passphrase(_) => String::new(),
        }
    }

    /// The passphrase that was typed; empty for other fields.
    #[must_use]
    pub fn secret(&self) -> Zeroizing<String> {
        match &self.content {
            Content::Passphrase(secret) => Zeroizing::new(secret.text().to_owned()),
            Content::Line(_) | Content::Text(_) => Zeroizing::default(),
        }
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Line(area) | Content::Text(area) => area.is_empty(),
            Content::Passphrase(secret) => secret.text().is_empty(),
        }
    }

    /// Replaces what is in the field.
    pub fn set(&mut self, text: &str) {
        match &mut self.content {
            Content::Line(area) | Content::Text(area) => *area = empty(),
            Content::Passphrase(secret) => secret.clear(),
        }
        self.offset = 0;
        self.insert(text);
    }

    /// Says what is wrong, until something is typed.
    pub fn set_problem(&mut self, problem: Option<String>) {
        self.problem = problem;
    }

    /// Whether something is wrong.
    #[must_use]
    pub fn has_problem(&self) -> bool {
        self.problem.is_some()
    }

    /// Says something about what was typed, as long as nothing is wrong.
    pub fn set_hint(&mut self, hint: Option<Line<'static>>) {
        self.hint = hint;
    }

    /// Types a key. Enter, Tab, Esc, and Up and Down where they lead out of the text, are left to whoever is around.
    pub fn key(&mut self, key: &Key) -> Response {
        if let Some(c) = key.typed() {
            return self.insert(c.encode_utf8(&mut [0; 4]));
        }
        let response = match &mut self.content {
            Content::Passphrase(secret) => secret.key(key),
            Content::Line(area) => edit(area, key),
            Content::Text(area) => match edit_lines(area, key, self.limit, self.width) {
                Response::Ignored => edit(area, key),
                response => response,
            },
        };
        if response == Response::Changed {
            self.problem = None;
        }
        response
    }

    /// Takes a pasted text whole. In a field of one line, line ends become spaces; what is over the limit is left out,
    /// and said to be.
    pub fn paste(&mut self, text: &str) -> Response {
        let text = Zeroizing::new(text.replace("\r\n", "\n").replace('\r', "\n"));
        match self.content {
            Content::Text(_) => self.insert(&text),
            Content::Line(_) | Content::Passphrase(_) => self.insert(text.trim_end_matches('\n')),
        }
    }

    fn insert(&mut self, text: &str) -> Response {
        let given = text.chars().count();
        let left_out = match &mut self.content {
            Content::Passphrase(secret) => secret.insert(text),
            Content::Line(area) => type_in(area, &text.replace('\n', " "), self.limit),
            Content::Text(area) => type_in(area, text, self.limit),
        };
        self.problem = (left_out > 0).then(|| self.too_long(left_out));
        if left_out == given { Response::Taken } else { Response::Changed }
    }

    fn too_long(&self, left_out: usize) -> String {
        let limit = grouped(self.limit);
        match left_out {
            1 => format!("No more than {limit} characters fit here."),
            _ => format!("No more than {limit} characters fit here; {} were left out.", grouped(left_out)),
        }
    }

    /// Lines that it takes at a width, with what is said below it.
    #[must_use]
    pub fn height(&self, width: u16, theme: &Theme) -> u16 {
        let said = self.said(width, theme).len();
        self.rows.saturating_add(u16::try_from(said).unwrap_or(u16::MAX))
    }

    fn said(&self, width: u16, theme: &Theme) -> Vec<Line<'static>> {
        match (&self.problem, &self.hint) {
            (Some(problem), _) => wrap(&Tone::Problem.line(problem.as_str(), theme), width),
            (None, Some(hint)) => wrap(hint, width),
            (None, None) => Vec::new(),
        }
    }

    /// Draws what is in the field and what is said about it, without the label. Gives the place of the cursor when the
    /// keyboard is here.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) -> Option<Position> {
        let area = area.intersection(buf.area);
        let input = Rect { height: self.rows.min(area.height), ..area };
        let below = Rect { y: input.bottom(), height: area.height - input.height, ..area };
        for (line, place) in self.said(area.width, theme).iter().zip(below.rows()) {
            draw_line(line, place, buf, theme);
        }
        if input.is_empty() {
            return None;
        }
        // A text stands in a box of its own and needs no line under every row.
        let paper = match self.content {
            Content::Line(_) => theme.input,
            Content::Text(_) => theme.text,
            Content::Passphrase(_) => theme.secret,
        };
        buf.set_style(input, paper);
        if self.is_empty() {
            let style = theme.muted.patch(paper);
            draw_line(&Line::styled(self.placeholder.as_ref(), style), input, buf, theme);
        }
        let at = match &self.content {
            Content::Passphrase(secret) => draw_mask(secret, input, buf, theme),
            Content::Line(area) => draw_one(area.lines(), cursor(area), &mut self.offset, input, buf, theme),
            Content::Text(area) => {
                self.width = usize::from(input.width.saturating_sub(2));
                draw_many(area.lines(), cursor(area), &mut self.offset, self.width, input, buf, theme)
            }
        };
        focus.is_here().then_some(at)
    }
}

/// Adds what fits; how many characters did not.
fn type_in(area: &mut TextArea<'_>, text: &str, limit: usize) -> usize {
    let room = limit.saturating_sub(characters(area));
    let end = text.char_indices().nth(room).map_or(text.len(), |(end, _)| end);
    area.insert_str(text.get(..end).unwrap_or_default());
    text.chars().count().saturating_sub(room)
}

/// The line and the character that the cursor stands before.
fn cursor(area: &TextArea<'_>) -> (usize, usize) {
    let cursor = area.cursor();
    (cursor.0, cursor.1)
}

/// A text without a history of its own, which would keep what was deleted.
fn empty() -> Box<TextArea<'static>> {
    let mut area = TextArea::default();
    area.set_max_histories(0);
    Box::new(area)
}

fn draw_mask(secret: &Secret, input: Rect, buf: &mut Buffer, theme: &Theme) -> Position {
    let room = usize::from(input.width);
    let (all, before) = secret.shape();
    let hidden = (before + 1).saturating_sub(room);
    let shown = (all - hidden).min(room);
    buf.set_stringn(input.x, input.y, theme.glyphs.mask.repeat(shown), room, theme.secret);
    at(input, before - hidden, 0)
}

/// Characters in all lines, with the line ends.
fn characters(area: &TextArea<'_>) -> usize {
    let line_ends = area.lines().len().saturating_sub(1);
    line_ends + area.lines().iter().map(|line| line.chars().count()).sum::<usize>()
}

/// The keys that work within a line, as in a shell.
fn edit(area: &mut TextArea<'_>, key: &Key) -> Response {
    let movement = match (key.code, key.ctrl, key.alt) {
        (Code::Left, false, false) => CursorMove::Back,
        (Code::Right, false, false) => CursorMove::Forward,
        (Code::Left, ..) | (Code::Char('b'), false, true) => CursorMove::WordBack,
        (Code::Right, ..) | (Code::Char('f'), false, true) => CursorMove::WordForward,
        (Code::Home, ..) | (Code::Char('a'), true, false) => CursorMove::Head,
        (Code::End, ..) | (Code::Char('e'), true, false) => CursorMove::End,
        _ => {
            let changed = match (key.code, key.ctrl, key.alt) {
                (Code::Backspace, false, false) | (Code::Char('h'), true, false) => area.delete_char(),
                (Code::Backspace, ..) | (Code::Char('w'), true, false) => area.delete_word(),
                (Code::Delete, false, false) => area.delete_next_char(),
                (Code::Delete, ..) | (Code::Char('d'), false, true) => area.delete_next_word(),
                (Code::Char('u'), true, false) => area.delete_line_by_head(),
                (Code::Char('k'), true, false) => area.delete_line_by_end(),
                _ => return Response::Ignored,
            };
            return if changed { Response::Changed } else { Response::Taken };
        }
    };
    area.move_cursor(movement);
    Response::Taken
}

/// The keys that work between lines. A long line is broken into rows, and Up and Down go by rows.
fn edit_lines(area: &mut TextArea<'_>, key: &Key, limit: usize, width: usize) -> Response {
    match key.code {
        Code::Enter if characters(area) < limit => {
            area.insert_newline();
            Response::Changed
        }
        Code::Up => go(area, width, |row| row.checked_sub(1)),
        Code::Down => go(area, width, |row| Some(row + 1)),
        _ => Response::Ignored,
    }
}

/// Moves the cursor to another row, as near to its column as there is text.
fn go(area: &mut TextArea<'_>, room: usize, to: impl Fn(usize) -> Option<usize>) -> Response {
    let cursor = area.cursor();
    let Some(text) = area.lines().get(cursor.0) else {
        return Response::Ignored;
    };
    let (row, column) = place(text, cursor.1, room);
    let in_line = to(row).filter(|row| *row < height(text, room));
    let target = match in_line {
        Some(row) => Some((cursor.0, row)),
        None => to(cursor.0)
            .and_then(|line| Some((line, area.lines().get(line)?)))
            .map(|(line, text)| (line, if line < cursor.0 { height(text, room) - 1 } else { 0 })),
    };
    let Some((line, row)) = target else {
        return Response::Ignored;
    };
    let text = area.lines().get(line).map(String::as_str).unwrap_or_default();
    let character = character_in_row(text, row, column, room);
    if let (Ok(line), Ok(character)) = (u16::try_from(line), u16::try_from(character)) {
        area.move_cursor(CursorMove::Jump(line, character));
    } else if line < cursor.0 || row < place(text, cursor.1, room).0 {
        area.move_cursor(CursorMove::Up);
    } else {
        area.move_cursor(CursorMove::Down);
    }
    Response::Taken
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::tui::widget::canvas::{MONO, canvas, everywhere, marked_with, painted};
    use ratatui::style::Modifier;

    fn typed(field: &mut Field, keys: &str) -> Response {
        Key::sequence(keys).iter().map(|key| field.key(key)).last().unwrap()
    }

    /// The rows, and the column and row of the cursor.
    fn drawn(field: &mut Field, width: u16, height: u16) -> (Vec<String>, Option<(u16, u16)>) {
        let mut cursor = None;
        let lines = canvas(width, height, |area, buf| cursor = field.draw(area, buf, &MONO, Focus::Here));
        (lines, cursor.map(|at| (at.x, at.y)))
    }

    #[test]
    fn typing_and_the_usual_keys_edit_a_line() {
        let mut field = Field::line("Name");
        typed(&mut field, "Ada Lovelace<ctrl-w>Byron<home><del>I<ctrl-right><ctrl-right>, Countess");
        assert_eq!(field.value(), "Ida Byron, Countess");
        typed(&mut field, "<ctrl-u>");
        assert!(field.is_empty());
        assert_eq!(typed(&mut field, "<backspace>"), Response::Taken, "nothing changed");
    }

    #[test]
    fn keys_that_lead_out_are_for_others() {
        let mut field = Field::line("Name");
        for key in ["<enter>", "<tab>", "<esc>", "<up>", "<down>", "<shift-tab>", "<ctrl-s>", "<f1>"] {
            assert_eq!(typed(&mut field, key), Response::Ignored, "{key}");
        }
    }

    #[test]
    fn the_cursor_is_seen_only_where_the_keyboard_is() {
        let mut field = Field::line("Name").with("日本");
        assert_eq!(drawn(&mut field, 10, 1), (vec!["日本      ".into()], Some((4, 0))));
        let mut away = None;
        canvas(10, 1, |area, buf| away = field.draw(area, buf, &MONO, Focus::Elsewhere));
        assert_eq!(away, None);
    }

    #[test]
    fn a_long_line_scrolls_with_its_cursor() {
        let mut field = Field::line("Name").with("abcdefghij");
        assert_eq!(drawn(&mut field, 6, 1), (vec!["fghij ".into()], Some((5, 0))));
        typed(&mut field, "<home>");
        assert_eq!(drawn(&mut field, 6, 1), (vec!["abcdef".into()], Some((0, 0))));
    }

    #[test]
    fn hostile_characters_are_kept_and_shown_by_their_codes() {
        let hostile = "a\u{1b}[2J\u{202e}b\u{200b}\u{e0041}";
        let mut field = Field::line("Name").with(hostile);
        assert_eq!(field.value(), hostile);
        let (lines, cursor) = drawn(&mut field, 60, 1);
        assert_eq!(lines[0].trim_end(), "a<U+001B>[2J<U+202E>b<U+200B><U+E0041>");
        assert_eq!(cursor, Some((38, 0)));
        typed(&mut field, "<backspace><backspace><backspace>");
        assert!(drawn(&mut field, 60, 1).0[0].trim_end().ends_with("<U+202E>"));
    }

    #[test]
    fn escapes_look_different_from_text() {
        let mut field = Field::line("Name").with("a\u{202e}");
        let buf = painted(12, 1, |area, buf| assert!(field.draw(area, buf, &MONO, Focus::Here).is_some()));
        assert_eq!(marked_with(&buf, Modifier::REVERSED), [" ^^^^^^^^   "]);
    }

    #[test]
    fn a_paste_is_taken_whole_and_lines_become_one() {
        let mut field = Field::line("Name");
        assert_eq!(field.paste("Ada\r\nLovelace\r"), Response::Changed);
        assert_eq!(field.value(), "Ada Lovelace");
        let mut field = Field::text("Addresses");
        field.paste("a@example.com\rb@example.com\r\n");
        assert_eq!(field.value(), "a@example.com\nb@example.com\n");
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_said_to_be() {
        let mut field = Field::line("Name").limit(5);
        field.paste("日本語ですよね");
        assert_eq!(field.value(), "日本語です");
        let (lines, _) = drawn(&mut field, 66, 2);
        assert_eq!(lines[1].trim_end(), "✗ No more than 5 characters fit here; 2 were left out.");
        assert_eq!(typed(&mut field, "x"), Response::Taken);
        typed(&mut field, "<backspace>");
        assert!(!field.has_problem(), "it was about what was there before");
    }

    #[test]
    fn ten_thousand_characters_are_no_trouble() {
        let mut field = Field::text("Addresses");
        field.paste(&"x\u{301}日\u{202e}".repeat(2_500));
        assert_eq!(field.value().chars().count(), 10_000);
        typed(&mut field, "<home><end><up><up><backspace>");
        let (lines, cursor) = drawn(&mut field, 40, 5);
        assert!(lines.iter().all(|line| line.contains("<U+202E>")) && cursor.is_some());
    }

    #[test]
    fn what_is_wrong_stands_below_until_something_is_typed() {
        let mut field = Field::line("Name").with("Ada");
        field.set_hint(Some("as others will see it".into()));
        field.set_problem(Some("This name is taken. Choose another one.".into()));
        assert_eq!(field.height(30, &MONO), 3);
        let (lines, _) = drawn(&mut field, 30, 3);
        assert_eq!(lines[1..], ["✗ This name is taken. Choose  ", "another one.                  "]);
        typed(&mut field, "x");
        assert_eq!(field.height(30, &MONO), 2);
        assert_eq!(drawn(&mut field, 30, 2).0[1], "as others will see it         ");
    }

    #[test]
    fn an_empty_field_shows_what_belongs_into_it() {
        let mut field = Field::line("Address").placeholder("name@example.com");
        assert_eq!(drawn(&mut field, 18, 1), (vec!["name@example.com  ".into()], Some((0, 0))));
    }

    #[test]
    fn a_passphrase_shows_its_length_and_nothing_else() {
        let mut field = Field::passphrase("Passphrase");
        typed(&mut field, "correct horse");
        field.paste(" battery\n");
        assert_eq!(field.secret().as_str(), "correct horse battery");
        let mut short = Field::passphrase("Passphrase").with("abc");
        assert_eq!(drawn(&mut short, 8, 1), (vec!["•••     ".into()], Some((3, 0))));
        assert_eq!(drawn(&mut field, 8, 1), (vec!["••••••• ".into()], Some((7, 0))));
        assert!(!format!("{field:?}").contains("correct"));
        assert_eq!(field.value(), "");
        assert_eq!(Field::line("Name").with("Ada").secret().as_str(), "");
    }

    #[test]
    fn a_text_breaks_its_lines_and_goes_by_rows() {
        let mut field = Field::text("Addresses").rows(3);
        typed(&mut field, "abcdefghijkl<enter>mno");
        assert_eq!(drawn(&mut field, 7, 3), (vec!["fghij │".into(), "kl    ┃".into(), "mno   ┃".into()], Some((3, 2))));
        typed(&mut field, "<up>");
        assert_eq!(drawn(&mut field, 7, 3).1, Some((2, 1)), "as near as there is text");
        typed(&mut field, "<up><up>");
        assert_eq!(drawn(&mut field, 7, 3), (vec!["abcde ┃".into(), "fghij ┃".into(), "kl    │".into()], Some((2, 0))));
        assert_eq!(typed(&mut field, "<up>"), Response::Ignored);
        typed(&mut field, "<down><down>");
        assert_eq!(typed(&mut field, "<down>"), Response::Taken);
        assert_eq!(typed(&mut field, "<down>"), Response::Ignored);
    }

    #[test]
    fn any_area_will_do() {
        let contents = ["", "abc", "日本\u{202e}語\nsecond e\u{301} line"];
        for content in contents {
            for mut field in [Field::line("a"), Field::text("b"), Field::passphrase("c")] {
                field.set(content);
                field.set_problem(Some("日本 is wrong".into()));
                everywhere(|area, buf| {
                    let cursor = field.draw(area, buf, &MONO, Focus::Here);
                    assert!(cursor.is_none_or(|at| area.contains(at)));
                    field.key(&Key::sequence("<up>")[0]);
                });
            }
        }
    }
}
