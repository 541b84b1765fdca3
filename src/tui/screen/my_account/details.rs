//! Who somebody is, line by line.
use jiff::Timestamp;
use ratatui::text::{Line, Span};

use crate::domain::access::Person;
use crate::domain::refusal::Few;
use crate::domain::role::Role;
use crate::domain::text::Shown;
use crate::domain::words::{grants_in_words, scope_in_words};
use crate::tui::scene::Scene;
use crate::tui::when::{date, minute};

/// Columns of a label.
const LABEL: usize = 14;

/// Everything about the person who is signed in.
pub(super) fn details(scene: &Scene, last_sign_in: Option<Timestamp>) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let (Some(person), Some(user)) = (scene.person(), scene.user()) else { return Vec::new() };
    let organization = scene.org.organization().map(|row| row.name.to_string()).unwrap_or_default();
    let row = |label: &str, value: String| {
        Line::from(vec![Span::styled(Shown::new(label).pad(LABEL), theme.muted), Span::raw(value)])
    };
    let mut lines = vec![
        Line::default(),
        Line::styled("My account", theme.title),
        Line::default(),
        row("Name", Shown::new(user.name.as_str()).full().to_string()),
        row("E-mail", Shown::new(user.address.as_str()).full().to_string()),
        row("Organization", organization),
        row("Joined", date(user.joined, &scene.zone)),
        row("Last sign-in", last_sign_in.map_or_else(|| "not known".into(), |at| minute(at, &scene.zone))),
    ];
    if !user.code_seen_by.is_empty() {
        let names: Few = user.code_seen_by.iter().filter_map(|id| scene.org.user(*id)).map(|user| &user.name).collect();
        lines.push(row("Code seen by", format!("{names}, before you signed up with it")));
    }
    lines.extend([Line::default(), Line::styled("Roles", theme.heading)]);
    let mut roles: Vec<_> = user.roles.iter().filter_map(|id| scene.org.role(id)).collect();
    roles.sort_by_cached_key(|role| role.name.key());
    for role in roles {
        lines.extend(role_lines(scene, person, role));
    }
    lines
}

fn role_lines(scene: &Scene, person: Person, role: &Role) -> [Line<'static>; 2] {
    let theme = &scene.theme;
    let (sign, style, note) = match role.id == person.role {
        true => (theme.glyphs.chosen, theme.accent, "  active now"),
        false => (theme.glyphs.unchosen, theme.text, ""),
    };
    let name = Shown::new(role.name.as_str()).full().to_string();
    let about = format!("{}; {}", grants_in_words(&role.grants), scope_in_words(&scene.org, &role.scope));
    [
        Line::from(vec![Span::styled(format!("{sign} {name}"), style), Span::styled(note, theme.ok)]),
        Line::styled(about, theme.muted),
    ]
}
