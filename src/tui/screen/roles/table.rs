//! The table of roles, and what is said where there are none.
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::entry::Entry;
use super::order::{By, Sort};
use super::roster::Roster;
use super::screen::Shape;
use super::words::sign;
use crate::tui::scene::Scene;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::table::{Column, Row, Table};

/// Lines of the table while there is only Owner.
const WITH_ONE: u16 = 3;

/// The width at which all columns have room.
const ALL_COLUMNS: u16 = 88;

/// The lines that it takes to show all roles, and what belongs below them.
pub(super) fn height(roster: &Roster, scene: &Scene, width: u16) -> u16 {
    let lines = match roster.total() {
        0 | 1 => usize::from(WITH_ONE) + nothing_but_owner(scene, width).len(),
        total => total + 1,
    };
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// The width at which “All future entities” has room, too.
const WHOLE_SCOPES: u16 = 92;

/// Draws the table and what belongs below it; gives how many rows were built.
pub(super) fn draw(
    roster: &mut Roster,
    area: Rect,
    buf: &mut Buffer,
    scene: &Scene,
    focus: Focus,
    shape: Shape,
) -> usize {
    let theme = &scene.theme;
    let below = if roster.total() <= 1 {
        nothing_but_owner(scene, area.width)
    } else if shape == Shape::OneAtATime && area.width < ALL_COLUMNS {
        roster.selected().map(|entry| preview(entry, theme, area.width)).unwrap_or_default()
    } else {
        Vec::new()
    };
    let room = if roster.total() <= 1 { Constraint::Length(WITH_ONE) } else { Constraint::Min(3) };
    let height = u16::try_from(below.len()).unwrap_or(0);
    let [table, preview] = Layout::vertical([room, Constraint::Length(height)]).areas(area);
    let sort = roster.sort();
    let columns = columns(sort, area.width);
    let mut rows = std::mem::take(&mut roster.rows);
    let built = Table::new(&columns, theme, focus)
        .sorted_by(sort.by.index(), sort.order)
        .when_empty("No role matches. Esc clears the filter.")
        .draw(table, buf, &mut rows, |line| roster.get(line).map(|entry| row(entry, theme)).unwrap_or_default());
    roster.rows = rows;
    for (line, place) in below.iter().zip(preview.rows()) {
        draw_line(line, place, buf, theme);
    }
    built
}

/// The columns. The one that the table is sorted by is always there, with its arrow, whatever the room.
fn columns(sort: Sort, width: u16) -> Vec<Column> {
    let scope = if width < WHOLE_SCOPES { 10 } else { 19 };
    let column = |by: By| {
        let sorted = by == sort.by;
        let least = |width: u16| width.max(by.columns() + 2 * u16::from(sorted));
        let (column, rank) = match by {
            By::Name => (Column::flexible(by.title(), 16, 4), 0),
            By::Setup => (Column::fixed(by.title(), least(9)), 5),
            By::Groups => (Column::flexible(by.title(), least(18), 4), 4),
            By::Accounts => (Column::flexible(by.title(), least(scope), 1), 3),
            By::Users => (Column::fixed(by.title(), least(5)).right(), 1),
            By::Warnings => (Column::fixed(by.title(), least(8)), 2),
        };
        column.rank(if sorted { 0 } else { rank })
    };
    By::ALL.into_iter().map(column).collect()
}

pub(super) fn row(entry: &Entry, theme: &Theme) -> Row<'static> {
    let users = entry.users.map_or_else(|| theme.glyphs.not_available.to_owned(), |users| users.to_string());
    Row::new([
        Line::from(entry.name.to_string()),
        Line::styled(entry.setup, theme.muted),
        Line::from(entry.groups.clone()),
        Line::from(entry.scope.clone()),
        Line::from(users),
        warnings(entry, theme),
    ])
}

/// How many warnings there are, with the sign of the worst.
fn warnings(entry: &Entry, theme: &Theme) -> Line<'static> {
    let cell = entry.worst().map(|worst| {
        let (glyph, style) = sign(worst, theme);
        Line::styled(format!("{glyph} {}", entry.findings.len()), style)
    });
    cell.unwrap_or_default()
}

/// What the columns that have no room would say about the selected role.
fn preview(entry: &Entry, theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let finding = entry.findings.first().map_or_else(
        || Line::styled("No warnings", theme.muted),
        |finding| {
            let (glyph, style) = sign(finding.severity(), theme);
            Line::styled(format!("{glyph} {}", finding.title()), style)
        },
    );
    vec![
        Line::styled(theme.glyphs.rule.repeat(usize::from(width)), theme.border),
        Line::styled(entry.name.to_string(), theme.title),
        Line::from(format!("{}: {}", entry.setup, entry.groups)),
        Line::from(format!("Accounts: {}", entry.scope)),
        finding,
    ]
}

fn nothing_but_owner(scene: &Scene, width: u16) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let key = scene.key(module_path!(), "Create new", 'n');
    let create = format!("Give each role as little as its holders need. Press {key} to create a new one.");
    let text = [
        "There is only Owner yet. Roles come first: everybody who is invited is given at least one, so make the \
         roles that your team needs before you invite anybody.",
        create.as_str(),
    ];
    let mut lines = Vec::new();
    for paragraph in text {
        lines.push(Line::default());
        lines.extend(wrap(&Line::styled(paragraph, theme.text), width));
    }
    lines
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
    use std::sync::Arc;

    use super::*;
    use crate::domain::catalogue::{Group, GroupSet};
    use crate::domain::id::RoleId;
    use crate::domain::name::RoleName;
    use crate::domain::org::Org;
    use crate::domain::role::{Grants, Role, RoleState};
    use crate::domain::row::Row as Stored;
    use crate::domain::scope::Scope;
    use crate::engine::Change;
    use crate::outside::Outside;
    use crate::tui::key::Key;
    use crate::tui::scene::{Pace, Scene};

    fn roles(count: u8) -> impl Iterator<Item = Role> {
        (0..count).flat_map(move |tens| (0..10).map(move |ones| (tens, ones))).map(|(tens, ones)| Role {
            id: RoleId::from_uuid(uuid::Uuid::from_u128(u128::from(tens) * 10 + ones)),
            name: RoleName::new(&format!("Role {tens:02}{ones}")).unwrap(),
            grants: Grants::Simple(GroupSet::from_iter([Group::BasicAccess])),
            scope: Arc::new(Scope::AllFuture),
            state: RoleState::Active,
            created: jiff::Timestamp::UNIX_EPOCH,
        })
    }

    fn scene(org: Org) -> Scene {
        let outside = Outside::new(|| jiff::Timestamp::UNIX_EPOCH, |bytes| bytes.fill(0));
        Scene {
            past: None,
            zone: crate::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
            view: None,
            org: Arc::new(org),
            session: None,
            now: outside.now(),
            outside,
            theme: Theme::mono(),
            appearance: crate::tui::appearance::Appearance::default(),
            focus: Focus::Here,
            pace: Pace::default(),
            change: Change::Allowed,
            organizations: Vec::new(),
            answers: crate::tui::scene::Answers::default(),
            waiting: crate::tui::waiting::Waiting::default(),
        }
    }

    #[test]
    fn of_a_thousand_roles_only_the_visible_ones_are_built() {
        let mut org = Org::default();
        roles(100).for_each(|role| org.put(Stored::Role(role)));
        let scene = scene(org);
        let mut roster = Roster::default();
        roster.rebuild(&scene);
        assert_eq!(roster.total(), 1_000);
        let area = Rect::new(0, 0, 54, 18);
        for keys in ["", "<end>", "<pgup>", "kkkk"] {
            Key::sequence(keys).iter().for_each(|key| assert!(roster.rows.key(key)));
            let mut buf = Buffer::empty(area);
            let built = draw(&mut roster, area, &mut buf, &scene, Focus::Here, Shape::OneAtATime);
            assert_eq!(built, 12, "after {keys}: 18 lines less the heading and five of the preview");
        }
    }
}
