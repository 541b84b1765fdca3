//! The entries themselves: what changed, and what was refused.
use std::io;

use super::paper::Paper;
use super::tally::{Sort, Tally, sort};
use crate::domain::text::Shown;
use crate::ledger::entry::Header;
use crate::ledger::export::trail::{ExportError, Trail};
use crate::ledger::story::Story;
use crate::ledger::telling::{Asked, Fate, FieldTold, RowTold, Teller};

/// Every change and decision, and what was noted without changing anything.
pub(super) fn changes(
    paper: &mut Paper<'_>,
    trail: &dyn Trail,
    teller: &Teller<'_>,
    tally: &Tally,
) -> Result<(), ExportError> {
    paper.raw("<section>\n<h2>Changes</h2>\n")?;
    if tally.changes + tally.notes == 0 {
        paper.raw("<p>There are none.</p>\n")?;
    }
    trail.each(&mut |header| {
        let parts = trail.parts(header)?;
        if matches!(sort(header, &parts), Sort::Change | Sort::Note) {
            entry(paper, teller, header, &trail.story(header, &parts)?)?;
        }
        Ok(())
    })?;
    Ok(paper.raw("</section>\n")?)
}

/// What was refused, and why.
pub(super) fn refused(
    paper: &mut Paper<'_>,
    trail: &dyn Trail,
    teller: &Teller<'_>,
    tally: &Tally,
) -> Result<(), ExportError> {
    paper.raw("<section>\n<h2>Refused attempts</h2>\n")?;
    if tally.refused == 0 {
        return Ok(paper.raw("<p>There are none.</p>\n</section>\n")?);
    }
    paper.table(&["Entry", "Time", "Who", "What", "Why it was refused"])?;
    trail.each(&mut |header| {
        let parts = trail.parts(header)?;
        if sort(header, &parts) != Sort::Refused {
            return Ok(());
        }
        let story = trail.story(header, &parts)?;
        paper.raw("<tr>")?;
        paper.number(header.seq)?;
        paper.cell(paper.moment(header.at))?;
        paper.cell(teller.who(header))?;
        paper.within("<td><strong>", command(header), "</strong><br>")?;
        let asked = story.command.as_ref().map(|value| teller.part(value));
        paper.within("", asked.unwrap_or_default(), "</td>")?;
        paper.cell(teller.refusal(&story).unwrap_or_default())?;
        Ok(paper.raw("</tr>\n")?)
    })?;
    paper.table_end()?;
    Ok(paper.raw("</section>\n")?)
}

/// The name of a command as words.
fn command(header: &Header) -> String {
    Shown::new(&header.command.replace('_', " ")).to_string()
}

fn entry(paper: &mut Paper<'_>, teller: &Teller<'_>, header: &Header, story: &Story) -> io::Result<()> {
    paper.within("<article>\n<h3><span class=\"seq\">", header.seq, "</span> ")?;
    paper.within("", command(header), " <span class=\"outcome\">")?;
    paper.within("", header.outcome, "</span></h3>\n")?;
    paper.within("<p class=\"by\"><time>", paper.moment(header.at), "</time> ")?;
    let asked = teller.asked(header, story);
    let approver = asked.as_ref().and_then(Asked::approved_by);
    match (&asked, approver) {
        (Some(asked), Some(approver)) => {
            paper.within("asked for by <b>", &asked.by, "</b>, ")?;
            paper.within("approved by <b>", approver, "</b></p>\n")?;
        }
        (Some(asked), None) if asked.by != teller.who(header) => {
            paper.within("asked for by <b>", &asked.by, "</b>, ")?;
            paper.within("decided by <b>", teller.who(header), "</b></p>\n")?;
        }
        _ => paper.within("by <b>", teller.who(header), "</b></p>\n")?,
    }
    let rows = teller.rows(story);
    if rows.is_empty() {
        let said = story.command.as_ref().or(story.session.as_ref()).map(|value| teller.part(value));
        paper.within("<p>", said.unwrap_or_default(), "</p>\n")?;
    } else {
        paper.table(&["What", "", "Before", "After"])?;
        rows.iter().try_for_each(|row| lines(paper, row))?;
        paper.table_end()?;
    }
    paper.raw("</article>\n")
}

/// The lines of a row that changed; its name stands in the first of them.
fn lines(paper: &mut Paper<'_>, row: &RowTold) -> io::Result<()> {
    let name = match row.fate {
        Fate::New => format!("new {}", row.row),
        Fate::Changed => row.row.clone(),
        Fate::Gone => format!("gone: {}", row.row),
    };
    if row.fields.is_empty() {
        paper.raw("<tr>")?;
        paper.line_head(name)?;
        return paper.raw("<td></td><td></td><td></td></tr>\n");
    }
    for (n, field) in row.fields.iter().enumerate() {
        paper.raw("<tr>")?;
        paper.line_head(if n == 0 { name.as_str() } else { "" })?;
        let (name, before, after) = match field {
            FieldTold::Said(name, sentence) => {
                paper.cell(name)?;
                paper.within("<td colspan=\"2\">", sentence, "</td>")?;
                paper.raw("</tr>\n")?;
                continue;
            }
            FieldTold::Is(name, is) => (name, "", is.as_str()),
            FieldTold::Was(name, was) => (name, was.as_str(), ""),
            FieldTold::Became(name, was, is) => (name, was.as_str(), is.as_str()),
        };
        paper.cell(name)?;
        paper.cell(before)?;
        paper.cell(after)?;
        paper.raw("</tr>\n")?;
    }
    Ok(())
}
