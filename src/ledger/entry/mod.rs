//! One entry of the log: a header, its bodies, and the hashes that chain them. Pure.
//!
//! A body's hash covers its kind, id and version, and then in two parts what it says: its *frame*, which stays for
//! ever, and the salted *inner* hash of all of it, which is kept when a person in it is blanked (bodies of version 1 have
//! one hash over everything). An entry's hash covers its header, the previous entry's hash, and the versions and hashes
//! of its bodies. Every field is hashed behind its length, so that no two entries read alike.
mod body;
mod draft;
mod header;
mod redaction;
mod seal;
#[cfg(test)]
mod tests;

pub use body::{Body, BodyError, Left, Part, VERSION, upgrade};
pub use draft::{Draft, Entry};
pub use header::{Head, Header, Outcome, Stamp, StampKind};
pub use redaction::Redaction;
pub use seal::{Seal, rows_digest, time_text};
