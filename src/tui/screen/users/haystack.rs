//! What rows say, as it is compared with a filter: one text for all of them, so that a letter costs one search through
//! memory and not a look at every row.
use memchr::memmem::Finder;

/// Stands between what belongs to different things, so that no word spans them.
const BETWEEN: char = '\n';

/// Rows that are tried one by one before what is left of them is halved.
const NEAR: usize = 8;

/// The texts of rows, in the order of the rows.
#[derive(Debug, Default)]
pub struct Haystack {
    text: String,
    /// Where the text of each row begins.
    starts: Vec<usize>,
    /// In which of the states that rows of its kind can be in each is.
    states: Vec<u8>,
}

impl Haystack {
    /// Forgets every row.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// How many rows it knows.
    pub const fn len(&self) -> usize {
        self.starts.len()
    }

    /// Adds the next row: what it says, in plain letters, and its state.
    pub fn push(&mut self, says: impl IntoIterator<Item = String>, state: u8) {
        self.starts.push(self.text.len());
        self.states.push(state);
        for part in says {
            self.text.push_str(&part);
            self.text.push(BETWEEN);
        }
    }

    /// The rows in which every word stands or names a state, without those in the `hidden` states; `states` says which
    /// states a word names.
    pub fn find<'w>(&self, words: &[&'w str], states: impl Fn(&'w str) -> Vec<u8>, hidden: &[u8]) -> Vec<usize> {
        let mut found: Option<Vec<usize>> = None;
        for word in words {
            let states = states(word);
            let rows = match &found {
                None => self.everywhere(word, &states),
                Some(rows) => {
                    let finder = Finder::new(word);
                    let fits = |row: &usize| self.is_in(*row, &states) || finder.find(self.row(*row)).is_some();
                    rows.iter().copied().filter(fits).collect()
                }
            };
            found = Some(rows);
        }
        let mut rows = found.unwrap_or_else(|| (0..self.len()).collect());
        if !hidden.is_empty() {
            rows.retain(|row| !self.is_in(*row, hidden));
        }
        rows
    }

    /// The rows with a word.
    fn everywhere(&self, word: &str, states: &[u8]) -> Vec<usize> {
        let with = self.with(word);
        if states.is_empty() {
            return with;
        }
        let mut with = with.into_iter().peekable();
        (0..self.len()).filter(|row| with.next_if_eq(row).is_some() || self.is_in(*row, states)).collect()
    }

    fn with(&self, word: &str) -> Vec<usize> {
        if word.is_empty() {
            // What is left of a lone accent; it stands everywhere.
            return (0..self.len()).collect();
        }
        let finder = Finder::new(word);
        let text = self.text.as_bytes();
        let (mut rows, mut row, mut at) = (Vec::new(), 0, 0);
        while let Some(place) = text.get(at..).and_then(|rest| finder.find(rest)).map(|place| place + at) {
            let next_begins_behind = |row: usize| self.starts.get(row + 1).is_none_or(|next| *next > place);
            let near = (row..row + NEAR).find(|row| next_begins_behind(*row));
            row = near.unwrap_or_else(|| self.starts.partition_point(|start| *start <= place).saturating_sub(1));
            rows.push(row);
            row += 1;
            at = self.starts.get(row).copied().unwrap_or(text.len());
        }
        rows
    }

    fn is_in(&self, row: usize, states: &[u8]) -> bool {
        self.states.get(row).is_some_and(|state| states.contains(state))
    }

    fn row(&self, row: usize) -> &[u8] {
        let start = |row: usize| self.starts.get(row).copied().unwrap_or(self.text.len());
        self.text.as_bytes().get(start(row)..start(row + 1)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_a_look_at_every_row_finds(
            rows in prop::collection::vec((prop::collection::vec("[ab ]{0,4}", 1..3), 0_u8..3), 0..40),
            words in prop::collection::vec("[ab]{0,3}", 0..3),
        ) {
            let named = |word: &str| if word.starts_with('b') { vec![2] } else { Vec::new() };
            let mut haystack = Haystack::default();
            rows.iter().for_each(|(says, state)| haystack.push(says.iter().cloned(), *state));
            let fits = |(says, state): &(Vec<String>, u8), word: &str| {
                says.iter().any(|part| part.contains(word)) || named(word).contains(state)
            };
            let expected: Vec<usize> = (0..rows.len())
                .filter(|row| rows.get(*row).is_some_and(|row| row.1 != 1 && words.iter().all(|word| fits(row, word))))
                .collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(haystack.find(&words, named, &[1]), expected);
        }
    }
}
