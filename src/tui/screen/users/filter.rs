//! The text that rows must contain to be shown.
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Input, Took};

/// Characters that it takes.
const LIMIT: usize = 200;

/// A filter that is empty, being typed, or typed.
#[derive(Debug, Default)]
pub struct Filter {
    text: String,
    typing: bool,
}

impl Filter {
    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether keys are letters now.
    pub const fn is_typing(&self) -> bool {
        self.typing
    }

    /// Whether every row passes.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes letters from now on.
    pub const fn type_in(&mut self) {
        self.typing = true;
    }

    /// Keeps what was typed.
    pub const fn keep(&mut self) {
        self.typing = false;
    }

    /// Lets every row pass again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts this in the place of what was typed.
    pub fn set(&mut self, text: &str) {
        self.text = text.to_owned();
        self.typing = false;
    }

    /// Takes a letter or a pasted line while typing; whether the text is another one then.
    pub fn input(&mut self, input: &Input) -> Took {
        if !self.typing {
            return Took::No;
        }
        match input {
            Input::Paste(pasted) => pasted.lines().next().unwrap_or_default().chars().for_each(|c| self.push(c)),
            Input::Key(key) if *key == Key::ctrl('u') => self.text.clear(),
            Input::Key(key) => match (key.code, key.typed()) {
                (Code::Backspace, _) => drop(self.text.pop()),
                (_, Some(c)) => self.push(c),
                _ => return Took::No,
            },
            Input::Mouse(_) => return Took::No,
        }
        Took::Yes
    }

    fn push(&mut self, c: char) {
        if self.text.chars().count() < LIMIT {
            self.text.push(c);
        }
    }

    /// Its words, each of which a row must contain.
    pub fn words(&self, org: &Org) -> Vec<Word> {
        self.text.split_whitespace().map(|text| Word::new(text, org)).collect()
    }
}

/// One word of a filter.
#[derive(Debug)]
pub struct Word {
    text: String,
    roles: Vec<RoleId>,
}

impl Word {
    fn new(text: &str, org: &Org) -> Self {
        let text = plain(text);
        let named = org.active_roles().filter(|role| plain(role.name.as_str()).contains(&text));
        let roles = named.map(|role| role.id).collect();
        Self { text, roles }
    }

    /// Whether the text contains it, whatever the case and the accents.
    pub fn is_in(&self, text: &str) -> bool {
        if text.is_ascii() && self.text.is_ascii() {
            let (text, word) = (text.as_bytes(), self.text.as_bytes());
            return text.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word));
        }
        plain(text).contains(&self.text)
    }

    /// Its plain letters.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the role's name contains it.
    pub fn names(&self, role: RoleId) -> bool {
        self.roles.contains(&role)
    }

    /// Whether it is this word.
    pub fn is(&self, word: &str) -> bool {
        self.text == word
    }

    /// Whether it is one of these words, or the beginning of one.
    pub fn begins(&self, words: &[&str]) -> bool {
        words.iter().any(|word| word.starts_with(&self.text))
    }
}

/// The text without case and accents, for finding and sorting.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        Word::new(text, &Org::default())
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (typed, text) in
            [("asgard", "Ingrid Åsgård"), ("ÅSG", "Ingrid Åsgård"), ("nguyen", "Nguyễn"), ("佐藤", "佐藤 美咲")]
        {
            assert!(word(typed).is_in(text), "{typed} in {text}");
        }
        assert!(word("EXAMPLE").is_in("a@example.com"));
        assert!(!word("bexample").is_in("a@example.com"));
        assert!(!word("long").is_in("lo"));
    }

    #[test]
    fn letters_are_taken_only_while_typing() {
        let mut filter = Filter::default();
        let key = |c| Input::Key(Key::char(c));
        assert_eq!(filter.input(&key('x')), Took::No);
        filter.type_in();
        assert_eq!(filter.input(&key('q')), Took::Yes);
        assert_eq!(filter.input(&Input::Paste("uick\nbrown".into())), Took::Yes);
        filter.keep();
        assert_eq!((filter.input(&key('x')), filter.text()), (Took::No, "quick"));
        filter.type_in();
        assert!((0..500).all(|_| filter.input(&key('x')) == Took::Yes));
        assert_eq!(filter.text().len(), LIMIT);
        filter.input(&Input::Key(Key::ctrl('u')));
        assert!(filter.is_empty() && filter.is_typing());
    }

    #[test]
    fn the_beginning_of_a_state_is_enough() {
        assert!(word("exp").begins(&["expired", "sent"]));
        assert!(!word("xp").begins(&["expired", "sent"]));
    }
}
