//! Pure values and rules: no I/O, no clock, no randomness.
pub mod access;
pub mod address;
pub mod catalogue;
pub mod census;
pub mod draft;
pub mod duties;
pub mod findings;
#[cfg(test)]
pub(crate) mod fixture;
pub mod id;
pub mod name;
pub mod org;
pub mod organization;
pub mod passphrase;
pub mod permission;
pub mod refusal;
pub mod role;
pub mod row;
pub mod sample;
pub mod scope;
pub mod sight;
pub mod text;
pub mod user;
pub mod verification;
pub mod words;
