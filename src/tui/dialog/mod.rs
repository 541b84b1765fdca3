//! Boxes over a screen.
mod confirm;
mod frame;
mod help;
mod letter;

pub use confirm::Confirm;
pub use frame::{boxed, middle};
pub use help::Help;
pub use letter::Letter;
