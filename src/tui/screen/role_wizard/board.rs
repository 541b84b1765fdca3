//! The order in which Advanced setup shows the resources, and which of them a filter keeps. No drawing.
use std::sync::LazyLock;

use super::filter::Query;
use crate::domain::catalogue::Group;
use crate::domain::permission::{Level, Permission, PermissionSet, Resource};

/// A line of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardLine {
    /// The name of a group, above the resources that it is the first to have.
    Group(Group),
    /// A resource, under this group.
    Resource(Group, Resource),
}

static BOARD: LazyLock<Vec<BoardLine>> = LazyLock::new(|| {
    let mut seen = Vec::new();
    let mut lines = Vec::new();
    for group in Group::ALL {
        let first = group.rows().map(|row| row.resource()).filter(|resource| !seen.contains(resource));
        let own: Vec<Resource> = first.collect();
        if !own.is_empty() {
            lines.push(BoardLine::Group(group));
        }
        lines.extend(own.iter().map(|resource| BoardLine::Resource(group, *resource)));
        seen.extend(own);
    }
    lines
});

/// Every resource once, under the first documented group that has it.
pub fn board() -> &'static [BoardLine] {
    &BOARD
}

/// The resources that a query finds, under their groups: by the name or key of the resource, by what it is, or by the
/// name of its group.
pub fn board_with(query: &Query) -> Vec<BoardLine> {
    let found = |line: &BoardLine| match line {
        BoardLine::Group(_) => true,
        BoardLine::Resource(group, resource) => {
            query.fits(&[resource.label(), resource.key(), resource.definition(), group.name()])
        }
    };
    let kept: Vec<BoardLine> = board().iter().copied().filter(found).collect();
    let leads = |(at, line): (usize, &BoardLine)| match line {
        BoardLine::Group(_) => matches!(kept.get(at + 1), Some(BoardLine::Resource(..))),
        BoardLine::Resource(..) => true,
    };
    kept.iter().enumerate().filter(|line| leads(*line)).map(|(_, line)| *line).collect()
}

/// Every permission on a resource.
pub fn row(resource: Resource) -> PermissionSet {
    resource.levels().filter_map(|level| Permission::of(resource, level)).collect()
}

/// The permissions of a level on all resources that these lines show.
pub fn column(lines: &[BoardLine], level: Level) -> PermissionSet {
    let permission = |line: &BoardLine| match line {
        BoardLine::Group(_) => None,
        BoardLine::Resource(_, resource) => Permission::of(*resource, level),
    };
    lines.iter().filter_map(permission).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board_with(text: &str) -> Vec<BoardLine> {
        super::board_with(&Query::new(text))
    }

    fn resources(lines: &[BoardLine]) -> Vec<&'static str> {
        let key = |line: &BoardLine| match line {
            BoardLine::Group(_) => None,
            BoardLine::Resource(_, resource) => Some(resource.key()),
        };
        lines.iter().filter_map(key).collect()
    }

    #[test]
    fn every_resource_stands_once_under_the_first_group_that_has_it() {
        let mut all = resources(board());
        assert_eq!(all.len(), 51);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 51);
        let mut seen = Vec::new();
        for line in board() {
            match line {
                BoardLine::Group(group) => seen.push(*group),
                BoardLine::Resource(group, resource) => {
                    assert_eq!(seen.last(), Some(group));
                    let first = Group::ALL.iter().find(|group| group.rows().any(|row| row.resource() == *resource));
                    assert_eq!(first, Some(group), "{resource}");
                }
            }
        }
        assert!(!seen.contains(&Group::ErpAccess), "what it has stands under other groups");
    }

    #[test]
    fn the_rows_together_are_all_permissions() {
        let all: PermissionSet = Resource::all().flat_map(|resource| row(resource).iter()).collect();
        assert_eq!(all, PermissionSet::everything());
        let columns: PermissionSet = Level::ALL.into_iter().flat_map(|level| column(board(), level).iter()).collect();
        assert_eq!(columns, PermissionSet::everything());
    }

    #[test]
    fn a_filter_finds_names_keys_and_meanings_and_leaves_no_empty_group() {
        assert_eq!(board_with("  "), board());
        assert_eq!(resources(&board_with("Webhook")), ["webhook_keys", "webhooks"]);
        assert_eq!(resources(&board_with("credit_transfer ev")), ["credit_transfer_events"]);
        let mandates = board_with("mandates");
        assert!(matches!(mandates.first(), Some(BoardLine::Group(Group::ReadFinancialData))));
        let basic = board_with("basic access");
        assert_eq!(resources(&basic).len(), 9);
        assert!(board_with("no such thing").is_empty());
    }

    #[test]
    fn a_column_is_what_the_lines_show_and_nothing_else() {
        let lines = board_with("webhook");
        let keys = |level| column(&lines, level).iter().map(|one| one.to_string()).collect::<Vec<_>>();
        assert_eq!(keys(Level::Read), ["webhooks:read"]);
        assert_eq!(keys(Level::Delete), ["webhook_keys:delete", "webhooks:delete"]);
    }
}
