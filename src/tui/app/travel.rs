//! Going somewhere else, and back to the row that one came from.
use super::{App, Live};
use crate::tui::acts::{Act, Aim, Place, Tone};
use crate::tui::chrome::Message;
use crate::tui::dialog::{Confirm, Help, Palette};
use crate::tui::everywhere::{BINDINGS, Everywhere};
use crate::tui::layer::{self, Leave, Offer};
use crate::tui::screen;

use super::past;

/// Somewhere that Esc leads back to.
pub(super) struct Visit {
    /// Where in the navigation.
    from: Place,
    /// What was open there.
    stack: Vec<Live>,
    /// The destination's screen as it was before something was shown in it.
    replaced: (Place, Live),
}

impl Visit {
    /// What was open, the last one on top.
    pub(super) fn stack(&self) -> &[Live] {
        &self.stack
    }

    /// The layers that wait in it.
    pub(super) fn layers(&mut self) -> impl Iterator<Item = &mut Live> {
        self.stack.iter_mut().chain(std::iter::once(&mut self.replaced.1))
    }
}

impl App {
    /// Goes to a destination and shows something there. What is open, drafts too, waits until Esc comes back.
    pub(super) fn visit(&mut self, place: Place, aim: &Aim) {
        if self.is_busy() {
            return;
        }
        let fresh = screen::root(place, &self.scene);
        let fresh = self.live(fresh);
        if let Some(root) = self.roots.insert(place, fresh) {
            let stack = std::mem::take(&mut self.stack);
            self.visits.push(Visit { from: self.place, stack, replaced: (place, root) });
        }
        self.go(place);
        self.with_top(|layer, scene, acts| layer.aim(aim, scene, acts));
    }

    /// Comes back from the newest visit; whether there was one.
    fn return_home(&mut self) -> bool {
        let Some(visit) = self.visits.pop() else { return false };
        let (place, root) = visit.replaced;
        self.roots.insert(place, root);
        self.place = visit.from;
        self.stack = visit.stack;
        self.all_moved();
        true
    }

    pub(super) fn back(&mut self) {
        let Some(live) = self.stack.last() else {
            if self.entrance.is_some() {
                let text = "There is nothing to go back to from here. Ctrl-C ends rolodeck.";
                self.message = Some(Message::new(Tone::Note, text.into()));
            } else if !self.return_home() {
                self.come_back_because(None);
            }
            return;
        };
        let id = live.id;
        match live.layer.leave() {
            Leave::Now => self.close(id),
            Leave::Ask(question) => self.push(Box::new(Confirm::leave(question, Act::CloseBoth))),
            Leave::Never => {}
        }
    }

    /// Whether something is open that has to be finished first; says so.
    fn is_busy(&mut self) -> bool {
        let busy = self.stack.iter().any(|live| matches!(live.layer.leave(), Leave::Never));
        if busy {
            self.message = Some(Message::new(Tone::Note, "Wait until this is finished.".into()));
        }
        busy
    }

    /// Goes away from everything open, or asks first.
    pub(super) fn leave_all(&mut self, then: Act) {
        if !matches!(then, Act::Quit) && self.is_busy() {
            return;
        }
        let waiting = self.visits.iter().rev().flat_map(|visit| visit.stack.iter().rev());
        let open = self.stack.iter().rev().chain(waiting).chain(&self.entrance);
        let question = open.map(|live| live.layer.leave()).find_map(|leave| match leave {
            Leave::Ask(question) => Some(question),
            Leave::Now | Leave::Never => None,
        });
        match question {
            Some(question) => self.push(Box::new(Confirm::leave(question, Act::Insist(Box::new(then))))),
            None => self.insist(then),
        }
    }

    fn go(&mut self, place: Place) {
        self.place = place;
        if let Some(why) = past::always_now(place) {
            self.come_back_because(Some(why));
        }
        self.arrive();
    }

    pub(super) fn insist(&mut self, act: Act) {
        self.stack.clear();
        while self.return_home() {
            self.stack.clear();
        }
        match act {
            Act::Go(place) => self.go(place),
            Act::GoAndInvoke(place, offer) => {
                self.go(place);
                self.with_top(|layer, scene, acts| layer.invoke(offer, scene, acts));
            }
            Act::Quit => {
                self.end_session();
                self.effects.push(crate::tui::terminal::Effect::Quit);
            }
            Act::SignedIn(session) => {
                self.end_session();
                self.come_in(session);
            }
            Act::SignedOut => {
                self.end_session();
                self.go_out();
            }
            _ => {}
        }
    }

    /// What the layer on top and the program offer now.
    fn offered(&self) -> (Vec<Offer>, Vec<Offer>) {
        let here = self.top().map(|top| top.layer.offers(&self.scene)).unwrap_or_default();
        (here, layer::offers(module_path!(), BINDINGS, &Everywhere, &self.scene))
    }

    pub(super) fn open_help(&mut self) {
        let (here, everywhere) = self.offered();
        self.push(Box::new(Help::new(here, everywhere)));
    }

    /// Opens the palette over what this layer and the program offer, and what the other destinations do.
    pub(super) fn open_palette(&mut self) {
        let (here, everywhere) = self.offered();
        let at_root = self.stack.is_empty();
        let others = self.roots.iter().filter(|(place, _)| **place != self.place || !at_root);
        let others = others.map(|(place, live)| (*place, live.layer.offers(&self.scene))).collect();
        let palette = Palette::new(here, everywhere, others, self.searches.clone());
        self.push(Box::new(palette));
    }
}
