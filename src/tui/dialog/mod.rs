//! Boxes over a screen.
mod any_day;
mod confirm;
mod frame;
mod help;
mod letter;

pub use any_day::AnyDay;
pub use confirm::Confirm;
pub use frame::{boxed, middle};
pub use help::Help;
pub use letter::Letter;
