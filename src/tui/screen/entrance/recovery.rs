//! The organization's recovery code, shown this once.
use std::path::PathBuf;

use ratatui::text::{Line, Span};

use crate::domain::text::Shown;
use crate::engine::Request;
use crate::ledger::actor::Session;
use crate::ledger::secrets::Secret;
use crate::tui::theme::Theme;
use crate::tui::widget::toast::Tone;

/// A founded organization whose creator has not yet noted its recovery code.
pub(super) struct Recovery {
    /// The creator's, to go on with.
    pub(super) session: Session,
    code: Secret,
    /// The file that the code was saved to.
    pub(super) saved: Option<PathBuf>,
}

impl Recovery {
    pub(super) const fn new(session: Session, code: Secret) -> Self {
        Self { session, code, saved: None }
    }

    /// Asks to save the code.
    pub(super) fn save(&self) -> Request {
        Request::SaveRecoveryCode { code: self.code.clone() }
    }

    /// The code and what became of it.
    pub(super) fn lines(&self, theme: &Theme) -> Vec<Line<'static>> {
        let code = String::from_utf8_lossy(self.code.bytes()).into_owned();
        let mut lines = vec![Line::from(Span::styled(code, theme.accent)).centered()];
        if let Some(path) = self.saved_in() {
            lines.push(Line::default());
            lines.push(Tone::Done.line(format!("Saved in a file that only you can read: {path}"), theme));
            lines.push(Line::styled("Move it to where the organization's file is not.", theme.muted));
        }
        lines
    }

    /// Where the code was saved, as it may be shown.
    pub(super) fn saved_in(&self) -> Option<String> {
        self.saved.as_ref().map(|path| Shown::new(&path.to_string_lossy()).to_string())
    }
}
