//! User management, Roles: what roles there are, what each of them means, and the ways to change one.
mod cells;
mod delete;
mod detail;
mod entry;
mod filter;
mod keys;
mod order;
mod people;
mod rename;
mod roster;
mod screen;
mod table;
mod text;
mod words;

pub use screen::Roles;
