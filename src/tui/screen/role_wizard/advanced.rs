//! Advanced setup: every resource by READ, CREATE, UPDATE and DELETE.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::about::{about_cell, is_sensitive};
use super::board::{BoardLine, board, board_with, column, row};
use super::click::Click;
use super::draft::RoleDraft;
use super::filter::Filter;
use super::outlook::Outlook;
use super::simple::draw_outlook;
use crate::domain::catalogue::Group;
use crate::domain::permission::{Level, Permission, PermissionSet, Resource};
use crate::tui::event::Mouse;
use crate::tui::layer::{Input, Took};
use crate::tui::scene::Scene;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::matrix::{Cell, Matrix, MatrixCursor, MatrixRow};

/// The names of the levels.
const LEVELS: [&str; 4] = ["READ", "CREATE", "UPDATE", "DELETE"];

/// Columns from which on the description stands beside the matrix.
const WIDE: u16 = 110;

/// Lines of the description below the matrix.
const BELOW: u16 = 6;

/// Which permission is focused, and which resources are shown.
#[derive(Debug)]
pub struct AdvancedSetup {
    lines: Vec<BoardLine>,
    cursor: MatrixCursor,
    filter: Filter,
}

impl Default for AdvancedSetup {
    fn default() -> Self {
        let lines = board().to_vec();
        let cursor = MatrixCursor::new(LEVELS.len(), &shape(&lines));
        Self { lines, cursor, filter: Filter::default() }
    }
}

impl AdvancedSetup {
    /// The filter.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The filter, to change it.
    pub const fn filter_mut(&mut self) -> &mut Filter {
        &mut self.filter
    }

    /// The focused resource with the group that it stands under, and the focused level.
    pub fn focused(&self) -> Option<(Group, Resource, Level)> {
        let (row, level) = self.cursor.at()?;
        match self.lines.get(row)? {
            BoardLine::Group(_) => None,
            BoardLine::Resource(group, resource) => Some((*group, *resource, *Level::ALL.get(level)?)),
        }
    }

    /// The focused permission; none where the level is not offered.
    pub fn permission(&self) -> Option<Permission> {
        self.focused().and_then(|(_, resource, level)| Permission::of(resource, level))
    }

    /// Every permission on the focused resource.
    pub fn row(&self) -> PermissionSet {
        self.focused().map(|(_, resource, _)| row(resource)).unwrap_or_default()
    }

    /// The focused level on every resource that is shown.
    pub fn column(&self) -> PermissionSet {
        self.focused().map(|(.., level)| column(&self.lines, level)).unwrap_or_default()
    }

    /// Types into the filter, or moves; whether the input meant something here.
    pub fn input(&mut self, input: &Input) -> Took {
        if self.filter.input(input) == Took::Yes {
            self.find();
            return Took::Yes;
        }
        let used = matches!(input, Input::Key(key) if self.cursor.key(key, &shape(&self.lines)));
        if used { Took::Yes } else { Took::No }
    }

    /// A click or a turn of the wheel.
    pub fn mouse(&mut self, mouse: &Mouse) -> Click {
        let before = self.cursor.at();
        if self.cursor.mouse(mouse, &shape(&self.lines)) {
            Click::of(mouse, before == self.cursor.at())
        } else {
            Click::Missed
        }
    }

    /// Shows everything again.
    pub fn clear_filter(&mut self) {
        self.filter.clear();
        self.find();
    }

    /// Shows what the filter finds, and moves to what is called so: the focused resource, or the first one. Where only
    /// meanings are found, the focused resource stays focused if it is among them.
    fn find(&mut self) {
        let focused = self.focused().map(|(_, resource, _)| resource);
        let query = self.filter.query();
        self.lines = board_with(&query);
        let named = |resource: Resource| query.fits(&[resource.label(), resource.key()]);
        let better = |(_, resource): &(usize, Resource)| (named(*resource), Some(*resource) == focused);
        let resources = self.lines.iter().enumerate().filter_map(|(row, line)| match line {
            BoardLine::Group(_) => None,
            BoardLine::Resource(_, resource) => Some((row, *resource)),
        });
        let row = resources.rev().max_by_key(better).map_or(0, |(row, _)| row);
        self.cursor.select(row, &shape(&self.lines));
    }

    /// Draws the matrix, and what the focused permission is beside or below it.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, draft: &RoleDraft, outlook: &Outlook, scene: &Scene) {
        let theme = &scene.theme;
        let wide = area.width >= WIDE;
        let [matrix, gap, about] = if wide {
            Layout::horizontal([Constraint::Length(72), Constraint::Length(3), Constraint::Min(1)]).areas(area)
        } else {
            Layout::vertical([Constraint::Min(3), Constraint::Length(1), Constraint::Length(BELOW)]).areas(area)
        };
        self.draw_matrix(frame, matrix, draft, scene);
        let rule = if wide { theme.glyphs.track } else { theme.glyphs.rule };
        for place in gap.rows() {
            let x = if wide { place.x + 1 } else { place.x };
            let across = if wide { 1 } else { usize::from(place.width) };
            let line = Line::styled(rule.repeat(across), theme.border);
            draw_line(
                &line,
                Rect { x, width: place.width.saturating_sub(x - place.x), ..place },
                frame.buffer_mut(),
                theme,
            );
        }
        self.draw_about(frame, about, outlook, theme);
    }

    fn draw_matrix(&mut self, frame: &mut Frame<'_>, mut area: Rect, draft: &RoleDraft, scene: &Scene) {
        let theme = &scene.theme;
        if self.filter.is_on() {
            let found = self.lines.iter().filter(|line| matches!(line, BoardLine::Resource(..))).count();
            self.filter.draw(frame, Rect { height: area.height.min(1), ..area }, scene, &format!("{found} found"));
            area = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
        }
        if self.lines.is_empty() {
            let text = Line::styled("  No resource fits. Esc shows all of them again.", theme.muted);
            draw_line(&text, area, frame.buffer_mut(), theme);
            return;
        }
        let held = draft.permissions();
        let rows: Vec<_> = self.lines.iter().map(|line| matrix_row(*line, held, theme)).collect();
        Matrix::new(&LEVELS, theme, Focus::Here).draw(&rows, area, frame.buffer_mut(), &mut self.cursor);
    }

    fn draw_about(&self, frame: &mut Frame<'_>, area: Rect, outlook: &Outlook, theme: &Theme) {
        let Some((group, resource, level)) = self.focused() else { return };
        let lines = about_cell(outlook.own, group, resource, level, theme).lines(area.width);
        for (line, place) in lines.iter().zip(area.rows()) {
            draw_line(line, place, frame.buffer_mut(), theme);
        }
        let used = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
        let gap = u16::from(area.height > BELOW).min(area.height - used);
        let rest = Rect { y: area.y + used + gap, height: area.height - used - gap, ..area };
        draw_outlook(frame, rest, outlook, theme);
    }
}

/// Which lines have cells, for moving between them.
fn shape(lines: &[BoardLine]) -> Vec<MatrixRow<'static>> {
    let row = |line: &BoardLine| match line {
        BoardLine::Group(_) => MatrixRow::Heading(Line::default()),
        BoardLine::Resource(..) => MatrixRow::Cells(Line::default(), Vec::new()),
    };
    lines.iter().map(row).collect()
}

fn matrix_row(line: BoardLine, held: PermissionSet, theme: &Theme) -> MatrixRow<'static> {
    match line {
        BoardLine::Group(group) => MatrixRow::Heading(heading(group, held, theme)),
        BoardLine::Resource(_, resource) => {
            let cell = |level| match Permission::of(resource, level) {
                None => Cell::NotAvailable,
                Some(permission) if held.contains(permission) => Cell::On,
                Some(_) => Cell::Off,
            };
            let mut name = Line::from(resource.label());
            if row(resource).iter().any(is_sensitive) {
                name.spans.push(Span::styled(format!(" {}", theme.glyphs.sensitive), theme.sensitive));
            }
            MatrixRow::Cells(name, Level::ALL.map(cell).to_vec())
        }
    }
}

/// A group with how much of it is given, wherever in the matrix that stands.
fn heading(group: Group, held: PermissionSet, theme: &Theme) -> Line<'static> {
    let (all, given) = (group.permissions(), group.permissions().intersection(held));
    let sign = if given == all {
        Span::styled(theme.glyphs.on, theme.accent)
    } else if given.is_empty() {
        Span::styled(theme.glyphs.off, theme.muted)
    } else {
        Span::styled(theme.glyphs.partly, theme.accent)
    };
    let count = format!("  {} of {}", given.len(), all.len());
    Line::from(vec![sign, Span::raw(format!(" {}", group.name())), Span::styled(count, theme.muted)])
}
