//! A few names out of many.
use std::fmt;

/// Some names out of possibly many, read as a list in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Few {
    shown: Vec<String>,
    total: usize,
}

impl Few {
    const SHOWN: usize = 8;

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How many there are in all.
    pub const fn total(&self) -> usize {
        self.total
    }
}

impl<T: fmt::Display> FromIterator<T> for Few {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::default();
        for item in items {
            if few.total < Self::SHOWN {
                few.shown.push(item.to_string());
            }
            few.total += 1;
        }
        few
    }
}

impl fmt::Display for Few {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.total.saturating_sub(self.shown.len());
        match (self.shown.split_last(), more) {
            (None, _) => f.write_str("nobody"),
            (Some(_), 1..) => write!(f, "{} and {more} more", self.shown.join(", ")),
            (Some((only, [])), 0) => f.write_str(only),
            (Some((last, rest)), 0) => write!(f, "{} and {last}", rest.join(", ")),
        }
    }
}
