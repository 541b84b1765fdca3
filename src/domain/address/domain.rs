//! Mail domains.
use std::borrow::Cow;
use std::fmt;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::error::{AddressError, Part};
use crate::domain::text::{Shown, first_odd};

/// The domain of an address: ASCII (IDNA), lower case, at least two labels.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain(Box<str>);

impl Domain {
    /// Parses a domain name in any case and script.
    ///
    /// # Errors
    /// [`AddressError`] says what is wrong and where.
    pub fn new(typed: &str) -> Result<Self, AddressError> {
        Self::read(typed.trim(), 0)
    }

    /// Parses what stands behind the first `offset` characters of an address.
    pub(super) fn read(typed: &str, offset: usize) -> Result<Self, AddressError> {
        if let Some(odd) = first_odd(typed) {
            let position = offset + odd.position;
            return Err(AddressError::Odd { position, character: odd.character, oddity: odd.oddity });
        }
        if typed.is_empty() {
            return Err(AddressError::NoPart(Part::Domain));
        }
        if typed.starts_with('[') {
            return Err(AddressError::Number);
        }
        if let Some(place) =
            typed.chars().position(|c| c.is_ascii() && !matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.'))
        {
            let character = typed.chars().nth(place).unwrap_or_default();
            return Err(AddressError::Character { position: offset + place + 1, character, part: Part::Domain });
        }
        let ascii = to_ascii(typed).ok_or(AddressError::Domain);
        let dotted = ascii.as_deref().unwrap_or(typed);
        if dotted.starts_with('.') || dotted.ends_with('.') || dotted.contains("..") {
            return Err(AddressError::Dot(Part::Domain));
        }
        let ascii = ascii?;
        match ascii.rsplit_once('.') {
            None => Err(AddressError::Undotted),
            Some((_, last)) if last.bytes().all(|byte| byte.is_ascii_digit()) => Err(AddressError::Number),
            Some(_) => Ok(Self(ascii.into())),
        }
    }

    /// The domain of an address that was parsed before.
    pub(super) fn of_parsed(typed: &str) -> Self {
        let ascii = match typed.is_ascii() {
            true => None,
            false => to_ascii(typed),
        };
        Self(ascii.unwrap_or_else(|| typed.to_ascii_lowercase().into()).into())
    }

    /// The domain in ASCII and lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The domain as its owners read it, `xn--` labels decoded.
    pub fn in_unicode(&self) -> String {
        if !self.0.contains("xn--") {
            return self.0.to_string();
        }
        let (unicode, _) = Uts46::new().to_unicode(self.0.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow);
        unicode.into_owned()
    }

    /// Whether it is another domain or a part of it: `mail.example.com` is within `example.com`.
    pub fn is_within(&self, other: &Self) -> bool {
        let above = self.0.strip_suffix(other.as_str());
        above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::new(&self.0).fmt(f)
    }
}

impl Serialize for Domain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Domain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Box::<str>::deserialize(deserializer)?;
        Self::new(&stored).map_err(serde::de::Error::custom)
    }
}

fn to_ascii(typed: &str) -> Option<Cow<'_, str>> {
    Uts46::new().to_ascii(typed.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify).ok()
}
