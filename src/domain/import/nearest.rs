//! Names that may have been meant.
use crate::domain::name::NameKey;

/// A name may differ in one letter of so many to be proposed.
const LETTERS_PER_SLIP: usize = 3;

/// Comparisons for one table: a table of wrong names must not take for ever.
const COMPARISONS: usize = 20_000;

/// Proposes names for those that are unknown, as long as that does not take too long.
pub(super) struct Nearest {
    left: usize,
}

impl Default for Nearest {
    fn default() -> Self {
        Self { left: COMPARISONS }
    }
}

impl Nearest {
    /// The name that is spelled nearly like this, of all with their keys.
    pub(super) fn of<'a>(
        &mut self,
        typed: &NameKey,
        names: impl Iterator<Item = (&'a NameKey, &'a str)>,
    ) -> Option<Box<str>> {
        let typed = typed.as_str();
        let most = typed.chars().count() / LETTERS_PER_SLIP;
        let left = &mut self.left;
        let compared = names.map_while(|(key, name)| {
            *left = left.checked_sub(1)?;
            Some((strsim::damerau_levenshtein(typed, key.as_str()), name))
        });
        compared.min_by_key(|(slips, _)| *slips).filter(|(slips, _)| *slips <= most).map(|(_, name)| name.into())
    }
}
