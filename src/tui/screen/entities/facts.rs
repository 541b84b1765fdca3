//! All about one entity or account.
use ratatui::text::{Line, Span};

use super::node::{Node, allows, is_ignored, sees_account, sees_entity};
use super::paragraphs::Paragraph;
use super::sight::Sight;
use crate::domain::access::Need;
use crate::domain::census::AccountCounts;
use crate::domain::id::EntityId;
use crate::domain::organization::{Account, Entity};
use crate::domain::permission::Permission;
use crate::domain::scope::Place;
use crate::domain::sight::Seer;
use crate::domain::text::Shown;
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;

/// Columns of the labels.
const LABEL: usize = 12;

/// The lines about an entity or account.
pub(super) fn facts(scene: &Scene, sight: &Sight, counts: &AccountCounts, node: Node) -> Vec<Paragraph> {
    match node {
        Node::Entity(id) => scene.org.entity(id).map(|entity| of_entity(scene, sight, counts, entity)),
        Node::Account(id) => scene.org.account(id).map(|account| of_account(scene, sight, account)),
    }
    .unwrap_or_else(|| vec![Line::styled("It is not there any more.", scene.theme.muted).into()])
}

fn of_entity(scene: &Scene, sight: &Sight, counts: &AccountCounts, entity: &Entity) -> Vec<Paragraph> {
    let theme = &scene.theme;
    let org = &scene.org;
    let mut lines = vec![title(entity.name.as_str(), theme), Paragraph::default()];
    lines.push(fact("Kind", "Entity", theme));
    lines.extend(path_lines(scene, entity.id));
    let below = org.entities().values().filter(|child| child.parent == Some(entity.id) && sees_entity(scene, child));
    lines.push(fact("Below it", counted(below.count(), "entity", "entities"), theme));
    if allows(scene, Need::entity(Permission::ACCOUNTS_READ, Some(entity.id))) {
        let count = counts.of_entity(entity.id);
        let more = count.below.saturating_sub(count.own);
        let own = counted(count.own, "account", "accounts");
        let below = if more == 0 { String::new() } else { format!(", {more} more in entities below") };
        lines.push(fact("Accounts", format!("{own}{below}"), theme));
        if count.ignored > 0 {
            lines.push(fact("Ignored", counted(count.ignored, "account", "accounts"), theme));
        }
    }
    lines.push(Paragraph::default());
    lines.push(Line::styled("Roles that see its accounts", theme.heading).into());
    lines.extend(seers(sight.seers(org, Place::Entity(entity.id)), theme));
    lines
}

fn of_account(scene: &Scene, sight: &Sight, account: &Account) -> Vec<Paragraph> {
    let theme = &scene.theme;
    let org = &scene.org;
    let kind = if account.identifier.is_iban() { "IBAN" } else { "Identifier" };
    let currency = format!("{} {} {}", account.currency.code(), theme.glyphs.dot, account.currency.name());
    let state = if is_ignored(account) { "Ignored: reached by no role" } else { "In use" };
    let mut lines = vec![title(account.name.as_str(), theme), Paragraph::default()];
    lines.push(fact("Kind", "Account", theme));
    lines.extend(path_lines(scene, account.entity));
    lines.push(fact("Currency", currency, theme));
    lines.push(fact(kind, account.identifier.to_string(), theme));
    lines.push(fact("State", state, theme));
    lines.push(Paragraph::default());
    lines.push(Line::styled("Roles that reach it", theme.heading).into());
    lines.extend(seers(sight.seers(org, Place::Account(account.id)), theme));
    lines
}

/// The names of an entity and of what it belongs to, from the top, as far as the active role may see them.
pub(super) fn path(scene: &Scene, entity: EntityId) -> Vec<String> {
    let org = &scene.org;
    let names = org.ancestry(entity).map_while(|id| org.entity(id).filter(|entity| sees_entity(scene, entity)));
    let mut names: Vec<String> = names.map(|entity| entity.name.to_string()).collect();
    names.reverse();
    names
}

fn path_lines(scene: &Scene, entity: EntityId) -> Vec<Paragraph> {
    let theme = &scene.theme;
    let names = path(scene, entity);
    if names.is_empty() {
        return vec![fact("Path", "out of your active role's sight", theme)];
    }
    let line = |(level, name): (usize, String)| match level {
        0 => fact("Path", name, theme),
        _ => fact("", format!("{} {name}", theme.glyphs.crumb), theme),
    };
    names.into_iter().enumerate().map(line).collect()
}

fn title(name: &str, theme: &Theme) -> Paragraph {
    Line::styled(Shown::new(name).full().to_string(), theme.title).into()
}

fn fact(label: &'static str, value: impl Into<String>, theme: &Theme) -> Paragraph {
    Paragraph::hanging(Span::styled(format!("{label:LABEL$}"), theme.muted), Span::styled(value.into(), theme.text))
}

fn seers(seers: Option<Vec<Seer<'_>>>, theme: &Theme) -> Vec<Paragraph> {
    match seers {
        None => vec![Line::styled("Your active role may not see roles and users.", theme.muted).into()],
        Some(seers) if seers.is_empty() => vec![Line::styled("None", theme.muted).into()],
        Some(seers) => seers.iter().map(|seer| seer_line(seer, theme)).collect(),
    }
}

fn seer_line(seer: &Seer<'_>, theme: &Theme) -> Paragraph {
    let held = seer.held;
    let mut people = counted(held.active, "person", "people");
    if held.deactivated > 0 {
        people = format!("{people}, {} deactivated", held.deactivated);
    }
    if held.invitations > 0 {
        people = format!("{people}, {} invited", held.invitations);
    }
    let name = Span::styled(seer.role.name.to_string(), theme.text);
    let people = Span::styled(format!(" {} {people}", theme.glyphs.dot), theme.muted);
    Paragraph::hanging(Span::styled(format!("{} ", theme.glyphs.bullet), theme.muted), vec![name, people])
}

/// `no accounts`, `1 account`, `3 accounts`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

/// Whether the active role may see a row.
pub(super) fn sees(scene: &Scene, node: Node) -> bool {
    match node {
        Node::Entity(id) => scene.org.entity(id).is_some_and(|entity| sees_entity(scene, entity)),
        Node::Account(id) => scene.org.account(id).is_some_and(|account| sees_account(scene, account)),
    }
}
