//! The audit trail as people read it: pages of entries in a few words, and one entry in full.
mod page;
mod words;

pub use page::{Line, Page, detail, page};
pub use words::Words;
