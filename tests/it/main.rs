//! One integration test binary.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
mod architecture;
mod delivery;
mod desk;
mod matrix;
mod picture;
mod tty;
