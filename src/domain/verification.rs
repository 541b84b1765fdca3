//! Verifying an address with a six-digit code.
use jiff::{SignedDuration, Timestamp};

use super::refusal::Refusal;
use super::user::Digest;

/// How long a code works.
pub const VALID: SignedDuration = SignedDuration::from_mins(15);

/// How often one may try.
pub const TRIES: u8 = 5;

/// A code that was sent to an address and waits to be typed.
#[derive(Clone, Debug)]
pub struct Verification {
    code: Digest,
    expires: Timestamp,
    tries_left: u8,
}

impl Verification {
    /// A code with this digest, sent at `now`.
    pub fn new(code: Digest, now: Timestamp) -> Self {
        Self { code, expires: now.saturating_add(VALID).unwrap_or(now), tries_left: TRIES }
    }

    /// Until when the code works.
    pub const fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Checks what was typed. The last wrong try ends the code.
    ///
    /// # Errors
    /// Why the code does not work, and how many tries are left.
    pub fn check(&mut self, typed: Digest, now: Timestamp) -> Result<(), Refusal> {
        if now >= self.expires {
            return Err(Refusal::Verification("This code is older than 15 minutes."));
        }
        if self.tries_left == 0 {
            return Err(Refusal::Verification("This code was tried too often."));
        }
        if typed == self.code {
            self.tries_left = 0;
            return Ok(());
        }
        self.tries_left -= 1;
        Err(Refusal::VerificationTries { left: self.tries_left })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: Digest = Digest([1; 32]);
    const WRONG: Digest = Digest([2; 32]);
    const NOON: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn the_right_code_works_once() {
        let mut verification = Verification::new(RIGHT, NOON);
        assert_eq!(verification.check(RIGHT, NOON), Ok(()));
        assert!(verification.check(RIGHT, NOON).is_err());
    }

    #[test]
    fn five_wrong_tries_end_it_even_for_the_right_code() {
        let mut verification = Verification::new(RIGHT, NOON);
        for left in (0..5).rev() {
            assert_eq!(verification.check(WRONG, NOON), Err(Refusal::VerificationTries { left }));
        }
        assert!(verification.check(RIGHT, NOON).is_err());
    }

    #[test]
    fn it_ends_after_fifteen_minutes_sharp() {
        let verification = Verification::new(RIGHT, NOON);
        let last = NOON + SignedDuration::from_millis(15 * 60 * 1000 - 1);
        assert_eq!(verification.clone().check(RIGHT, last), Ok(()));
        assert!(verification.clone().check(RIGHT, NOON + VALID).is_err());
    }
}
