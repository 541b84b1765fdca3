//! What every key does here. Enter does it.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::frame::middle;
use crate::domain::text::Shown;
use crate::tui::acts::{Acts, Tone, Whose};
use crate::tui::key::Code;
use crate::tui::layer::{Binding, Input, Layer, Look, Offer, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Focus;
use crate::tui::widget::line::{draw_line, wrap};

/// Lines that tell the selected line in full, with the rule above them.
const IN_FULL: usize = 4;

/// The height from which there is room for that.
const ROOMY: u16 = 12;

/// The list of keys of the layer below and of the program, searchable.
pub struct Help {
    items: Vec<(Whose, Offer)>,
    wanted: String,
    selected: usize,
    top: usize,
}

impl Help {
    /// Help for these offers.
    pub fn new(layer: Vec<Offer>, everywhere: Vec<Offer>) -> Self {
        let here = layer.into_iter().map(|offer| (Whose::Layer, offer));
        let items = here.chain(everywhere.into_iter().map(|offer| (Whose::Everywhere, offer))).collect();
        Self { items, wanted: String::new(), selected: 0, top: 0 }
    }

    fn found(&self) -> Vec<&(Whose, Offer)> {
        let wanted = self.wanted.to_lowercase();
        let fits = |offer: &Offer| {
            format!("{} {}", offer.label, offer.about).to_lowercase().contains(&wanted)
                || offer.keys.iter().any(|key| key.to_string().to_lowercase() == wanted)
        };
        self.items.iter().filter(|(_, offer)| fits(offer)).collect()
    }

    fn choose(&mut self, _: &Scene, acts: &mut Acts) {
        let Some((whose, offer)) = self.found().get(self.selected).map(|item| (*item).clone()) else { return };
        match offer.ready {
            Ready::No(why) => acts.say(Tone::Note, why),
            _ => acts.close_and_invoke(whose, offer.index),
        }
    }

    fn step(&mut self, down: bool) {
        let last = self.found().len().saturating_sub(1);
        self.selected = if down { (self.selected + 1).min(last) } else { self.selected.saturating_sub(1) };
    }

    fn line(&self, scene: &Scene, n: usize, item: &(Whose, Offer), width: usize) -> Line<'static> {
        let (whose, offer) = item;
        let theme = &scene.theme;
        let keys: Vec<_> = offer.keys.iter().map(ToString::to_string).collect();
        let about = about(scene, offer);
        let style = if matches!(offer.ready, Ready::No(_)) { theme.disabled } else { theme.text };
        let keys = Shown::new(&keys.join(" ")).pad(14);
        let place = if *whose == Whose::Layer { "" } else { "everywhere: " };
        let text = Shown::new(&format!("{place}{about}")).cut(width.saturating_sub(16)).into_owned();
        let pointer = if n == self.selected { theme.glyphs.pointer } else { " " };
        let line = Line::from(vec![
            Span::styled(pointer, theme.accent),
            Span::styled(keys, if matches!(offer.ready, Ready::No(_)) { theme.disabled } else { theme.key }),
            Span::styled(format!(" {text}"), style),
        ]);
        if n == self.selected { line.style(theme.selected) } else { line }
    }
}

/// What a key does, and why it does not now, if so.
fn about(scene: &Scene, offer: &Offer) -> String {
    match &offer.ready {
        Ready::No(why) => format!("{} {} {why}", offer.about, scene.theme.glyphs.dot),
        _ => offer.about.into(),
    }
}

/// The selected line below the list, where nothing of it is cut, under a rule.
fn in_full(scene: &Scene, (_, offer): &(Whose, Offer), width: u16) -> Vec<Line<'static>> {
    let theme = &scene.theme;
    let mut lines = vec![Line::styled(theme.glyphs.rule.repeat(usize::from(width)), theme.border)];
    lines.extend(wrap(&Line::styled(Shown::new(&about(scene, offer)).to_string(), theme.text), width));
    lines
}

const BINDINGS: &[Binding<Help>] = &[
    Binding {
        keys: &["enter"],
        label: "Do it",
        about: "Do what the selected line says",
        ready: |_, _| Ready::Yes,
        run: Help::choose,
    },
    Binding {
        keys: &["up"],
        label: "Up",
        about: "Select the line above",
        ready: |_, _| Ready::Yes,
        run: |help, _, _| help.step(false),
    },
    Binding {
        keys: &["down"],
        label: "Down",
        about: "Select the line below",
        ready: |_, _| Ready::Yes,
        run: |help, _, _| help.step(true),
    },
];

impl Layer for Help {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Help".into()
    }

    fn typing(&self) -> bool {
        true
    }

    fn look(&self) -> Look {
        Look::Dialog
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        match input {
            Input::Key(key) => match (key.code, key.typed()) {
                (Code::Backspace, _) => {
                    self.wanted.pop();
                }
                (_, Some(c)) => self.wanted.push(c),
                _ => return Took::No,
            },
            Input::Paste(text) => self.wanted.push_str(text.lines().next().unwrap_or_default()),
            Input::Mouse(_) => return Took::No,
        }
        (self.selected, self.top) = (0, 0);
        Took::Yes
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let place = middle(area, 76, area.height.saturating_sub(2).max(6));
        frame.render_widget(Clear, place);
        let block =
            scene.theme.frame(Focus::Here).title(" Keys ").title_bottom(" type to search, Enter does it, Esc closes ");
        let inner = block.inner(place);
        frame.render_widget(block, place);
        let found = self.found();
        let told = found.get(self.selected).map(|item| in_full(scene, item, inner.width)).unwrap_or_default();
        let in_full = if inner.height < ROOMY { 0 } else { IN_FULL };
        let room = usize::from(inner.height).saturating_sub(2 + in_full);
        let top = self.top.max((self.selected + 1).saturating_sub(room)).min(self.selected);
        let search = Line::from(vec![
            Span::styled("Search: ", scene.theme.muted),
            Span::styled(format!("{} ", Shown::new(&self.wanted)), scene.theme.input),
        ]);
        let mut lines = vec![search, Line::default()];
        let width = usize::from(inner.width);
        let shown = found.iter().enumerate().skip(top).take(room);
        lines.extend(shown.map(|(n, item)| self.line(scene, n, item, width)));
        if found.is_empty() {
            lines.push(Line::styled("No key does that. Shorten the search.", scene.theme.muted));
        }
        frame.render_widget(Paragraph::new(lines), inner);
        for (line, place) in told.iter().zip(inner.rows().skip(room + 2)) {
            draw_line(line, place, frame.buffer_mut(), &scene.theme);
        }
        self.top = top;
    }
}
