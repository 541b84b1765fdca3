//! What is wrong with the settings, in sentences.
use std::fmt;

use super::section::{closest, escaped, list};

/// Why the settings cannot be used: where, what is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    line: Option<usize>,
    sentence: String,
    hint: String,
}

impl SettingsError {
    /// Something in a line of the file.
    pub fn at(line: usize, sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: Some(line), sentence: sentence.into(), hint: hint.into() }
    }

    /// A name in a line of the file that is none of those that there are.
    pub fn unknown(line: usize, what: &str, name: &str, known: &[&str]) -> Self {
        let hint = match closest(name, known) {
            Some(meant) => format!("Did you mean \"{meant}\"?"),
            None => format!("There are {}.", list(known, "\"", "\"")),
        };
        Self::at(line, format!("there is no \"{}\" as {what}", escaped(name)), hint)
    }

    /// Something outside the file, that the settings point at.
    pub(super) fn outside(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: None, sentence: sentence.into(), hint: hint.into() }
    }

    /// The line of the file, counted from 1, when the trouble is in the file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// A stable name of what went wrong, for logs and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "settings"
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "Line {line} of the settings: {}.", self.sentence),
            None => write!(f, "The settings cannot be used: {}.", self.sentence),
        }
    }
}

impl std::error::Error for SettingsError {}
