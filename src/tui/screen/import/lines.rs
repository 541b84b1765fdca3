//! One line of the table in words.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::import::{Counts, Kind, Line as TableLine, Verdict};
use crate::domain::text::Shown;
use crate::tui::theme::Theme;
use crate::tui::widget::line::columns;
use crate::tui::widget::list::Item;
use crate::tui::widget::progress::grouped;

/// Columns of a line's number.
const NUMBER: usize = 6;

/// Columns in which a cell is read in full.
const LONGEST: usize = 300;

/// The sign and style of a verdict.
fn sign(verdict: &Verdict, theme: &Theme) -> (&'static str, Style) {
    match verdict {
        Verdict::Fine(_, warnings) if warnings.is_empty() => (theme.glyphs.ok, theme.ok),
        Verdict::Fine(..) => (theme.glyphs.warning, theme.warning),
        Verdict::There => (theme.glyphs.not_available, theme.muted),
        Verdict::Refused(_) => (theme.glyphs.wrong, theme.danger),
    }
}

/// The line as a row of so many columns.
pub(super) fn item(line: &TableLine, kind: Kind, room: usize, theme: &Theme) -> Item<'static> {
    let (sign, style) = sign(&line.verdict, theme);
    let label = line.verdict.label();
    let room = room.saturating_sub(columns(label) + NUMBER + 4);
    let number = Span::styled(format!("{:>NUMBER$}  ", line.row.line), theme.muted);
    let mut spans = vec![number];
    match (kind, line.row.cells.as_deref()) {
        (Kind::Invitations, Ok([address, role, name])) => {
            let shown = Shown::new(address).cut_address(room).into_owned();
            let left = room.saturating_sub(columns(&shown) + 2);
            spans.push(Span::styled(shown, theme.text));
            let beside = if name.is_empty() { role.to_string() } else { format!("{role}, {name}") };
            if left > 3 {
                spans.push(Span::styled(format!("  {}", Shown::new(&beside).cut(left)), theme.muted));
            }
        }
        // Safe already: cutting it as if it were not would show its escapes as text that was typed.
        _ => spans.push(Span::styled(cut(&line.words(kind), room, theme), theme.text)),
    }
    Item::new(Line::from(spans)).sign(Span::styled(sign, style)).note(Line::styled(label, style))
}

/// The beginning of a text that fits.
fn cut(text: &str, room: usize, theme: &Theme) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut taken = columns(theme.glyphs.ellipsis);
    for c in text.chars() {
        taken += columns(c.encode_utf8(&mut [0; 4]));
        if taken > room {
            break;
        }
        kept.push(c);
    }
    kept + theme.glyphs.ellipsis
}

/// Everything that is to be said about a line.
pub(super) fn sentences(line: &TableLine, kind: Kind, theme: &Theme) -> Vec<Line<'static>> {
    let (sign, style) = sign(&line.verdict, theme);
    let mut told = vec![Line::from(vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(format!("Line {}: ", line.row.line), theme.title),
        Span::styled(line.verdict.label(), style),
    ])];
    told.extend(line.verdict.sentences().into_iter().map(|sentence| Line::styled(sentence, theme.text)));
    for (column, cell) in kind.columns().iter().zip(line.row.cells.iter().flatten()) {
        if !cell.is_empty() {
            let shown = Shown::new(cell);
            let whole =
                if shown.width() > LONGEST { shown.cut(LONGEST).into_owned() } else { shown.full().to_string() };
            told.push(Line::from(vec![Span::styled(format!("{column:<11}"), theme.muted), Span::raw(whole)]));
        }
    }
    told
}

/// The counts that are not zero.
pub(super) fn counts(counts: &Counts, theme: &Theme) -> Line<'static> {
    let all = [
        (counts.fine, "to import", theme.ok),
        (counts.warned, "to look at", theme.warning),
        (counts.there, "already there", theme.muted),
        (counts.refused, "left out", theme.danger),
    ];
    let some = all.into_iter().filter(|(count, ..)| *count > 0);
    Line::from_iter(some.map(|(count, words, style)| Span::styled(format!("{} {words}  ", grouped(count)), style)))
}

/// The kinds of problems with how many lines have each, the most frequent first.
pub(super) fn problems(counts: &Counts, theme: &Theme) -> Vec<Line<'static>> {
    let mut problems: Vec<_> = counts.problems.iter().collect();
    problems.sort_by_key(|(label, count)| (std::cmp::Reverse(**count), **label));
    let line = |(label, count): (&&'static str, &usize)| {
        Line::from(vec![Span::styled(format!("{:>7}  ", grouped(*count)), theme.danger), Span::raw(*label)])
    };
    problems.into_iter().map(line).collect()
}
