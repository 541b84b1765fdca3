//! The columns of the tree: name, currency, IBAN or identifier.
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::node::{Node, is_ignored};
use super::outline::{Outline, Stand};
use crate::domain::org::Org;
use crate::domain::organization::Account;
use crate::domain::text::Shown;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{columns, draw_line};
use crate::tui::widget::list::Item;
use crate::tui::widget::rows::needs_scrollbar;
use crate::tui::widget::tree::Tree;

/// Columns of a currency's code and the gap behind it.
const CURRENCY: usize = 5;

/// Columns before a row and between its name and its currency.
const GAPS: usize = 4;

/// The least columns for names, with the lines of the tree.
const NAMES: usize = 20;

/// The columns for names from which on identifiers are written in groups of four.
const ROOMY: usize = 40;

/// The least columns for identifiers.
const IDENTIFIERS: usize = 18;

/// How an identifier is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Writing {
    /// In groups of four, as it is read.
    Grouped,
    /// Without spaces, as it is stored.
    Compact,
}

/// How wide everything is.
#[derive(Clone, Copy, Debug)]
struct Columns {
    room: usize,
    identifier: usize,
    writing: Writing,
}

impl Columns {
    fn new(room: usize, widest: usize) -> Self {
        let widest = widest.max(IDENTIFIERS);
        let left = room.saturating_sub(GAPS + CURRENCY);
        if left >= widest + ROOMY {
            return Self { room, identifier: widest, writing: Writing::Grouped };
        }
        let compact = widest - widest / 5;
        let identifier = compact.max(IDENTIFIERS).min(left.saturating_sub(NAMES)).max(IDENTIFIERS);
        Self { room, identifier, writing: Writing::Compact }
    }

    /// What an account has at the right edge.
    fn note(self, account: &Account, theme: &Theme) -> Line<'static> {
        let identifier = &account.identifier;
        let written = match self.writing {
            Writing::Compact if identifier.is_iban() => identifier.as_str().to_owned(),
            Writing::Grouped | Writing::Compact => identifier.to_string(),
        };
        let (mark, style) = if is_ignored(account) { ("ignored ", theme.muted) } else { ("", theme.text) };
        let room = self.identifier.saturating_sub(mark.len());
        let written = end_of(&written, room, theme);
        let fill = room.saturating_sub(columns(&written));
        Line::from(vec![
            Span::styled(format!("{}  ", account.currency.code()), style),
            Span::styled(mark, theme.warning),
            Span::styled(format!("{written}{}", " ".repeat(fill)), style),
        ])
    }

    fn name_room(self, stand: Stand, has_note: bool) -> usize {
        let lead = 2 * stand.depth + if stand.branches { 2 } else { 0 };
        let note = if has_note { CURRENCY + self.identifier + 2 } else { 0 };
        self.room.saturating_sub(2 + lead + note)
    }
}

/// Draws the heading and the visible rows.
pub(super) fn draw(
    tree: &mut Tree<Node>,
    outline: &Outline,
    org: &Org,
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    focus: Focus,
) {
    let body = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
    let bar = usize::from(needs_scrollbar(tree.len(), body.height));
    let columns = Columns::new(usize::from(area.width).saturating_sub(bar), outline.widest);
    draw_heading(columns, area, buf, theme);
    tree.draw(body, buf, theme, focus, |node| item(*node, outline.stand(*node), columns, org, theme));
}

fn draw_heading(columns: Columns, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let width = |columns: usize| u16::try_from(columns).unwrap_or(u16::MAX);
    let line = Rect { width: width(columns.room).min(area.width), ..area };
    let name = Rect { x: line.x.saturating_add(2), width: line.width.saturating_sub(2), ..line };
    draw_line(&Line::styled("Name", theme.heading), name, buf, theme);
    let identifier = width(columns.identifier).min(line.width);
    let place = Rect { x: line.right() - identifier, width: identifier, ..line };
    draw_line(&Line::styled("IBAN or identifier", theme.heading), place, buf, theme);
    let end = place.x.saturating_sub(2);
    let place = Rect { x: end.saturating_sub(8).max(line.x), width: 8.min(end.saturating_sub(line.x)), ..line };
    draw_line(&Line::styled("Currency", theme.heading).alignment(Alignment::Right), place, buf, theme);
}

fn item(node: Node, stand: Stand, columns: Columns, org: &Org, theme: &Theme) -> Item<'static> {
    match node {
        Node::Entity(id) => {
            let name = org.entity(id).map(|entity| entity.name.as_str()).unwrap_or_default();
            let name = Shown::new(name).cut(columns.name_room(stand, false)).into_owned();
            Item::new(Line::from(Span::styled(name, theme.heading)))
        }
        Node::Account(id) => {
            let Some(account) = org.account(id) else { return Item::default() };
            let style = if is_ignored(account) { theme.muted } else { theme.text };
            let name = Shown::new(account.name.as_str()).cut(columns.name_room(stand, true)).into_owned();
            Item::new(Line::from(Span::styled(name, style))).note(columns.note(account, theme))
        }
    }
}

/// The end of a text in so many columns: what tells identifiers apart is their end.
fn end_of(text: &str, room: usize, theme: &Theme) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(columns(theme.glyphs.ellipsis));
    let fits = |grapheme: &&str| {
        let rest = left.checked_sub(columns(grapheme));
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let mut kept: Vec<&str> = text.graphemes(true).rev().take_while(fits).collect();
    kept.push(theme.glyphs.ellipsis);
    kept.into_iter().rev().collect()
}
