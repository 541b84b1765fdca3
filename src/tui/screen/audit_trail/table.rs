//! The lines of the trail in columns.
use std::borrow::Cow;

use crate::tui::when::Times;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text;

use super::window::Window;
use crate::domain::moment::zone_name;
use crate::ledger::entry::Outcome;
use crate::ledger::trail::Line;
use crate::tui::scene::Scene;
use crate::tui::theme::{Focus, Theme};
use crate::tui::when::{second, short};
use crate::tui::widget::table::{Column, Row, Table};

/// The width from which time and outcome are told in full.
const ROOMY: u16 = 72;

/// The sign of an outcome.
pub(in crate::tui::screen) const fn sign(outcome: Outcome, theme: &Theme) -> &'static str {
    let glyphs = &theme.glyphs;
    match outcome {
        Outcome::Done => glyphs.ok,
        Outcome::Refused => glyphs.wrong,
        Outcome::Requested => glyphs.unchosen,
        Outcome::Approved => glyphs.chosen,
        Outcome::Rejected => glyphs.removed,
    }
}

/// How an outcome looks, beside its sign.
pub(in crate::tui::screen) const fn style(outcome: Outcome, theme: &Theme) -> Style {
    match outcome {
        Outcome::Done | Outcome::Approved => theme.text,
        Outcome::Refused | Outcome::Rejected => theme.danger,
        Outcome::Requested => theme.warning,
    }
}

/// Draws the visible lines.
pub(super) fn draw(window: &mut Window, area: Rect, frame: &mut Frame<'_>, scene: &Scene, zone: &Times, focus: Focus) {
    let roomy = area.width >= ROOMY;
    let columns = if roomy {
        [
            Column::fixed(time_title(zone), 19),
            Column::flexible("Who", 16, 2),
            Column::flexible("What", 20, 5),
            Column::fixed("Outcome", 11),
        ]
    } else {
        [
            Column::fixed("Time", 12),
            Column::flexible("Who", 10, 1),
            Column::flexible("What", 16, 3),
            Column::fixed("", 1),
        ]
    };
    let mut rows = std::mem::take(&mut window.rows);
    Table::new(&columns, &scene.theme, focus).draw(area, frame.buffer_mut(), &mut rows, |row| match window.line(row) {
        Some(line) if roomy => wide(line, scene, zone),
        Some(line) => narrow(line, scene, zone),
        None => Row::default(),
    });
    window.rows = rows;
}

/// What the column of times is called: where it is not UTC, by the city of its zone.
fn time_title(zone: &Times) -> Cow<'static, str> {
    match zone_name(zone) {
        "UTC" => "Time".into(),
        name => format!("Time, {}", name.rsplit('/').next().unwrap_or(name).replace('_', " ")).into(),
    }
}

fn wide(line: &Line, scene: &Scene, zone: &Times) -> Row<'static> {
    let outcome = line.header.outcome;
    let told = format!("{} {outcome}", sign(outcome, &scene.theme));
    row(second(line.header.at, zone), line, text::Line::styled(told, style(outcome, &scene.theme)))
}

fn narrow(line: &Line, scene: &Scene, zone: &Times) -> Row<'static> {
    let outcome = line.header.outcome;
    let told = text::Line::styled(sign(outcome, &scene.theme), style(outcome, &scene.theme));
    row(short(line.header.at, scene.now, zone), line, told)
}

fn row(time: String, line: &Line, outcome: text::Line<'static>) -> Row<'static> {
    let cells = [time, line.who.clone(), line.what.clone()].into_iter().map(text::Line::from);
    Row::new(cells.chain([outcome]))
}
