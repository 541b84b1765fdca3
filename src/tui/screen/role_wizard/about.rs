//! What the focused group or permission is, and what giving it would mean.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::draft::RoleDraft;
use super::prose::Prose;
use crate::domain::catalogue::{Group, GroupSet, administration, covered_by};
use crate::domain::permission::{Level, Permission, PermissionSet, Resource};
use crate::domain::text::Shown;
use crate::tui::theme::Theme;

/// Columns of a resource's name in a list of resources and levels.
const NAME: usize = 30;

/// Columns of all four levels.
const LEVELS: usize = 25;

/// Whether a permission makes an administrator: it is one for administration, and no ordinary group gives it.
pub fn is_sensitive(permission: Permission) -> bool {
    let ordinary = Group::ALL.iter().filter(|group| !group.sensitive());
    administration().contains(permission) && !ordinary.into_iter().any(|group| group.permissions().contains(permission))
}

/// The names of some groups, in words.
pub fn names(groups: GroupSet) -> String {
    let names: Vec<&str> = groups.iter().map(Group::name).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// What a group is, and what ticking it would do.
pub fn about_group(draft: &RoleDraft, own: PermissionSet, group: Group, width: u16, theme: &Theme) -> Prose {
    let mut prose = Prose::default();
    prose.heading(group.name(), theme);
    prose.styled(group.description(), theme.text);
    if group.sensitive() {
        let text = "Sensitive: it makes administrators. Few people should have it.";
        prose.hanging(Span::styled(theme.glyphs.sensitive, theme.sensitive), Line::styled(text, theme.sensitive));
    }
    if group.derived() {
        let text =
            "Derived: the documentation lists nothing for it, so this is our own reading of what an ERP system needs.";
        prose.hanging(Span::styled(theme.glyphs.note, theme.muted), Line::styled(text, theme.muted));
    }
    missing(&mut prose, group.permissions(), own, theme);
    prose.styled(effect(draft.ticks(), group), theme.accent);
    let resources = group.rows().count();
    prose.heading(format!("Contains {resources} resources, {} permissions", group.permissions().len()), theme);
    for row in group.rows() {
        let levels = row.levels().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let label = row.resource().label();
        if usize::from(width) < NAME + LEVELS {
            prose.item(format!("{label}: {levels}"), theme);
        } else {
            prose.line(vec![Span::raw(Shown::new(label).pad(NAME)), Span::styled(levels, theme.muted)]);
        }
    }
    prose
}

/// What the other state of a group's tick would give or take.
fn effect(ticks: GroupSet, group: Group) -> String {
    let all = group.permissions().len();
    let others = ticks.without(group).permissions();
    let own = group.permissions().minus(others).len();
    let covering = covered_by(group, ticks).map(names).unwrap_or_default();
    match (ticks.contains(group), own) {
        (true, 0) => format!("Already covered by {covering}: taking the tick away changes nothing."),
        (false, 0) => format!("Already covered by {covering}: a tick would add nothing."),
        (true, own) if own == all => format!("Taking the tick away removes all {all} permissions."),
        (true, own) => {
            format!("Taking the tick away removes {own} of {all} permissions; the rest stays through other groups.")
        }
        (false, own) if own == all => format!("A tick adds {all} permissions."),
        (false, own) => format!("A tick adds {own} of {all} permissions; the rest is given already."),
    }
}

/// What a permission is, in about five lines; also for a level that is not offered.
pub fn about_cell(own: PermissionSet, under: Group, resource: Resource, level: Level, theme: &Theme) -> Prose {
    let mut prose = Prose::default();
    let name = format!("{} {} {level}", resource.label(), theme.glyphs.dot);
    let mut title = Line::from(Span::styled(name, theme.heading));
    let permission = Permission::of(resource, level);
    let mark = |text: String, style: Style| [Span::raw("  "), Span::styled(text, style)];
    if permission.is_some_and(is_sensitive) {
        title.spans.extend(mark(format!("{} sensitive", theme.glyphs.sensitive), theme.sensitive));
    }
    if resource.account_scoped() {
        title.spans.extend(mark("per account".into(), theme.muted));
    }
    prose.line(title);
    prose.styled(resource.definition(), theme.muted);
    let Some(permission) = permission else {
        let levels: Vec<String> = resource.levels().map(|level| level.to_string()).collect();
        prose.styled(format!("Not available: there is no {level} here, only {}.", levels.join(", ")), theme.text);
        prose.styled(format!("Listed under {under}."), theme.muted);
        return prose;
    };
    prose.styled(permission.definition(), theme.text);
    let groups: GroupSet = Group::ALL.into_iter().filter(|group| group.permissions().contains(permission)).collect();
    let listed = if groups.contains(under) { String::new() } else { format!("Listed under {under}. ") };
    prose.styled(format!("{listed}Part of {}.", names(groups)), theme.muted);
    missing(&mut prose, [permission].into_iter().collect(), own, theme);
    prose
}

/// Says what of it the active role lacks and so cannot hand out (decision 8 in the crate docs).
fn missing(prose: &mut Prose, given: PermissionSet, own: PermissionSet, theme: &Theme) {
    let missing = given.intersection(administration()).minus(own).len();
    let text = match (missing, given.len()) {
        (0, _) => return,
        (1, 1) => "Your active role lacks it, so you cannot hand it out.".to_owned(),
        (some, _) => format!("Your active role lacks {some} of these permissions, so you cannot hand them out."),
    };
    prose.hanging(Span::styled(theme.glyphs.wrong, theme.danger), Line::styled(text, theme.danger));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::canvas::MONO;

    fn told(prose: &Prose) -> String {
        prose.lines(100).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    fn ticked<const N: usize>(groups: [Group; N]) -> GroupSet {
        groups.into_iter().collect()
    }

    #[test]
    fn the_effect_of_a_tick_is_told_before_it_is_made() {
        let basic = Group::BasicAccess;
        assert_eq!(effect(ticked([basic]), basic), "Taking the tick away removes all 9 permissions.");
        assert_eq!(effect(ticked([]), basic), "A tick adds 9 permissions.");
        let (outer, inner) = (Group::SensitiveAdminOperations, Group::SetUpProgrammaticAccess);
        assert_eq!(
            effect(ticked([outer]), inner),
            "Already covered by Sensitive admin operations: a tick would add nothing."
        );
        assert_eq!(
            effect(ticked([outer, inner]), inner),
            "Already covered by Sensitive admin operations: taking the tick away changes nothing."
        );
        let shared = effect(ticked([basic]), outer);
        assert_eq!(shared, "A tick adds 37 of 41 permissions; the rest is given already.");
    }

    #[test]
    fn what_is_sensitive_and_what_cannot_be_handed_out_is_said() {
        let invite: Permission = Permission::INVITATIONS_CREATE;
        let about =
            |own| told(&about_cell(own, Group::SensitiveAdminOperations, invite.resource(), invite.level(), &MONO));
        assert!(about(PermissionSet::everything()).contains("◆ sensitive"));
        assert!(!about(PermissionSet::everything()).contains("lacks"));
        assert!(about(PermissionSet::NONE).contains("Your active role lacks it"));
        assert!(!is_sensitive(Permission::ROLES_READ), "everybody with Basic Access has it");
        let group = told(&about_group(
            &RoleDraft::create(),
            Group::ReadFinancialData.permissions(),
            Group::ErpAccess,
            100,
            &MONO,
        ));
        assert!(group.contains("Derived:") && !group.contains("lacks"));
    }

    #[test]
    fn a_level_that_is_not_offered_says_what_is() {
        let mandates = Resource::named("mandates").map(|mandates| {
            told(&about_cell(PermissionSet::everything(), Group::ReadFinancialData, mandates, Level::Delete, &MONO))
        });
        assert!(mandates.is_some_and(|text| text.contains("there is no DELETE here, only READ, CREATE, UPDATE.")));
    }
}
