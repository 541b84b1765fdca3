//! Audit trail: what was done, refused, asked for and decided.
mod screen;

pub use screen::AuditTrail;
