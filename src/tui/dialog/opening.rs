//! What is shown while the organization that the program was started with is read.
use std::path::PathBuf;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::frame::boxed;
use crate::domain::text::Shown;
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::tui::acts::Acts;
use crate::tui::layer::{Binding, Layer, Leave, Look, bound};
use crate::tui::scene::Scene;

/// Opens a file beside the screen, and gives way to signing in.
pub struct Opening {
    path: PathBuf,
    since: Timestamp,
    trouble: Option<String>,
    asked: Option<Ticket>,
}

impl Opening {
    /// Opens this file.
    pub const fn new(path: PathBuf, since: Timestamp) -> Self {
        Self { path, since, trouble: None, asked: None }
    }
}

const BINDINGS: &[Binding<Opening>] = &[];

impl Layer for Opening {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Opening".into()
    }

    fn look(&self) -> Look {
        Look::Whole
    }

    fn leave(&self) -> Leave {
        Leave::Never
    }

    fn opened(&mut self, _: &Scene, acts: &mut Acts) {
        if self.asked.is_none() {
            self.asked = Some(acts.ask(Request::OpenFirst { path: self.path.clone() }));
        }
    }

    fn answered(&mut self, _: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        match answer {
            Ok(Reply::Opened) => {
                acts.close();
                acts.signed_out();
                Ok(())
            }
            Err(trouble) => {
                self.trouble = Some(trouble.in_full());
                Ok(())
            }
            other => Err(other),
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let name = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let lines = match &self.trouble {
            Some(trouble) => {
                vec![Line::styled(trouble.clone(), scene.theme.danger), Line::from("q ends rolodeck.")]
            }
            None => {
                let seconds = scene.now.duration_since(self.since).as_secs().max(0);
                let path = Shown::new(&self.path.to_string_lossy()).to_string();
                let taken = match seconds {
                    // Mostly it is over at once, and there is nothing to read.
                    0 => String::new(),
                    _ => format!("{seconds} s so far. A very large organization takes a few seconds. q ends rolodeck."),
                };
                vec![Line::from(path), Line::styled(taken, scene.theme.muted)]
            }
        };
        boxed(frame, area, scene, &format!("Opening {name}"), lines);
    }
}
