//! Four-eyes approvals over time.
use std::io;

use super::paper::Paper;
use super::report::Report;
use super::tally::{Setting, Tally};
use crate::domain::org::Org;
use crate::domain::security::Area;

pub(super) fn write(paper: &mut Paper<'_>, report: &Report<'_>, tally: &Tally) -> io::Result<()> {
    paper.raw("<section>\n<h2>Four-eyes approvals</h2>\n")?;
    paper.table(&["Area", "At the beginning", "At the end"])?;
    let areas = Area::ALL.into_iter().filter(|area| area.protects());
    for area in areas {
        paper.raw("<tr>")?;
        paper.line_head(area.name())?;
        paper.cell(state(report.before, area))?;
        paper.cell(state(report.after, area))?;
        paper.raw("</tr>\n")?;
    }
    paper.table_end()?;
    if tally.settings.is_empty() {
        return paper.raw("<p>Nobody changed these settings in this period.</p>\n</section>\n");
    }
    paper.raw("<h3>Who changed what</h3>\n")?;
    paper.table(&["Entry", "Time", "Who", "What"])?;
    for setting in &tally.settings {
        changed(paper, setting)?;
    }
    paper.table_end()?;
    paper.raw("</section>\n")
}

fn state(org: &Org, area: Area) -> &'static str {
    match org.organization() {
        None => "not founded yet",
        Some(row) if row.security.four_eyes.areas.contains(&area) => "on",
        Some(_) => "off",
    }
}

fn changed(paper: &mut Paper<'_>, setting: &Setting) -> io::Result<()> {
    paper.raw("<tr>")?;
    paper.number(setting.seq)?;
    paper.cell(paper.moment(setting.at))?;
    let who = match &setting.asked {
        None => setting.who.clone(),
        Some(asked) => match asked.approved_by() {
            Some(approver) => format!("{}, approved by {approver}", asked.by),
            None => asked.by.clone(),
        },
    };
    paper.cell(who)?;
    paper.cell(setting.said.join("; "))?;
    paper.raw("</tr>\n")
}
