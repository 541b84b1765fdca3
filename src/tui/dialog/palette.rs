//! Going anywhere and doing anything by typing what it is called.
mod item;
mod nouns;
mod things;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::finder::{Finder, Heard, Words};
use crate::tui::acts::{Act, Acts, Place, Tone};
use crate::tui::layer::{Binding, Input, Layer, Look, Offer, Took, Work, bound};
use crate::tui::scene::{Ready, Scene};
pub(super) use item::{Item, Matching};
use things::Things;

const WORDS: Words = Words {
    title: " Go to, or do ",
    foot: " users anna, invited expired, invite … Enter does it, Esc closes ",
    prompt: ": ",
    nothing: "Nothing is called that. Shorten what you typed, or press Esc.",
};

/// How many searches are kept.
const KEPT: usize = 50;

/// What was looked for before, the newest last. Only as long as the program runs: names of people are in it.
#[derive(Clone, Debug, Default)]
pub struct Searches(Vec<String>);

impl Searches {
    /// Keeps one more.
    pub fn keep(&mut self, text: String) {
        self.0.retain(|kept| *kept != text);
        self.0.push(text);
        if self.0.len() > KEPT {
            self.0.remove(0);
        }
    }
}

/// The palette.
pub struct Palette {
    finder: Finder,
    verbs: Vec<Item>,
    searches: Searches,
    /// Which of the searches is in the line; none while something of its own is.
    at: Option<usize>,
    things: Things,
    /// Nouns.
    nouns: Vec<Item>,
    /// Verbs that are called so, and how well that fits.
    called: Vec<(u16, Item)>,
    /// Verbs whose sentence has it in it.
    described: Vec<Item>,
    /// All of that, and people and things: nouns first, then what fits best.
    found: Vec<Item>,
}

impl Palette {
    /// A palette over what the layer, the program and the other destinations offer.
    pub fn new(here: Vec<Offer>, everywhere: Vec<Offer>, others: Vec<(Place, Vec<Offer>)>, searches: Searches) -> Self {
        let here = here.into_iter().map(Item::here);
        let everywhere = everywhere.into_iter().map(Item::everywhere);
        let others = others
            .into_iter()
            .flat_map(|(place, offers)| offers.into_iter().map(move |offer| Item::elsewhere(place, offer)));
        let verbs = here.chain(everywhere).chain(others).filter(Item::is_a_deed).collect();
        let mut palette = Self {
            finder: Finder::default(),
            verbs,
            searches,
            at: None,
            things: Things::default(),
            found: Vec::new(),
            described: Vec::new(),
            nouns: Vec::new(),
            called: Vec::new(),
        };
        palette.seek();
        palette
    }

    /// Looks for what is typed: at once among nouns and verbs, in slices among people and things.
    fn seek(&mut self) {
        let typed = self.finder.typed().trim().to_owned();
        self.things = Things::new(&typed);
        self.nouns = nouns::meant(&typed);
        let wanted = typed.to_lowercase();
        let mut matching = Matching::new(&typed);
        (self.called, self.described) = (Vec::new(), Vec::new());
        for item in &self.verbs {
            match matching.score(&item.name()) {
                Some(score) => self.called.push((score, item.clone())),
                None if item.says(&wanted) => self.described.push(item.clone()),
                None => {}
            }
        }
        self.order();
    }

    fn order(&mut self) {
        let things = self.things.found().iter().cloned();
        let mut fitting: Vec<_> = self.called.iter().cloned().chain(things).collect();
        fitting.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let fitting = fitting.into_iter().map(|(_, item)| item);
        self.found = self.nouns.iter().cloned().chain(fitting).chain(self.described.iter().cloned()).collect();
        self.finder.count(self.found.len());
    }

    fn choose(&mut self, _: &Scene, acts: &mut Acts) {
        let Some(item) = self.finder.selected().and_then(|row| self.found.get(row)).cloned() else { return };
        if let Ready::No(why) = item.ready() {
            return acts.say(Tone::Note, why.clone());
        }
        let typed = self.finder.typed().trim();
        if !typed.is_empty() {
            acts.push(Act::Remember(typed.to_owned()));
        }
        item.run(acts);
    }

    /// Up on the first row and an empty or remembered line brings back what was looked for before.
    fn up(&mut self) {
        let idle = self.finder.typed().is_empty() || self.at.is_some();
        match self.at.unwrap_or(self.searches.0.len()).checked_sub(1) {
            Some(at) if idle && self.finder.selected().unwrap_or(0) == 0 => self.recall(Some(at)),
            _ => self.finder.step(false),
        }
    }

    fn down(&mut self) {
        match self.at {
            Some(at) if self.finder.selected().unwrap_or(0) == 0 => {
                self.recall(Some(at + 1).filter(|at| *at < self.searches.0.len()));
            }
            _ => self.finder.step(true),
        }
    }

    fn recall(&mut self, at: Option<usize>) {
        let text = at.and_then(|at| self.searches.0.get(at)).cloned().unwrap_or_default();
        self.at = at;
        self.finder.set(&text);
        self.seek();
    }
}

const BINDINGS: &[Binding<Palette>] = &[
    Binding {
        keys: &["enter"],
        label: "Do it",
        about: "Go to, or do, what the selected line says",
        ready: |_, _| Ready::Yes,
        run: Palette::choose,
    },
    Binding {
        keys: &["up"],
        label: "Up",
        about: "Select the line above; on an empty line, what was looked for before",
        ready: |_, _| Ready::Yes,
        run: |palette, _, _| palette.up(),
    },
    Binding {
        keys: &["down"],
        label: "Down",
        about: "Select the line below",
        ready: |_, _| Ready::Yes,
        run: |palette, _, _| palette.down(),
    },
];

impl Layer for Palette {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Go to".into()
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
            Heard::Typed => {
                self.at = None;
                self.seek();
            }
            Heard::Chosen => self.choose(scene, acts),
            Heard::Moved => {}
        }
        Took::Yes
    }

    fn moved(&mut self, _: &Scene) {
        self.seek();
    }

    fn work(&mut self, scene: &Scene) -> Work {
        let more = self.things.search(scene);
        if more {
            self.order();
        }
        Work::shown(more)
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let told = self.finder.selected().and_then(|row| self.found.get(row)).map(|item| item.about(scene));
        let found = &self.found;
        let line = |row: usize, width| found.get(row).map(|item| item.line(&scene.theme, width)).unwrap_or_default();
        self.finder.draw(frame, area, scene, &WORDS, line, told);
    }
}
