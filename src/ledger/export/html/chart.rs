//! Changes per week, drawn.
use std::io;

use jiff::civil::Date;

use super::paper::Paper;
use super::tally::Tally;

/// How wide the drawing is, in units of its own; it is 190 high.
const WIDTH: u64 = 720;

/// The room for bars: its left and upper end, its width and height.
const LEFT: u64 = 44;
const TOP: u64 = 12;
const ACROSS: u64 = WIDTH - LEFT - 8;
const UP: u64 = 132;

/// The most labels below the bars.
const LABELS: u64 = 8;

pub(super) fn write(paper: &mut Paper<'_>, tally: &Tally) -> io::Result<()> {
    paper.raw("<section>\n<h2>Changes per week</h2>\n")?;
    if tally.weeks.is_empty() {
        return paper.raw("<p>Nothing changed in this period.</p>\n</section>\n");
    }
    paper.raw("<p>Everything that was done, asked for or decided and is listed under Changes.</p>\n<figure>\n<svg")?;
    paper.raw(" role=\"img\" aria-labelledby=\"chart-title chart-text\" viewBox=\"0 0 720 190\">\n")?;
    paper.raw("<title id=\"chart-title\">Changes per week</title>\n")?;
    paper.within("<desc id=\"chart-text\">", alternative(tally), "</desc>\n")?;
    let most = tally.weeks.values().copied().max().unwrap_or(1).max(1);
    axis(paper, most)?;
    let count = tally.weeks.len() as u64;
    let every = count.div_ceil(LABELS);
    for (n, (week, changes)) in (0..).zip(&tally.weeks) {
        let (left, right) = (LEFT + ACROSS * n / count, LEFT + ACROSS * (n + 1) / count);
        bar(paper, (left, right), most, *week, *changes)?;
        if n % every == 0 {
            label(paper, (left, right), *week)?;
        }
    }
    paper.raw("<text class=\"axis\" x=\"378\" y=\"184\">week, by its Monday</text>\n")?;
    paper.raw("</svg>\n</figure>\n</section>\n")
}

/// The same in words.
fn alternative(tally: &Tally) -> String {
    let weeks = tally.weeks.iter().map(|(week, changes)| format!("week of {week}: {changes}"));
    weeks.collect::<Vec<_>>().join("; ")
}

fn axis(paper: &mut Paper<'_>, most: u64) -> io::Result<()> {
    let mut marks = vec![0, most / 2, most];
    marks.dedup();
    for mark in marks {
        let y = TOP + UP - UP * mark / most;
        paper.raw("<line class=\"grid\"")?;
        for (name, value) in [("x1", LEFT), ("x2", LEFT + ACROSS), ("y1", y), ("y2", y)] {
            paper.attribute(name, value)?;
        }
        paper.raw("/>\n<text class=\"count\"")?;
        paper.attribute("x", LEFT - 6)?;
        paper.attribute("y", y + 4)?;
        paper.within(">", mark, "</text>\n")?;
    }
    paper.raw("<text class=\"axis\" transform=\"translate(10 78) rotate(-90)\">changes</text>\n")
}

fn bar(paper: &mut Paper<'_>, (left, right): (u64, u64), most: u64, week: Date, changes: u64) -> io::Result<()> {
    // Even one of very many is seen.
    let height = if changes == 0 { 0 } else { (UP * changes / most).max(1) };
    let gap = if right - left > 6 { 2 } else { 0 };
    paper.raw("<rect class=\"bar\"")?;
    let width = (right - left).saturating_sub(2 * gap).clamp(1, 64);
    let x = left + (right - left).saturating_sub(width) / 2;
    for (name, value) in [("x", x), ("y", TOP + UP - height), ("width", width), ("height", height)] {
        paper.attribute(name, value)?;
    }
    paper.attribute("data-changes", changes)?;
    paper.within("><title>", format!("Week of {week}: {changes}"), "</title></rect>\n")
}

fn label(paper: &mut Paper<'_>, (left, right): (u64, u64), week: Date) -> io::Result<()> {
    paper.raw("<text class=\"week\"")?;
    paper.attribute("x", left.midpoint(right))?;
    paper.attribute("y", TOP + UP + 16)?;
    paper.within(">", week, "</text>\n")
}
