//! `rolodeck export`: a copy of the audit trail to take away.
use std::io::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::sign_in::{open, sign_in};
use super::{Failure, Surroundings, place::Place};
use crate::command::ExportFormat;
use crate::domain::moment::Period;
use crate::domain::text::Shown;
use crate::engine::{export_to_file, export_to_writer};
use crate::ledger::export::Order;
use crate::ledger::progress::Progress;
use crate::outside::Outside;

/// What of the trail is wanted, in which form, and where it goes.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// In which form
    #[arg(long, value_enum)]
    format: Form,

    /// From this day or time on: 2026-03-01, 2026-03-01T12:00; in the time zone of the settings
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,

    /// Up to the end of this day, or before this time
    #[arg(long, value_name = "WHEN")]
    to: Option<String>,

    /// A new file to write; without it the export goes to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The forms, as they are typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// JSON Lines: everything, from which the chain can be checked
    Jsonl,
    /// For spreadsheets
    Csv,
    /// A report to read and print
    Html,
}

/// An end of the period as it was typed. An empty one comes of a script whose variable is not set, and does not mean
/// everything.
fn end<'a>(option: &str, typed: Option<&'a str>) -> Result<&'a str, Failure> {
    match typed {
        Some(blank) if blank.trim().is_empty() => Err(Failure::Usage {
            text: format!("{option} is empty."),
            hint: format!("Say a day, such as 2026-03-01, or leave {option} out for no limit."),
        }),
        typed => Ok(typed.unwrap_or_default()),
    }
}

/// Signs in and exports.
///
/// # Errors
/// When the role may not read it, the period is none, the file is there already, or something stands in the way.
pub fn run(wanted: &Wanted, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let (from, to) = (end("--from", wanted.from.as_deref())?, end("--to", wanted.to.as_deref())?);
    let zone = place.read_settings()?.time.zone;
    let period = Period::typed(from, to, &zone)
        .map_err(|error| Failure::Usage { text: format!("{error}."), hint: error.hint().into() })?;
    let format = match wanted.format {
        Form::Jsonl => ExportFormat::JsonLines,
        Form::Csv => ExportFormat::Csv,
        Form::Html => ExportFormat::Html,
    };
    let order = Order { format, period, zone, progress: Progress::default() };
    let mut store = open(place)?;
    let session = sign_in(&mut store, outside, surroundings)?;
    let mut out = std::io::stdout().lock();
    let written = match &wanted.output {
        None => export_to_writer(&mut store, outside, &session, &order, &mut out)?,
        Some(path) => {
            let exported = export_to_file(&mut store, outside, &session, &order, path)?;
            let (path, taken) = (exported.path.display().to_string(), exported.taken);
            let count = if taken.entries == 1 { "1 entry".into() } else { format!("{} entries", taken.entries) };
            writeln!(out, "{count} in {}, SHA-256 {}", Shown::new(&path), taken.sha256).and_then(|()| out.flush())
        }
    };
    written.map_err(|error| Failure::output(&error))
}
