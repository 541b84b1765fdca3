//! The dialog.
use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::keys::BINDINGS;
use super::outlook::Outlook;
use crate::command::ExportFormat;
use crate::domain::moment::{Ends, Period, WrongPeriod, zone_name};
use crate::domain::text::Shown;
use crate::engine::{Answer, Reply, Request, Ticket, Trouble, names_export};
use crate::ledger::export::Order;
use crate::ledger::fault::Fault;
use crate::ledger::progress::Progress;
use crate::tui::acts::{Acts, Tone};
use crate::tui::key::Code;
use crate::tui::layer::{Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::in_zone;
use crate::tui::widget::choice::{Choice, Choosable, Pick};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::response::Response;

/// Columns of its content.
const WIDTH: u16 = 70;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Format,
    From,
    To,
    Name,
}

/// The dialog that exports the audit trail.
pub struct ExportTrail {
    pub(super) form: Form<Ask>,
    /// The period that was counted or is being counted.
    period: Period,
    counting: Option<Ticket>,
    counted: Option<u64>,
    pub(super) waiting: Option<(Ticket, Progress)>,
    trouble: Option<String>,
}

impl ExportTrail {
    /// For the whole trail, as a report where the role may see what is in one.
    pub fn new(scene: &Scene) -> Self {
        let ready: Vec<_> = ExportFormat::ALL.into_iter().map(|format| may_take(scene, format)).collect();
        let options = ExportFormat::ALL.into_iter().zip(&ready).map(|(format, ready)| {
            let option = Choosable::new(format.name()).note(purpose(format));
            if let Ready::No(why) = ready { option.disabled(why.clone()) } else { option }
        });
        let first = ready.iter().rposition(|ready| *ready == Ready::Yes).unwrap_or(0);
        let mut choice = Choice::new(Pick::One, options).with(first);
        choice.select(first);
        let day = |label: &'static str, open: &'static str| Field::line(label).placeholder(open).limit(40);
        let name = scene.now.to_zoned(TimeZone::clone(&scene.zone)).strftime("audit-trail-%Y%m%d-%H%M").to_string();
        let form = Form::new()
            .choice(Ask::Format, "Format", choice)
            .field(Ask::From, day("From", "the founding"))
            .field(Ask::To, day("To", whole_day(&scene.zone)))
            .field(Ask::Name, Field::line("File name").with(&name).limit(100));
        Self { form, period: Period::default(), counting: None, counted: None, waiting: None, trouble: None }
    }

    pub(super) fn format(&self) -> ExportFormat {
        let chosen = self.form.get_choice(Ask::Format).and_then(Choice::chosen);
        chosen.and_then(|chosen| ExportFormat::ALL.get(chosen).copied()).unwrap_or(ExportFormat::JsonLines)
    }

    pub(super) fn period(&self, scene: &Scene) -> Result<Period, WrongPeriod> {
        Period::typed(&self.form.value(Ask::From), &self.form.value(Ask::To), &scene.zone)
    }

    /// Exports, unless something that was typed makes no sense.
    pub(super) fn export(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some(session) = scene.session.clone() else { return };
        let name = self.form.value(Ask::Name).trim().to_owned();
        let period = match self.period(scene) {
            Ok(period) => period,
            Err(error) => {
                let end = match error.end() {
                    Ends::From => Ask::From,
                    Ends::To => Ask::To,
                };
                self.form.refuse(end, format!("{error}. {}", error.hint()));
                return;
            }
        };
        if !names_export(&name) {
            self.form
                .refuse(Ask::Name, "This is no name for a file. Write one without slashes, colons and a dot in front.");
            return;
        }
        let (zone, progress) = (TimeZone::clone(&scene.zone), Progress::default());
        let order = Order { format: self.format(), period, zone, progress: progress.clone() };
        self.trouble = None;
        self.waiting = Some((acts.ask(Request::ExportTrail { session, order, name }), progress));
    }

    /// Counts again, when another period is meant than before.
    fn count(&mut self, scene: &Scene, acts: &mut Acts) {
        let Ok(period) = self.period(scene) else { return };
        if period != self.period {
            self.period = period;
            self.counted = None;
            self.counting = Some(acts.ask(Request::CountTrail { period }));
        }
    }

    fn exported(&mut self, answer: Answer, acts: &mut Acts) {
        match answer {
            Ok(Reply::Exported(exported)) => {
                let path = exported.path.to_string_lossy();
                let count = super::outlook::entries(exported.taken.entries);
                acts.close();
                acts.say(Tone::Done, format!("{count} exported to {}", Shown::new(&path)));
            }
            Ok(_) => {}
            Err(Trouble::Fault(fault @ Fault::Exists { .. })) => {
                self.form.refuse(Ask::Name, "A file with this name is there already. Choose another name.");
                tracing::debug!(%fault, "an export has a name that is taken");
            }
            Err(trouble) => self.trouble = Some(trouble.in_full()),
        }
    }

    fn lines(&self, scene: &Scene, width: u16) -> Vec<Line<'static>> {
        let outlook = Outlook {
            file: self.form.value(Ask::Name).trim().to_owned(),
            format: self.format(),
            counted: self.counted.filter(|_| self.period(scene).is_ok()),
            exporting: self.waiting.as_ref().map(|(_, progress)| progress.done()),
            trouble: self.trouble.clone(),
        };
        outlook.lines(scene).iter().flat_map(|line| wrap(line, width)).collect()
    }
}

/// Whether somebody may take the trail out in this form.
pub(super) fn may_take(scene: &Scene, format: ExportFormat) -> Ready {
    format.needs().into_iter().fold(Ready::Yes, |ready, need| ready.and(|| scene.may(need)))
}

/// What an open end means, and a day; another zone than UTC is named by the title.
fn whole_day(zone: &TimeZone) -> &'static str {
    match zone_name(zone) {
        "UTC" => "now; a day like 2026-03-31 is meant whole, in UTC",
        _ => "now; a day like 2026-03-31 is meant whole",
    }
}

const fn purpose(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::JsonLines => "everything, to check the chain",
        ExportFormat::Csv => "for spreadsheets",
        ExportFormat::Html => "to read and print",
    }
}

impl Layer for ExportTrail {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Export".into()
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn opened(&mut self, _: &Scene, acts: &mut Acts) {
        self.counting = Some(acts.ask(Request::CountTrail { period: self.period }));
    }

    fn leave(&self) -> Leave {
        if self.waiting.is_some() { Leave::Never } else { Leave::Now }
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        let response = match input {
            Input::Key(key) if self.waiting.is_some() => {
                return if key.ctrl || key.code == Code::Esc { Took::No } else { Took::Yes };
            }
            _ if self.waiting.is_some() => return Took::Yes,
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
        };
        self.count(scene, acts);
        match response {
            Response::Ignored | Response::Submitted => Took::No,
            Response::Refused(why) => {
                acts.say(Tone::Note, why);
                Took::Yes
            }
            Response::Taken | Response::Changed => Took::Yes,
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting.as_ref().is_some_and(|(waiting, _)| *waiting == ticket) {
            self.waiting = None;
            self.exported(answer, acts);
            return Ok(());
        }
        match answer {
            Ok(Reply::Counted(count)) => {
                if self.counting == Some(ticket) {
                    self.counted = Some(count);
                }
                Ok(())
            }
            other => Err(other),
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let width = WIDTH.min(area.width.saturating_sub(4));
        let lines = self.lines(scene, width);
        let said = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let size = Size { width, height: self.form.height(width, theme).saturating_add(said).saturating_add(1) };
        let buf = frame.buffer_mut();
        let foot = if self.waiting.is_some() { "Esc stops it" } else { "Enter goes on, Esc closes" };
        let inner = Dialog::new(in_zone("Export the audit trail", &scene.zone), theme).foot(foot).draw(size, area, buf);
        let content = Rect { height: inner.height.saturating_sub(said + 1), ..inner };
        let cursor = self.form.draw(content, buf, theme, scene.focus);
        for (line, y) in lines.iter().zip(content.bottom() + 1..inner.bottom()) {
            draw_line(line, Rect { y, height: 1, ..inner }, buf, theme);
        }
        if let Some(cursor) = cursor.filter(|_| scene.focus.is_here()) {
            frame.set_cursor_position(cursor);
        }
    }
}
