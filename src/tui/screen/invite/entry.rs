//! One entry of the list in words.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::acquaintance::Addresses;
use crate::domain::address::{Judged, Verdict};
use crate::domain::text::Shown;
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;
use crate::tui::when::date;
use crate::tui::widget::list::Item;

/// Columns that a name beside an address takes at most.
const NAME: usize = 28;

/// Columns of what cannot be an address, where it is read in full.
const LONGEST: usize = 300;

/// The entry as a row of so many columns.
pub(super) fn item(entry: &Judged, known: &Addresses, columns: usize, theme: &Theme) -> Item<'static> {
    let (sign, style) = sign(entry, theme);
    let label = label(entry, known);
    let room = columns.saturating_sub(label.chars().count() + 2);
    let address = Shown::new(address(entry)).cut_address(room).into_owned();
    let left = room.saturating_sub(Shown::new(&address).width() + 2);
    let mut spans = vec![Span::styled(address, theme.text)];
    if let Some(name) = &entry.candidate.name
        && left > 3
    {
        let name = Shown::new(name.as_str()).cut(left.min(NAME)).into_owned();
        spans.push(Span::styled(format!("  {name}"), theme.muted));
    }
    Item::new(Line::from(spans)).sign(Span::styled(sign, style)).note(Line::styled(label, style))
}

/// The sign and style of a verdict: it can be invited, it can but look at it first, it is left out, it is wrong.
fn sign(entry: &Judged, theme: &Theme) -> (&'static str, Style) {
    match entry.verdict {
        Verdict::Ok(_) if entry.warnings.is_empty() => (theme.glyphs.ok, theme.ok),
        Verdict::Ok(_) => (theme.glyphs.warning, theme.warning),
        Verdict::Invalid(_) => (theme.glyphs.wrong, theme.danger),
        Verdict::TwiceInList { .. } | Verdict::AlreadyUser | Verdict::AlreadyInvited => {
            (theme.glyphs.not_available, theme.muted)
        }
    }
}

fn label(entry: &Judged, known: &Addresses) -> String {
    let again = match &entry.verdict {
        Verdict::Ok(address) => known.expired(address).is_some(),
        _ => false,
    };
    match entry.warnings.as_slice() {
        [] if again => "ok, expired before".to_owned(),
        [] => entry.verdict.label().to_owned(),
        [one] => one.label().to_owned(),
        [first, rest @ ..] => format!("{} +{}", first.label(), rest.len()),
    }
}

/// What should be the address; what stands in the list where that is nothing.
fn address(entry: &Judged) -> &str {
    match &entry.verdict {
        Verdict::Ok(address) => address.as_str(),
        _ if entry.candidate.address.is_empty() => &entry.candidate.text,
        _ => &entry.candidate.address,
    }
}

/// Everything that is to be said about an entry.
pub(super) fn sentences(entry: &Judged, known: &Addresses, scene: &Scene) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let (sign, style) = sign(entry, theme);
    let whole = Shown::new(address(entry));
    let whole = if whole.width() > LONGEST { whole.cut(LONGEST).into_owned() } else { whole.full().to_string() };
    let mut first = vec![Span::styled(format!("{sign} "), style), Span::styled(whole, theme.title)];
    if let Some(name) = &entry.candidate.name {
        first.push(Span::styled(format!("  {name}"), theme.text));
    }
    let mut lines = vec![Line::from(first), Line::styled(entry.verdict.to_string(), theme.text)];
    lines.extend(entry.warnings.iter().map(|warning| Line::styled(warning.to_string(), theme.warning)));
    if let Verdict::Ok(address) = &entry.verdict
        && let Some(before) = known.expired(address)
    {
        let since = date(before.expires, &scene.zone);
        let text = format!("It was invited before, and that invitation expired on {since}; this one takes its place.");
        lines.push(Line::styled(text, theme.text));
    }
    lines
}
