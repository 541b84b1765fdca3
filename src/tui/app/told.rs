//! The top layer for those who are told what is there, in place of being shown it.
use ratatui::Frame;

use super::{App, LayerId};
use crate::tui::acts::{Tone, Whose};
use crate::tui::chrome;
use crate::tui::everywhere::{BINDINGS, Everywhere};
use crate::tui::layer::{self, Look, Offer};

/// What is told beside the page of the top layer.
pub struct Told {
    /// Names the layer.
    pub layer: LayerId,
    /// The path to it.
    pub crumbs: Vec<String>,
    /// What is said on every screen, and who is signed in.
    pub around: Vec<String>,
    /// What became of what was done last.
    pub message: Option<(Tone, String)>,
    /// What the layer offers.
    pub offers: Vec<Offer>,
    /// What the program offers.
    pub everywhere: Vec<Offer>,
}

impl App {
    /// What is told beside the page of the top layer.
    pub fn told(&self) -> Told {
        let top = self.top();
        let boxed = top.is_some_and(|live| live.layer.look() == Look::Dialog);
        let mut everywhere = layer::offers(module_path!(), BINDINGS, &Everywhere, &self.scene);
        everywhere.retain(|offer| !boxed || works_over_a_dialog(offer));
        let place = self.entrance.is_none().then_some(self.place);
        let crumbs = place.and_then(crate::tui::acts::Place::heading).map(str::to_owned);
        Told {
            layer: top.map_or(0, |live| live.id),
            crumbs: crumbs.into_iter().chain(self.layers().map(|live| live.layer.crumb(&self.scene))).collect(),
            around: chrome::around(&self.scene),
            message: self.message.as_ref().map(|message| (message.tone, message.text.clone())),
            offers: top.map(|live| live.layer.offers(&self.scene)).unwrap_or_default(),
            everywhere,
        }
    }

    /// Draws the top layer alone, on the whole of a page.
    pub fn draw_top(&mut self, frame: &mut Frame<'_>) {
        self.hits.clear();
        let Self { scene, entrance, roots, stack, place, .. } = self;
        let all = entrance.iter_mut().chain(roots.get_mut(place)).chain(stack.iter_mut());
        if let Some(top) = all.last() {
            scene.focus = crate::tui::theme::Focus::Here;
            top.layer.draw(frame, frame.area(), scene);
        }
    }

    /// Does what an offer says, or says why not.
    pub fn take_offer(&mut self, whose: Whose, index: usize) {
        self.message = None;
        self.changed = true;
        match whose {
            Whose::Layer => self.press(index),
            Whose::Everywhere => self.press_everywhere(index),
        }
    }

    /// Forgets what was said.
    pub fn hush(&mut self) {
        self.message = None;
    }

    /// Whether something was asked for and not answered yet.
    pub fn waits(&self) -> bool {
        !self.asked.is_empty() || !self.requests.is_empty()
    }
}

/// Whether a key of the program works while a dialog is open.
pub(super) fn works_over_a_dialog(offer: &Offer) -> bool {
    matches!(offer.label, "Back" | "Quit" | "Suspend" | "Keys")
}
