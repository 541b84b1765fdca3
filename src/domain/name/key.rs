//! What makes two names the same.
use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

use crate::domain::text::folded;

/// The comparison form of a name: NFKC and case folding. Names with equal keys are the same name,
/// so `Treasury`, `TREASURY` and `Ｔｒｅａｓｕｒｙ` cannot exist beside each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NameKey(Box<str>);

impl NameKey {
    pub(super) fn of(text: &str) -> Self {
        Self(folded(text).into())
    }

    /// The comparison form itself, for a unique column.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for NameKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}
