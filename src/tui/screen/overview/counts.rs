//! How many there are of what, as far as the active role may see it.
use ratatui::text::{Line, Span};

use crate::domain::access::{Need, reaches_entity};
use crate::domain::census::AccountCounts;
use crate::domain::overview::Tally;
use crate::domain::permission::Permission;
use crate::domain::scope::Scope;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;

/// One count: none when it may not be seen.
pub(super) struct Count {
    number: Option<usize>,
    one: &'static str,
    many: &'static str,
}

/// The counts of what is shown; a scope that was chosen counts what it reaches.
pub(super) fn counts(scene: &Scene, tally: &Tally) -> Vec<Count> {
    let seen = |permission, number: usize, one, many| {
        let sees = scene.may_see(Need::organization(permission)) == Ready::Yes;
        Count { number: sees.then_some(number), one, many }
    };
    let org = &scene.org;
    let scope = scene.role().map(|role| role.scope.as_ref()).filter(|scope| **scope != Scope::AllFuture);
    let entities = scope.map_or(org.entities().len(), |scope| {
        org.entities().keys().filter(|entity| reaches_entity(org, scope, **entity)).count()
    });
    let accounts = scope.map_or(tally.accounts, |scope| AccountCounts::of(org).reached(org, scope));
    vec![
        seen(Permission::MEMBERSHIPS_READ, tally.active + tally.deactivated, "user", "users"),
        seen(Permission::INVITATIONS_READ, org.invitations().len(), "invited", "invited"),
        seen(Permission::ROLES_READ, tally.roles, "role", "roles"),
        seen(Permission::ENTITIES_READ, entities, "entity", "entities"),
        seen(Permission::ACCOUNTS_READ, accounts, "account", "accounts"),
    ]
}

/// They on one line; what may not be seen has no number.
pub(super) fn line(counts: &[Count], theme: &Theme) -> Line<'static> {
    let mut spans = Vec::new();
    for (n, Count { number, one, many }) in counts.iter().enumerate() {
        if n > 0 {
            spans.push(Span::styled(", ", theme.muted));
        }
        match number {
            Some(number) => {
                let noun = if *number == 1 { one } else { many };
                spans.push(Span::styled(number.to_string(), theme.title));
                spans.push(Span::styled(format!(" {noun}"), theme.text));
            }
            None => spans.push(Span::styled(format!("{many} hidden"), theme.muted)),
        }
    }
    Line::from(spans)
}
