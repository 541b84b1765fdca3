//! The screen: facts in sections, one below the other.
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::edit::Edit;
use super::facts::{Fact, Section, identity, mail, numbers, storage};
use crate::domain::access::{Need, Person};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::tui::acts::{Acts, Tone};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Took, bound};
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
    pane: Pane,
}

impl Organization {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self { seen: None, numbers: None, pane: Pane::default() }
    }

    fn lines(&self, scene: &Scene, width: u16) -> Vec<Line<'static>> {
        let others = (identity(scene), storage(scene), mail(scene));
        let sections = [others.0.as_ref(), self.numbers.as_ref(), others.1.as_ref(), others.2.as_ref()];
        let mut lines = Vec::new();
        for section in sections.into_iter().flatten() {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(section.title, scene.theme.heading));
            lines.extend(section.facts.iter().flat_map(|fact| fact_lines(fact, &scene.theme, width)));
        }
        lines
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

fn edit_ready(_: &Organization, scene: &Scene) -> Ready {
    scene.may(Need::organization(Permission::ORGANIZATIONS_UPDATE))
}

const BINDINGS: &[Binding<Organization>] = &[
    Binding {
        keys: &["e"],
        label: "Edit",
        about: "Change the organization's name and its own mail domains",
        ready: edit_ready,
        run: |_, scene, acts: &mut Acts| {
            if let Some(row) = scene.org.organization() {
                acts.open(Edit::new(row));
            }
        },
    },
    Binding {
        keys: &["y"],
        label: "Copy path",
        about: "Copy the path of the organization's file",
        ready: |_, scene| Ready::when(scene.view.is_some()),
        run: |_, scene, acts| {
            if let Some(view) = &scene.view {
                acts.copy(view.path.to_string_lossy());
                acts.say(Tone::Done, "The path of the file was copied.");
            }
        },
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Read on",
        ready: |organization, _| Ready::when(organization.pane.scrolls()),
        run: |organization, _, _| {
            organization.pane.key(&Key::plain(Code::Down));
        },
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Read back",
        ready: |organization, _| Ready::when(organization.pane.scrolls()),
        run: |organization, _, _| {
            organization.pane.key(&Key::plain(Code::Up));
        },
    },
];

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

    fn moved(&mut self, scene: &Scene) {
        let person = scene.person();
        let same = |(org, seen): &(Arc<Org>, Option<Person>)| Arc::ptr_eq(org, &scene.org) && *seen == person;
        if !self.seen.as_ref().is_some_and(same) {
            self.seen = Some((Arc::clone(&scene.org), person));
            self.numbers = Some(numbers(scene));
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let [head, body] = Layout::vertical([Constraint::Length(1), Constraint::Min(1)]).areas(area);
        let state = if edit_ready(self, scene) == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
        let button = [Button::new("Edit").key(Key::char('e')).state(state)];
        draw_buttons(&button, head, frame.buffer_mut(), &scene.theme);
        let lines = self.lines(scene, body.width.saturating_sub(2));
        self.pane.draw(&lines, body, frame.buffer_mut(), &scene.theme);
    }
}
