//! The other organizations on this machine.
use std::path::{Path, PathBuf};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text::Shown;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::list::{Item, List};
use crate::tui::widget::rows::Rows;

/// Files to choose from, by name.
#[derive(Default)]
pub(super) struct Organizations {
    files: Vec<PathBuf>,
    pub(super) rows: Rows,
}

impl Organizations {
    /// All but the open one.
    pub(super) fn refresh(&mut self, scene: &Scene) {
        let open = scene.view.as_ref().map(|view| &view.path);
        let before = self.selected().map(Path::to_path_buf);
        self.files = scene.organizations.iter().filter(|path| Some(*path) != open).cloned().collect();
        self.files.sort_by_key(|path| name(path));
        self.rows.clamp(self.files.len());
        if let Some(at) = before.and_then(|before| self.files.iter().position(|path| *path == before)) {
            self.rows.select(at);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The selected file.
    pub(super) fn selected(&self) -> Option<&Path> {
        self.files.get(self.rows.selected()?).map(PathBuf::as_path)
    }

    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene, focus: Focus) {
        let Self { files, rows } = self;
        List::new(&scene.theme, focus).draw(area, buf, rows, |index| {
            let Some(path) = files.get(index) else { return Item::default() };
            let folder = path.parent().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
            let folder = format!("  {}", Shown::new(&folder));
            let label = Shown::new(&name(path)).to_string();
            Item::new(Line::from(vec![Span::raw(label), Span::styled(folder, scene.theme.muted)]))
        });
    }
}

fn name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
