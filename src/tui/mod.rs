//! The dashboard in the terminal.
pub mod event;
pub mod key;
pub mod terminal;
pub mod theme;
pub mod widget;
