//! The four switches of four-eyes.
use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;

use super::hanging::toned;
use super::outlook::Outlook;
use super::switches::{PAYMENTS, switch};
use crate::command::ChangeFourEyes;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::security::Area;
use crate::engine::{Answer, Ticket};
use crate::tui::acts::{Acts, Tone};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Binding, Input, Layer, Leave, Look, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;
use crate::tui::widget::dialog::Dialog;
use crate::tui::widget::line::draw_line;
use crate::tui::widget::pane::Pane;

/// Columns of the dialog's content.
const WIDTH: u16 = 74;

/// The height from which every switch says what it covers.
const ROOMY: u16 = 26;

/// The dialog: a draft of the switches, and what saving it would do.
pub(super) struct Security {
    before: BTreeSet<Area>,
    areas: BTreeSet<Area>,
    selected: usize,
    /// Where each switch was drawn.
    places: Vec<(usize, Rect)>,
    outlook: Outlook,
    pane: Pane,
    waiting: Option<Ticket>,
}

impl Security {
    pub(super) fn new(scene: &Scene) -> Self {
        let before = scene.org.security().four_eyes.areas.clone();
        let areas = before.clone();
        let outlook = Outlook::of(scene, &areas);
        Self { before, areas, selected: 0, places: Vec::new(), outlook, pane: Pane::default(), waiting: None }
    }

    fn area(&self) -> Option<Area> {
        Area::ALL.get(self.selected).copied()
    }

    fn toggle(&mut self, scene: &Scene) {
        let Some(area) = self.area() else { return };
        if !self.areas.remove(&area) {
            self.areas.insert(area);
        }
        self.outlook = Outlook::of(scene, &self.areas);
        self.pane.to_top();
    }

    /// Selects the switch that was clicked, and turns the one that is selected already.
    fn click(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        let at = Position::new(mouse.column, mouse.row);
        let clicked = self.places.iter().find(|(_, place)| place.contains(at)).map(|(switch, _)| *switch);
        let Some(clicked) = clicked.filter(|_| mouse.kind == MouseKind::Down) else { return Took::No };
        if clicked != self.selected {
            self.selected = clicked;
            return Took::Yes;
        }
        match self.may_toggle() {
            Ready::No(why) => acts.say(Tone::Note, why),
            Ready::Yes | Ready::Hidden => self.toggle(scene),
        }
        Took::Yes
    }

    fn step(&mut self, down: bool) {
        let last = Area::ALL.len().saturating_sub(1);
        self.selected = if down { (self.selected + 1).min(last) } else { self.selected.saturating_sub(1) };
    }

    fn save(&mut self, scene: &Scene, acts: &mut Acts) {
        let on: Few = self.areas.iter().map(|area| area.name()).collect();
        let done = match on.is_empty() {
            true => "Four-eyes is off everywhere.".into(),
            false => format!("Four-eyes is on for {on}."),
        };
        self.waiting = acts.run(scene, ChangeFourEyes { areas: self.areas.clone() }, done);
    }

    fn idle(&self) -> Ready {
        if self.waiting.is_some() { Ready::No("The switches are being saved.".into()) } else { Ready::Yes }
    }

    fn may_toggle(&self) -> Ready {
        self.idle().and(|| match self.area().filter(|area| !area.protects()) {
            Some(area) => {
                let refusal = Refusal::NothingToProtect(area);
                Ready::No(format!("{refusal} {}", refusal.hint()))
            }
            None => Ready::Yes,
        })
    }

    fn may_save(&self) -> Ready {
        self.idle().and(|| self.outlook.refused.clone().map_or(Ready::Yes, Ready::No))
    }

    /// Where there is little room, what a switch covers is said of the selected one alone.
    fn switches(&self, theme: &Theme, width: u16, roomy: bool) -> Vec<(usize, Line<'static>)> {
        let switches = Area::ALL.into_iter().enumerate().flat_map(|(n, area)| {
            let lead = if n == self.selected { theme.glyphs.pointer } else { " " };
            let changed = self.areas.contains(&area) != self.before.contains(&area);
            let lead = format!("{lead}{}", if changed { "*" } else { " " });
            let about = if roomy || n == self.selected { area.about() } else { "" };
            let mut lines = switch(&lead, area, self.areas.contains(&area), about, theme, width);
            if n == self.selected {
                lines.iter_mut().for_each(|line| *line = std::mem::take(line).patch_style(theme.selected));
            }
            lines.into_iter().map(move |line| (n, line))
        });
        switches.collect()
    }

    fn outlook(&self, theme: &Theme, width: u16) -> Vec<Line<'static>> {
        if self.areas == self.before {
            return toned(crate::tui::widget::toast::Tone::Note, PAYMENTS.into(), 1, width, theme);
        }
        self.outlook.said.iter().flat_map(|(tone, text)| toned(*tone, text.clone(), 1, width, theme)).collect()
    }
}

const BINDINGS: &[Binding<Security>] = &[
    Binding {
        keys: &["space"],
        label: "On or off",
        about: "Switch four-eyes on or off for the selected area",
        ready: |dialog, _| dialog.may_toggle(),
        run: |dialog, scene, _| dialog.toggle(scene),
    },
    Binding {
        keys: &["enter"],
        label: "Save",
        about: "Save the switches, or ask a second person to approve them",
        ready: |dialog, _| dialog.may_save(),
        run: Security::save,
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Select the switch below",
        ready: |_, _| Ready::Yes,
        run: |dialog, _, _| dialog.step(true),
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Select the switch above",
        ready: |_, _| Ready::Yes,
        run: |dialog, _, _| dialog.step(false),
    },
    Binding {
        keys: &["pgdn"],
        label: "Read on",
        about: "Read on in what saving would do",
        ready: |dialog, _| Ready::when(dialog.pane.scrolls()),
        run: |dialog, _, _| {
            dialog.pane.key(&Key::plain(Code::PageDown));
        },
    },
    Binding {
        keys: &["pgup"],
        label: "Read back",
        about: "Read back in what saving would do",
        ready: |dialog, _| Ready::when(dialog.pane.scrolls()),
        run: |dialog, _, _| {
            dialog.pane.key(&Key::plain(Code::PageUp));
        },
    },
];

impl Layer for Security {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Security".into()
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        match input {
            Input::Mouse(mouse) if self.pane.mouse(mouse) => Took::Yes,
            Input::Mouse(mouse) => self.click(mouse, scene, acts),
            _ => Took::No,
        }
    }

    fn moved(&mut self, scene: &Scene) {
        self.before = scene.org.security().four_eyes.areas.clone();
        self.outlook = Outlook::of(scene, &self.areas);
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        if self.waiting != Some(ticket) {
            return Err(answer);
        }
        self.waiting = None;
        match answer {
            Ok(_) => {
                acts.close();
                Ok(())
            }
            Err(trouble) => {
                self.moved(scene);
                Err(Err(trouble))
            }
        }
    }

    fn leave(&self) -> Leave {
        if self.areas == self.before { Leave::Now } else { Leave::Ask("The switches are not saved yet.".into()) }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let width = WIDTH.min(area.width.saturating_sub(4));
        let foot = if self.waiting.is_some() { "Saving" } else { "Space On or off   Enter Save   Esc Cancel" };
        let switches = self.switches(theme, width, area.height >= ROOMY);
        let outlook = self.outlook(theme, width.saturating_sub(2));
        let above = u16::try_from(switches.len()).unwrap_or(u16::MAX).saturating_add(1);
        let below = u16::try_from(outlook.len()).unwrap_or(u16::MAX);
        let size = Size { width, height: above.saturating_add(below) };
        let inner = Dialog::new("Organization security", theme).foot(foot).draw(size, area, frame.buffer_mut());
        self.places.clear();
        for ((switch, line), place) in switches.iter().zip(inner.rows()) {
            frame.buffer_mut().set_style(place, theme.row);
            draw_line(line, place, frame.buffer_mut(), theme);
            self.places.push((*switch, place));
        }
        let above = above.min(inner.height);
        let rest = Rect { y: inner.y + above, height: inner.height - above, ..inner };
        self.pane.draw(&outlook, rest, frame.buffer_mut(), theme);
    }
}
