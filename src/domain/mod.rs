//! Pure values and rules: no I/O, no clock, no randomness.
pub mod address;
pub mod catalogue;
pub mod name;
pub mod permission;
pub mod text;
