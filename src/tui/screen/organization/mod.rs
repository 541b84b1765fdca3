//! Organization: what it is called, what it consists of, who decides about it, and where it is kept.
mod cover;
mod edit;
mod facts;
mod hanging;
mod keys;
mod outlook;
mod recovery_code;
mod screen;
mod security;
mod switches;

pub use screen::Organization;
