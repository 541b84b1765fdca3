//! A table for spreadsheets, as RFC 4180 says: a line for each field that an entry changed, or one for an entry without
//! any. Every cell is harmless.
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::trail::{ExportError, Trail};
use crate::domain::moment::zone_name;
use crate::domain::text::{Shown, harmless};
use crate::ledger::entry::{Header, time_text};
use crate::ledger::story::Story;
use crate::ledger::telling::{Asked, FieldTold, Teller};

/// The first line; the time names its zone where that is not UTC.
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
pub(super) fn write(
    trail: &dyn Trail,
    teller: &Teller<'_>,
    zone: &TimeZone,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let terminator = ::csv::Terminator::CRLF;
    let mut table = ::csv::WriterBuilder::new().terminator(terminator).from_writer(out);
    let columns = COLUMNS.map(|column| match zone_name(zone) {
        name if column == "time" && name != "UTC" => format!("time ({name})"),
        _ => column.into(),
    });
    table.write_record(columns).map_err(output)?;
    trail.each(&mut |header| {
        let parts = trail.parts(header)?;
        let story = trail.story(header, &parts)?;
        let entry = entry_cells(teller, zone, header, &story);
        for cells in lines(teller, &story) {
            let record = entry.iter().chain(&cells).map(|cell| harmless(cell).into_owned());
            table.write_record(record).map_err(output)?;
        }
        Ok(())
    })?;
    Ok(table.flush()?)
}

/// What all lines of an entry have in common.
fn entry_cells(teller: &Teller<'_>, zone: &TimeZone, header: &Header, story: &Story) -> [String; 8] {
    let (who, role) = teller.actor(header);
    let asked = teller.asked(header, story);
    let approved = asked.as_ref().and_then(Asked::approved_by).map(str::to_owned);
    [
        header.seq.to_string(),
        time(header.at, zone),
        who,
        role.unwrap_or_default(),
        Shown::new(&header.command).to_string(),
        header.outcome.code().into(),
        asked.map(|asked| asked.by).unwrap_or_default(),
        approved.unwrap_or_default(),
    ]
}

/// A time as it is stored, or with its offset from UTC in another zone.
fn time(at: Timestamp, zone: &TimeZone) -> String {
    if zone_name(zone) == "UTC" {
        return time_text(at);
    }
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
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
