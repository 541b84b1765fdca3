//! Who signed in, in numbers.
use std::io;

use super::paper::Paper;
use super::tally::Tally;

pub(super) fn write(paper: &mut Paper<'_>, tally: &Tally) -> io::Result<()> {
    paper.raw("<section>\n<h2>Sign-ins</h2>\n")?;
    if tally.sign_ins.is_empty() {
        return paper.raw("<p>Nobody signed in or tried to.</p>\n</section>\n");
    }
    let mut lines: Vec<_> = tally.sign_ins.values().collect();
    lines.sort_by_key(|line| (line.done == 0, line.who.to_lowercase()));
    paper.table_of_numbers(&["Who", "Signed in", "Refused tries", "Last time"])?;
    for line in lines {
        paper.raw("<tr>")?;
        paper.line_head(&line.who)?;
        paper.number(line.done)?;
        paper.number(line.refused)?;
        paper.number(line.last.map(|at| paper.moment(at)).unwrap_or_default())?;
        paper.raw("</tr>\n")?;
    }
    paper.table_end()?;
    paper.raw("</section>\n")
}
