//! How good a passphrase is.
use unicode_normalization::UnicodeNormalization;

use super::refusal::Refusal;

/// The fewest characters of a passphrase.
pub const SHORTEST: usize = 12;

/// The most bytes of a passphrase.
pub const LONGEST: usize = 1024;

/// The lowest strength, of 0 to 4, that is accepted.
pub const WEAKEST: u8 = 3;

/// An estimate of how hard a passphrase is to guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (out of reach).
    pub score: u8,
    /// What is weak about it, if anything.
    pub warning: Option<String>,
}

/// Estimates a passphrase; `known` are words that an attacker would try first, such as name and address.
pub fn strength(passphrase: &str, known: &[&str]) -> Strength {
    let estimate = zxcvbn::zxcvbn(passphrase, known);
    let warning = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning).map(|warning| warning.to_string());
    Strength { score: u8::from(estimate.score()), warning }
}

/// Accepts a passphrase, in the form in which it is hashed: the same letters give the same bytes on every keyboard.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn accept(passphrase: &str, known: &[&str]) -> Result<String, Refusal> {
    let refuse = |text: String| Err(Refusal::Passphrase(text));
    let characters = passphrase.chars().count();
    if characters < SHORTEST {
        return refuse(format!("A passphrase has at least {SHORTEST} characters; this one has {characters}."));
    }
    if passphrase.len() > LONGEST {
        return refuse(format!("A passphrase has at most {LONGEST} bytes; this one has {}.", passphrase.len()));
    }
    let strength = strength(passphrase, known);
    if strength.score < WEAKEST {
        let why = strength.warning.unwrap_or_else(|| "It could be guessed too soon.".into());
        return refuse(format!("This passphrase is too weak. {why}"));
    }
    Ok(normal(passphrase))
}

/// The form in which a passphrase is hashed and checked.
pub fn normal(passphrase: &str) -> String {
    passphrase.nfkc().collect()
}
