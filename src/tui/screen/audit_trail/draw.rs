//! How the screen looks.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::entry;
use super::history::Side;
use super::resolve;
use super::screen::{AuditTrail, Follow, Pane, Shape};
use super::table::{self, sign, style};
use crate::domain::text::Shown;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::line::{draw_line, line_columns, wrap};
use crate::tui::widget::progress::grouped;

/// The terminal's width from which the selected entry stands beside the table.
const WIDE: u16 = 110;

/// The least columns of the table beside the entry.
const TABLE: u16 = 50;

/// The most columns of the entry: longer lines are hard to read.
const ENTRY: u16 = 60;

/// Columns between the two.
const RULE: u16 = 3;

/// Lines of the selected entry below the table, with the rule above them.
const BELOW: u16 = 4;

/// Draws the screen.
pub(super) fn screen(trail: &mut AuditTrail, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let area = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(1), ..area };
    trail.beside = Rect::default();
    if let Ready::No(why) = AuditTrail::may_read(scene) {
        return paragraphs(&[format!("The audit trail is not shown to you. {why}")], frame, area, scene);
    }
    trail.shape = if frame.area().width >= WIDE { Shape::SideBySide } else { Shape::OneAtATime };
    if trail.pane == Pane::Entry && trail.window.selected().is_none() {
        trail.pane = Pane::Table;
    }
    if trail.shape == Shape::OneAtATime && trail.pane == Pane::Entry {
        let [head, _, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(1)]).areas(area);
        let back = [Span::styled("Esc", scene.theme.key), Span::styled(" back to all entries", scene.theme.muted)];
        draw_line(&Line::from_iter(back), head, frame.buffer_mut(), &scene.theme);
        draw_entry(trail, frame, body, scene);
    } else {
        let on = wrap(&active(trail, scene), area.width);
        let height = u16::try_from(on.len()).unwrap_or(1).min(area.height / 4);
        let [head, filters, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(height), Constraint::Min(1)]).areas(area);
        draw_line(&status(trail, scene, usize::from(head.width)), head, frame.buffer_mut(), &scene.theme);
        for (line, place) in on.iter().zip(filters.rows()) {
            draw_line(line, place, frame.buffer_mut(), &scene.theme);
        }
        draw_body(trail, frame, body, scene);
    }
    if let Some(form) = &mut trail.form {
        form.draw(frame, area, scene);
    }
}

fn draw_body(trail: &mut AuditTrail, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let zone = AuditTrail::zone(scene);
    if let Some(said) = empty(trail, scene) {
        return paragraphs(&said, frame, area, scene);
    }
    let focus = Focus::when(scene.focus.is_here() && trail.pane == Pane::Table && trail.form.is_none());
    if trail.shape == Shape::OneAtATime {
        let below = BELOW.min(area.height / 3);
        let [list, below] = Layout::vertical([Constraint::Min(1), Constraint::Length(below)]).areas(area);
        table::draw(&mut trail.window, list, frame, scene, zone, focus);
        return in_full(trail, frame, below, scene);
    }
    let list = TABLE.max(area.width.saturating_sub(RULE + ENTRY));
    let [list, rule, detail] =
        Layout::horizontal([Constraint::Length(list), Constraint::Length(RULE), Constraint::Min(1)]).areas(area);
    table::draw(&mut trail.window, list, frame, scene, zone, focus);
    for row in rule.rows() {
        let line = Line::styled(scene.theme.glyphs.track, scene.theme.border);
        draw_line(&line, Rect { x: row.x + 1, ..row }, frame.buffer_mut(), &scene.theme);
    }
    trail.beside = detail;
    if trail.pane == Pane::Entry || !trail.still.stands(detail, frame.buffer_mut(), scene) {
        draw_entry(trail, frame, detail, scene);
        trail.still.keep(detail, frame.buffer_mut());
    }
}

/// The line at the top: the words that are looked for or where one is, and what is going on.
fn status(trail: &AuditTrail, scene: &Scene, width: usize) -> Line<'static> {
    let theme = &scene.theme;
    let (right, tone) = going_on(trail, scene);
    let words = &trail.words;
    let mut line = if words.is_typing() || !words.is_empty() {
        let shown = Shown::new(words.text()).to_string();
        let room = width.saturating_sub(right.len() + 6);
        let end: String = shown.chars().skip(shown.chars().count().saturating_sub(room)).collect();
        let (cursor, style) = if words.is_typing() { (" ", theme.typing) } else { ("", theme.accent) };
        Line::from(vec![Span::styled("/ ", theme.key), Span::styled(format!("{end}{cursor}"), style)])
    } else {
        Line::styled(place(trail, scene), theme.muted)
    };
    let gap = width.saturating_sub(line_columns(&line) + line_columns(&Line::from(right.as_str())));
    line.push_span(Span::raw(" ".repeat(gap)));
    line.push_span(Span::styled(right, tone));
    line
}

fn number(number: u64) -> String {
    grouped(usize::try_from(number).unwrap_or(usize::MAX))
}

/// Which entry is selected, of how many.
fn place(trail: &AuditTrail, scene: &Scene) -> String {
    let all = number(AuditTrail::head(scene));
    match trail.window.selected() {
        Some(line) => format!("Entry {} of {all}", number(line.header.seq)),
        None if trail.window.all() == Some(0) => format!("None of {all} entries"),
        None => format!("{all} entries"),
    }
}

/// What is going on: a search, new entries, or that the newest is followed.
fn going_on(trail: &AuditTrail, scene: &Scene) -> (String, ratatui::style::Style) {
    let theme = &scene.theme;
    let fresh = trail.window.fresh();
    match trail.window.searched_to() {
        Some(at) if trail.window.is_asking() && trail.is_filtered() => {
            (format!("Searching, at entry {}", number(at)), theme.warning)
        }
        _ if trail.follow == Follow::On => (format!("{} Following, f stops", theme.glyphs.note), theme.accent),
        _ if fresh > 0 => (format!("{} {} new above, g shows", theme.glyphs.ascending, grouped(fresh)), theme.warning),
        _ => (found(trail), theme.muted),
    }
}

/// How many match, once all are known.
fn found(trail: &AuditTrail) -> String {
    match trail.window.all() {
        Some(0) => String::new(),
        Some(1) if trail.is_filtered() => "1 entry matches".into(),
        Some(all) if trail.is_filtered() => format!("{} entries match", grouped(all)),
        _ => "Newest first".into(),
    }
}

/// The line below: whose history it is, and the filters that are on.
fn active(trail: &AuditTrail, scene: &Scene) -> Line<'static> {
    let theme = &scene.theme;
    let history = trail.history.map(|history| {
        let done = match history.side {
            Side::About => "Done to",
            Side::By => "Done by",
        };
        format!("{done} {}", resolve::name(history.row, &scene.org))
    });
    let mut spans: Vec<_> = history.map(|text| Span::styled(text, theme.heading)).into_iter().collect();
    for part in trail.filters.on() {
        if !spans.is_empty() {
            spans.push(Span::styled(format!(" {} ", theme.glyphs.dot), theme.muted));
        }
        spans.push(Span::styled(trail.filters.told(part, &scene.org), theme.accent));
    }
    Line::from(spans)
}

/// What is said where there is no entry.
fn empty(trail: &AuditTrail, scene: &Scene) -> Option<Vec<String>> {
    if let Some(trouble) = &trail.trouble {
        return Some(vec![format!("The trail cannot be read. {trouble} Press 4 to read it again.")]);
    }
    if trail.window.selected().is_some() {
        return None;
    }
    if !trail.window.is_empty_for_good(AuditTrail::head(scene)) {
        return Some(vec![if trail.is_filtered() { "Nothing found so far." } else { "Reading the trail." }.into()]);
    }
    Some(vec![match trail.history {
        _ if trail.is_filtered() => "No entry matches. Esc shows all again; x takes the last filter away.".into(),
        Some(history) if history.side == Side::By => "They did nothing so far that is in the trail.".into(),
        Some(_) => "Nothing was done to it so far that is in the trail.".into(),
        None => "There is no entry yet.".into(),
    }])
}

/// The selected entry in a sentence, for which the table has no room.
fn in_full(trail: &AuditTrail, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let theme = &scene.theme;
    let Some(line) = trail.window.selected() else { return };
    let rule = Line::styled(theme.glyphs.rule.repeat(usize::from(area.width.saturating_sub(1))), theme.border);
    let outcome = line.header.outcome;
    let told = Line::from(vec![
        Span::styled(format!("{} {outcome}", sign(outcome, theme)), style(outcome, theme)),
        Span::raw(format!("  {}  ", line.what)),
        Span::styled(line.who.clone(), theme.muted),
    ]);
    let lines = wrap(&told, area.width.saturating_sub(1));
    for (line, place) in std::iter::once(rule).chain(lines).zip(area.rows()) {
        draw_line(&line, place, frame.buffer_mut(), theme);
    }
}

fn draw_entry(trail: &mut AuditTrail, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let theme = &scene.theme;
    trail.beside = area;
    let Some(seq) = trail.window.selected().map(|line| line.header.seq) else { return };
    let lines = match trail.entry.about(seq) {
        Some(Some(detail)) => entry::lines(detail, scene, AuditTrail::zone(scene), area.width.saturating_sub(2)),
        Some(None) => vec![Line::styled("This entry is not there.", theme.muted)],
        None => vec![Line::styled(theme.glyphs.ellipsis, theme.muted)],
    };
    trail.entry.pane.draw(&lines, area, frame.buffer_mut(), theme);
}

fn paragraphs(said: &[String], frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let lines = said.iter().flat_map(|text| wrap(&Line::from(text.as_str()), area.width.saturating_sub(1)));
    for (line, place) in lines.zip(area.rows().skip(1)) {
        draw_line(&line, place, frame.buffer_mut(), &scene.theme);
    }
}
