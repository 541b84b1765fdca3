//! Waiting for other writers.
//!
//! SQLite's own busy timeout sleeps longer and longer, so that with 16 writers some wait for many
//! seconds. Short sleeps of random length let everybody through soon.
use std::thread;
use std::time::Duration;

/// How long to wait for a lock in all.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The shortest sleep and by how much longer it can be, in microseconds.
const SHORTEST: u64 = 200;
const SPREAD: u64 = 1_800;

/// A busy handler that gives up after about `patience` of sleeping for the same lock.
pub(super) fn handler(patience: Duration) -> impl FnMut(i32) -> bool + Send + 'static {
    let mut random = seed();
    let mut slept = Duration::ZERO;
    move |tries| {
        if tries == 0 {
            slept = Duration::ZERO;
        }
        if slept >= patience {
            return false;
        }
        random = next(random);
        let sleep = Duration::from_micros(SHORTEST + random % SPREAD);
        thread::sleep(sleep);
        slept += sleep;
        true
    }
}

/// Different for every process and for every connection in it; nothing depends on how well.
fn seed() -> u64 {
    let place = Box::new(0_u8);
    let place = std::ptr::from_ref::<u8>(&place).addr();
    next(u64::from(std::process::id())) ^ (place as u64)
}

/// The next number of a simple generator (splitmix64).
const fn next(state: u64) -> u64 {
    let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
