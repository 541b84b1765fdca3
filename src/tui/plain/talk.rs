//! What is said, and what an answer does.
use std::collections::HashSet;
use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use zeroize::Zeroizing;

use super::meaning::Meaning;
use super::page::{Page, Part};
use crate::domain::text::Shown;
use crate::tui::acts::{Tone, Whose};
use crate::tui::app::{App, Told};
use crate::tui::event::{Event, Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::Offer;
use crate::tui::scene::Ready;

/// The page: as wide as a line that is read in one piece, and with room for a list of some length.
const SIZE: (u16, u16) = (89, 50);

/// What stands behind the thing that the keyboard is on.
const HERE: &str = " (here)";

/// What needs no answer of its own, because everything has a number.
const MOVEMENTS: [&str; 4] = ["Up", "Down", "Next part", "Other answer"];

/// What can be said in answer on every page.
const HELP: &str = "Answer with a number, with the word behind it, or with its key. Where something is to be typed, type \
it; an empty line leaves it as it is.\nBefore any other answer there, put a colon: :12 or :back. Two colons begin a text \
with a colon.\nlook: read everything again. more, less: the next and the previous part of a long list.\n\
Names of keys in angle brackets press them: <down>, <space>, <tab>.";

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    Click(Position),
    Offer(Whose, usize),
}

/// A conversation about one run of the dashboard.
#[derive(Debug, Default)]
pub struct Talk {
    ascii: bool,
    /// What was said before, so that it is not said again.
    said: HashSet<String>,
    layer: Option<u64>,
    crumbs: Vec<String>,
    /// What the numbers stand for, from 1, with the words behind them.
    answers: Vec<(String, Does)>,
    /// Where an answer is typed, if it is.
    typing: Option<Typing>,
}

/// Where an answer is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    Line,
    Secret,
    /// Several lines, in which Enter begins another one.
    Text,
}

impl Talk {
    /// A conversation, in nothing but ASCII where that is all that can be printed.
    #[must_use]
    pub fn new(ascii: bool) -> Self {
        Self { ascii, ..Self::default() }
    }

    /// Whether what is typed next shall not be seen.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.typing == Some(Typing::Secret)
    }

    /// What there is to read now, with the question at its end.
    pub fn say(&mut self, app: &mut App) -> String {
        let (buffer, cursor) = draw(app);
        // What can be done may depend on what had room.
        let told = app.told();
        let page = Page::read(&buffer, self.ascii);
        let elsewhere = self.layer != Some(told.layer) || self.crumbs != told.crumbs;
        let mut out = String::new();
        if let Some((tone, text)) = &told.message {
            let lead = match tone {
                Tone::Done => "OK",
                Tone::Note => "Note",
                Tone::Wrong => "Wrong",
            };
            let _ = writeln!(out, "{lead}: {}", Shown::new(text));
        }
        let mut saying = Saying { before: std::mem::take(&mut self.said), now: HashSet::new(), out };
        told.around.iter().for_each(|line| saying.say(Shown::new(line).to_string()));
        if elsewhere {
            saying.out.push('\n');
            let _ = writeln!(saying.out, "== {} ==", Shown::new(&told.crumbs.join(" > ")));
            saying.before.retain(|line| told.around.contains(line));
        }
        self.answers.clear();
        for line in &page.lines {
            let line = self.line(line, &told);
            if !line.is_empty() {
                saying.say(line);
            }
        }
        if page.above || page.below {
            let ways = match (page.above, page.below) {
                (true, true) => "The list goes on above and below: less, more.",
                (true, false) => "This is the end of the list; less goes back.",
                _ => "The list goes on: more.",
            };
            saying.say(ways.to_owned());
        }
        self.typing = typing(&page, cursor);
        let prompt = self.prompt(&page, cursor, &told);
        self.offers(&told, &mut saying);
        (self.layer, self.crumbs) = (Some(told.layer), told.crumbs);
        if saying.out.is_empty() {
            saying.out.push_str("Nothing changed.\n");
        }
        self.said = saying.now;
        saying.out.push_str(&prompt);
        saying.out
    }

    /// A line of the page, with a number before everything that can be chosen.
    fn line(&mut self, parts: &[Part], told: &Told) -> String {
        let mut line = String::new();
        for part in parts {
            // Some buttons name their key behind the label.
            let is_offer = |offer: &Offer| {
                part.text.strip_prefix(offer.label).is_some_and(|key| key.is_empty() || key.starts_with("  "))
            };
            if part.meaning == Meaning::Button && told.offers.iter().any(is_offer) {
                continue;
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            if matches!(part.meaning, Meaning::Text | Meaning::Key) {
                line.push_str(&part.text);
                continue;
            }
            let text = match part.meaning {
                Meaning::Input | Meaning::Secret | Meaning::Typing if part.placeholder => "(empty)",
                Meaning::Secret => "(hidden)",
                _ => part.text.as_str(),
            };
            self.answers.push((part.text.clone(), Does::Click(part.at)));
            let here = match part.meaning {
                Meaning::Selected => HERE,
                Meaning::Tab => " (open)",
                _ => "",
            };
            let _ = write!(line, "{}) {text}{here}", self.answers.len());
        }
        line
    }

    fn offers(&mut self, told: &Told, saying: &mut Saying) {
        for offer in &told.offers {
            self.answers.push((offer.label.to_owned(), Does::Offer(Whose::Layer, offer.index)));
            if self.typing.is_some() || MOVEMENTS.contains(&offer.label) {
                continue;
            }
            let number = self.answers.len();
            saying.say(match &offer.ready {
                Ready::No(why) => format!("{number}) {}: not now. {}", offer.label, Shown::new(why)),
                _ => format!("{number}) {}", offer.label),
            });
        }
        for offer in &told.everywhere {
            self.answers.push((offer.label.to_owned(), Does::Offer(Whose::Everywhere, offer.index)));
        }
    }

    fn prompt(&self, page: &Page, cursor: Option<Position>, told: &Told) -> String {
        if self.typing.is_none() {
            return "Number or word (? for help): ".into();
        }
        let label = label(page, cursor).or_else(|| told.crumbs.last().cloned()).unwrap_or_default();
        format!("{} (:? for help): ", label.trim_end_matches([':', ' ', '>']))
    }

    /// Takes an answer. Gives what is to be said at once about it, if it means nothing.
    pub fn hear(&mut self, app: &mut App, line: &str) -> Option<String> {
        app.hush();
        let line = Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned());
        match (self.typing, line.strip_prefix(':')) {
            (Some(typing), Some(rest)) if rest.starts_with(':') => write(app, typing, rest),
            (Some(typing), None) => write(app, typing, &line),
            // The colon alone is a key.
            (_, Some(command)) if !command.is_empty() => return self.command(app, command.trim()),
            _ => return self.command(app, line.trim()),
        }
        None
    }

    fn command(&mut self, app: &mut App, command: &str) -> Option<String> {
        let keys = match command {
            "" => return None,
            "?" => return Some(self.help(&app.told())),
            "look" => {
                self.said.clear();
                return None;
            }
            "more" => vec![Key::plain(Code::PageDown)],
            "less" => vec![Key::plain(Code::PageUp)],
            _ if command.starts_with('<') => Key::sequence(command),
            _ => return self.choose(app, command),
        };
        keys.into_iter().for_each(|key| app.handle(Event::Key(key)));
        None
    }

    /// Everything that can be done, with its sentence.
    fn help(&self, told: &Told) -> String {
        let mut out = format!("{HELP}\n");
        let here = told.offers.iter().map(|offer| (Whose::Layer, offer));
        let everywhere = told.everywhere.iter().map(|offer| (Whose::Everywhere, offer));
        for (whose, offer) in here.chain(everywhere) {
            let does = Does::Offer(whose, offer.index);
            // What is offered since the last page has no number yet.
            if let Some(number) = self.answers.iter().position(|(_, known)| *known == does) {
                let _ = write!(out, "{}) ", number + 1);
            }
            let key = offer.keys.first().map(|key| format!(" (key {key})")).unwrap_or_default();
            let _ = write!(out, "{}{key}: {}.", offer.label, offer.about);
            if let Ready::No(why) = &offer.ready {
                let _ = write!(out, " Not now. {}", Shown::new(why));
            }
            out.push('\n');
        }
        out
    }

    fn choose(&self, app: &mut App, command: &str) -> Option<String> {
        let number = command.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let chosen = number.and_then(|number| self.answers.get(number)).or_else(|| self.named(app, command));
        match chosen.map(|(_, does)| *does) {
            Some(Does::Click(Position { x, y })) => {
                app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column: x, row: y }));
            }
            Some(Does::Offer(whose, index)) => app.take_offer(whose, index),
            None => {
                let command = Shown::new(command).to_string();
                return Some(format!("“{command}” is no answer here. ? says what is.\n"));
            }
        }
        None
    }

    /// What a word or a key stands for.
    fn named(&self, app: &App, command: &str) -> Option<&(String, Does)> {
        let word = command.to_lowercase();
        let told = app.told();
        let by_key = |offers: &[Offer], whose: Whose| {
            let has = |offer: &&Offer| offer.keys.iter().any(|key| key.to_string() == command);
            offers.iter().find(has).map(|offer| Does::Offer(whose, offer.index))
        };
        let is = |(label, _): &&(String, Does)| label.to_lowercase() == word;
        let begins = |(label, _): &&(String, Does)| label.to_lowercase().starts_with(&word);
        let offered = |answer: &&(String, Does)| matches!(answer.1, Does::Offer(..)) && begins(answer);
        let contains = |(label, _): &&(String, Does)| label.to_lowercase().contains(&word);
        let by_key = by_key(&told.offers, Whose::Layer).or_else(|| by_key(&told.everywhere, Whose::Everywhere));
        self.answers
            .iter()
            .find(is)
            .or_else(|| by_key.and_then(|does| self.answers.iter().find(|(_, known)| *known == does)))
            .or_else(|| self.answers.iter().find(offered))
            .or_else(|| self.answers.iter().find(begins))
            .or_else(|| self.answers.iter().find(contains))
    }
}

/// What is being said.
struct Saying {
    before: HashSet<String>,
    now: HashSet<String>,
    out: String,
}

impl Saying {
    /// Says a line that was not said before. That something is not chosen any more need not be said.
    fn say(&mut self, line: String) {
        let chosen = format!("{line}{HERE}");
        if !self.before.contains(&line) && !self.before.contains(&chosen) {
            self.out.push_str(&line);
            self.out.push('\n');
        }
        self.now.insert(line);
    }
}

/// The page of the top layer, and where its cursor stands.
fn draw(app: &mut App) -> (Buffer, Option<Position>) {
    let (width, height) = SIZE;
    let Ok(mut terminal) = Terminal::new(TestBackend::new(width, height));
    let Ok(_) = terminal.draw(|frame| app.draw_top(frame));
    let backend = terminal.backend();
    let at = backend.cursor_visible().then(|| backend.cursor_position());
    (backend.buffer().clone(), at)
}

/// The place where an answer is typed: where the cursor is, or where it would be.
fn input(page: &Page, cursor: Option<Position>) -> Option<&Part> {
    let mut places = page.choices().filter(|part| part.meaning.is_typed());
    match cursor {
        Some(at) => places.find(|part| part.holds(at)),
        None => places.find(|part| part.meaning == Meaning::Typing),
    }
}

fn typing(page: &Page, cursor: Option<Position>) -> Option<Typing> {
    match input(page, cursor).map(|part| part.meaning) {
        Some(Meaning::Secret) => Some(Typing::Secret),
        Some(_) => Some(Typing::Line),
        None => cursor.map(|_| Typing::Text),
    }
}

/// The words before the place where an answer is typed, or above it.
fn label(page: &Page, cursor: Option<Position>) -> Option<String> {
    let input = input(page, cursor)?;
    let index = page.lines.iter().position(|line| line.contains(input))?;
    let before = |line: &[Part]| line.iter().take_while(|part| *part != input).last().map(|part| part.text.clone());
    before(page.lines.get(index)?).or_else(|| before(page.lines.get(index.checked_sub(1)?)?))
}

/// Types an answer in place of what is there, and goes on.
fn write(app: &mut App, typing: Typing, text: &str) {
    if !text.is_empty() {
        if typing != Typing::Text {
            app.handle(Event::Key(Key::plain(Code::End)));
            app.handle(Event::Key(Key::ctrl('u')));
        }
        app.handle(Event::Paste(text.to_owned()));
    }
    let on = if typing == Typing::Text { Code::Tab } else { Code::Enter };
    app.handle(Event::Key(Key::plain(on)));
}
