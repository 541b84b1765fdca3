//! How the verdicts on a table look.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::Line;

use super::lines;
use super::preview::{Preview, Show};
use crate::domain::import::Counts;
use crate::tui::key::Key;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::list::List;
use crate::tui::widget::progress::Progress;

/// From so many columns on, the selected line is told beside the others.
const WIDE: u16 = 110;

/// Lines about the selected line below the others, with the rule above them.
const DETAIL: u16 = 8;

/// Columns about the selected line beside the others.
const BESIDE: u16 = 52;

impl Preview {
    /// Draws everything.
    pub(super) fn draw_all(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let rows = [Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)];
        let [summary, body, foot] = Layout::vertical(rows).areas(area.inner(Margin::new(1, 0)));
        self.draw_summary(frame, summary, scene);
        if area.width < WIDE {
            let detail = DETAIL.min(body.height / 2);
            let [list, detail] = Layout::vertical([Constraint::Min(1), Constraint::Length(detail)]).areas(body);
            self.draw_list(frame, list, scene);
            let rule = Line::styled(scene.theme.glyphs.rule.repeat(usize::from(detail.width)), scene.theme.border);
            draw_line(&rule, detail, frame.buffer_mut(), &scene.theme);
            let inner = Rect { y: detail.y.saturating_add(1), height: detail.height.saturating_sub(1), ..detail };
            self.draw_detail(frame, inner, scene);
        } else {
            let sides = [Constraint::Min(1), Constraint::Length(1), Constraint::Length(BESIDE)];
            let [list, _, beside] = Layout::horizontal(sides).areas(body);
            self.draw_list(frame, list, scene);
            let block = scene.theme.frame(Focus::Elsewhere);
            let inner = block.inner(beside).inner(Margin::new(1, 0));
            frame.render_widget(block, beside);
            self.draw_detail(frame, inner, scene);
        }
        self.draw_foot(frame, foot, scene);
    }

    fn draw_summary(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        if self.search.is_on() {
            let found = format!("{} found", self.visible.len());
            self.search.draw(&found, area, frame, scene);
            return;
        }
        if let Some((done, of)) = self.progress() {
            Progress { words: "Judging (Esc leaves)", done, of }.draw(area, frame.buffer_mut(), theme);
            return;
        }
        let mut line = self.judged.as_ref().map(|judged| lines::counts(&judged.counts, theme)).unwrap_or_default();
        if self.show == Show::Problems {
            line.push_span(ratatui::text::Span::styled(format!("{} only problems", theme.glyphs.arrow), theme.accent));
        }
        draw_line(&line, area, frame.buffer_mut(), theme);
    }

    fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let room = usize::from(area.width.saturating_sub(4));
        let (visible, kind) = (&self.visible, self.kind());
        let all = self.judged.as_ref().map(|judged| judged.lines.as_slice()).unwrap_or_default();
        let empty = match &self.judged {
            None => String::new(),
            Some(judged) if judged.lines.is_empty() => "There is no line below the first one.".into(),
            Some(_) if self.search.is_on() => "No line has this in it. Press Esc to see all.".into(),
            Some(_) => {
                format!("No line has a problem. Press {} to see all.", scene.key(module_path!(), "All lines", 'f'))
            }
        };
        let list = List::new(theme, Focus::when(!self.search.is_typing())).when_empty(&empty);
        list.draw(area, frame.buffer_mut(), &mut self.rows, |row| {
            let line = visible.get(row).and_then(|at| all.get(*at));
            line.map(|line| lines::item(line, kind, room, theme)).unwrap_or_default()
        });
    }

    /// The selected line, and below it, where there is room, how often each problem is there.
    fn draw_detail(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let mut told = self.selected().map(|line| lines::sentences(line, self.kind(), theme)).unwrap_or_default();
        let counts = self.judged.as_ref().map(|judged| &judged.counts);
        if let Some(counts) = counts.filter(|counts| counts.refused > 0) {
            told.push(Line::default());
            told.push(Line::styled(refused(counts), theme.heading));
            told.extend(lines::problems(counts, theme));
        }
        let told = told.iter().flat_map(|line| wrap(line, area.width));
        for (line, row) in told.zip(area.rows()) {
            draw_line(&line, row, frame.buffer_mut(), theme);
        }
    }

    fn draw_foot(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let ready = self.ready(scene);
        let state = if ready == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
        let offer = self.offer();
        let button = Button::new(&offer).key(Key::char('c')).state(state);
        let places = draw_buttons(&[button], area, frame.buffer_mut(), theme);
        self.button = places.first().copied().unwrap_or_default();
        let room = Rect { width: self.button.x.saturating_sub(area.x + 1), ..area };
        let line = match (ready, &self.judged) {
            (Ready::No(why), _) => Line::styled(why, theme.muted),
            (_, Some(judged)) => Line::styled(format!("Creates {}.", judged.plan.words()), theme.ok),
            (_, None) => Line::default(),
        };
        draw_line(&line, room, frame.buffer_mut(), theme);
    }
}

fn refused(counts: &Counts) -> String {
    if counts.refused == 1 {
        "Why 1 line is left out".into()
    } else {
        format!("Why {} lines are left out", counts.refused)
    }
}
