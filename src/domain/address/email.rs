//! One e-mail address.
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use email_address::{EmailAddress as Syntax, Options};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::domain::Domain;
use super::error::{AddressError, Part};
use super::lookalike::Skeleton;
use crate::domain::id::UserId;
use crate::domain::text::{Shown, first_odd, folded};

/// Bytes of an address in its ASCII form (RFC 5321).
const BYTES: usize = 254;
/// Bytes of the part before the `@` (RFC 5321).
const LOCAL_BYTES: usize = 64;
/// Bytes of a label of a domain (RFC 1034).
const LABEL_BYTES: usize = 63;
/// The domain of addresses that were blanked: by RFC 2606 nobody can have it.
const ERASED: &str = "erased.invalid";
/// Typed texts longer than this are not looked at: no spelling of an address is.
const TYPED_BYTES: usize = 1024;

/// An e-mail address, kept as it was typed (in NFC).
///
/// Equality is that of the text; whether two addresses are one is a question to their
/// [keys](EmailAddress::key). The source: decision 13 in the crate documentation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(Arc<str>);

impl EmailAddress {
    /// Parses what was typed, without its surrounding spaces.
    ///
    /// # Errors
    /// [`AddressError`] says what is wrong and where.
    pub fn new(typed: &str) -> Result<Self, AddressError> {
        let address = typed.trim();
        if address.is_empty() {
            return Err(AddressError::Empty);
        }
        if address.len() > TYPED_BYTES {
            return Err(AddressError::TooLong { bytes: address.len() });
        }
        if is_ordinary(address) {
            return Ok(Self(address.into()));
        }
        Self::examined(typed, address)
    }

    /// Parses an address that nothing is known about yet, except that it is short; `typed` has the spaces around it.
    fn examined(typed: &str, address: &str) -> Result<Self, AddressError> {
        let skipped = typed.chars().take_while(|c| c.is_whitespace()).count();
        let composed: Cow<'_, str> = match address.is_ascii() {
            true => address.into(),
            false => address.nfc().collect(),
        };
        if let Some(odd) = first_odd(address).or_else(|| first_odd(&composed)) {
            let position = skipped + odd.position;
            return Err(AddressError::Odd { position, character: odd.character, oddity: odd.oddity });
        }
        let (local, domain) = composed.rsplit_once('@').ok_or(AddressError::NoAt)?;
        check_local(local, skipped)?;
        let domain = Domain::read(domain, skipped + local.chars().count() + 1)?;
        let bytes = local.len() + 1 + domain.as_str().len();
        if bytes > BYTES {
            return Err(AddressError::TooLong { bytes });
        }
        let strict = Options::default().with_required_tld().without_domain_literal().without_display_text();
        match Syntax::parse_with_options(&format!("{local}@{}", domain.as_str()), strict) {
            Ok(_) => Ok(Self(composed.into())),
            Err(_) => Err(AddressError::Domain),
        }
    }

    /// What is left of the address of a person who was blanked. It tells people apart, and nobody has it.
    pub fn erased(user: UserId) -> Self {
        let id = user.uuid().simple().to_string();
        let end = id.get(20..).unwrap_or(&id);
        Self(format!("erased-{end}@{ERASED}").into())
    }

    /// Whether it is what is left of one.
    pub fn is_erased(&self) -> bool {
        self.parts().1 == ERASED
    }

    /// The address as typed. To show it, use `Display`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`, as typed.
    pub fn local(&self) -> &str {
        self.parts().0
    }

    /// The domain.
    pub fn domain(&self) -> Domain {
        Domain::of_parsed(self.parts().1)
    }

    /// The form in which it is compared with others.
    pub fn key(&self) -> AddressKey {
        // Nearly all addresses are their own keys, and need no second place in memory.
        if self.0.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            return AddressKey(Arc::clone(&self.0));
        }
        AddressKey::join(&folded(self.local()), &self.domain())
    }

    /// The key of the mailbox that receives its mail at most providers: without `+tag`.
    pub fn without_tag(&self) -> AddressKey {
        let local = folded(self.local());
        let mailbox = match local.split_once('+') {
            Some((mailbox, _)) if !mailbox.is_empty() => mailbox,
            _ => &local,
        };
        AddressKey::join(mailbox, &self.domain())
    }

    /// The shape of the address: addresses with one shape can be mistaken for each other.
    pub fn skeleton(&self) -> Skeleton {
        Skeleton::of(&format!("{}@{}", folded(self.local()), self.domain().in_unicode()))
    }

    /// The shape of the address in the very letters that were typed: a capital `I` passes for `l`.
    pub(super) fn typed_skeleton(&self) -> Skeleton {
        Skeleton::of(&self.0)
    }

    fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }
}

/// Whether the address is made as nearly all are, of ASCII letters, digits and a few signs in places where nothing is
/// wrong with them, so that a closer look would find nothing.
fn is_ordinary(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let word = |part: &str, signs: &[u8]| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(&byte))
    };
    let label = |part: &str| {
        let inside = !part.starts_with('-') && !part.ends_with('-') && !part.contains("--");
        part.len() <= LABEL_BYTES && inside && word(part, b"-")
    };
    address.len() <= BYTES
        && local.len() <= LOCAL_BYTES
        && local.split('.').all(|part| word(part, b"+-_"))
        && domain.split('.').all(label)
        && domain.rsplit_once('.').is_some_and(|(_, last)| last.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Refuses what cannot stand before the `@`, in the typed spelling and in the compared one.
fn check_local(local: &str, skipped: usize) -> Result<(), AddressError> {
    if local.is_empty() {
        return Err(AddressError::NoPart(Part::Local));
    }
    if local.contains('"') {
        return Err(AddressError::Quoted);
    }
    let stands = |c: char| c == '.' || Syntax::is_valid_local_part(c.encode_utf8(&mut [0; 4]));
    let impossible = |c: char| !stands(c) || !folded(c.encode_utf8(&mut [0; 4])).chars().all(stands);
    let ascii_atom = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    if let Some((place, character)) = local.chars().enumerate().find(|(_, c)| !ascii_atom(*c) && impossible(*c)) {
        return Err(AddressError::Character { position: skipped + place + 1, character, part: Part::Local });
    }
    let misplaced = |local: &str| local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if misplaced(local) || (!local.is_ascii() && misplaced(&folded(local))) {
        return Err(AddressError::Dot(Part::Local));
    }
    match local.len() {
        bytes if bytes > LOCAL_BYTES => Err(AddressError::LocalTooLong { bytes }),
        _ => Ok(()),
    }
}

/// The comparison form of an address: NFKC, case folding, the domain in ASCII. One person, one
/// key, across users and open invitations.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AddressKey(Arc<str>);

impl AddressKey {
    fn join(local: &str, domain: &Domain) -> Self {
        Self(format!("{local}@{}", domain.as_str()).into())
    }

    /// The comparison form itself, for a unique column.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for AddressKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = AddressError;

    fn from_str(typed: &str) -> Result<Self, AddressError> {
        Self::new(typed)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown::new(&self.0).fmt(f)
    }
}

impl Serialize for EmailAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for EmailAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Box::<str>::deserialize(deserializer)?;
        Self::new(&stored).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
