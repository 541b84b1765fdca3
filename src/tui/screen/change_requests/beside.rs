//! The selected request in full, beside the list where there is room for both.
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::facts::Facts;
use super::telling::{self, Read};
use crate::domain::access::Person;
use crate::domain::id::ChangeRequestId;
use crate::domain::org::Org;
use crate::settings::ThemeName;
use crate::tui::scene::Scene;
use crate::tui::widget::line::draw_line;

/// The terminal's width from which both have room.
const WIDE: u16 = 150;

/// The most columns of the request: longer lines are hard to read.
const MOST: u16 = 72;

/// Columns between the two.
const RULE: u16 = 3;

/// What the lines were worked out from.
type From = (ChangeRequestId, Arc<Org>, Option<Person>, (u16, i64, ThemeName));

/// The lines of the selected request, worked out once as long as nothing changes.
#[derive(Default)]
pub(super) struct Beside {
    from: Option<From>,
    lines: Vec<Line<'static>>,
}

/// The room of the list and that of the request, where the terminal is wide enough.
pub(super) fn split(frame: &Frame<'_>, area: Rect) -> Option<(Rect, Rect)> {
    let request = RULE + MOST.min(area.width / 2);
    let [list, request] = Layout::horizontal([Constraint::Min(1), Constraint::Length(request)]).areas(area);
    (frame.area().width >= WIDE).then_some((list, request))
}

impl Beside {
    /// Draws the request behind a rule, as far as it has room.
    pub fn draw(&mut self, id: ChangeRequestId, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let room = Rect { x: area.x + RULE.min(area.width), width: area.width.saturating_sub(RULE), ..area };
        self.follow(id, scene, room.width);
        for place in area.rows() {
            frame.render_widget(Span::styled(theme.glyphs.track, theme.border), Rect { x: place.x + 1, ..place });
        }
        let whole = self.lines.len() <= usize::from(room.height);
        let shown = usize::from(room.height) - usize::from(!whole && room.height > 0);
        for (line, place) in self.lines.iter().take(shown).zip(room.rows()) {
            draw_line(line, place, frame.buffer_mut(), theme);
        }
        if let Some(place) = room.rows().next_back().filter(|_| !whole) {
            let text = format!("{} Enter shows all of it", theme.glyphs.ellipsis);
            draw_line(&Line::styled(text, theme.muted), place, frame.buffer_mut(), theme);
        }
    }

    fn follow(&mut self, id: ChangeRequestId, scene: &Scene, width: u16) {
        let look = (width, scene.now.as_second() / 60, scene.appearance.name);
        let same = |(of, org, person, drawn): &From| {
            *of == id && Arc::ptr_eq(org, &scene.org) && *person == scene.person() && *drawn == look
        };
        if !self.from.as_ref().is_some_and(same) {
            self.from = Some((id, Arc::clone(&scene.org), scene.person(), look));
            let facts = Facts::of(scene, id);
            self.lines = facts.map(|facts| telling::lines(&facts, scene, width, Read::Once)).unwrap_or_default();
        }
    }
}
