//! How long a letter waits before it is tried again.
use std::time::Duration;

use super::error::Retry;

/// The pauses after the first, second and third failed try; after every later one it is the last.
const FIRST: Duration = Duration::from_secs(30);
const SECOND: Duration = Duration::from_secs(2 * 60);
const THIRD: Duration = Duration::from_secs(10 * 60);
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// The time between a failed try and the next one, or `None` when the letter will never be taken.
///
/// `failed_tries` counts the tries so far, the one that just failed included. What needs a repair is asked once
/// an hour: often enough to notice the repair, and too seldom to lock the account at the mail server.
#[must_use]
pub fn pause(retry: Retry, failed_tries: u32) -> Option<Duration> {
    match (retry, failed_tries) {
        (Retry::Never, _) => None,
        (Retry::AfterRepair, _) => Some(LONGEST),
        (Retry::Later, 0 | 1) => Some(FIRST),
        (Retry::Later, 2) => Some(SECOND),
        (Retry::Later, 3) => Some(THIRD),
        (Retry::Later, _) => Some(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_to_an_hour_and_stay_there() {
        let pauses: Vec<u64> = (1..=6).filter_map(|tries| pause(Retry::Later, tries)).map(|p| p.as_secs()).collect();
        assert_eq!(pauses, [30, 120, 600, 3600, 3600, 3600]);
        assert_eq!(pause(Retry::Later, u32::MAX), Some(LONGEST));
    }

    #[test]
    fn what_needs_a_repair_is_asked_once_an_hour_from_the_first_try_on() {
        assert_eq!(pause(Retry::AfterRepair, 1), Some(LONGEST));
        assert_eq!(pause(Retry::AfterRepair, 9), Some(LONGEST));
    }

    #[test]
    fn a_letter_that_was_turned_down_is_not_tried_again() {
        assert_eq!(pause(Retry::Never, 1), None);
    }
}
