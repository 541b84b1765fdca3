//! A table for spreadsheets, as RFC 4180 says: a line for each field that an entry changed, or one for an entry without
//! any. Every cell is harmless.
use std::io::{self, Write};

use super::trail::{ExportError, Trail};
use crate::domain::text::{Shown, harmless};
use crate::ledger::entry::{Header, time_text};
use crate::ledger::story::Story;
use crate::ledger::telling::{FieldTold, Teller};

/// The first line.
const COLUMNS: [&str; 12] = [
    "entry",
    "time",
    "who",
    "role",
    "command",
    "outcome",
    "asked by",
    "approved by",
    "row",
    "field",
    "before",
    "after",
];

/// What differs between the lines of one entry: row, field, before, after.
type Cells = [String; 4];

/// Writes the entries.
pub(super) fn write(trail: &dyn Trail, teller: &Teller<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let terminator = ::csv::Terminator::CRLF;
    let mut table = ::csv::WriterBuilder::new().terminator(terminator).from_writer(out);
    table.write_record(COLUMNS).map_err(output)?;
    trail.each(&mut |header| {
        let parts = trail.parts(header)?;
        let story = trail.story(header, &parts)?;
        let entry = entry_cells(teller, header, &story);
        for cells in lines(teller, &story) {
            let record = entry.iter().chain(&cells).map(|cell| harmless(cell).into_owned());
            table.write_record(record).map_err(output)?;
        }
        Ok(())
    })?;
    Ok(table.flush()?)
}

/// What all lines of an entry have in common.
fn entry_cells(teller: &Teller<'_>, header: &Header, story: &Story) -> [String; 8] {
    let (who, role) = teller.actor(header);
    let decided = teller.decided(header, story);
    let (asked, approved) = decided.map_or((None, None), |decided| (Some(decided.asked_by), decided.approved_by));
    [
        header.seq.to_string(),
        time_text(header.at),
        who,
        role.unwrap_or_default(),
        Shown::new(&header.command).to_string(),
        header.outcome.code().into(),
        asked.unwrap_or_default(),
        approved.unwrap_or_default(),
    ]
}

/// The lines of an entry.
fn lines(teller: &Teller<'_>, story: &Story) -> Vec<Cells> {
    let mut lines: Vec<Cells> = Vec::new();
    let mut fact = |field: &str, said: Option<String>| {
        lines.extend(said.map(|said| [String::new(), field.into(), String::new(), said]));
    };
    fact("refusal", teller.refusal(story));
    fact("asked for", story.command.as_ref().filter(|_| story.changes.is_empty()).map(|value| teller.part(value)));
    fact("session", story.session.as_ref().map(|value| teller.part(value)));
    for row in teller.rows(story) {
        if row.fields.is_empty() {
            lines.push([row.row, String::new(), String::new(), String::new()]);
            continue;
        }
        let cells = row.fields.into_iter().map(|field| {
            let (name, before, after) = match field {
                FieldTold::Is(name, is) => (name, String::new(), is),
                FieldTold::Was(name, was) => (name, was, String::new()),
                FieldTold::Became(name, was, is) => (name, was, is),
                FieldTold::Said(name, sentence) => (name, String::new(), sentence),
            };
            [row.row.clone(), name, before, after]
        });
        lines.extend(cells);
    }
    if lines.is_empty() {
        lines.push(Cells::default());
    }
    lines
}

fn output(error: ::csv::Error) -> ExportError {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error.into(),
        other => io::Error::other(format!("{other:?}")).into(),
    }
}
