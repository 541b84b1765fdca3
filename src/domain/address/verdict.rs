//! What was found out about an entry of a list, in words.
use std::fmt;

use super::domain::Domain;
use super::email::EmailAddress;
use super::error::AddressError;
use super::list::Candidate;
use crate::domain::text::Shown;

/// An entry with what was found out about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The entry.
    pub candidate: Candidate,
    /// Whether it can be invited.
    pub verdict: Verdict,
    /// What to look at before inviting; only for an entry that can be invited.
    pub warnings: Vec<Warning>,
}

/// Whether an entry can be invited. `Display` gives the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It can.
    Ok(EmailAddress),
    /// The same address stands further up.
    TwiceInList {
        /// The entry's number there, from 1.
        first: usize,
    },
    /// Somebody with this address has signed up.
    AlreadyUser,
    /// An invitation to this address is open.
    AlreadyInvited,
    /// It is not an address.
    Invalid(AddressError),
}

impl Verdict {
    /// A few words for a table.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Ok(_) => "ok",
            Self::TwiceInList { .. } => "twice in the list",
            Self::AlreadyUser => "already a user",
            Self::AlreadyInvited => "already invited",
            Self::Invalid(_) => "invalid",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok(_) => f.write_str("This address can be invited."),
            Self::TwiceInList { first } => {
                write!(f, "The same address stands in the list at number {first}; it is invited once.")
            }
            Self::AlreadyUser => f.write_str("A user has this address: assign roles to that user instead."),
            Self::AlreadyInvited => f.write_str("An invitation to this address is open: resend or revoke that one."),
            Self::Invalid(error) => error.fmt(f),
        }
    }
}

/// What to look at before inviting. `Display` gives the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It can be mistaken for the address of somebody else.
    LooksLikeAddress(EmailAddress),
    /// Its domain can be mistaken for a known one.
    LooksLikeDomain(Domain),
    /// It is the mailbox of somebody else, with another `+tag`.
    PlusTag(EmailAddress),
    /// It mixes letters of several scripts.
    MixedScript,
    /// Its domain is not one of the organization's own.
    ForeignDomain(Domain),
}

impl Warning {
    /// A few words for a table.
    pub fn label(&self) -> &'static str {
        match self {
            Self::LooksLikeAddress(_) => "looks like another address",
            Self::LooksLikeDomain(_) => "looks like another domain",
            Self::PlusTag(_) => "same mailbox, other tag",
            Self::MixedScript => "mixed scripts",
            Self::ForeignDomain(_) => "not an own domain",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LooksLikeAddress(other) => {
                write!(f, "It is easily mistaken for {}, which is another address.", Shown::new(other.as_str()).full())
            }
            Self::LooksLikeDomain(other) => {
                write!(
                    f,
                    "Its domain is easily mistaken for {}, which is another one.",
                    Shown::new(other.as_str()).full()
                )
            }
            Self::PlusTag(other) => {
                write!(f, "Its mail probably arrives in the mailbox of {}.", Shown::new(other.as_str()).full())
            }
            Self::MixedScript => f.write_str("It mixes letters of several scripts, as forged addresses do."),
            Self::ForeignDomain(domain) => {
                write!(f, "{} is not one of the organization's own domains.", Shown::new(domain.as_str()).full())
            }
        }
    }
}
