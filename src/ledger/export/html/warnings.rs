//! What somebody should know about the roles, as they are at the end.
use std::io;

use super::paper::Paper;
use crate::domain::findings::{Severity, findings_of_all};
use crate::domain::org::Org;

pub(super) fn write(paper: &mut Paper<'_>, org: &Org) -> io::Result<()> {
    paper.raw("<section>\n<h2>Warnings at the end of the period</h2>\n")?;
    let found = findings_of_all(org);
    let mut lines: Vec<_> = found
        .iter()
        .filter_map(|(id, findings)| Some((org.role(*id)?, findings)))
        .flat_map(|(role, findings)| findings.iter().map(move |finding| (finding.severity(), role, finding)))
        .filter(|(severity, ..)| *severity > Severity::Note)
        .collect();
    lines.sort_by_cached_key(|(severity, role, _)| (std::cmp::Reverse(*severity), role.name.key()));
    if lines.is_empty() {
        return paper.raw("<p>There are none.</p>\n</section>\n");
    }
    paper.table(&["", "Role", "Warning"])?;
    for (severity, role, finding) in lines {
        paper.raw("<tr>")?;
        paper.within("<td class=\"mark\">", severity.name(), "</td>")?;
        paper.line_head(&role.name)?;
        paper.within("<td><strong>", finding.title(), ".</strong> ")?;
        paper.within("", finding.sentence(org), "</td></tr>\n")?;
    }
    paper.table_end()?;
    paper.raw("</section>\n")
}
