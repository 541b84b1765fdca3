//! Organization: what it is called, what it consists of, and where it is kept.
mod edit;
mod facts;
mod screen;

pub use screen::Organization;
