//! Why a line is left out.
use crate::domain::address::AddressError;
use crate::domain::name::{CurrencyError, IdentifierError, NameError};
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;

/// Columns of a name that is quoted from a line.
const QUOTED: usize = 40;

/// Levels below the top at which an entity can be created by an import. A chain that is longer is a mistake in the file.
pub(super) const DEEPEST: usize = 32;

/// Why a line cannot be imported. `Display` gives the sentence with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Another number of cells than the first line.
    #[error("The line has {} and the first one {wanted}: a separator is missing or too many.", cells(*.found))]
    Cells {
        /// How many it has.
        found: usize,
        /// How many the first line has.
        wanted: usize,
    },
    /// The same is in the file before.
    #[error("Line {first} says the same already: take one of the two out.")]
    Twice {
        /// The line before.
        first: usize,
    },
    /// No entity is named.
    #[error("The line names no entity: every account belongs to one.")]
    NoEntity,
    /// The name of an entity, its parent or an account cannot be one.
    #[error(transparent)]
    Name(NameError),
    /// A part of an account is there and another one is not.
    #[error("The {0} of the account is missing: an account needs name, currency and identifier.")]
    Incomplete(&'static str),
    /// No currency.
    #[error(transparent)]
    Currency(CurrencyError),
    /// No identifier.
    #[error(transparent)]
    Identifier(IdentifierError),
    /// Another account has the identifier.
    #[error("Another account has this identifier in this currency: compare it with the bank's paper.")]
    IdentifierTaken,
    /// Another line has the identifier.
    #[error("Line {first} has another account with this identifier and currency: one of the two is wrong.")]
    IdentifierTwice {
        /// The line before.
        first: usize,
    },
    /// The account is there and ignored.
    #[error("This account is there and ignored: provision it again under Entities and accounts.")]
    Ignored,
    /// The parent is nowhere.
    #[error("There is no entity “{}”, here or in the file.{}", short(.parent), meant(.near.as_deref()))]
    UnknownParent {
        /// As it stands in the line.
        parent: Box<str>,
        /// What may have been meant.
        near: Option<Box<str>>,
    },
    /// The parent would come from a line that is left out.
    #[error("Its parent would come from line {line}, which is left out: correct that one first.")]
    ParentLeftOut {
        /// That line.
        line: usize,
    },
    /// The entity would be below itself.
    #[error("The entity would be below itself: one of its parents in the file is wrong.")]
    Cycle,
    /// Two lines put one entity below two parents.
    #[error("Line {first} puts this entity below another parent: one of the two is wrong.")]
    OtherParent {
        /// The line before.
        first: usize,
    },
    /// The entity is there, at another place.
    #[error(
        "This entity is there, and not below this parent: an import moves nothing. Leave the parent empty to mean the one that is there."
    )]
    Elsewhere,
    /// Several entities have the name.
    #[error("Several entities are called “{}”: an import cannot tell which is meant. Rename one of them first.", short(.0))]
    Ambiguous(Box<str>),
    /// Too far down.
    #[error("The entity would be more than {DEEPEST} levels down: its parents in the file are probably wrong.")]
    TooDeep,
    /// The person may not do that there.
    #[error("Your active role lacks {0} at this place: ask somebody whose role has it.")]
    NotAllowed(Permission),
    /// Not an address.
    #[error(transparent)]
    Address(AddressError),
    /// Somebody has signed up with it.
    #[error("A user has this address: assign roles to that user instead.")]
    AlreadyUser,
    /// There is an open invitation.
    #[error("An invitation to this address is open: resend or revoke that one.")]
    AlreadyInvited,
    /// No role is named.
    #[error("The line names no role: a person needs one to do anything.")]
    NoRole,
    /// No such role.
    #[error("There is no role “{}”.{}", short(.role), meant(.near.as_deref()))]
    UnknownRole {
        /// As it stands in the line.
        role: Box<str>,
        /// What may have been meant.
        near: Option<Box<str>>,
    },
    /// The role was deleted.
    #[error("The role “{}” was deleted: name another one.", short(.0))]
    DeletedRole(Box<str>),
    /// The person may not hand it out.
    #[error("{why} {}", why.hint())]
    RoleNotYours {
        /// The rule.
        why: Refusal,
    },
}

impl Problem {
    /// A few words for a table and for counting: lines with the same words have the same kind of problem.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Cells { .. } => "wrong number of cells",
            Self::Twice { .. } => "twice in the file",
            Self::NoEntity => "no entity",
            Self::Name(_) => "invalid name",
            Self::Incomplete(_) => "account incomplete",
            Self::Currency(_) => "unknown currency",
            Self::Identifier(IdentifierError::CheckDigits) => "wrong check digits",
            Self::Identifier(_) => "invalid identifier",
            Self::IdentifierTaken => "identifier taken",
            Self::IdentifierTwice { .. } => "identifier twice",
            Self::Ignored => "ignored account",
            Self::UnknownParent { .. } => "unknown parent",
            Self::ParentLeftOut { .. } => "parent left out",
            Self::Cycle => "below itself",
            Self::OtherParent { .. } => "two parents",
            Self::Elsewhere => "below another parent",
            Self::Ambiguous(_) => "several of this name",
            Self::TooDeep => "too deep",
            Self::NotAllowed(_) => "not allowed here",
            Self::Address(_) => "invalid address",
            Self::AlreadyUser => "already a user",
            Self::AlreadyInvited => "already invited",
            Self::NoRole => "no role",
            Self::UnknownRole { .. } => "unknown role",
            Self::DeletedRole(_) => "deleted role",
            Self::RoleNotYours { .. } => "role not yours to give",
        }
    }
}

fn cells(found: usize) -> String {
    if found == 1 { "1 cell".into() } else { format!("{found} cells") }
}

fn short(text: &str) -> String {
    Shown::new(text).cut(QUOTED).into_owned()
}

fn meant(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(" Did you mean “{}”?", short(near)))
}
