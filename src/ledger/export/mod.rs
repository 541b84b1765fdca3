//! Copies of the audit trail to take away: JSON Lines, a table, a report.
//!
//! Rendering takes values and a trail to walk along, and writes entry by entry, so that a log of any length needs the
//! same room.
mod canonical;
mod csv;
mod html;
mod jsonl;
mod order;
mod sealed;
mod take;
mod trail;
mod watched;

pub use canonical::canonical;
pub use html::Report;
pub use order::{Order, Span};
pub use take::{Taken, take};
pub use trail::{ExportError, Stored, Trail};
