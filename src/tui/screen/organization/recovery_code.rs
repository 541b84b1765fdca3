//! Renewing the recovery code: deciding, drawing, and showing the new one this once.
use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::{Command, RenewRecoveryCode, asks_second};
use crate::domain::text::Shown;
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::ledger::secrets::Secret;
use crate::tui::acts::Acts;
use crate::tui::dialog::boxed;
use crate::tui::layer::{Binding, Layer, Leave, Look, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::toast::Tone;

/// What the code is for.
const ABOUT: &str = "The recovery code is the way back when no Owner can sign in, or nobody can approve any more.";

/// How far it is.
enum Stage {
    /// Nothing happened yet.
    Asking,
    /// The new code, and the file that it was saved to.
    Drawn(Secret, Option<PathBuf>),
}

/// The dialog.
pub(super) struct RecoveryCode {
    stage: Stage,
    waiting: Option<Ticket>,
    trouble: Option<String>,
}

impl RecoveryCode {
    pub(super) const fn new() -> Self {
        Self { stage: Stage::Asking, waiting: None, trouble: None }
    }

    fn renew(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(session) = scene.session.clone() else { return };
        self.trouble = None;
        let request = match renewal(scene) {
            Some(command) => Request::Run { session, command },
            None => Request::DrawRecoveryCode { session },
        };
        self.waiting = Some(acts.ask(request));
    }

    fn save(&mut self, acts: &mut Acts) {
        if let Stage::Drawn(code, None) = &self.stage {
            self.waiting = Some(acts.ask(Request::SaveRecoveryCode { code: code.clone() }));
        }
    }

    fn replied(&mut self, reply: Reply, scene: &Scene, acts: &mut Acts) {
        match reply {
            Reply::RecoveryCode(code) => self.stage = Stage::Drawn(code, None),
            Reply::Saved(path) => {
                if let Stage::Drawn(_, saved) = &mut self.stage {
                    *saved = Some(path);
                }
            }
            // It was decided at once, so it can be drawn at once.
            Reply::Done(_) => {
                if let Some(session) = scene.session.clone() {
                    self.waiting = Some(acts.ask(Request::DrawRecoveryCode { session }));
                }
            }
            _ => acts.close(),
        }
    }

    fn idle(&self) -> Ready {
        if self.waiting.is_some() { Ready::No("Wait until this is finished.".into()) } else { Ready::Yes }
    }

    fn lines(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let mut lines = match &self.stage {
            Stage::Asking => asking(scene),
            Stage::Drawn(code, saved) => {
                let code = String::from_utf8_lossy(code.bytes()).into_owned();
                let mut lines = vec![
                    Line::styled("The old recovery code is dead from now on. This is the new one:", theme.text),
                    Line::default(),
                    Line::from(Span::styled(code, theme.accent)),
                    Line::default(),
                    Line::styled(
                        "It is shown now and never again. Keep it where the organization's file is not.",
                        theme.text,
                    ),
                ];
                if let Some(path) = saved {
                    let path = Shown::new(&path.to_string_lossy()).to_string();
                    lines.push(Tone::Done.line(format!("Saved in a file that only you can read: {path}"), theme));
                }
                lines
            }
        };
        lines.push(Line::default());
        if let Some(trouble) = &self.trouble {
            lines.push(Tone::Problem.line(Shown::new(trouble).to_string(), theme));
            lines.push(Line::default());
        }
        let foot = match (&self.stage, self.waiting) {
            (_, Some(_)) => format!("Working{}", theme.glyphs.ellipsis),
            (Stage::Asking, None) if renewal(scene).is_some() => "Enter Renew   Esc Cancel".into(),
            (Stage::Asking, None) => "Enter Draw   Esc Cancel".into(),
            (Stage::Drawn(_, None), None) => "s Save to a file   w I have written it down".into(),
            (Stage::Drawn(_, Some(_)), None) => "w Close".into(),
        };
        lines.push(Line::styled(foot, theme.muted));
        lines
    }
}

/// The command that decides about a new code, when that is not decided yet.
fn renewal(scene: &Scene) -> Option<Command> {
    let by = scene.person()?.user;
    (scene.org.security().code_due != Some(by)).then(|| RenewRecoveryCode { by }.into())
}

fn asking(scene: &Scene) -> Vec<Line<'static>> {
    let next = match renewal(scene) {
        None => "A new one was decided. Draw it, and the old one dies.",
        Some(command) if asks_second(&scene.org, &command).is_some() => {
            "Four-eyes is in use, so a second person decides first. Then you draw the new code here; until \
             then the old one stays valid."
        }
        Some(_) => "A new one is drawn and shown once, and the old one dies.",
    };
    vec![Line::from(ABOUT), Line::default(), Line::from(next)]
}

const BINDINGS: &[Binding<RecoveryCode>] = &[
    Binding {
        keys: &["enter"],
        label: "Renew",
        about: "Replace the recovery code by a new one",
        ready: |dialog, scene| {
            Ready::when(matches!(dialog.stage, Stage::Asking) && renewal(scene).is_some()).and(|| dialog.idle())
        },
        run: RecoveryCode::renew,
    },
    Binding {
        keys: &["enter"],
        label: "Draw",
        about: "Draw the new recovery code that was decided",
        ready: |dialog, scene| {
            Ready::when(matches!(dialog.stage, Stage::Asking) && renewal(scene).is_none()).and(|| dialog.idle())
        },
        run: RecoveryCode::renew,
    },
    Binding {
        keys: &["s"],
        label: "Save to a file",
        about: "Save the recovery code in a file that only you can read",
        ready: |dialog, _| match &dialog.stage {
            Stage::Asking => Ready::Hidden,
            Stage::Drawn(_, None) => dialog.idle(),
            Stage::Drawn(_, Some(path)) => {
                Ready::No(format!("It is saved in {}.", Shown::new(&path.to_string_lossy())))
            }
        },
        run: |dialog, _, acts| dialog.save(acts),
    },
    Binding {
        keys: &["w"],
        label: "I have written it down",
        about: "Close; the recovery code is never shown again",
        ready: |dialog, _| Ready::when(matches!(dialog.stage, Stage::Drawn(..))).and(|| dialog.idle()),
        run: |_, _, acts| acts.close(),
    },
];

impl Layer for RecoveryCode {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Recovery code".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(reply) => self.replied(reply, scene, acts),
            Err(trouble) => self.trouble = Some(trouble.in_full()),
        }
        Ok(())
    }

    fn leave(&self) -> Leave {
        match self.stage {
            _ if self.waiting.is_some() => Leave::Never,
            Stage::Asking => Leave::Now,
            Stage::Drawn(..) => Leave::Ask("The recovery code is shown only now, and the old one is dead.".into()),
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        boxed(frame, area, scene, "Recovery code", self.lines(scene));
    }
}
