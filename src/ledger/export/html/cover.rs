//! The first and the last lines of a report.
use std::io;

use super::paper::Paper;
use super::report::Report;
use super::tally::Tally;
use crate::domain::moment::zone_name;
use crate::ledger::telling::{Addresses, Teller};

/// How a report looks. Nothing is loaded, so it looks the same everywhere.
const HEAD: &str = concat!(
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n",
    include_str!("../../../../assets/report.css"),
    "</style>\n",
);

pub(super) fn begin(paper: &mut Paper<'_>, report: &Report<'_>, teller: &Teller<'_>, tally: &Tally) -> io::Result<()> {
    let known = report.after.organization().or_else(|| teller.org().organization());
    let name = known.map_or_else(|| "An organization".into(), |row| row.name.to_string());
    paper.raw(HEAD)?;
    paper.within("<title>Audit trail of ", &name, "</title>\n</head>\n<body>\n<header>\n")?;
    paper.within("<p class=\"kind\">Audit trail</p>\n<h1>", &name, "</h1>\n<dl>\n")?;
    let from = report.period.from.map_or_else(|| "the founding".into(), |from| paper.moment(from));
    let before = report.period.before.map_or_else(|| "the making of this report".into(), |end| paper.moment(end));
    let period = format!("from {from} until {before}");
    let zone = zone_name(paper.zone()).to_owned();
    let made = format!("{} by {}", paper.moment(report.made), report.by);
    let entries = match report.span.count() {
        0 => "none in this period".into(),
        1 => format!("1: number {}", report.span.last),
        count => format!("{count}: numbers {} to {}", report.span.after + 1, report.span.last),
    };
    let said = format!(
        "changes and decisions: {} (asked for: {}, approved: {}, rejected: {}); refused attempts: {}",
        tally.changes, tally.requested, tally.approved, tally.rejected, tally.refused
    );
    let sample = report.after.is_sample().then(|| "This is a sample organization, with invented people.".into());
    let hidden = (teller.addresses() == Addresses::Hidden)
        .then(|| "Left out: whoever made this report may not see the members.".into());
    let facts = [
        ("Period", Some(period)),
        ("Times in", Some(zone)),
        ("Made", Some(made)),
        ("Entries", Some(entries)),
        ("In short", Some(said)),
        ("Addresses", hidden),
        ("Sample", sample),
    ];
    for (name, fact) in facts {
        let Some(fact) = fact else { continue };
        paper.within("<dt>", name, "</dt>")?;
        paper.within("<dd>", fact, "</dd>\n")?;
    }
    paper.raw("</dl>\n</header>\n<main>\n")
}

pub(super) fn end(paper: &mut Paper<'_>, report: &Report<'_>) -> io::Result<()> {
    paper.raw("</main>\n<footer>\n<h2>Where this ends</h2>\n")?;
    match report.head {
        Some(head) => {
            paper.within("<p>The hash of entry ", report.span.last, ", the last one of this report:</p>\n")?;
            paper.within("<p><code>", head, "</code></p>\n")?;
            paper.raw(
                "<p>Every entry covers the hash of the one before it. Whoever keeps this hash can check later that \
                 nothing up to here was changed, taken out or put in.</p>\n",
            )?;
        }
        None => paper.raw("<p>There is no entry in this period.</p>\n")?,
    }
    paper.raw("</footer>\n</body>\n</html>\n")
}
