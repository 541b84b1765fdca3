//! Names and identifiers, parsed at the edge: a value of these types can be stored and shown.
mod currency;
mod identifier;
mod key;
mod label;

pub use currency::{Currency, CurrencyError};
pub use identifier::{AccountIdentifier, IdentifierError};
pub use key::NameKey;
pub use label::{AccountName, EntityName, NameError, OrganizationName, PersonName, Reason, RoleName};
