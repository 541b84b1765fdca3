//! The dialog that asks where the table is.
use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::preview::{Preview, Source};
use crate::domain::import::{Kind, Table};
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::line::{draw_line, wrap};

/// Columns of its content.
const WIDTH: u16 = 70;

/// The dialog that asks for a file, and takes a pasted table in its place.
pub struct AskImport {
    kind: Kind,
    field: Field,
    waiting: Option<Ticket>,
}

impl AskImport {
    /// Asks for a table of such things.
    pub fn new(kind: Kind) -> Self {
        let field = Field::line("File").placeholder("a path, or paste the table itself").limit(4_096);
        Self { kind, field, waiting: None }
    }

    fn read(&mut self, _: &Scene, acts: &mut Acts) {
        let typed = self.field.value();
        let path = typed.trim();
        if path.is_empty() {
            self.field.set_problem(Some("Type the path of a file, or paste the table itself.".into()));
            return;
        }
        self.waiting = Some(acts.ask(Request::ReadImport { path: PathBuf::from(path) }));
    }

    /// Shows the verdicts on a table, or says why it is none.
    fn take(&mut self, bytes: &[u8], source: Source, scene: &Scene, acts: &mut Acts) {
        match Table::read(self.kind, bytes) {
            Ok(table) => acts.replace(Preview::new(table, source, scene)),
            Err(unread) => self.field.set_problem(Some(format!("{unread} {}", unread.hint()))),
        }
    }

    fn ready(&self) -> Ready {
        match self.waiting {
            None => Ready::Yes,
            Some(_) => Ready::No("The file is being read.".into()),
        }
    }
}

const BINDINGS: &[Binding<AskImport>] = &[Binding {
    keys: &["enter"],
    label: "Read",
    about: "Read the file and judge its lines; nothing is imported yet",
    ready: |ask, _| ask.ready(),
    run: AskImport::read,
}];

impl Layer for AskImport {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        format!("Import {}", self.kind.name())
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn leave(&self) -> Leave {
        if self.waiting.is_some() { Leave::Never } else { Leave::Now }
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if self.waiting.is_some() {
            return Took::No;
        }
        let response = match input {
            Input::Key(key) => self.field.key(key),
            // A path is one line, a table is several.
            Input::Paste(text) if text.trim().contains(['\n', '\r']) => {
                self.take(text.as_bytes(), Source::Paste, scene, acts);
                return Took::Yes;
            }
            Input::Paste(text) => self.field.paste(text.trim()),
            Input::Mouse(_) => return Took::No,
        };
        if response.is_ignored() { Took::No } else { Took::Yes }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(Reply::Read(bytes)) => self.take(&bytes, Source::File(self.field.value()), scene, acts),
            Ok(_) => {}
            Err(trouble) => self.field.set_problem(Some(trouble.in_full())),
        }
        Ok(())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let width = WIDTH.min(area.width.saturating_sub(4));
        let columns = self.kind.columns().join(",");
        let about = [
            format!("A table as a spreadsheet saves it (CSV, UTF-8). Its first line names the columns: {columns}"),
            "Every line is judged first; nothing is imported before you say so.".to_owned(),
        ];
        let about: Vec<_> = about.into_iter().flat_map(|text| wrap(&Line::styled(text, theme.muted), width)).collect();
        let said = u16::try_from(about.len()).unwrap_or(u16::MAX);
        let field = self.field.height(width, theme);
        let size = Size { width, height: field.saturating_add(said).saturating_add(1) };
        let foot = if self.waiting.is_some() { "Reading" } else { "Enter Read   Esc Cancel" };
        let dialog = Dialog::new(format!("Import {}", self.kind.name()), theme).foot(foot);
        let inner = dialog.draw(size, area, frame.buffer_mut());
        for (line, row) in about.iter().zip(inner.rows()) {
            draw_line(line, row, frame.buffer_mut(), theme);
        }
        let top = inner.y.saturating_add(said).saturating_add(1).min(inner.bottom());
        let place = Rect { y: top, height: inner.bottom().saturating_sub(top), ..inner };
        if let Some(cursor) = self.field.draw(place, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
    }
}
