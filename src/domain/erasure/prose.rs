//! Names and addresses in sentences.
use std::cmp::Reverse;

use unicode_script::{Script, UnicodeScript};

/// What is looked for in sentences: the longer one first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needle {
    length: Reverse<usize>,
    text: Box<str>,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Name,
    Address,
}

impl Needle {
    pub(super) fn name(text: String) -> Self {
        Self { length: Reverse(text.len()), text: text.into(), what: What::Name }
    }

    pub(super) fn address(text: String) -> Self {
        Self { length: Reverse(text.len()), text: text.into(), what: What::Address }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_name(&self) -> bool {
        self.what == What::Name
    }

    /// How many bytes it takes if it stands at this place as a whole word.
    fn at(&self, text: &str, place: usize) -> Option<usize> {
        let (before, here) = text.split_at_checked(place)?;
        let length = match self.what {
            What::Name => here.starts_with(&*self.text).then_some(self.text.len())?,
            What::Address => length_in_any_case(here, &self.text)?,
        };
        let after = here.get(length..)?;
        let (before_it, behind_it): (&[char], &[char]) = match self.what {
            What::Name => (&['-', '.', '@', '_', '+'], &['-', '.', '@', '_', '+']),
            What::Address => (&['.', '-', '_', '+', '%', '&', '#', '=', '\''], &['.', '-']),
        };
        let (first, last) = (self.text.chars().next()?, self.text.chars().next_back()?);
        let goes_on = goes_on(first, before.chars().rev(), before_it) || goes_on(last, after.chars(), behind_it);
        (!goes_on).then_some(length)
    }
}

/// Whether a word goes on beyond this character: with a letter, or with a hyphen and a letter behind it.
fn goes_on(edge: char, mut beyond: impl Iterator<Item = char>, joints: &[char]) -> bool {
    if !edge.is_alphanumeric() || is_written_without_spaces(edge) {
        return false;
    }
    match beyond.next() {
        Some(c) if c.is_alphanumeric() => !is_written_without_spaces(c),
        Some(c) if joints.contains(&c) => beyond.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// Whether words of this character's script stand beside each other without anything in between.
fn is_written_without_spaces(c: char) -> bool {
    use Script::{Han, Hiragana, Katakana, Khmer, Lao, Myanmar, Thai};
    matches!(c.script(), Han | Hiragana | Katakana | Khmer | Lao | Myanmar | Thai)
}

/// How many bytes of the text are `beginning`, whatever the case.
fn length_in_any_case(text: &str, beginning: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mut length = 0;
    for expected in beginning.chars() {
        let found = chars.next()?;
        if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        length += found.len_utf8();
    }
    Some(length)
}

/// The text with something else in the place of what is looked for. None when nothing of it is there.
pub(super) fn replaced(text: &str, needles: &[Needle], name: &str, address: &str) -> Option<String> {
    let mut left = String::new();
    let mut kept = 0;
    let mut place = 0;
    while let Some(here) = text.get(place..).filter(|here| !here.is_empty()) {
        let Some((needle, length)) = needles.iter().find_map(|needle| Some((needle, needle.at(text, place)?))) else {
            place += here.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        left.push_str(text.get(kept..place)?);
        left.push_str(if needle.is_name() { name } else { address });
        place += length.max(1);
        kept = place;
    }
    if kept == 0 {
        return None;
    }
    left.push_str(text.get(kept..)?);
    Some(left)
}
