//! A passphrase that is being typed: never shown, never printed, gone from memory when it is no longer needed.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

use crate::tui::key::{Code, Key};
use crate::tui::widget::response::Response;

/// Bytes that one character takes at most.
const WIDEST: usize = 4;

/// A passphrase and the place of the cursor in it. There is room for the longest allowed one from the start, so that no
/// copy of a shorter beginning stays in memory.
pub(super) struct Secret {
    text: Zeroizing<String>,
    /// Characters before the cursor.
    cursor: usize,
    limit: usize,
}

impl Secret {
    /// Nothing yet, at most so many characters.
    pub(super) fn new(limit: usize) -> Self {
        Self { text: Zeroizing::new(String::with_capacity(limit * WIDEST)), cursor: 0, limit }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Characters in all, and before the cursor: all that may be shown.
    pub(super) fn shape(&self) -> (usize, usize) {
        (self.text.chars().count(), self.cursor)
    }

    pub(super) fn clear(&mut self) {
        self.text.zeroize();
        self.cursor = 0;
    }

    /// Adds what fits; how many characters did not.
    pub(super) fn insert(&mut self, text: &str) -> usize {
        let room = self.limit.saturating_sub(self.text.chars().count());
        for c in text.chars().take(room) {
            let at = self.byte(self.cursor);
            self.text.insert(at, c);
            self.cursor += 1;
        }
        text.chars().count().saturating_sub(room)
    }

    /// Words are not to be seen, so what deletes a word or a part deletes everything.
    pub(super) fn key(&mut self, key: &Key) -> Response {
        let (all, before) = self.shape();
        match (key.code, key.ctrl) {
            (Code::Char('u' | 'w' | 'k'), true) => self.clear(),
            (Code::Char('a'), true) | (Code::Home, _) => return self.go(0),
            (Code::Char('e'), true) | (Code::End, _) => return self.go(all),
            (Code::Left, _) => return self.go(before.saturating_sub(1)),
            (Code::Right, _) => return self.go((before + 1).min(all)),
            (Code::Backspace, _) | (Code::Char('h'), true) => self.remove(before.checked_sub(1)),
            (Code::Delete, _) => self.remove((before < all).then_some(before)),
            _ => return Response::Ignored,
        }
        if self.shape() == (all, before) { Response::Taken } else { Response::Changed }
    }

    fn go(&mut self, to: usize) -> Response {
        self.cursor = to;
        Response::Taken
    }

    fn remove(&mut self, character: Option<usize>) {
        let Some(character) = character else { return };
        let at = self.byte(character);
        if at < self.text.len() {
            self.text.remove(at);
            self.cursor = self.cursor.min(character);
        }
    }

    fn byte(&self, character: usize) -> usize {
        self.text.char_indices().nth(character).map_or(self.text.len(), |(at, _)| at)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(secret: &mut Secret, keys: &str) {
        for key in Key::sequence(keys) {
            match key.typed() {
                Some(c) => drop(secret.insert(c.encode_utf8(&mut [0; WIDEST]))),
                None => assert_ne!(secret.key(&key), Response::Ignored, "{key}"),
            }
        }
    }

    #[test]
    fn a_passphrase_is_edited_where_the_cursor_stands() {
        let mut secret = Secret::new(64);
        typed(&mut secret, "höuse<left><left><backspace>r<home><del>H<end>!");
        assert_eq!(secret.text(), "Hörse!");
        typed(&mut secret, "<ctrl-w>new");
        assert_eq!(secret.text(), "new");
        assert_eq!(secret.key(&Key::char('x')), Response::Ignored, "typing is for the field");
    }

    #[test]
    fn it_never_grows_out_of_its_place() {
        let mut secret = Secret::new(3);
        let place = secret.text.as_ptr();
        assert_eq!(secret.insert("日本語です"), 2);
        assert_eq!(secret.text(), "日本語");
        assert_eq!(secret.text.as_ptr(), place);
    }

    #[test]
    fn it_does_not_print() {
        let mut secret = Secret::new(64);
        typed(&mut secret, "hunter2");
        assert_eq!(format!("{secret:?}"), "Secret");
    }
}
