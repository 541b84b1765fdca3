//! The log and the tables, and the only door through which they change.
pub mod actor;
pub mod checkpoint;
pub mod entry;
pub mod fault;
pub mod note;
pub mod passphrase;
pub mod reproof;
pub mod rescue;
pub mod run;
pub mod secrets;
pub mod signin;
pub mod store;
pub mod story;
pub mod telling;
