//! Boxes over a screen.
mod any_day;
mod confirm;
mod copy;
mod finder;
mod frame;
mod help;
mod letter;
mod opening;
mod palette;
mod themes;
mod undo;
mod used_by;

pub use any_day::AnyDay;
pub use confirm::Confirm;
pub use copy::offer_copies;
pub use frame::{boxed, middle};
pub use help::Help;
pub use letter::Letter;
pub use opening::Opening;
pub use palette::{Palette, Searches};
pub use themes::Themes;
pub use undo::UndoLast;
pub use used_by::{UsedBy, open_used_by};
