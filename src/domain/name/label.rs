//! Names that people give: to roles, persons, organizations, entities and accounts.
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use super::key::NameKey;
use crate::domain::text::{Oddity, Shown, first_odd};

/// Characters that a reader counts (grapheme clusters) in a name.
const CHARACTERS: usize = 80;
/// Bytes as stored for each character that is allowed.
const BYTES: usize = 5;

/// Why a name is refused. `what` is the name's kind: "role name".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing, or only spaces.
    #[error("The {what} is empty: type at least one visible character.")]
    Empty {
        /// The kind of name.
        what: &'static str,
    },
    /// Something in it acts on the screen or cannot be seen.
    #[error("Character {position} of the {what} is {oddity} (U+{:04X}): delete it.", u32::from(*character))]
    Odd {
        /// The kind of name.
        what: &'static str,
        /// Place in the text as typed, in code points from 1.
        position: usize,
        /// The character.
        character: char,
        /// What is odd about it.
        oddity: Oddity,
    },
    /// More characters than fit on a screen.
    #[error("The {what} is {length} characters long, and {limit} are allowed: shorten it.")]
    TooLong {
        /// The kind of name.
        what: &'static str,
        /// Its length in characters as a reader counts them.
        length: usize,
        /// The longest that is possible.
        limit: usize,
    },
    /// Few characters that take much space.
    #[error("The {what} takes {bytes} bytes, and {limit} are allowed: use fewer accents or emoji, or shorten it.")]
    TooHeavy {
        /// The kind of name.
        what: &'static str,
        /// Its size as UTF-8.
        bytes: usize,
        /// The largest that is possible.
        limit: usize,
    },
}

/// Trims a text, collapses its spaces, composes its characters and refuses what cannot be a name
/// of at most `limit` characters.
pub(super) fn parsed(what: &'static str, limit: usize, typed: &str) -> Result<Box<str>, NameError> {
    if is_ordinary(limit, typed) {
        return Ok(typed.into());
    }
    examined(what, limit, typed)
}

/// Whether it is made as most names are, of ASCII letters and signs with single spaces between, so that a closer look
/// would find nothing.
fn is_ordinary(limit: usize, typed: &str) -> bool {
    let spaced = typed.starts_with(' ') || typed.ends_with(' ') || typed.contains("  ");
    !spaced && (1..=limit).contains(&typed.len()) && typed.is_ascii() && first_odd(typed).is_none()
}

fn examined(what: &'static str, limit: usize, typed: &str) -> Result<Box<str>, NameError> {
    if typed.trim().is_empty() {
        return Err(NameError::Empty { what });
    }
    let skipped = typed.chars().take_while(|c| c.is_whitespace()).count();
    let spaced: String = typed.trim().chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
    refuse_odd(what, &spaced, skipped)?;
    let composed: String = match spaced.is_ascii() {
        true => spaced,
        false => spaced.nfc().collect(),
    };
    let name = single_spaced(composed);
    // Composing can take letters apart, too, so that a mark may end up alone.
    refuse_odd(what, &name, 0)?;
    let length = match name.is_ascii() {
        true => name.len(),
        false => name.graphemes(true).count(),
    };
    if length > limit {
        return Err(NameError::TooLong { what, length, limit });
    }
    let heaviest = limit.max(CHARACTERS) * BYTES;
    if name.len() > heaviest {
        return Err(NameError::TooHeavy { what, bytes: name.len(), limit: heaviest });
    }
    Ok(name.into())
}

fn refuse_odd(what: &'static str, text: &str, skipped: usize) -> Result<(), NameError> {
    match first_odd(text) {
        None => Ok(()),
        Some(odd) => {
            Err(NameError::Odd { what, position: odd.position + skipped, character: odd.character, oddity: odd.oddity })
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t') || (!c.is_ascii() && c.general_category() == GeneralCategory::SpaceSeparator)
}

fn single_spaced(text: String) -> String {
    match text.contains("  ") {
        true => text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        false => text,
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $Name:ident, $what:literal, $limit:expr) => {
        $(#[$doc])*
        ///
        /// Visible characters without surrounding or doubled spaces, in NFC; one at least.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(Box<str>);

        impl $Name {
            /// Parses what was typed.
            ///
            /// # Errors
            /// [`NameError`] says what is wrong and where.
            pub fn new(typed: &str) -> Result<Self, NameError> {
                parsed($what, $limit, typed).map(Self)
            }

            /// The name as it is stored. To show it, use `Display`.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The form in which it is compared with others.
            pub fn key(&self) -> NameKey {
                NameKey::of(&self.0)
            }
        }

        impl FromStr for $Name {
            type Err = NameError;

            fn from_str(typed: &str) -> Result<Self, NameError> {
                Self::new(typed)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Shown::new(&self.0).fmt(f)
            }
        }

        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $Name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let stored = Box::<str>::deserialize(deserializer)?;
                Self::new(&stored).map_err(serde::de::Error::custom)
            }
        }
    };
}

name!(
    /// The name of a role.
    RoleName,
    "role name",
    CHARACTERS
);
name!(
    /// The name of a person.
    PersonName,
    "name",
    CHARACTERS
);
name!(
    /// The name of the organization.
    OrganizationName,
    "organization name",
    CHARACTERS
);
name!(
    /// The name of an entity.
    EntityName,
    "entity name",
    CHARACTERS
);
name!(
    /// The name of a bank account or wallet.
    AccountName,
    "account name",
    CHARACTERS
);
name!(
    /// Why somebody says no to a change request.
    Reason,
    "reason",
    200
);

impl PersonName {
    /// What a person is called of whom nothing but an id is left.
    pub fn erased() -> Self {
        Self("Erased person".into())
    }
}

#[cfg(test)]
mod tests;
