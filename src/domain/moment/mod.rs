//! Moments as people type and read them, in the time zone of whoever asks.
mod period;
mod point;
mod told;
mod typed;

pub use period::{Ends, Period, WrongPeriod};
pub use point::{EXAMPLES, Moment, Taken, WrongMoment};
pub use told::{in_words, zone_name};
