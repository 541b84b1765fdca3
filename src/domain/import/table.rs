//! Reading a table of comma-separated values, as spreadsheets and people write them.
use super::kind::Kind;
use super::problem::Problem;
use super::separator::{is_open, separator_of};
use super::unread::Unread;
use crate::domain::text::without_guard;

/// Bytes that are looked at.
pub const LARGEST: usize = 16_000_000;

/// Lines that are looked at.
pub(super) const LINES: usize = 100_000;

/// A line below the first one: its cells in the order of [`Kind::columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file, from 1.
    pub line: usize,
    /// What stands in it; an error with how many cells there are where that does not fit the first line.
    pub cells: Result<Box<[Box<str>]>, usize>,
}

impl Row {
    /// Whether it has as many cells as there are columns.
    pub(super) fn complete(&self, kind: Kind) -> Result<(), Problem> {
        let wanted = kind.columns().len();
        self.cells.as_ref().map(|_| ()).map_err(|found| Problem::Cells { found: *found, wanted })
    }

    /// The cell of a column, by the column's place in [`Kind::columns`].
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.as_ref().ok().and_then(|cells| cells.get(column)).map_or("", AsRef::as_ref)
    }
}

/// A table that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is about.
    pub kind: Kind,
    /// Its lines, without those that are empty.
    pub rows: Vec<Row>,
}

impl Table {
    /// Reads a file or a pasted text: UTF-8 with or without a byte order mark; commas, semicolons or tabs; quotation
    /// marks; any line ends; columns in any order and case. An apostrophe that keeps a spreadsheet from running a cell
    /// is taken away.
    ///
    /// # Errors
    /// Why nothing of it can be judged.
    pub fn read(kind: Kind, bytes: &[u8]) -> Result<Self, Unread> {
        if bytes.len() > LARGEST {
            return Err(Unread::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Unread::NotText { line: 1 + String::from_utf8_lossy(before).matches('\n').count() }
        })?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut records = Records::of(text);
        let (line, names) = records.next()?.ok_or(Unread::Empty(kind))?;
        let order = order(kind, line, &names)?;
        let mut rows = Vec::new();
        while let Some((line, record)) = records.next()? {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if rows.len() == LINES {
                return Err(Unread::TooLong);
            }
            let cell = |column: &usize| without_guard(record.get(*column).unwrap_or_default().trim()).into();
            let fits = record.len() == names.len();
            let cells = if fits { Ok(order.iter().map(cell).collect()) } else { Err(record.len()) };
            rows.push(Row { line, cells });
        }
        Ok(Self { kind, rows })
    }
}

/// Where each column stands.
fn order(kind: Kind, line: usize, names: &csv::StringRecord) -> Result<Vec<usize>, Unread> {
    let names: Vec<String> = names.iter().map(|name| without_guard(name.trim()).to_lowercase()).collect();
    for (at, name) in names.iter().enumerate() {
        let column: Box<str> = name.as_str().into();
        if !kind.columns().contains(&name.as_str()) {
            return Err(Unread::Unknown { line, column, kind });
        }
        if names.iter().take(at).any(|before| before == name) {
            return Err(Unread::Twice { line, column });
        }
    }
    let place = |column: &&'static str| {
        let place = names.iter().position(|name| name == column);
        place.ok_or(Unread::Missing { line, column, kind })
    };
    kind.columns().iter().map(place).collect()
}

/// The records of a text with the number of the line that each begins in.
struct Records<'a> {
    text: &'a str,
    separator: char,
    reader: csv::Reader<&'a [u8]>,
    /// Up to where lines were counted, in bytes, and the number of the line there.
    counted: (usize, usize),
}

impl<'a> Records<'a> {
    fn of(text: &'a str) -> Self {
        let separator = separator_of(text);
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(u8::try_from(separator).unwrap_or(b','));
        Self { text, separator, reader: builder.from_reader(text.as_bytes()), counted: (0, 1) }
    }

    fn next(&mut self) -> Result<Option<(usize, csv::StringRecord)>, Unread> {
        let mut record = csv::StringRecord::new();
        let read = self.reader.read_record(&mut record);
        let byte =
            record.position().map_or(self.counted.0, |place| usize::try_from(place.byte()).unwrap_or(usize::MAX));
        let line = self.line_at(byte);
        match read {
            // Text that was checked before is read from memory: this cannot fail, and if it did, this is the place.
            Err(_) => Err(Unread::NotText { line }),
            Ok(false) => Ok(None),
            Ok(true) => {
                let last = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX) >= self.text.len();
                let text = self.text.get(self.counted.0..).unwrap_or_default();
                if last && is_open(text, self.separator) {
                    return Err(Unread::OpenQuote { line });
                }
                Ok(Some((line, record)))
            }
        }
    }

    /// The number of the line in which the record begins that starts at or behind some empty lines here.
    fn line_at(&mut self, byte: usize) -> usize {
        let behind = self.text.get(byte..).unwrap_or_default();
        let start = byte + behind.len() - behind.trim_start_matches(['\r', '\n']).len();
        let (from, line) = self.counted;
        let passed = self.text.get(from..start).unwrap_or_default();
        let alone = passed.matches('\r').count() - passed.matches("\r\n").count();
        self.counted = (start.max(from), line + passed.matches('\n').count() + alone);
        self.counted.1
    }
}

#[cfg(test)]
mod tests;
