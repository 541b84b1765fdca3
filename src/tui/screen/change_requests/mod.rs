//! Change requests: what waits for a second person, what became of it, and deciding about it.
mod ask;
mod detail;
mod detail_keys;
mod detail_layer;
mod draw;
mod facts;
mod item;
mod keys;
mod list;
mod prose;
mod reader;
mod screen;
mod telling;

pub use screen::ChangeRequests;
