//! The screen: facts in sections, one below the other.
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::cover::Table;
use super::facts::{Fact, Section, identity, mail, numbers, storage};
use super::keys::{BINDINGS, may_take_note, practised};
use super::switches::security;
use crate::domain::access::Person;
use crate::domain::org::Org;
use crate::engine::{Answer, Ticket};
use crate::tui::acts::{Acts, Tone};
use crate::tui::layer::{Input, Layer, Offer, Took, bound, offer_for};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::wrap;
use crate::tui::widget::pane::Pane;

/// Columns of the labels.
const LABELS: usize = 18;

/// The organization itself.
pub struct Organization {
    /// What the numbers were counted from.
    seen: Option<(Arc<Org>, Option<Person>)>,
    numbers: Option<Section>,
    cover: Option<Table>,
    /// Whether the oldest use of the recovery code can be taken note of.
    pub(super) note: Ready,
    pub(super) pane: Pane,
    /// The answer to a wish to practise that is on its way.
    pub(super) practising: Option<Ticket>,
}

impl Organization {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self { seen: None, numbers: None, cover: None, note: Ready::Hidden, pane: Pane::default(), practising: None }
    }

    fn lines(&self, scene: &Scene, width: u16) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let told = |section: &Section| {
            let mut lines = vec![Line::styled(section.title, theme.heading)];
            lines.extend(section.facts.iter().flat_map(|fact| fact_lines(fact, theme, width)));
            lines
        };
        let parts = [
            identity(scene).as_ref().map(told),
            Some(security(scene, width)),
            self.cover.as_ref().map(|cover| cover.lines(theme, width)),
            self.numbers.as_ref().map(told),
            storage(scene).as_ref().map(told),
            mail(scene).as_ref().map(told),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        parts.join(&Line::default())
    }
}

/// A label with its values beside it, broken where there is too little room.
fn fact_lines(fact: &Fact, theme: &Theme, width: u16) -> Vec<Line<'static>> {
    let room = usize::from(width).saturating_sub(LABELS + 2).max(10);
    let room = u16::try_from(room).unwrap_or(u16::MAX);
    let values = fact.values.iter().flat_map(|value| wrap(&Line::styled(value.clone(), theme.text), room));
    let lines = values.enumerate().map(|(n, mut line)| {
        let label = if n == 0 { fact.label } else { "" };
        line.spans.insert(0, Span::styled(format!("  {label:LABELS$}"), theme.muted));
        line
    });
    lines.collect()
}

impl Layer for Organization {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Organization".into()
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let used = match input {
            Input::Key(key) => self.pane.key(key),
            Input::Mouse(mouse) => self.pane.mouse(mouse),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.practising != Some(ticket) {
            return Err(answer);
        }
        self.practising = None;
        match answer {
            Ok(reply) => acts.say(Tone::Done, practised(&reply)),
            Err(trouble) => return Err(Err(trouble)),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        let person = scene.person();
        let same = |(org, seen): &(Arc<Org>, Option<Person>)| Arc::ptr_eq(org, &scene.org) && *seen == person;
        if !self.seen.as_ref().is_some_and(same) {
            self.seen = Some((Arc::clone(&scene.org), person));
            self.numbers = Some(numbers(scene));
            self.cover = Some(Table::of(scene));
            self.note = may_take_note(scene);
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(1)]).areas(area);
        let buttons: Vec<_> =
            ["p", "c", "s", "e"].into_iter().filter_map(|key| button(key, &self.offers(scene))).collect();
        draw_buttons(&buttons, head, frame.buffer_mut(), &scene.theme);
        let lines = self.lines(scene, body.width.saturating_sub(2));
        self.pane.draw(&lines, body, frame.buffer_mut(), &scene.theme);
    }
}

/// The button of an offer, by its key.
fn button(key: &str, offers: &[Offer]) -> Option<Button<'static>> {
    let offer = offer_for(offers, key.parse().ok()?)?;
    let state = if offer.ready == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
    Some(Button::new(offer.label).key(*offer.keys.first()?).state(state))
}
