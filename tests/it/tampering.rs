//! What somebody with another tool does to the file, and the word that it is found by.
pub mod forger;
