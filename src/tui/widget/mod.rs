//! The pieces that screens are drawn from: each draws itself into any area, however small, and keeps no more state than
//! it needs. They know keys, themes and text, and nothing of what an organization is.
//!
//! Text arrives fit to be shown (what somebody typed or imported goes through [`crate::domain::text`] first); only
//! [`field`] and [`form`], where people type, do that themselves.

pub mod area;
pub mod button;
#[cfg(test)]
pub(crate) mod canvas;
pub mod choice;
pub mod dialog;
pub mod field;
pub mod form;
pub mod line;
pub mod list;
pub mod matrix;
pub mod meter;
mod nesting;
pub mod pane;
pub mod progress;
mod question;
pub mod response;
pub mod rows;
mod secret;
pub mod still;
pub mod table;
pub mod tabs;
pub mod ticks;
pub mod toast;
pub mod tree;
mod typed;
