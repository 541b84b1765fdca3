//! How the screen uses its room: one column, two, or three.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::block::{Block, Row, draw_column, stacked};
use super::checks::{self, Detail};
use super::screen::Overview;
use super::target::Target;
use super::{bars, counts, invited};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::line::{draw_line, wrap};

/// The width from which there are two columns.
const TWO: u16 = 90;

/// The width from which there are three.
const THREE: u16 = 150;

/// Lines that say the selected one in full, where there is one column.
const FULL: u16 = 3;

/// How many lines there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rooms {
    pub invited: usize,
    pub news: usize,
}

impl Default for Rooms {
    fn default() -> Self {
        Self { invited: 2, news: 3 }
    }
}

/// Draws the screen.
pub(super) fn screen(overview: &mut Overview, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    overview.spots.clear();
    let lines = wrap(&counts::line(&overview.counts, &scene.theme), area.width.saturating_sub(1));
    let wide = area.width >= TWO;
    let height = u16::try_from(lines.len()).unwrap_or(1) + u16::from(wide);
    let [head, body] = Layout::vertical([Constraint::Length(height), Constraint::Min(1)]).areas(area);
    for (line, place) in lines.iter().zip(head.rows()) {
        let place = Rect { x: place.x.saturating_add(1), width: place.width.saturating_sub(1), ..place };
        draw_line(line, place, frame.buffer_mut(), &scene.theme);
    }
    if scene.org.organization().is_none() {
        return;
    }
    match area.width {
        ..TWO => one(overview, frame, body, scene),
        TWO..THREE => two(overview, frame, body, scene),
        THREE.. => three(overview, frame, body, scene),
    }
}

fn one(overview: &mut Overview, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let [list, full] = Layout::vertical([Constraint::Min(1), Constraint::Length(FULL)]).areas(area);
    let checks = checks::block(&overview.checks, scene, list.width, Detail::Title);
    let rest = usize::from(list.height).saturating_sub(checks.height() + 2);
    let wanted = if overview.sight.invited == Ready::Yes { overview.pending.total().max(1) } else { 1 };
    let half = if scene.past.is_some() { rest } else { rest / 2 };
    let invited = wanted.min(half.max(1));
    make_room(overview, Rooms { invited, news: rest.saturating_sub(invited).max(1) }, scene);
    let mut blocks = vec![checks];
    blocks.extend(lists(overview, scene, list.width, Detail::Title));
    column(overview, &stacked(blocks, 0), list, frame, scene);
    in_full(overview, full, frame, scene);
}

fn two(overview: &mut Overview, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let [left, _, right] =
        Layout::horizontal([Constraint::Percentage(48), Constraint::Length(2), Constraint::Min(1)]).areas(area);
    make_room(overview, Rooms { invited: 6, news: 5 }, scene);
    let checks = [Detail::Why, Detail::Open].map(|detail| checks::block(&overview.checks, scene, left.width, detail));
    let [all, open] = checks;
    let checks = if all.height() <= usize::from(left.height) { all } else { open };
    column(overview, &stacked(vec![checks], 1), left, frame, scene);
    let blocks = lists(overview, scene, right.width, Detail::Why);
    let used = blocks.iter().map(|block| block.height() + 1).sum::<usize>();
    let room = usize::from(right.height).saturating_sub(used);
    let blocks = blocks.into_iter().chain(charts(overview, scene, right.width, room));
    column(overview, &stacked(blocks.collect(), 1), right, frame, scene);
}

fn three(overview: &mut Overview, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
    let [left, _, middle, _, right] = Layout::horizontal([
        Constraint::Percentage(36),
        Constraint::Length(2),
        Constraint::Percentage(36),
        Constraint::Length(2),
        Constraint::Min(1),
    ])
    .areas(area);
    let height = usize::from(middle.height);
    make_room(overview, Rooms { invited: (height / 3).max(2), news: (height / 2).max(2) }, scene);
    let checks = checks::block(&overview.checks, scene, left.width, Detail::Why);
    column(overview, &stacked(vec![checks], 1), left, frame, scene);
    column(overview, &stacked(lists(overview, scene, middle.width, Detail::Why), 1), middle, frame, scene);
    let charts = charts(overview, scene, right.width, usize::from(right.height));
    column(overview, &stacked(charts, 1), right, frame, scene);
}

/// There is room for so many lines; what was selected may be seen no more.
fn make_room(overview: &mut Overview, rooms: Rooms, scene: &Scene) {
    if overview.rooms != rooms {
        overview.rooms = rooms;
        overview.keep_selection(scene);
    }
}

/// Who is waited for, and what changed last. Of another day the trail says nothing: it is always that of the present.
fn lists(overview: &Overview, scene: &Scene, width: u16, detail: Detail) -> Vec<Block> {
    let Rooms { invited, news } = overview.rooms;
    let mut blocks = vec![invited::block(&overview.pending, scene, &overview.sight.invited, width, invited, detail)];
    if scene.past.is_none() {
        blocks.push(overview.news.block(scene, &overview.sight.news, width, news, detail));
    }
    blocks
}

/// The charts for which there is room.
fn charts(overview: &Overview, scene: &Scene, width: u16, mut room: usize) -> Vec<Block> {
    let members = overview.sight.members == Ready::Yes;
    let growth = members.then(|| bars::growth(&overview.tally, scene, width)).flatten();
    let groups = members && overview.sight.roles == Ready::Yes;
    let groups = groups.then(|| bars::groups(&overview.tally, scene, width)).flatten();
    let fits = |block: &Block| {
        let fits = block.height() <= room;
        room = room.saturating_sub(if fits { block.height() + 1 } else { 0 });
        fits
    };
    growth.into_iter().chain(groups).filter(fits).collect()
}

fn column(overview: &mut Overview, rows: &[Row], area: Rect, frame: &mut Frame<'_>, scene: &Scene) {
    let selected = overview.selected();
    draw_column(rows, selected, area, frame, scene, &mut overview.spots);
}

/// The selected line in full, below all others.
fn in_full(overview: &Overview, area: Rect, frame: &mut Frame<'_>, scene: &Scene) {
    let theme = &scene.theme;
    let text = match overview.selected() {
        Some(Target::Check(check)) => {
            let line = overview.checks.iter().find(|line| line.item.check == check);
            line.map(|line| line.hidden.clone().unwrap_or_else(|| line.item.why.clone()))
        }
        Some(Target::Advice(advice)) => Some(advice.sentence().to_owned()),
        Some(Target::Invited(id)) => invited::in_full(id, scene),
        Some(Target::Entry(seq)) => overview.news.in_full(seq),
        Some(Target::AllInvited) => hidden(&overview.sight.invited),
        Some(Target::AllEntries) => hidden(&overview.sight.news),
        None => None,
    };
    let Some(text) = text else { return };
    let lead = Rect { width: 2, height: 1, x: area.x.saturating_add(1), ..area };
    frame.render_widget(Span::styled(theme.glyphs.arrow, theme.accent), lead);
    let room = Rect { x: area.x.saturating_add(3), width: area.width.saturating_sub(3), ..area };
    let mut lines = wrap(&Line::styled(text, theme.muted), room.width);
    let rest = lines.split_off(lines.len().min(usize::from(room.height)));
    if let (Some(last), Some(more)) = (lines.last_mut(), rest.into_iter().next()) {
        // Too wide by now, so that it ends in an ellipsis.
        last.spans.push(Span::styled(" ", theme.muted));
        last.spans.extend(more.spans);
    }
    for (line, place) in lines.iter().zip(room.rows()) {
        draw_line(line, place, frame.buffer_mut(), theme);
    }
}

/// Why something is not shown.
fn hidden(sight: &Ready) -> Option<String> {
    match sight {
        Ready::No(why) => Some(why.clone()),
        Ready::Yes | Ready::Hidden => None,
    }
}
