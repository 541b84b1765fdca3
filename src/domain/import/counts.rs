//! How many lines of each kind there are.
use std::collections::BTreeMap;

use super::judged::{Line, Verdict};

/// The lines of a table, counted by what was found out about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They will be imported.
    pub fine: usize,
    /// They will be imported, and there is something to look at first.
    pub warned: usize,
    /// What they say is so already.
    pub there: usize,
    /// They cannot be imported.
    pub refused: usize,
    /// The same by the kind of problem.
    pub problems: BTreeMap<&'static str, usize>,
}

impl Counts {
    /// Counts.
    pub fn of(lines: &[Line]) -> Self {
        let mut counts = Self::default();
        for line in lines {
            match &line.verdict {
                Verdict::Fine(_, warnings) => {
                    counts.fine += 1;
                    counts.warned += usize::from(!warnings.is_empty());
                }
                Verdict::There => counts.there += 1,
                Verdict::Refused(problem) => {
                    counts.refused += 1;
                    *counts.problems.entry(problem.label()).or_default() += 1;
                }
            }
        }
        counts
    }

    /// The counts that are not zero, in words: `3 to import, 1 already there, 2 left out (2 unknown parent)`.
    pub fn words(&self) -> String {
        let told = [(self.fine, "to import"), (self.there, "already there"), (self.refused, "left out")];
        let told = told.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        let told = told.collect::<Vec<_>>().join(", ");
        if told.is_empty() {
            return "no lines".into();
        }
        if self.problems.is_empty() {
            return told;
        }
        let problems: Vec<_> = self.problems.iter().map(|(what, count)| format!("{count} {what}")).collect();
        format!("{told} ({})", problems.join(", "))
    }

    /// All lines.
    pub const fn total(&self) -> usize {
        self.fine + self.there + self.refused
    }
}
