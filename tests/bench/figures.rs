//! Times in the middle and at the edge, and a line of the table.
use std::time::Duration;

/// The median.
pub fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    *times.get(times.len() / 2).unwrap()
}

/// What 95 of 100 stay below.
pub fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    *times.get(times.len() * 95 / 100).unwrap()
}

/// Prints what was measured beside what is to be reached.
pub fn say(what: &str, measured: impl std::fmt::Debug, reach: &str) {
    println!("{what:<58} {measured:>24?}   reach: {reach}");
}
