//! Who can do what with an account, as text.
use std::collections::BTreeMap;

use ratatui::text::{Line, Span};

use super::node::is_ignored;
use super::paragraphs::Paragraph;
use super::search::plain;
use crate::domain::holders::{Holding, Question, Way, holdings};
use crate::domain::id::AccountId;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::text::Shown;
use crate::tui::scene::Scene;

/// The most paragraphs; a filter brings the others into sight.
const MOST: usize = 2_000;

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// Each person with what they hold, role by role.
    ByPerson,
    /// Each permission with who holds it.
    ByPermission,
}

/// The answer as it is drawn.
#[derive(Default)]
pub(super) struct Told {
    /// What stands there.
    pub paragraphs: Vec<Paragraph>,
    /// How many people it is about.
    pub people: usize,
}

impl Told {
    /// Something about nobody.
    pub const fn of(paragraphs: Vec<Paragraph>) -> Self {
        Self { paragraphs, people: 0 }
    }
}

/// Who holds what on an account, as far as `wanted` is in it.
pub(super) fn told(scene: &Scene, account: AccountId, grouping: Grouping, wanted: Option<&str>) -> Told {
    let theme = &scene.theme;
    let org = scene.org.as_ref();
    let question = Question { account: Some(account), ..Question::default() };
    let held: Vec<_> = holdings(org, question).into_iter().filter_map(|held| matching(held, wanted)).collect();
    let mut people: Vec<_> = held.iter().map(|held| held.user.id).collect();
    people.dedup();
    let mut paragraphs = match grouping {
        Grouping::ByPerson => by_person(scene, &held),
        Grouping::ByPermission => by_permission(scene, &held),
    };
    if paragraphs.is_empty() {
        let nobody = match (wanted, org.account(account).is_some_and(is_ignored)) {
            (_, true) => "Nobody: an ignored account is reached by no role.",
            (Some(_), false) => "Nobody and nothing that matches the filter.",
            (None, false) => "Nobody.",
        };
        paragraphs.push(Line::styled(nobody, theme.muted).into());
    }
    let more = paragraphs.len().saturating_sub(MOST);
    if more > 0 {
        paragraphs.truncate(MOST);
        paragraphs.push(Line::styled(format!("{more} more lines. Filter to see them."), theme.warning).into());
    }
    Told { paragraphs, people: people.len() }
}

/// All of it when person or role are wanted, else those of its permissions that are.
fn matching<'a>(held: Holding<'a>, wanted: Option<&str>) -> Option<Holding<'a>> {
    let Some(wanted) = wanted else { return Some(held) };
    let names = [held.user.name.as_str(), held.user.address.as_str(), held.role.name.as_str()];
    if names.into_iter().any(|name| plain(name).contains(wanted)) {
        return Some(held);
    }
    let named = |permission: &Permission| {
        plain(&permission.to_string()).contains(wanted) || plain(permission.resource().label()).contains(wanted)
    };
    let permissions: PermissionSet = held.permissions.iter().filter(named).collect();
    (!permissions.is_empty()).then_some(Holding { permissions, ..held })
}

fn by_person(scene: &Scene, held: &[Holding<'_>]) -> Vec<Paragraph> {
    let theme = &scene.theme;
    let mut paragraphs = Vec::new();
    for held in held {
        if !paragraphs.is_empty() {
            paragraphs.push(Paragraph::default());
        }
        paragraphs.push(who(scene, held, Span::default()));
        let what = if held.role.is_owner() && held.permissions.len() > 1 {
            "everything".to_owned()
        } else {
            in_words(held.permissions)
        };
        paragraphs.push(Paragraph::hanging(Span::raw("  "), Line::styled(what, theme.text)));
    }
    paragraphs
}

fn by_permission(scene: &Scene, held: &[Holding<'_>]) -> Vec<Paragraph> {
    let theme = &scene.theme;
    let mut holders: BTreeMap<Permission, Vec<&Holding<'_>>> = BTreeMap::new();
    for held in held {
        for permission in held.permissions.iter() {
            holders.entry(permission).or_default().push(held);
        }
    }
    let mut paragraphs = Vec::new();
    for (permission, held) in holders {
        if !paragraphs.is_empty() {
            paragraphs.push(Paragraph::default());
        }
        let label = Span::styled(format!(" {} {}", theme.glyphs.dot, permission.resource().label()), theme.muted);
        let line = Line::from(vec![Span::styled(permission.to_string(), theme.heading), label]);
        paragraphs.push(line.into());
        let bullet = || Span::styled(format!("{} ", theme.glyphs.bullet), theme.muted);
        paragraphs.extend(held.into_iter().map(|held| who(scene, held, bullet())));
    }
    paragraphs
}

/// A person, the role, and by what it reaches the account.
fn who(scene: &Scene, held: &Holding<'_>, lead: Span<'static>) -> Paragraph {
    let theme = &scene.theme;
    let way = held.accounts.first().map(|(_, way)| way_in_words(scene, *way)).unwrap_or_default();
    let line = Line::from(vec![
        Span::styled(held.user.name.to_string(), theme.title),
        Span::styled(" as ", theme.muted),
        Span::styled(held.role.name.to_string(), theme.badge),
        Span::styled(format!(" {} {way}", theme.glyphs.dot), theme.muted),
    ]);
    Paragraph::hanging(lead, line)
}

fn way_in_words(scene: &Scene, way: Way) -> String {
    match way {
        Way::AllFuture => "reaches all accounts".into(),
        Way::Account => "its scope names this account".into(),
        Way::Entity(entity) => {
            let name = scene.org.entity(entity).map(|entity| entity.name.as_str()).unwrap_or_default();
            format!("its scope names {}", Shown::new(name).full())
        }
    }
}

/// `credit_transfers: read, create; mandates: read`.
fn in_words(permissions: PermissionSet) -> String {
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for permission in permissions.iter() {
        let (resource, level) = (permission.resource().to_string(), permission.level().to_string().to_lowercase());
        match parts.last_mut().filter(|(last, _)| *last == resource) {
            Some((_, levels)) => levels.push(level),
            None => parts.push((resource, vec![level])),
        }
    }
    let parts: Vec<_> =
        parts.into_iter().map(|(resource, levels)| format!("{resource}: {}", levels.join(", "))).collect();
    parts.join("; ")
}
