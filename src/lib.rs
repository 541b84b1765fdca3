//! rolodeck: a terminal dashboard in which a treasury administrator decides who may touch the money.
pub mod domain;
pub mod mail;
pub mod tui;
