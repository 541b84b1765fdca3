//! One role in full: in words or as a matrix.
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::cells::{Extent, LEVELS, cell_in_words, matrix_rows, resources};
use super::entry::Entry;
use super::words::role_in_words;
use crate::domain::id::RoleId;
use crate::domain::permission::{PermissionSet, Resource};
use crate::domain::role::Role;
use crate::tui::event::Mouse;
use crate::tui::key::Key;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::line::draw_line;
use crate::tui::widget::matrix::{Matrix, MatrixCursor, MatrixRow};
use crate::tui::widget::pane::Pane;
use crate::tui::widget::tabs::{Tab, Tabs};

/// Lines of the tabs, with the empty one below them.
const TABS: u16 = 2;

/// Lines of the matrix's column heads.
const MATRIX_HEAD: u16 = 1;

/// Lines below the matrix: an empty one, what the cell means, and the signs.
const MATRIX_FOOT: u16 = 5;

/// How a role is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// In sentences.
    #[default]
    Words,
    /// Resource by resource.
    Matrix,
}

/// One role in full. What it says is worked out when another role, width or state of the organization is drawn.
#[derive(Default)]
pub(super) struct Detail {
    drawn: Option<(RoleId, u16)>,
    held: PermissionSet,
    words: Vec<Line<'static>>,
    resources: Vec<Resource>,
    rows: Vec<MatrixRow<'static>>,
    pane: Pane,
    cursor: MatrixCursor,
    view: View,
    extent: Extent,
}

impl Detail {
    pub const fn view(&self) -> View {
        self.view
    }

    pub const fn extent(&self) -> Extent {
        self.extent
    }

    pub fn show(&mut self, view: View) {
        self.view = view;
    }

    pub fn show_resources(&mut self, extent: Extent) {
        self.extent = extent;
        self.list_resources();
        self.cursor.select(0, &self.rows);
    }

    /// The organization changed: nothing that was worked out holds any more.
    pub fn forget(&mut self) {
        let place = self.drawn.take();
        self.drawn = place.map(|(role, _)| (role, 0));
    }

    /// Scrolls or moves; whether the key was for that.
    pub fn key(&mut self, key: &Key) -> bool {
        match self.view {
            View::Words => self.pane.key(key),
            View::Matrix => self.cursor.key(key, &self.rows),
        }
    }

    /// Whether the mouse was here.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        match self.view {
            View::Words => self.pane.mouse(mouse),
            View::Matrix => self.cursor.mouse(mouse, &self.rows),
        }
    }

    /// The lines that it takes to tell all of the role.
    pub fn height(&mut self, scene: &Scene, entry: &Entry, width: u16) -> u16 {
        let Some(role) = scene.org.role(entry.id) else { return 1 };
        self.refresh(scene, role, entry, width);
        let lines = match self.view {
            View::Words => self.words.len(),
            View::Matrix => self.rows.len() + usize::from(MATRIX_HEAD + MATRIX_FOOT),
        };
        u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(TABS)
    }

    /// Draws the role.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene, entry: &Entry, focus: Focus) {
        let Some(role) = scene.org.role(entry.id) else { return };
        let [tabs, _, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(1)]).areas(area);
        self.refresh(scene, role, entry, body.width);
        let labels = [Tab::new("In words"), Tab::new("Matrix")];
        Tabs::new(&labels, self.view as usize, &scene.theme).draw(tabs, buf);
        match self.view {
            View::Words => self.pane.draw(&self.words, body, buf, &scene.theme),
            View::Matrix => self.draw_matrix(body, buf, scene, focus),
        }
    }

    fn refresh(&mut self, scene: &Scene, role: &Role, entry: &Entry, width: u16) {
        if self.drawn == Some((role.id, width)) {
            return;
        }
        let another = self.drawn.is_none_or(|(drawn, _)| drawn != role.id);
        self.drawn = Some((role.id, width));
        self.held = role.permissions();
        self.words = role_in_words(scene, role, entry, width.saturating_sub(2));
        self.list_resources();
        if another {
            self.pane.to_top();
            self.cursor.select(0, &self.rows);
        }
    }

    fn list_resources(&mut self) {
        self.resources = resources(self.held, self.extent);
        self.rows = matrix_rows(self.held, &self.resources);
    }

    fn draw_matrix(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene, focus: Focus) {
        let theme = &scene.theme;
        let [matrix, _, about, legend] =
            Layout::vertical([Constraint::Min(3), Constraint::Length(1), Constraint::Length(3), Constraint::Length(1)])
                .areas(area);
        Matrix::new(&LEVELS, theme, focus).draw(&self.rows, matrix, buf, &mut self.cursor);
        let cell = self.cursor.at().and_then(|(row, level)| Some((*self.resources.get(row)?, level)));
        if let Some((resource, level)) = cell {
            let lines = cell_in_words(self.held, resource, level, theme, about.width);
            for (line, place) in lines.iter().zip(about.rows()) {
                draw_line(line, place, buf, theme);
            }
        }
        let glyphs = &theme.glyphs;
        let text = format!("{} on  {} off  {} not available", glyphs.on, glyphs.off, glyphs.not_available);
        draw_line(&Line::styled(text, theme.muted), legend, buf, theme);
    }
}
