//! The form of the filters, over the trail.
use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::filters::{Filters, Part, Typed};
use crate::domain::org::Org;
use crate::ledger::entry::Outcome;
use crate::tui::layer::{Input, Took};
use crate::tui::scene::Scene;
use crate::tui::when::in_zone;
use crate::tui::widget::choice::{Choice, Choosable, Pick};
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::Form;

/// Columns of its content.
const WIDTH: u16 = 62;

/// Characters of an answer.
const LIMIT: usize = 100;

/// The form.
pub(super) struct FilterForm {
    form: Form<Part>,
}

impl FilterForm {
    /// With what was typed before; what is fixed is not asked for.
    pub fn new(typed: &Typed, fixed: Option<Part>) -> Self {
        let field = |form: Form<Part>, part: Part, typed: &str, hint: &'static str| {
            if fixed == Some(part) {
                return form;
            }
            form.field(part, Field::line(part.name()).with(typed).placeholder(hint).limit(LIMIT))
        };
        let form = field(Form::new(), Part::Who, &typed.who, "a name, or: person, system");
        let form = field(form, Part::What, &typed.what, "like: rename role, sign in, approve");
        let form = field(form, Part::About, &typed.about, "a name, or a kind: roles, users");
        let form = form.choice(Part::Outcome, Part::Outcome.name(), outcomes(&typed.outcomes));
        let form = field(form, Part::From, &typed.from, "2026-03-01 or 2026-03-01T12:00");
        let form = field(form, Part::To, &typed.to, "a day counts to its end");
        Self { form }
    }

    /// Keys for the questions; whether they were used.
    pub fn input(&mut self, input: &Input) -> Took {
        let response = match input {
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
        };
        if response.is_ignored() { Took::No } else { Took::Yes }
    }

    /// Goes to the next question, and after the last one to the first.
    pub fn go_on(&mut self) {
        self.form.focus_first();
    }

    /// Goes to the question before, and from the first one to the last.
    pub fn go_back(&mut self) {
        self.form.focus_last();
    }

    /// The filters that were typed; none when one of them is not understood, which is said beside it.
    pub fn read(&mut self, org: &Org, zone: &TimeZone) -> Option<Filters> {
        let chosen = self.form.get_choice(Part::Outcome).map(Choice::all_chosen).unwrap_or_default();
        let outcomes = chosen.iter().filter_map(|choice| Outcome::ALL.get(*choice)).copied().collect();
        let value = |part| self.form.value(part);
        let typed = Typed {
            who: value(Part::Who),
            what: value(Part::What),
            about: value(Part::About),
            outcomes,
            from: value(Part::From),
            to: value(Part::To),
        };
        match Filters::read(typed, org, zone) {
            Ok(filters) => Some(filters),
            Err((part, why)) => {
                self.form.refuse(part, why);
                None
            }
        }
    }

    /// Draws it in the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let width = WIDTH.min(area.width.saturating_sub(4));
        let size = Size { width, height: self.form.height(width, theme) };
        let dialog = Dialog::new(in_zone("Filters", &scene.zone), theme)
            .foot("Enter Show   Tab Next   Space Choose   Esc Cancel");
        let inner = dialog.draw(size, area, frame.buffer_mut());
        if let Some(cursor) = self.form.draw(inner, frame.buffer_mut(), theme, scene.focus) {
            frame.set_cursor_position(cursor);
        }
    }
}

fn outcomes(chosen: &[Outcome]) -> Choice {
    let choice = Choice::new(Pick::Several, Outcome::ALL.map(|outcome| Choosable::new(outcome.code())));
    let places = Outcome::ALL.iter().enumerate().filter(|(_, outcome)| chosen.contains(outcome));
    places.fold(choice, |choice, (place, _)| choice.with(place))
}
