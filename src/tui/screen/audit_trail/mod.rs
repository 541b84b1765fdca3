//! Audit trail: what was done, refused, asked for and decided.
mod draw;
mod entry;
mod filters;
mod form;
mod history;
mod keys;
mod resolve;
mod screen;
mod table;
mod window;

pub use history::{history_ready, open_history};
pub use screen::AuditTrail;
pub(in crate::tui::screen) use table::{sign, style};
