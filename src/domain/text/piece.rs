//! Text in pieces that are either drawn as they are or as an escape.
use unicode_normalization::is_nfc;
use unicode_segmentation::{Graphemes, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::oddity::{Before, Oddity, is_regional};
use super::script::is_ascii_look_alike;

/// How closely a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// In a line among others: what acts or hides is escaped.
    Line,
    /// In full: what only looks like something else is escaped, too.
    Full,
}

/// A part of a text that is never torn apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A grapheme cluster, or what is left of it, as typed.
    Plain {
        /// The characters.
        text: &'a str,
        /// Columns that they take, at least one.
        columns: usize,
    },
    /// A character that is written as its number.
    Escape(char, Oddity),
}

impl Piece<'_> {
    /// Columns that the piece takes.
    pub(super) fn columns(&self) -> usize {
        match self {
            Self::Plain { columns, .. } => *columns,
            Self::Escape(c, _) if u32::from(*c) > 0xF_FFFF => "<U+10FFFF>".len(),
            Self::Escape(c, _) if u32::from(*c) > 0xFFFF => "<U+FFFFF>".len(),
            Self::Escape(..) => "<U+FFFF>".len(),
        }
    }

    /// Adds the piece as it is shown.
    pub(super) fn push_to(&self, out: &mut String) {
        match self {
            Self::Plain { text, .. } => out.push_str(text),
            Self::Escape(c, _) => out.push_str(&format!("<U+{:04X}>", u32::from(*c))),
        }
    }
}

/// The pieces of a text, found one after another, so that cutting a huge text is cheap.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'a> {
    following: Graphemes<'a>,
    current: &'a str,
    /// The current grapheme cluster is written in another way than NFC.
    decomposed: bool,
    before: Before,
    reading: Reading,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str, reading: Reading) -> Self {
        Self { following: text.graphemes(true), current: "", decomposed: false, before: Before::default(), reading }
    }

    fn judge(&self, c: char) -> Option<Oddity> {
        let odd = match c {
            '<' if self.current.ends_with('<') && begins_mark(self.following.as_str()) => Some(Oddity::Notation),
            _ => self.before.judge(c),
        };
        if odd.is_some() || self.reading == Reading::Line || c.is_ascii() {
            return odd;
        }
        match c {
            _ if self.decomposed => Some(Oddity::Decomposed),
            '\u{FE0E}' | '\u{FE0F}' => Some(Oddity::Variation),
            _ if is_ascii_look_alike(c) => Some(Oddity::LookAlike),
            _ => None,
        }
    }

    fn escape(&mut self, c: char, oddity: Oddity) -> Piece<'a> {
        self.current = self.current.get(c.len_utf8()..).unwrap_or_default();
        self.before.escaped();
        Piece::Escape(c, oddity)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.current.is_empty() {
            self.current = self.following.next()?;
            self.decomposed = self.reading == Reading::Full && !is_nfc(self.current);
        }
        let first = self.current.chars().next()?;
        if is_regional(first) && !self.current.chars().nth(1).is_some_and(is_regional) {
            return Some(self.escape(first, Oddity::Stray));
        }
        let before = self.before;
        let mut end = 0;
        for c in self.current.chars() {
            match self.judge(c) {
                Some(oddity) if end == 0 => return Some(self.escape(c, oddity)),
                Some(_) => break,
                None => {
                    end += c.len_utf8();
                    self.before.kept(c);
                }
            }
        }
        let (text, rest) = self.current.split_at_checked(end)?;
        let columns = text.width();
        if columns == 0 {
            self.before = before;
            return Some(self.escape(first, Oddity::Stray));
        }
        self.current = rest;
        Some(Piece::Plain { text, columns })
    }
}

/// Whether `<` in front of this text would read as one of our own marks.
pub(super) fn begins_mark(after: &str) -> bool {
    after.starts_with("U+") || after.starts_with("scripts:")
}
