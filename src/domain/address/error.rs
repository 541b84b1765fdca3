//! Why a text is not an address.
use std::fmt;

use crate::domain::text::{Oddity, Shown};

/// A half of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of the mailbox.
    Local,
    /// The name of the mail domain.
    Domain,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Local => "before the @",
            Self::Domain => "after the @",
        })
    }
}

/// What is wrong with an address. Positions are characters (code points) from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("There is no address: type one like name@example.com.")]
    Empty,
    /// There is no `@`.
    #[error("The @ is missing: an address looks like name@example.com.")]
    NoAt,
    /// There is nothing in one half.
    #[error("Nothing stands {0}: an address looks like name@example.com.")]
    NoPart(Part),
    /// Something in it acts on the screen or cannot be seen.
    #[error("Character {position} is {oddity} (U+{:04X}): delete it.", u32::from(*character))]
    Odd {
        /// Its place.
        position: usize,
        /// The character.
        character: char,
        /// What is odd about it.
        oddity: Oddity,
    },
    /// A character that cannot stand there.
    #[error("Character {position} ({}) cannot stand {part}.", in_words(*character))]
    Character {
        /// Its place.
        position: usize,
        /// The character.
        character: char,
        /// Where it cannot stand.
        part: Part,
    },
    /// A dot at an end or beside another one.
    #[error("A dot stands first, last or beside another dot {0}.")]
    Dot(Part),
    /// A mailbox name in quotation marks.
    #[error("Quotation marks in an address are not supported: type it without them.")]
    Quoted,
    /// A number instead of a domain name.
    #[error("A number stands after the @: type the name of the mail domain.")]
    Number,
    /// A domain of one label.
    #[error("The domain has no dot: type it in full, like example.com.")]
    Undotted,
    /// A domain that cannot exist.
    #[error("What stands after the @ is not a possible domain name: check its spelling and hyphens.")]
    Domain,
    /// A mailbox name longer than the standard allows.
    #[error("The part before the @ takes {bytes} bytes, and 64 are allowed.")]
    LocalTooLong {
        /// Its size as UTF-8.
        bytes: usize,
    },
    /// An address longer than the standard allows.
    #[error("The address takes {bytes} bytes, and 254 are allowed.")]
    TooLong {
        /// Its size, with the domain in ASCII.
        bytes: usize,
    },
}

fn in_words(character: char) -> String {
    match character {
        ' ' => "a space".to_owned(),
        _ => Shown::new(character.encode_utf8(&mut [0; 4])).to_string(),
    }
}
