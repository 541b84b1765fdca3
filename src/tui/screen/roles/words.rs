//! A whole role in words.
use crate::tui::when::Times;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::entry::Entry;
use super::people::{holders, invited};
use super::text::Text;
use crate::domain::access::Need;
use crate::domain::draft::Draft;
use crate::domain::findings::Severity;
use crate::domain::permission::Permission;
use crate::domain::role::{Grants, Role};
use crate::domain::scope::Scope;
use crate::domain::text::Shown;
use crate::domain::words::{access_in_words, grants_in_words, scope_in_full, scope_in_words};
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;
use crate::tui::when::date;

/// Everything about a role, in lines of at most `width` columns.
pub(super) fn role_in_words(scene: &Scene, role: &Role, entry: &Entry, width: u16) -> Vec<Line<'static>> {
    let mut text = Text::new(&scene.theme, width);
    text.paragraph(Shown::new(role.name.as_str()).full().to_string(), scene.theme.title);
    text.paragraph(how_made(role, &scene.zone), scene.theme.muted);
    warnings(&mut text, scene, entry);
    text.heading("Permission groups");
    text.paragraph(grants_in_words(&role.grants), scene.theme.text);
    text.heading("What it permits");
    text.items(access_in_words(&scene.org, Draft::from(role)));
    text.heading("Accounts");
    text.items(accounts(scene, &role.scope));
    text.heading("People who hold it");
    text.people(holders(scene, role.id), "Nobody holds it.");
    text.heading("Open invitations with it");
    text.people(invited(scene, role.id), "Nobody was invited with it.");
    text.lines()
}

fn how_made(role: &Role, zone: &Times) -> String {
    match role.grants {
        Grants::Everything => "Built in: it cannot be changed, and there is always somebody who holds it.".into(),
        Grants::Simple(_) => format!("Simple setup, created on {}", date(role.created, zone)),
        Grants::Advanced(_) => format!("Advanced setup, created on {}", date(role.created, zone)),
    }
}

fn warnings(text: &mut Text<'_>, scene: &Scene, entry: &Entry) {
    if entry.findings.is_empty() {
        return;
    }
    text.heading("Warnings");
    for finding in &entry.findings {
        let (sign, style) = sign(finding.severity(), &scene.theme);
        let title = format!("{}: {}.", finding.severity().name(), finding.title());
        text.hanging(Span::styled(sign, style), Line::styled(title, style));
        text.hanging(Span::raw(" "), Line::from(finding.sentence(&scene.org)));
    }
}

/// The sign of a severity and its style; each says it without the other.
pub(super) const fn sign(severity: Severity, theme: &Theme) -> (&'static str, Style) {
    match severity {
        Severity::Note => (theme.glyphs.note, theme.muted),
        Severity::Warning => (theme.glyphs.warning, theme.warning),
        Severity::Serious => (theme.glyphs.wrong, theme.danger),
    }
}

/// A scope in full, without naming what the active role may not see.
fn accounts(scene: &Scene, scope: &Scope) -> Vec<String> {
    let (org, person) = (&scene.org, scene.person());
    let sees = |need: Need| person.is_some_and(|person| scene.decide(person, need).is_allowed());
    let Scope::Chosen { entities, accounts } = scope else { return scope_in_full(org, scope) };
    let (entities, other_entities) =
        entities.iter().partition(|id| sees(Need::entity(Permission::ENTITIES_READ, Some(**id))));
    let (accounts, other_accounts) =
        accounts.iter().partition(|id| sees(Need::account(Permission::ACCOUNTS_READ, **id)));
    let seen = Scope::Chosen { entities, accounts };
    let unseen = Scope::Chosen { entities: other_entities, accounts: other_accounts };
    if unseen == Scope::nothing() {
        return scope_in_full(org, scope);
    }
    let mut lines = if seen == Scope::nothing() { Vec::new() } else { scope_in_full(org, &seen) };
    lines.push(format!("{} that your active role may not see", scope_in_words(org, &unseen)));
    lines
}
