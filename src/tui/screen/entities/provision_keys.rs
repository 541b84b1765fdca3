//! The form for accounts as a screen: its keys, and how it is drawn.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Margin, Rect};
use ratatui::text::{Line, Span};

use super::facts::{counted, path};
use super::paragraphs::{draw_lines, height_of};
use super::provision::{Part, Provision};
use crate::domain::id::EntityId;
use crate::engine::{Answer, Ticket, Trouble};
use crate::tui::acts::Acts;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Leave, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::response::Response;
use crate::tui::widget::toast::Tone;

/// Columns before the name of the entity, in line with the fields below it.
const LABEL: u16 = 23;

/// The last accounts that are named.
const NAMED: usize = 6;

fn in_tree(provision: &Provision) -> Ready {
    Ready::when(provision.part == Part::Tree && !provision.search.is_typing())
}

fn at_entity(provision: &Provision, _: &Scene) -> Ready {
    Ready::when(provision.part == Part::Entity)
}

fn idle(provision: &Provision) -> Ready {
    match provision.waiting {
        None => Ready::Yes,
        Some(_) => Ready::No("The account is being provisioned.".into()),
    }
}

/// The entity, and what it belongs to.
fn called(scene: &Scene, entity: EntityId) -> Vec<Span<'static>> {
    let theme = &scene.theme;
    let mut path = path(scene, entity);
    let name = path.pop().unwrap_or_default();
    let mut spans = vec![Span::styled(name, theme.title)];
    if !path.is_empty() {
        let above = path.join(&format!(" {} ", theme.glyphs.crumb));
        spans.push(Span::styled(format!(" {} in {above}", theme.glyphs.dot), theme.muted));
    }
    spans
}

const BINDINGS: &[Binding<Provision>] = &[
    Binding {
        keys: &["enter"],
        label: "Provision account",
        about: "Go to the next question, and from the last one provision the account",
        ready: |provision, _| Ready::when(provision.part == Part::Form).and(|| idle(provision)),
        run: Provision::submit,
    },
    Binding {
        keys: &["enter", "space", "right"],
        label: "Choose entity",
        about: "Choose the entity that owns the account",
        ready: at_entity,
        run: |provision, scene, _| provision.choose(scene),
    },
    Binding {
        keys: &["tab", "down"],
        label: "Next",
        about: "Go to the first question",
        ready: at_entity,
        run: |provision, _, _| {
            provision.part = Part::Form;
            provision.form.focus_first();
        },
    },
    Binding {
        keys: &["shift-tab", "up"],
        label: "Last",
        about: "Go to the last question",
        ready: at_entity,
        run: |provision, _, _| {
            provision.part = Part::Form;
            provision.form.focus_last();
        },
    },
    Binding {
        keys: &["tab", "shift-tab", "up", "down"],
        label: "Entity",
        about: "Go to the entity",
        ready: |provision, _| Ready::when(provision.part == Part::Form),
        run: |provision, _, _| provision.part = Part::Entity,
    },
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the tree",
        about: "Go to the entities that match",
        ready: |provision, _| Ready::when(provision.part == Part::Tree && provision.search.is_typing()),
        run: |provision, _, _| provision.search.done(),
    },
    Binding {
        keys: &["enter"],
        label: "Take it",
        about: "Provision accounts of the selected entity",
        ready: |provision, scene| in_tree(provision).and(|| provision.targets.ready(scene)),
        run: |provision, scene, _| provision.take(scene),
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Show only entities with this in their name",
        ready: |provision, _| in_tree(provision),
        run: |provision, _, _| provision.search.begin(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show all entities again",
        ready: |provision, _| Ready::when(provision.part == Part::Tree && provision.search.is_on()),
        run: |provision, scene, _| {
            provision.search.clear();
            provision.targets.filter(None, &scene.org);
            provision.foresee(scene);
        },
    },
    Binding {
        keys: &["esc"],
        label: "As it was",
        about: "Leave the entity as it is",
        ready: |provision, _| {
            in_tree(provision).and(|| Ready::when(provision.entity.is_some() && !provision.search.is_on()))
        },
        run: |provision, scene, _| provision.leave_tree(scene),
    },
];

impl Provision {
    fn input_to_tree(&mut self, input: &Input, scene: &Scene) -> bool {
        if self.search.is_typing() {
            let response = self.search.input(input);
            if response == Response::Changed {
                self.targets.filter(self.search.wanted().as_deref(), &scene.org);
                self.foresee(scene);
            }
            return !response.is_ignored();
        }
        let used = match input {
            Input::Key(key) => self.targets.key(key),
            Input::Mouse(mouse) => self.targets.mouse(mouse),
            Input::Paste(_) => false,
        };
        self.foresee(scene);
        used
    }

    fn input_to_form(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> bool {
        let response = match input {
            Input::Key(key) => self.form.key(key),
            Input::Paste(text) => self.form.paste(text),
            Input::Mouse(mouse) => self.form.mouse(mouse),
        };
        self.answer(response, scene, acts)
    }

    fn entity_lines(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let here = self.part == Part::Entity;
        let pointer = if here { theme.glyphs.pointer } else { " " };
        let label = format!("{:width$}", "Entity", width = usize::from(LABEL) - 2);
        let style = if here { theme.accent } else { theme.muted };
        let mut spans = vec![Span::styled(format!("{pointer} "), theme.accent), Span::styled(label, style)];
        match self.entity {
            Some(entity) => spans.extend(called(scene, entity)),
            None => spans.push(Span::styled("none yet", theme.muted)),
        }
        let mut lines = vec![Line::from(spans)];
        if let Some(problem) = &self.problem {
            lines.push(Tone::Problem.line(problem.clone(), theme));
        }
        lines
    }

    fn made_line(&self, scene: &Scene) -> Option<Line<'static>> {
        let newest: Vec<String> = self.made.iter().rev().take(NAMED).map(|name| format!("“{name}”")).collect();
        let more = if self.made.len() > NAMED { ", …" } else { "" };
        let made = counted(self.made.len(), "account", "accounts");
        let text = format!("{made} provisioned here: {}{more}", newest.join(", "));
        (!self.made.is_empty()).then(|| Tone::Done.line(text, &scene.theme))
    }

    fn draw_tree(&mut self, area: Rect, frame: &mut Frame<'_>, scene: &Scene) {
        let theme = &scene.theme;
        let [head, tree] = Layout::vertical([Constraint::Length(1), Constraint::Min(1)]).areas(area);
        if self.search.is_on() {
            let found = format!("{} found", self.targets.matches());
            self.search.draw(&found, head, frame, scene);
        } else {
            let text = "Choose the entity that owns the account:";
            draw_line(&Line::styled(text, theme.heading), head, frame.buffer_mut(), theme);
        }
        let focus = Focus::when(!self.search.is_typing());
        self.targets.draw(tree, frame.buffer_mut(), scene, focus);
    }

    /// Lines that the entity and the questions take.
    fn form_height(&self, width: u16, scene: &Scene) -> u16 {
        let problem = self.entity_lines(scene).split_off(1);
        let below = height_of(&problem, width.saturating_sub(LABEL));
        self.form.height(width, &scene.theme).saturating_add(below).saturating_add(1)
    }

    fn draw_form(&mut self, area: Rect, frame: &mut Frame<'_>, scene: &Scene) {
        let theme = &scene.theme;
        let mut entity = self.entity_lines(scene);
        let problem = entity.split_off(1);
        let [first, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(1)]).areas(area);
        for line in &entity {
            draw_line(line, first, frame.buffer_mut(), theme);
        }
        let below = Rect { x: rest.x + LABEL.min(rest.width), width: rest.width.saturating_sub(LABEL), ..rest };
        let left = draw_lines(&problem, below, frame, theme);
        let rest = Rect { y: left.y, height: left.height, ..rest };
        let focus = Focus::when(self.part == Part::Form && scene.focus.is_here());
        if let Some(cursor) = self.form.draw(rest, frame.buffer_mut(), theme, focus) {
            frame.set_cursor_position(cursor);
        }
    }

    fn told(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        let said = self.outlook.iter().map(|line| Line::styled(line.clone(), theme.text));
        let mut lines: Vec<Line<'static>> = said.collect();
        if let Some(made) = self.made_line(scene) {
            lines.push(Line::default());
            lines.push(made);
        }
        lines
    }
}

impl Layer for Provision {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Provision account".into()
    }

    fn typing(&self) -> bool {
        self.part == Part::Form || self.search.is_typing()
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        if self.waiting.is_some() {
            return Took::No;
        }
        let used = match self.part {
            Part::Entity => false,
            Part::Tree => self.input_to_tree(input, scene),
            Part::Form => self.input_to_form(input, scene, acts),
        };
        if used { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, _: &mut Acts) -> Result<(), Answer> {
        let Some((_, name)) = self.waiting.take_if(|(asked, _)| *asked == ticket) else { return Err(answer) };
        match answer {
            Ok(_) => self.made(name, &scene.theme),
            Err(Trouble::Refused(refusal)) => {
                if let Some(refusal) = self.refused(refusal) {
                    return Err(Err(Trouble::Refused(refusal)));
                }
            }
            Err(trouble) => return Err(Err(trouble)),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        self.renew(scene);
    }

    fn leave(&self) -> Leave {
        if self.has_draft() {
            return Leave::Ask("The account that you are typing is not provisioned yet.".into());
        }
        Leave::Now
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let area = area.inner(Margin::new(1, 0));
        let told = self.told(scene);
        let told_height = height_of(&told, area.width).min(area.height / 2);
        let wanted = match self.part {
            Part::Tree => self.targets.height().saturating_add(1),
            Part::Entity | Part::Form => self.form_height(area.width, scene),
        };
        let rows = [
            Constraint::Length(wanted.min(area.height.saturating_sub(told_height + 2))),
            Constraint::Length(1),
            Constraint::Length(told_height),
            Constraint::Min(0),
            Constraint::Length(1),
        ];
        let [upper, _, below, _, foot] = Layout::vertical(rows).areas(area);
        match self.part {
            Part::Tree => self.draw_tree(upper, frame, scene),
            Part::Entity | Part::Form => self.draw_form(upper, frame, scene),
        }
        draw_lines(&told, below, frame, theme);
        if self.part == Part::Tree {
            return;
        }
        let state = if self.waiting.is_some() { ButtonState::Disabled } else { ButtonState::Ready };
        let label = if self.waiting.is_some() { "Provisioning" } else { "Provision account" };
        let button = Button::new(label).key(Key::plain(Code::Enter)).state(state);
        draw_buttons(&[button], foot, frame.buffer_mut(), theme);
    }
}
