//! Which columns have room, and how wide they are. The table's own rule, worked out beforehand: an address is cut in
//! its middle, and for that its room must be known.
use ratatui::layout::Rect;

use crate::tui::widget::rows::needs_scrollbar;
use crate::tui::widget::table::Column;

/// Columns between two columns, and before the first one.
const GAP: u16 = 2;

/// What a column wants.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Its title.
    pub title: &'static str,
    /// The least columns that are of use.
    pub min: u16,
    /// The share of what is left over.
    pub share: u16,
    /// The highest goes first when there is too little room; 0 stays.
    pub rank: u8,
}

/// The columns that a table of so many rows has room for, with their widths, in their order.
pub fn fit<'s>(specs: impl IntoIterator<Item = (usize, &'s Spec)>, area: Rect, rows: usize) -> Vec<(usize, u16)> {
    let mut kept: Vec<_> = specs.into_iter().collect();
    let bar = u16::from(needs_scrollbar(rows, area.height.saturating_sub(1)));
    let room = area.width.saturating_sub(GAP + bar);
    let needed = |kept: &[(usize, &Spec)]| {
        let gaps = GAP * u16::try_from(kept.len().saturating_sub(1)).unwrap_or(0);
        kept.iter().map(|(_, spec)| spec.min).sum::<u16>() + gaps
    };
    while kept.len() > 1 && needed(&kept) > room {
        let last = kept.iter().enumerate().max_by_key(|(place, (_, spec))| (spec.rank, *place));
        let Some((place, _)) = last else { break };
        kept.remove(place);
    }
    let mut left = room.saturating_sub(needed(&kept));
    let mut shares: u16 = kept.iter().map(|(_, spec)| spec.share).sum();
    let widen = |(column, spec): (usize, &Spec)| {
        let extra = (left * spec.share).checked_div(shares).unwrap_or(0);
        left -= extra;
        shares -= spec.share;
        (column, (spec.min + extra).min(room))
    };
    kept.into_iter().map(widen).collect()
}

/// The same for the table.
pub fn columns(specs: &[Spec], widths: &[(usize, u16)]) -> Vec<Column> {
    let title = |column: usize| specs.get(column).map_or("", |spec| spec.title);
    widths.iter().map(|(column, width)| Column::fixed(title(*column), *width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECS: [Spec; 3] = [
        Spec { title: "Name", min: 10, share: 1, rank: 0 },
        Spec { title: "Address", min: 20, share: 3, rank: 2 },
        Spec { title: "Status", min: 8, share: 0, rank: 1 },
    ];

    fn widths(width: u16, rows: usize) -> Vec<(usize, u16)> {
        fit(SPECS.iter().enumerate(), Rect::new(0, 0, width, 11), rows)
    }

    #[test]
    fn the_room_is_used_up_and_no_more() {
        assert_eq!(widths(52, 3), [(0, 12), (1, 26), (2, 8)]);
        assert_eq!(widths(53, 11), widths(52, 3), "a scrollbar takes one column");
    }

    #[test]
    fn columns_go_by_rank() {
        assert_eq!(widths(43, 3), [(0, 31), (2, 8)]);
        assert_eq!(widths(20, 3), [(0, 18)]);
        assert_eq!(widths(6, 3), [(0, 4)]);
        assert_eq!(widths(0, 3), [(0, 0)]);
    }
}
