//! What an export would come to, said before it is made.
use ratatui::text::Line;

use crate::command::ExportFormat;
use crate::domain::text::Shown;
use crate::engine::export_file;
use crate::ledger::telling::Addresses;
use crate::tui::scene::Scene;
use crate::tui::widget::toast;

/// What is known about the export.
pub(super) struct Outlook {
    /// The name of its file, without the ending.
    pub file: String,
    /// Its form.
    pub format: ExportFormat,
    /// How many entries are in the period, once that is known.
    pub counted: Option<u64>,
    /// How many bytes were written so far, while it is being made.
    pub exporting: Option<u64>,
    /// What went wrong.
    pub trouble: Option<String>,
}

impl Outlook {
    /// How much it is, where it goes, and what is in it.
    pub(super) fn lines(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let mut lines = Vec::new();
        let ellipsis = theme.glyphs.ellipsis;
        let count = match (self.counted, self.exporting) {
            (Some(count), Some(bytes)) => format!("Exporting {}{ellipsis} {}", entries(count), written(bytes)),
            (Some(count), None) => format!("{}; that you take them becomes an entry too", entries(count)),
            (None, Some(bytes)) => format!("Exporting{ellipsis} {}", written(bytes)),
            (None, None) => "The period is not clear yet".into(),
        };
        lines.push(Line::styled(count, theme.accent));
        if let Some(view) = &scene.view {
            let path = export_file(&view.path, &self.file, self.format);
            lines.push(Line::from(format!("Into {}", Shown::new(&path.to_string_lossy()))));
        }
        lines.push(match scene.person().map(|person| Addresses::for_person(&scene.org, person)) {
            Some(Addresses::Shown) => {
                let text = "Addresses are in it: give it to nobody who may not see the members.";
                toast::Tone::Warning.line(text, theme)
            }
            _ => Line::styled("Addresses are left out: your role lacks memberships:read.", theme.muted),
        });
        if let Some(trouble) = &self.trouble {
            lines.push(toast::Tone::Problem.line(trouble.clone(), theme));
        }
        lines
    }
}

/// How much was written so far.
fn written(bytes: u64) -> String {
    format!("{} kB so far", bytes.div_ceil(1000))
}

/// How many entries, in words.
pub(super) fn entries(count: u64) -> String {
    match count {
        0 => "No entries".into(),
        1 => "1 entry".into(),
        count => format!("{count} entries"),
    }
}
