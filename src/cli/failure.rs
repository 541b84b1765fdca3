//! Why the program ends without having done what was asked.
use std::fmt;
use std::path::{Path, PathBuf};

use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::engine::Trouble;
use crate::ledger::fault::Fault;
use crate::settings::SettingsError;

/// A sentence for standard error, and an exit code.
#[derive(Debug)]
pub enum Failure {
    /// An expected no: exit code 1.
    Refused(Refusal),
    /// What was looked into is not as it should be: exit code 1.
    Unwell {
        /// What is wrong.
        text: String,
        /// What to do.
        hint: String,
    },
    /// Something is in the way: exit code 2.
    Fault(Fault),
    /// The settings file is wrong: exit code 2.
    Settings(PathBuf, SettingsError),
    /// Used in a way that cannot work: exit code 2.
    Usage {
        /// What is wrong.
        text: String,
        /// What to do.
        hint: String,
    },
    /// Whoever reads the output has read enough: exit code 0, and nothing to say.
    Closed,
    /// A signal ended the dashboard: exit code 128 and its number.
    Signal(i32),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Refused(_) | Self::Unwell { .. } => 1,
            Self::Fault(_) | Self::Settings(..) | Self::Usage { .. } => 2,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(2),
        }
    }

    /// Reading or writing a file failed.
    pub fn io(path: &Path, doing: &'static str, source: std::io::Error) -> Self {
        Self::Fault(Fault::Io { path: path.into(), doing, source })
    }

    /// Writing to standard output failed.
    pub fn output(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::Usage { text: format!("The output cannot be written: {error}."), hint: "Send it somewhere else.".into() }
    }

    /// The dashboard did not start, or lost its terminal.
    pub fn dashboard(error: &std::io::Error) -> Self {
        let text = error.to_string();
        if text.ends_with('.') {
            // A sentence of ours, which says what to do.
            return Self::Usage { text, hint: String::new() };
        }
        Self::Usage { text: format!("The dashboard cannot go on: {text}."), hint: "Try again in a terminal.".into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, hint) = match self {
            Self::Refused(refusal) => (refusal.to_string(), refusal.hint()),
            Self::Fault(fault) => (format!("{fault}."), fault.hint().to_owned()),
            Self::Settings(path, error) => (format!("{}: {error}", path.display()), error.hint().to_owned()),
            Self::Usage { text, hint } | Self::Unwell { text, hint } => (text.clone(), hint.clone()),
            Self::Closed | Self::Signal(_) => return Ok(()),
        };
        write!(f, "{}", Shown::new(&text))?;
        if hint.is_empty() { Ok(()) } else { write!(f, " {}", Shown::new(&hint)) }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused(refusal) => Self::Refused(refusal),
            Trouble::Fault(fault) => Self::Fault(fault),
            Trouble::Stopped => Self::Usage { text: trouble.to_string(), hint: trouble.hint() },
            Trouble::Mail(error) => Self::Usage { text: error.to_string(), hint: error.hint().into() },
        }
    }
}
