//! A box with a line to type into and the rows that fit what was typed.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::frame::middle;
use crate::domain::text::Shown;
use crate::tui::event::MouseKind;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Input;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::rows::{Rows, draw_scrollbar};

/// Characters that can be typed.
const LIMIT: usize = 120;

/// Lines that tell the selected row in full, with the rule above them.
const IN_FULL: u16 = 4;

/// The height from which there is room for that.
const ROOMY: u16 = 12;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Something else is looked for now.
    Typed,
    /// Another row is selected.
    Moved,
    /// The selected row was clicked again.
    Chosen,
    /// It means nothing here.
    Nothing,
}

/// What was typed, and which row is selected.
#[derive(Default)]
pub(super) struct Finder {
    typed: String,
    rows: Rows,
}

/// The words around the rows.
pub(super) struct Words {
    /// In the upper border.
    pub title: &'static str,
    /// In the lower border.
    pub foot: &'static str,
    /// Before what is typed.
    pub prompt: &'static str,
    /// In the place of rows when there are none.
    pub nothing: &'static str,
}

impl Finder {
    /// What is looked for.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Looks for this.
    pub fn set(&mut self, text: &str) {
        self.typed = text.chars().take(LIMIT).collect();
        self.rows.select(0);
    }

    /// The selected row, when there is one.
    pub fn selected(&self) -> Option<usize> {
        self.rows.selected()
    }

    /// There are so many rows now.
    pub fn count(&mut self, rows: usize) {
        self.rows.clamp(rows);
    }

    /// Selects the row above or below.
    pub fn step(&mut self, down: bool) {
        self.rows.key(&Key::plain(if down { Code::Down } else { Code::Up }));
    }

    /// Types, pages, or points.
    pub fn input(&mut self, input: &Input) -> Heard {
        let before = self.rows.selected();
        match input {
            Input::Key(key) if *key == Key::ctrl('u') => self.set(""),
            Input::Key(key) => match (key.code, key.typed()) {
                (Code::Backspace, _) => {
                    self.typed.pop();
                    self.rows.select(0);
                }
                (Code::PageUp | Code::PageDown | Code::Home | Code::End, _) => {
                    self.rows.key(key);
                    return Heard::Moved;
                }
                (_, Some(c)) => self.push(c),
                _ => return Heard::Nothing,
            },
            Input::Paste(text) => text.lines().next().unwrap_or_default().chars().for_each(|c| self.push(c)),
            Input::Mouse(mouse) if !self.rows.mouse(mouse) => return Heard::Nothing,
            Input::Mouse(mouse) if mouse.kind == MouseKind::Down && before == self.rows.selected() => {
                return Heard::Chosen;
            }
            Input::Mouse(_) => return Heard::Moved,
        }
        Heard::Typed
    }

    fn push(&mut self, c: char) {
        if self.typed.chars().count() < LIMIT {
            self.typed.push(c);
        }
        self.rows.select(0);
    }

    /// Draws it; each visible row as a line of so many columns, and the selected one below in full.
    pub fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene,
        words: &Words,
        row: impl Fn(usize, usize) -> Line<'static>,
        in_full: Option<String>,
    ) {
        let theme = &scene.theme;
        let place = middle(area, 76, area.height.saturating_sub(2).max(6));
        frame.render_widget(Clear, place);
        let block = theme.frame(Focus::Here).title(words.title).title_bottom(words.foot);
        let inner = block.inner(place);
        frame.render_widget(block, place);
        let full = if inner.height < ROOMY { 0 } else { IN_FULL };
        let parts = [Constraint::Length(2), Constraint::Min(1), Constraint::Length(full)];
        let [search, list, told] = Layout::vertical(parts).areas(inner);
        let typed = Line::from(vec![
            Span::styled(words.prompt, theme.muted),
            Span::styled(format!("{} ", Shown::new(&self.typed)), theme.typing),
        ]);
        draw_line(&typed, search, frame.buffer_mut(), theme);
        if self.rows.is_empty() {
            draw_line(&Line::styled(words.nothing, theme.muted), list, frame.buffer_mut(), theme);
        }
        let selected = self.rows.selected();
        let width = usize::from(list.width.saturating_sub(1));
        for (index, place) in self.rows.visible(list) {
            let chosen = selected == Some(index);
            let pointer = if chosen { theme.glyphs.pointer } else { " " };
            let mut line = row(index, width.saturating_sub(1));
            line.spans.insert(0, Span::styled(pointer, theme.accent));
            let line = line.style(if chosen { theme.selected } else { theme.row });
            draw_line(&line, Rect { width: place.width.saturating_sub(1), ..place }, frame.buffer_mut(), theme);
        }
        draw_scrollbar(self.rows.offset(), self.rows.len(), list, frame.buffer_mut(), theme);
        let Some(text) = in_full.filter(|_| full > 0) else { return };
        let mut lines = vec![Line::styled(theme.glyphs.rule.repeat(usize::from(told.width)), theme.border)];
        lines.extend(wrap(&Line::styled(Shown::new(&text).to_string(), theme.text), told.width));
        for (line, place) in lines.iter().zip(told.rows()) {
            draw_line(line, place, frame.buffer_mut(), theme);
        }
    }
}
