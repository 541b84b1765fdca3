//! A fact in words, and two of them so that the difference can be read.
use std::collections::BTreeSet;
use std::fmt;

use crate::domain::words::{counted, joined};

/// One of several things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which one, by its id or key: two things with one name stay two.
    pub key: String,
    /// Its name.
    pub words: String,
}

/// A fact as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// As a whole.
    Text(String),
    /// One by one; `none` is said when there is nothing, `one` and `many` are what is counted.
    List {
        /// The things, in the order in which they are read.
        items: Vec<Item>,
        /// For an empty list.
        none: &'static str,
        /// For 1.
        one: &'static str,
        /// For more.
        many: &'static str,
    },
}

/// Up to so many things are read in full before and after; of more, what is added and taken away.
const FEW: usize = 6;

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List { items, none, .. } if items.is_empty() => f.write_str(none),
            Self::List { items, one, many, .. } if items.len() > FEW => {
                write!(f, "{}: {}", counted(items.len(), one, many), joined(items.iter().map(|item| &item.words)))
            }
            Self::List { items, .. } => f.write_str(&joined(items.iter().map(|item| &item.words))),
        }
    }
}

impl Words {
    /// Before and after, when both are there. Nothing that is added or taken away is left out.
    pub(super) fn beside(&self, after: &Self) -> (String, String) {
        if let (Self::List { items: old, one, many, .. }, Self::List { items: new, .. }) = (self, after)
            && old.len().max(new.len()) > FEW
        {
            let changed: Vec<String> = only('+', new, old).chain(only('−', old, new)).collect();
            let count = |items: &[Item]| counted(items.len(), one, many);
            return (count(old), format!("{}: {}", count(new), changed.join(", ")));
        }
        (self.to_string(), after.to_string())
    }
}

fn only<'a>(sign: char, items: &'a [Item], others: &[Item]) -> impl Iterator<Item = String> + use<'a> {
    let others: BTreeSet<String> = others.iter().map(|item| item.key.clone()).collect();
    items.iter().filter(move |item| !others.contains(&item.key)).map(move |item| format!("{sign} {}", item.words))
}
