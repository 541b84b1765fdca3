//! Taking a copy of the audit trail: in which form, for which time, under which name.
mod keys;
mod layer;
mod outlook;

pub use layer::ExportTrail;
