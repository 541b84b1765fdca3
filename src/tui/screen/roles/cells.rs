//! A role's permissions as a matrix: the catalogue's resources by READ, CREATE, UPDATE and DELETE.
use ratatui::text::{Line, Span};

use crate::domain::catalogue::administration;
use crate::domain::permission::{Level, Permission, PermissionSet, Resource};
use crate::tui::theme::Theme;
use crate::tui::widget::line::wrap;
use crate::tui::widget::matrix::{Cell, MatrixRow};

/// The names of the levels, in the matrix's order.
pub(super) const LEVELS: [&str; 4] = ["READ", "CREATE", "UPDATE", "DELETE"];

/// Which resources are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// Those that the role permits something on.
    #[default]
    Permitted,
    /// All of the catalogue.
    All,
}

/// The resources to show for some permissions.
pub(super) fn resources(held: PermissionSet, extent: Extent) -> Vec<Resource> {
    let permitted = |resource: &Resource| levels(*resource).any(|cell| cell.is_some_and(|one| held.contains(one)));
    Resource::all().filter(|resource| extent == Extent::All || permitted(resource)).collect()
}

/// A row for each resource.
pub(super) fn matrix_rows(held: PermissionSet, resources: &[Resource]) -> Vec<MatrixRow<'static>> {
    let cell = |permission: Option<Permission>| match permission {
        Some(permission) if held.contains(permission) => Cell::On,
        Some(_) => Cell::Off,
        None => Cell::NotAvailable,
    };
    let row =
        |resource: &Resource| MatrixRow::Cells(Line::from(resource.label()), levels(*resource).map(cell).collect());
    resources.iter().map(row).collect()
}

/// What one cell means: the permission, whether the role has it, and what it gives.
pub(super) fn cell_in_words(
    held: PermissionSet,
    resource: Resource,
    level: usize,
    theme: &Theme,
    width: u16,
) -> Vec<Line<'static>> {
    let Some(level) = Level::ALL.get(level).copied() else { return Vec::new() };
    let Some(permission) = Permission::of(resource, level) else {
        let offered: Vec<String> = resource.levels().map(|level| level.to_string()).collect();
        let text = format!("{level} is not available for {}: it comes with {}.", resource.label(), offered.join(", "));
        return wrap(&Line::styled(text, theme.muted), width);
    };
    let state = if held.contains(permission) { "on" } else { "off" };
    let mut head = vec![Span::styled(format!("{} {level}: {state}", resource.label()), theme.heading)];
    if administration().contains(permission) {
        head.push(Span::styled(format!("  {} sensitive", theme.glyphs.sensitive), theme.sensitive));
    }
    let mut lines = wrap(&Line::from(head), width);
    lines.extend(wrap(&Line::from(permission.definition()), width));
    lines
}

fn levels(resource: Resource) -> impl Iterator<Item = Option<Permission>> {
    Level::ALL.into_iter().map(move |level| Permission::of(resource, level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Group;

    #[test]
    fn the_levels_stand_in_the_catalogues_order() {
        assert_eq!(Level::ALL.map(|level| level.to_string()), LEVELS);
    }

    #[test]
    fn a_role_is_shown_by_what_it_permits_or_by_the_whole_catalogue() {
        let held = Group::InitiatePayments.permissions();
        assert_eq!(resources(held, Extent::Permitted).len(), 8);
        let all = resources(held, Extent::All);
        assert_eq!(all.len(), 51);
        let rows = matrix_rows(held, &all);
        let mut cells = rows.iter().flat_map(|row| match row {
            MatrixRow::Cells(_, cells) => cells.as_slice(),
            MatrixRow::Heading(_) => &[],
        });
        let count = |wanted: Cell| cells.clone().filter(|cell| **cell == wanted).count();
        assert_eq!(count(Cell::On), held.len());
        assert_eq!(count(Cell::On) + count(Cell::Off), PermissionSet::everything().len());
        assert_eq!(cells.by_ref().count(), 51 * 4);
    }
}
