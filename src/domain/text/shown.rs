//! The display type of untrusted text.
use std::borrow::Cow;
use std::fmt;

use super::piece::{Piece, Pieces, Reading, begins_mark};
use super::script::deceptive_scripts;

/// Untrusted text as it may be shown: nothing in it acts on the terminal and nothing is invisible.
///
/// Ordinary text of any language passes unchanged and without a copy. Controls, escapes, text
/// direction, zero-width, tag, private-use and unassigned characters, unusual spaces and stray or
/// piled-up marks become `<U+202E>` and the like. Emoji joined by a zero-width joiner are shown
/// with the joiner escaped, because terminals disagree about their width.
///
/// The source: "untrusted text" in the crate documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    text: &'a str,
}

impl<'a> Shown<'a> {
    /// For one line among others: a table cell, a title, a log line.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// For a place where the text is read closely: a detail, a question, a confirmation.
    pub fn full(self) -> Full<'a> {
        Full { text: self.text }
    }

    /// The visible text.
    pub fn text(self) -> Cow<'a, str> {
        visible(self.text, Reading::Line)
    }

    /// Columns that [`Shown::text`] takes, grapheme cluster by grapheme cluster, which is how the
    /// cells of a screen are filled.
    pub fn width(self) -> usize {
        match is_plain(self.text) {
            true => self.text.len(),
            false => self.pieces().map(|piece| piece.columns()).sum(),
        }
    }

    /// The visible text in at most `columns` columns, with `…` at the end when it is cut. An
    /// escape or a grapheme cluster is never torn apart.
    pub fn cut(self, columns: usize) -> Cow<'a, str> {
        super::cut::end(self, columns).text
    }

    /// An address in at most `columns` columns: the middle of the local part is cut first, then
    /// the beginning of the domain; the end of the domain always stays.
    pub fn cut_address(self, columns: usize) -> Cow<'a, str> {
        super::cut::address(self, columns).text
    }

    /// The visible text cut or filled with spaces to exactly `columns` columns.
    pub fn pad(self, columns: usize) -> String {
        super::cut::end(self, columns).fill(columns)
    }

    /// Like [`Shown::pad`] for an address, cut like [`Shown::cut_address`].
    pub fn pad_address(self, columns: usize) -> String {
        super::cut::address(self, columns).fill(columns)
    }

    pub(super) fn source(self) -> &'a str {
        self.text
    }

    pub(super) fn pieces(self) -> Pieces<'a> {
        Pieces::new(self.text, Reading::Line)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Untrusted text that is read in full: two texts that differ look different.
///
/// Beyond what [`Shown`] does, everything that is not NFC and every symbol that passes for an
/// ASCII character is escaped, and deceptive scripts are named: `раураl <scripts: Cyrillic, Latin>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full<'a> {
    text: &'a str,
}

impl<'a> Full<'a> {
    /// The visible text with its marks.
    pub fn text(self) -> Cow<'a, str> {
        let mut shown = visible(self.text, Reading::Full);
        if let Some(scripts) = deceptive_scripts(self.text) {
            shown.to_mut().push_str(&format!(" <scripts: {}>", scripts.join(", ")));
        }
        shown
    }

    /// Columns that [`Full::text`] takes.
    pub fn width(self) -> usize {
        let pieces: usize = Pieces::new(self.text, Reading::Full).map(|piece| piece.columns()).sum();
        let scripts = deceptive_scripts(self.text).map_or(0, |names| " <scripts: >".len() + names.join(", ").len());
        pieces + scripts
    }
}

impl fmt::Display for Full<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Printable ASCII without anything that reads like a mark of ours.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.split('<').skip(1).any(begins_mark)
}

fn visible(text: &str, reading: Reading) -> Cow<'_, str> {
    let odd = |piece: Piece<'_>| matches!(piece, Piece::Escape(..));
    if is_plain(text) || !Pieces::new(text, reading).any(odd) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() * 2);
    for piece in Pieces::new(text, reading) {
        piece.push_to(&mut shown);
    }
    Cow::Owned(shown)
}
