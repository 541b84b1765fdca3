//! What is done to a pasted text before it is looked at.
use std::borrow::Cow;

/// Lines of more bytes than this are broken, so that each entry can be seen and corrected.
const LONG: usize = 400;

/// The text with each entry of a long line on a line of its own; which entries there are stays the same.
pub(super) fn one_on_a_line(text: &str) -> Cow<'_, str> {
    let text: Cow<'_, str> = if text.contains('\t') { text.replace('\t', "\n").into() } else { text.into() };
    if text.split('\n').all(|line| line.len() <= LONG) {
        return text;
    }
    let mut broken = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        if line.len() > LONG {
            Breaker::new(line).write(line, &mut broken);
        } else {
            broken.push_str(line);
        }
    }
    broken.into()
}

/// Finds the places of a line at which an address has ended for sure.
struct Breaker {
    /// There are names in quotation marks, in which anything may stand: only `>` ends an address then.
    quotes: bool,
    quoted: bool,
    angle: bool,
    address: bool,
    /// The character before was `>`: what follows it directly belongs to another entry.
    closed: bool,
}

impl Breaker {
    fn new(line: &str) -> Self {
        Self { quotes: line.contains('"'), quoted: false, angle: false, address: false, closed: false }
    }

    fn write(&mut self, line: &str, out: &mut String) {
        for (at, c) in line.char_indices() {
            let separator = is_separator(c);
            if !separator && !c.is_whitespace() {
                self.pass(c);
                out.push(c);
                continue;
            }
            let ended = self.address && !self.quoted && !self.angle;
            let next = line.get(at + c.len_utf8()..).unwrap_or_default();
            if separator && ended {
                out.extend([c, '\n']);
            } else if c == ' ' && ended && !self.quotes && begins_address(next) {
                out.push('\n');
            } else if c != ' ' || !out.ends_with('\n') {
                out.push(c);
            }
            self.address = self.address && self.quotes && c == ' ';
            self.closed = false;
        }
    }

    fn pass(&mut self, c: char) {
        let closes = c == '>' && self.angle;
        self.address = closes || (!self.quotes && ((self.address && !self.closed) || c == '@'));
        self.closed = closes;
        match c {
            '"' => self.quoted = !self.quoted,
            '<' => self.angle = true,
            '>' => self.angle = false,
            _ => {}
        }
    }
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '，' | '；' | '、')
}

/// Whether the first word has an `@` in it and nothing else that means anything.
fn begins_address(text: &str) -> bool {
    let word = text.split(|c: char| c.is_whitespace() || is_separator(c)).next().unwrap_or_default();
    word.contains('@') && !word.contains(['<', '>'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::address::{Candidate, split_list};

    fn entries(text: &str) -> Vec<Candidate> {
        split_list(text).collect()
    }

    #[test]
    fn short_lines_stay_as_they_are() {
        let text = "jane@example.com, Joe Doe <joe@example.com>; ann@example.com";
        assert_eq!(one_on_a_line(text), text);
        assert_eq!(one_on_a_line("jane@example.com\tjoe@example.com"), "jane@example.com\njoe@example.com");
    }

    #[test]
    fn a_long_line_is_broken_behind_its_addresses() {
        let entries = ["jane@example.com,", "Doe, Joe <joe@example.com>;", "ann@example.com", "bob@example.com"];
        let entries = entries.repeat(6);
        assert_eq!(one_on_a_line(&entries.join(" ")), entries.join("\n"));
        let entries = ["\"Doe; Joe @ work\" <joe@example.com>;", "\"Roe, Ann\" <ann@example.com>,"].repeat(9);
        assert_eq!(one_on_a_line(&entries.join(" ")), entries.join("\n") + "\n");
    }

    proptest! {
        #[test]
        fn the_entries_stay_the_same(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "jane@example.com", "Doe", "Joe", "joe@example.com", "<ann@example.com>", "<", ">", "@", ",", ";",
                    " ", "  ", "mailto:x@example.com", "(work)", "日本", "、", "'", ".", "<joe@example.com>",
                ]),
                150..300,
            ),
        ) {
            let line = pieces.concat();
            prop_assert_eq!(entries(&one_on_a_line(&line)), entries(&line));
        }

        #[test]
        fn quoted_names_stay_the_same(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "\"Doe, Joe\" <joe@example.com>", "\"Roe; a@b.c\" <ann@example.com>", "jane@example.com", " ", ", ", "; ", "Doe ",
                ]),
                50..100,
            ),
        ) {
            let line = pieces.concat();
            prop_assert_eq!(entries(&one_on_a_line(&line)), entries(&line));
        }
    }
}
