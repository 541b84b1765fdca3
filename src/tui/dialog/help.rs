//! What every key does here. Enter does it.
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::finder::{Finder, Heard, Words};
use crate::domain::text::Shown;
use crate::tui::acts::{Acts, Tone, Whose};
use crate::tui::layer::{Binding, Input, Layer, Look, Offer, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;

const WORDS: Words = Words {
    title: " Keys ",
    foot: " type to search, Enter does it, Esc closes ",
    prompt: "Search: ",
    nothing: "No key does that. Shorten the search.",
};

/// The list of keys of the layer below and of the program, searchable.
pub struct Help {
    items: Vec<(Whose, Offer)>,
    finder: Finder,
}

impl Help {
    /// Help for these offers.
    pub fn new(layer: Vec<Offer>, everywhere: Vec<Offer>) -> Self {
        let here = layer.into_iter().map(|offer| (Whose::Layer, offer));
        let items: Vec<_> = here.chain(everywhere.into_iter().map(|offer| (Whose::Everywhere, offer))).collect();
        let mut finder = Finder::default();
        finder.count(items.len());
        Self { items, finder }
    }

    fn found(&self) -> Vec<&(Whose, Offer)> {
        let wanted = self.finder.typed().to_lowercase();
        let fits = |offer: &Offer| {
            format!("{} {}", offer.label, offer.about).to_lowercase().contains(&wanted)
                || offer.keys.iter().any(|key| key.to_string().to_lowercase() == wanted)
        };
        self.items.iter().filter(|(_, offer)| fits(offer)).collect()
    }

    fn selected(&self) -> Option<(Whose, Offer)> {
        self.found().get(self.finder.selected()?).map(|item| (*item).clone())
    }

    fn choose(&mut self, _: &Scene, acts: &mut Acts) {
        let Some((whose, offer)) = self.selected() else { return };
        match offer.ready {
            Ready::No(why) => acts.say(Tone::Note, why),
            Ready::Yes | Ready::Hidden => acts.close_and_invoke(whose, offer.index),
        }
    }
}

fn line(theme: &Theme, (whose, offer): &(Whose, Offer), width: usize) -> Line<'static> {
    let keys: Vec<_> = offer.keys.iter().map(|key| theme.glyphs.of_key(key)).collect();
    let refused = matches!(offer.ready, Ready::No(_));
    let keys = Shown::new(&keys.join(" ")).pad(14);
    let place = if *whose == Whose::Layer { "" } else { "everywhere: " };
    let text = format!("{place}{}", about(theme, offer));
    let text = Shown::new(&text).cut(width.saturating_sub(15)).into_owned();
    Line::from(vec![
        Span::styled(keys, if refused { theme.disabled } else { theme.key }),
        Span::styled(format!(" {text}"), if refused { theme.disabled } else { theme.text }),
    ])
}

/// What a key does, and why it does not now, if so.
pub(super) fn about(theme: &Theme, offer: &Offer) -> String {
    match &offer.ready {
        Ready::No(why) => format!("{} {} {why}", offer.about, theme.glyphs.dot),
        Ready::Yes | Ready::Hidden => offer.about.into(),
    }
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
        run: |help, _, _| help.finder.step(false),
    },
    Binding {
        keys: &["down"],
        label: "Down",
        about: "Select the line below",
        ready: |_, _| Ready::Yes,
        run: |help, _, _| help.finder.step(true),
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

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        match self.finder.input(input) {
            Heard::Nothing => return Took::No,
            Heard::Typed => self.finder.count(self.found().len()),
            Heard::Chosen => self.choose(scene, acts),
            Heard::Moved => {}
        }
        Took::Yes
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let told = self.selected().map(|(_, offer)| about(theme, &offer));
        let found: Vec<_> = self.found().into_iter().cloned().collect();
        let row =
            |index: usize, width: usize| found.get(index).map_or_else(Line::default, |item| line(theme, item, width));
        self.finder.draw(frame, area, scene, &WORDS, row, told);
    }
}
