//! What entries say, in words, with names in place of ids: for the command line, the trail's screen and its exports.
mod change;
mod decision;
mod detail;
mod kinds;
mod request;
mod security;
mod summary;
mod teller;

pub use change::{Fate, FieldTold, RowTold, in_words, list, person, role, shown_once, words};
pub use decision::{Asked, Became};
pub use detail::Detail;
pub use kinds::{KINDS, called};
pub use summary::{READ, read};
pub use teller::{Addresses, Teller};
