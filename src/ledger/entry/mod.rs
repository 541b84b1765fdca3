//! One entry of the log: a header, its bodies, and the hashes that chain them. Pure.
//!
//! A body's hash covers its kind, id, version, salt and bytes; an entry's hash covers its header, the
//! previous entry's hash and the hashes of its bodies. Every field is hashed behind its length, so that
//! no two entries read alike.
mod body;
mod draft;
mod header;
mod seal;
#[cfg(test)]
mod tests;

pub use body::{Body, BodyError, Part, VERSION, upgrade};
pub use draft::{Draft, Entry};
pub use header::{Head, Header, Outcome, Stamp, StampKind};
pub use seal::{Seal, rows_digest, time_text};
