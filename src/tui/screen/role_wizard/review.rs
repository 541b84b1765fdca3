//! The role as it would be, in words and as a matrix, to be reviewed before it is made.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::board::{BoardLine, board, row};
use super::draft::RoleDraft;
use super::outlook::{Outlook, Told};
use super::places::split;
use super::prose::Prose;
use crate::domain::access::Need;
use crate::domain::draft::Draft;
use crate::domain::permission::{Level, Permission, PermissionSet, Resource};
use crate::domain::role::{Grants, Role};
use crate::domain::scope::Scope;
use crate::domain::text::Shown;
use crate::domain::words::{
    RoleDifference, access_in_words, grants_in_words, people_of, scope_in_full, scope_in_words, setup_name,
};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;

/// Lines of a list before the rest is counted.
const MOST: usize = 40;

/// Columns of a name in the matrix, and of a level.
const NAME: usize = 32;
const LEVEL: usize = 8;

/// What the summary says.
#[derive(Debug, Default)]
pub struct Review {
    /// In words.
    pub words: Prose,
    /// As a matrix; of an edited role with what is added and removed.
    pub matrix: Prose,
}

impl Review {
    /// Of the draft as it is now.
    pub fn of(scene: &Scene, draft: &RoleDraft, outlook: &Outlook) -> Self {
        let before = draft.role().and_then(|role| scene.org.role(role));
        let mut words = Prose::default();
        if let Some(before) = before {
            people(&mut words, scene, before);
            difference(&mut words, scene, draft, before);
        }
        warnings(&mut words, outlook, &scene.theme);
        groups(&mut words, draft, &scene.theme);
        accounts(&mut words, scene, draft);
        permissions(&mut words, scene, draft);
        let held = draft.permissions();
        let matrix = matrix(held, before.map_or(held, Role::permissions), &scene.theme);
        Self { words, matrix }
    }
}

fn items(prose: &mut Prose, items: Vec<String>, theme: &Theme) {
    let more = items.len().saturating_sub(MOST);
    items.into_iter().take(MOST).for_each(|item| prose.item(item, theme));
    if more > 0 {
        prose.item(format!("and {more} more"), theme);
    }
}

fn difference(prose: &mut Prose, scene: &Scene, draft: &RoleDraft, before: &Role) {
    let theme = &scene.theme;
    let (grants, scope) = (draft.grants(), draft.scope());
    let after = Draft { role: draft.role(), grants: &grants, scope: &scope };
    let told = RoleDifference::between(&scene.org, Draft::from(before), after);
    let mut lines = told.setup;
    lines.extend(told.permissions);
    lines.extend(told.scope.into_iter().map(|line| format!("Accounts: {line}")));
    prose.heading("What changes", theme);
    if lines.is_empty() {
        prose.styled("Nothing but, perhaps, the name.", theme.muted);
    }
    let more = lines.len().saturating_sub(MOST);
    lines.into_iter().take(MOST).for_each(|line| prose.hanging(Span::raw(" "), line));
    if more > 0 {
        prose.hanging(Span::raw(" "), format!("and {more} more"));
    }
}

fn people(prose: &mut Prose, scene: &Scene, role: &Role) {
    let theme = &scene.theme;
    prose.heading("Whom it reaches", theme);
    for need in [Permission::MEMBERSHIPS_READ, Permission::INVITATIONS_READ] {
        if scene.may_see(Need::organization(need)) != Ready::Yes {
            prose.styled(format!("Not shown: your active role lacks {need}."), theme.muted);
            return;
        }
    }
    items(prose, people_of(&scene.org, role.id).in_words(), theme);
}

fn warnings(prose: &mut Prose, outlook: &Outlook, theme: &Theme) {
    prose.heading("Warnings", theme);
    if outlook.obstacle.is_none() && outlook.warnings.is_empty() {
        prose.hanging(Span::styled(theme.glyphs.ok, theme.ok), "Nothing stands out.");
    }
    outlook.tell(prose, Told::Everything, theme);
}

fn groups(prose: &mut Prose, draft: &RoleDraft, theme: &Theme) {
    let grants = draft.grants();
    prose.heading("Permission groups", theme);
    match &grants {
        Grants::Simple(groups) if !groups.is_empty() => {
            items(prose, groups.iter().map(|group| group.name().to_owned()).collect(), theme);
        }
        grants => prose.styled(format!("{} setup, {}", setup_name(grants), grants_in_words(grants)), theme.text),
    }
}

fn permissions(prose: &mut Prose, scene: &Scene, draft: &RoleDraft) {
    let (grants, scope) = (draft.grants(), draft.scope());
    prose.heading("What it permits", &scene.theme);
    let told = access_in_words(&scene.org, Draft { role: draft.role(), grants: &grants, scope: &scope });
    items(prose, told, &scene.theme);
}

fn accounts(prose: &mut Prose, scene: &Scene, draft: &RoleDraft) {
    let theme = &scene.theme;
    prose.heading("Accounts", theme);
    let scope = draft.scope();
    if !draft.asks_for_accounts() && scope == Scope::AllFuture {
        prose.styled("Not asked: no permission holds for single accounts.", theme.muted);
        return;
    }
    let (seen, unseen) = split(&scene.org, scene.person(), &scope);
    if seen != Scope::nothing() || unseen == Scope::nothing() {
        items(prose, scope_in_full(&scene.org, &seen), theme);
    }
    if unseen != Scope::nothing() {
        let words = scope_in_words(&scene.org, &unseen);
        prose.item(format!("{words} that your active role may not see"), theme);
    }
}

/// The resources that the role has permissions on, or had.
fn matrix(held: PermissionSet, before: PermissionSet, theme: &Theme) -> Prose {
    let mut prose = Prose::default();
    let levels: String = Level::ALL.iter().map(|level| format!("{level:^LEVEL$}")).collect();
    prose.line(Line::styled(format!("{:NAME$}{levels}", ""), theme.heading));
    let told = held.union(before);
    let mut group = None;
    for line in board() {
        match line {
            BoardLine::Group(next) => group = Some(*next),
            BoardLine::Resource(_, resource) if !row(*resource).intersection(told).is_empty() => {
                if let Some(group) = group.take() {
                    prose.line(Line::styled(group.name(), theme.heading));
                }
                prose.line(matrix_row(*resource, held, before, theme));
            }
            BoardLine::Resource(..) => {}
        }
    }
    if told.is_empty() {
        prose.styled("No permission.", theme.muted);
    }
    prose
}

fn matrix_row(resource: Resource, held: PermissionSet, before: PermissionSet, theme: &Theme) -> Line<'static> {
    let glyphs = &theme.glyphs;
    let cell = |level| -> (&'static str, Style) {
        let Some(permission) = Permission::of(resource, level) else { return (glyphs.not_available, theme.disabled) };
        match (before.contains(permission), held.contains(permission)) {
            (true, true) => (glyphs.on, theme.accent),
            (false, true) => (glyphs.added, theme.ok),
            (true, false) => (glyphs.removed, theme.danger),
            (false, false) => (glyphs.off, theme.muted),
        }
    };
    let mut line = Line::from(format!("  {}", Shown::new(resource.label()).pad(NAME - 2)));
    for (sign, style) in Level::ALL.map(cell) {
        line.spans.push(Span::styled(format!("{sign:^LEVEL$}"), style));
    }
    line
}
