//! `rolodeck catalogue`: the permissions, as documented.
use std::io::Write;

use super::Failure;
use crate::domain::catalogue;
use crate::domain::permission::Level;

/// Prints the catalogue as a table or as a JSON array.
///
/// # Errors
/// When the output is closed.
pub fn run(json: bool) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let closed = |error: std::io::Error| Failure::output(&error);
    if json {
        let text = serde_json::to_string(catalogue::rows()).map_err(|error| closed(error.into()))?;
        return writeln!(out, "{text}").map_err(closed);
    }
    let mut group = None;
    for row in catalogue::rows() {
        if group != Some(row.group()) {
            group = Some(row.group());
            writeln!(out, "\n{}", row.group().name()).map_err(closed)?;
        }
        let levels: Vec<_> = row.levels().iter().map(Level::to_string).collect();
        writeln!(out, "  {:<32} {}", row.resource().label(), levels.join(" ")).map_err(closed)?;
    }
    Ok(())
}
