//! Why a table cannot be read at all.
use super::kind::Kind;
use super::table::{LARGEST, LINES};
use crate::domain::text::Shown;

/// Columns of a name that is quoted from a file.
const QUOTED: usize = 40;

/// Why nothing of a table can be judged. `Display` gives the sentence, with the line where there is one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// More bytes than are looked at.
    #[error("This is larger than {} MB, which is more than can be imported at once.", LARGEST / 1_000_000)]
    TooLarge,
    /// More lines than are looked at.
    #[error("This has more than {LINES} lines, which is more than can be imported at once.")]
    TooLong,
    /// Not UTF-8.
    #[error("Line {line} is not UTF-8 text.")]
    NotText {
        /// The first such line.
        line: usize,
    },
    /// There is not even a first line.
    #[error("There is nothing in it.")]
    Empty(Kind),
    /// A column that means nothing.
    #[error("Line {line}: there is no column {}.", quoted(.column))]
    Unknown {
        /// The line with the names of the columns.
        line: usize,
        /// As it stands there.
        column: Box<str>,
        /// What is imported.
        kind: Kind,
    },
    /// A column that is there twice.
    #[error("Line {line}: the column {} is there twice.", quoted(.column))]
    Twice {
        /// The line with the names of the columns.
        line: usize,
        /// Its name.
        column: Box<str>,
    },
    /// A column that is not there.
    #[error("Line {line}: the column {column} is missing.")]
    Missing {
        /// The line with the names of the columns.
        line: usize,
        /// Its name.
        column: &'static str,
        /// What is imported.
        kind: Kind,
    },
    /// A quotation mark that never ends, so that everything behind it would be one cell.
    #[error("Line {line}: a quotation mark is opened and never closed.")]
    OpenQuote {
        /// Where the record begins.
        line: usize,
    },
}

impl Unread {
    /// What to do about it, in a sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::TooLarge | Self::TooLong => "Split it into several files.".into(),
            Self::NotText { .. } => "Save it again as CSV with the encoding UTF-8.".into(),
            Self::Empty(kind) | Self::Unknown { kind, .. } | Self::Missing { kind, .. } => {
                format!("The first line names the columns: {}.", kind.columns().join(","))
            }
            Self::Twice { .. } => "Take one of them out.".into(),
            Self::OpenQuote { .. } => "Close it, or write it twice if it is meant as a character.".into(),
        }
    }
}

fn quoted(name: &str) -> String {
    if name.is_empty() { "without a name".into() } else { format!("“{}”", Shown::new(name).cut(QUOTED)) }
}
