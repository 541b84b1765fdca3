//! A drawn page, read back into lines and what they consist of.
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use unicode_width::UnicodeWidthStr;

use super::meaning::{MUTED, Meaning};
use super::words::{GLYPHS, is_branch, word};
use crate::tui::glyphs::Glyphs;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) meaning: Meaning,
    pub(super) text: String,
    /// Whether it stands in a field in place of what is typed.
    pub(super) placeholder: bool,
    /// Where it begins.
    pub(super) at: Position,
    /// Behind its last column.
    pub(super) end: u16,
}

impl Part {
    /// Whether the cursor stands in it.
    pub(super) const fn holds(&self, at: Position) -> bool {
        self.at.y == at.y && self.at.x <= at.x && at.x < self.end
    }
}

/// What there is to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) lines: Vec<Vec<Part>>,
    /// Whether a list goes on above.
    pub(super) above: bool,
    /// Whether a list goes on below.
    pub(super) below: bool,
}

impl Page {
    /// Reads a page. What stands beside a list is read after it. Signs of our sentences get their plain form where only ASCII can be printed.
    pub(super) fn read(buf: &Buffer, ascii: bool) -> Self {
        let mut page = Self::default();
        let mut bars: Vec<bool> = Vec::new();
        let mut beside: Vec<Vec<Part>> = Vec::new();
        for y in buf.area.top()..buf.area.bottom() {
            let mut parts: Vec<Part> = Vec::new();
            let mut covered = 0;
            for x in buf.area.left()..buf.area.right() {
                let Some(cell) = buf.cell((x, y)) else { continue };
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = cell.symbol();
                covered = symbol.width().saturating_sub(1);
                if [GLYPHS.thumb, GLYPHS.track].contains(&symbol) {
                    bars.push(symbol == GLYPHS.thumb);
                }
                let meaning = Meaning::of(cell.bg);
                let end = x.saturating_add(1);
                let placeholder = cell.fg == MUTED || symbol == " ";
                match parts.last_mut().filter(|part| part.meaning == meaning) {
                    Some(part) => {
                        push(&mut part.text, symbol, ascii);
                        part.end = end;
                        part.placeholder &= placeholder;
                    }
                    None => {
                        let mut text = String::new();
                        push(&mut text, symbol, ascii);
                        parts.push(Part { meaning, text, placeholder, at: Position { x, y }, end });
                    }
                }
            }
            parts.iter_mut().for_each(tidy);
            drop_keys(&mut parts);
            parts.retain(|part| !part.text.is_empty() || part.meaning.is_typed());
            match parts.iter().rposition(|part| part.meaning.is_row()) {
                Some(last) => beside.push(parts.split_off(last + 1)),
                None => page.lines.append(&mut beside),
            }
            page.lines.push(parts);
        }
        page.lines.append(&mut beside);
        page.lines.retain(|parts| !parts.is_empty());
        page.above = bars.first() == Some(&false);
        page.below = bars.last() == Some(&false);
        page
    }

    /// Every part that can be chosen, in the order of reading.
    pub(super) fn choices(&self) -> impl Iterator<Item = &Part> {
        self.lines.iter().flatten().filter(|part| !matches!(part.meaning, Meaning::Text | Meaning::Key))
    }
}

fn push(text: &mut String, symbol: &str, ascii: bool) {
    if is_branch(symbol) {
        let depth = text.chars().count() / 2;
        text.push_str(&format!("level {depth}"));
        return;
    }
    let plain = if ascii { Glyphs::plain(symbol) } else { None };
    text.push_str(word(symbol).or(plain).unwrap_or(symbol));
}

/// A key beside something that can be chosen says nothing to those who choose by numbers.
fn drop_keys(parts: &mut Vec<Part>) {
    let chosen = parts.iter().any(|part| !matches!(part.meaning, Meaning::Text | Meaning::Key));
    parts.retain(|part| !(chosen && part.meaning == Meaning::Key));
}

/// Columns are told apart by commas in what can be chosen, and by two spaces elsewhere.
fn tidy(part: &mut Part) {
    let between = match part.meaning {
        Meaning::Row | Meaning::Selected | Meaning::SelectedElsewhere => ", ",
        _ => "  ",
    };
    let words = part.text.split("  ").map(str::trim).filter(|text| !text.is_empty());
    let mut told = String::new();
    for word in words {
        if !told.is_empty() {
            told.push_str(if told.ends_with([',', ':']) { " " } else { between });
        }
        told.push_str(word);
    }
    part.text = match part.meaning {
        Meaning::Button => told.trim_matches(['[', ']', ' ']).to_owned(),
        _ => told,
    };
}
