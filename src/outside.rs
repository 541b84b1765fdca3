//! The clock and the randomness, passed in: built once, by `main` or by a test.
use std::sync::Arc;

use jiff::{Timestamp, TimestampRound, Unit};

use crate::domain::id::Seed;

type Clock = dyn Fn() -> Timestamp + Send + Sync;
type Random = dyn Fn(&mut [u8]) + Send + Sync;

/// What the program takes from outside beside its input.
#[derive(Clone)]
pub struct Outside {
    clock: Arc<Clock>,
    random: Arc<Random>,
}

impl Outside {
    /// The outside that these two functions are.
    pub fn new(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random) }
    }

    /// The time, in whole milliseconds, which is how exactly it is stored.
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        now.round(TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Trunc)).unwrap_or(now)
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }

    /// Random bytes for one identifier.
    pub fn seed(&self) -> Seed {
        self.bytes()
    }
}
