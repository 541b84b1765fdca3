//! The terminal's background: asked for with OSC 11, and the answer found among the keys, where it arrives.
//!
//! Nothing waits for the answer, and a terminal that gives none costs nothing. What begins like an answer and goes on
//! otherwise is passed on as the keys that it was, and after the time for answering everything is a key.

use std::time::{Duration, Instant};

use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::theme::Ground;

/// The question.
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x07";

/// How long an answer may take; over a slow line, too.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What every answer begins with, after the key Alt-].
const BEGINNING: &str = "11;rgb:";

/// The longest answer: three numbers of four digits with slashes between them.
const LONGEST: usize = BEGINNING.len() + 3 * 4 + 2;

/// Whether the terminal is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// It is.
    Asked,
    /// It is not: the answer would change nothing.
    Not,
}

/// Finds the answer among the keys.
pub(super) struct Answer {
    until: Option<Instant>,
    held: Vec<Event>,
    text: String,
}

impl Answer {
    /// Looks for one, if there was a question.
    pub(super) fn to(asking: Asking, now: Instant) -> Self {
        let until = (asking == Asking::Asked).then(|| now + PATIENCE);
        Self { until, held: Vec::new(), text: String::new() }
    }

    /// What has become of an event: nothing yet, itself with what was held back, or the answer.
    pub(super) fn sift(&mut self, event: Event, now: Instant) -> Vec<Event> {
        if self.until.is_none_or(|until| now > until) {
            self.until = None;
            return self.give_back(event);
        }
        let Event::Key(key) = event else { return self.give_back(event) };
        if self.held.is_empty() {
            if key != Key::alt(']') {
                return vec![event];
            }
            self.held.push(event);
            return Vec::new();
        }
        if key == Key::ctrl('g') || key == Key::alt('\\') {
            let told = ground(&self.text);
            return match told {
                Some(ground) => {
                    *self = Self { until: None, held: Vec::new(), text: String::new() };
                    vec![Event::Ground(ground)]
                }
                None => self.give_back(event),
            };
        }
        match key.typed() {
            Some(c) if self.fits(c) => {
                self.text.push(c);
                self.held.push(event);
                Vec::new()
            }
            _ => self.give_back(event),
        }
    }

    fn fits(&self, c: char) -> bool {
        match BEGINNING.as_bytes().get(self.text.len()) {
            Some(wanted) => char::from(*wanted) == c,
            None => self.text.len() < LONGEST && (c.is_ascii_hexdigit() || c == '/'),
        }
    }

    fn give_back(&mut self, event: Event) -> Vec<Event> {
        self.text.clear();
        let mut events = std::mem::take(&mut self.held);
        events.push(event);
        events
    }
}

/// Light or dark, from `11;rgb:RRRR/GGGG/BBBB` with one to four digits each.
fn ground(text: &str) -> Option<Ground> {
    let mut parts = text.strip_prefix(BEGINNING)?.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let light = 0.299 * red + 0.587 * green + 0.114 * blue;
    let ground = if light > 0.5 { Ground::Light } else { Ground::Dark };
    parts.next().is_none().then_some(ground)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, end: Key) -> Vec<Event> {
        let typed = text.chars().map(|c| Event::Key(Key::char(c).normal()));
        [Event::Key(Key::alt(']'))].into_iter().chain(typed).chain([Event::Key(end)]).collect()
    }

    fn sifted(events: Vec<Event>) -> Vec<Event> {
        let now = Instant::now();
        let mut answer = Answer::to(Asking::Asked, now);
        events.into_iter().flat_map(|event| answer.sift(event, now)).collect()
    }

    #[test]
    fn an_answer_tells_light_from_dark_and_types_nothing() {
        let cases = [
            ("11;rgb:ffff/ffff/ffff", Ground::Light),
            ("11;rgb:1e1e/1e1e/1e1e", Ground::Dark),
            ("11;rgb:fd/f6/e3", Ground::Light),
            ("11;rgb:0/0/0", Ground::Dark),
        ];
        for (text, ground) in cases {
            for end in [Key::ctrl('g'), Key::alt('\\')] {
                assert_eq!(sifted(keys(text, end)), [Event::Ground(ground)], "{text}");
            }
        }
    }

    #[test]
    fn keys_that_are_no_answer_arrive_in_their_order() {
        for text in ["", "11", "11;rgb:", "11;rgb:zz", "hello", "11;rgb:fff/fff", "11;rgb:ffff/ffff/ffff/ffff"] {
            let events = keys(text, Key::ctrl('g'));
            assert_eq!(sifted(events.clone()), events, "{text}");
        }
        let other = vec![Event::Paste("x".into()), Event::Key(Key::char('a')), Event::Key(Key::char('1'))];
        assert_eq!(sifted(other.clone()), other);
        let cut = vec![Event::Key(Key::alt(']')), Event::Key(Key::char('1')), Event::Paste("p".into())];
        assert_eq!(sifted(cut.clone()), cut);
    }

    #[test]
    fn without_a_question_and_after_the_time_everything_is_a_key() {
        let events = keys("11;rgb:ffff/ffff/ffff", Key::ctrl('g'));
        let now = Instant::now();
        for (asking, at) in [(Asking::Not, now), (Asking::Asked, now + PATIENCE * 2)] {
            let mut answer = Answer::to(asking, now);
            let heard: Vec<_> = events.iter().cloned().flat_map(|event| answer.sift(event, at)).collect();
            assert_eq!(heard, events);
        }
    }
}
