#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod access;
mod digests;
mod fields;
mod prose;
mod sizes;
mod stage;
