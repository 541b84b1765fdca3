//! What entries say, in words, with names in place of ids: for the command line, the trail's screen and its exports.
mod change;
mod decision;
mod request;
mod row;
mod security;
mod teller;

pub use change::{in_words, list, person, role, shown_once, words};
pub use decision::Decided;
pub use row::{FieldTold, Happened, RowTold, Told};
pub use teller::{Addresses, Teller};
