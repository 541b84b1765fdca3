//! The mouse: what stands around the screen is the program's, the rest is the layer's.
use ratatui::layout::Position;

use super::App;
use crate::tui::acts::Act;
use crate::tui::chrome::Does;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::everywhere::{BINDINGS, Everywhere, MY_ACCOUNT};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{self, Input, Look};

impl App {
    pub(super) fn point(&mut self, mouse: Mouse) {
        let at = Position::new(mouse.column, mouse.row);
        let hit = self.hits.iter().find(|hit| hit.area.contains(at)).map(|hit| hit.does);
        // A box may lie over the navigation, and a question has to be answered before one goes elsewhere.
        let boxed = self.top().is_some_and(|top| top.layer.look() == Look::Dialog);
        let covered = |does: &Does| boxed && matches!(does, Does::Place(_) | Does::Account);
        let Some(does) = hit.filter(|does| mouse.kind == MouseKind::Down && !covered(does)) else {
            self.with_top(|layer, scene, acts| layer.input(&Input::Mouse(mouse), scene, acts));
            return;
        };
        self.message = None;
        match does {
            Does::Offer(index) => self.press(index),
            Does::Help => self.key(Key::plain(Code::F(1))),
            Does::Place(place) => self.apply_one(0, Act::Go(place)),
            Does::Account => {
                let offers = layer::offers(module_path!(), BINDINGS, &Everywhere, &self.scene);
                if let Some(offer) = offers.iter().find(|offer| offer.label == MY_ACCOUNT) {
                    self.everywhere(offer.index);
                }
            }
            // The layers above it are left as with Esc, one after another; a draft asks and ends that.
            Does::Crumb(depth) => {
                while self.stack.len() > depth {
                    let before = self.stack.len();
                    self.back();
                    if self.stack.len() >= before {
                        break;
                    }
                }
            }
        }
    }

    /// Presses a key of the program.
    pub(super) fn press_everywhere(&mut self, index: usize) {
        let offers = layer::offers(module_path!(), BINDINGS, &Everywhere, &self.scene);
        if let Some(offer) = offers.iter().find(|offer| offer.index == index) {
            self.choose_everywhere(offer);
        }
    }

    /// Presses the key that stands in the footer.
    pub(super) fn press(&mut self, index: usize) {
        let Some(top) = self.top() else { return };
        let id = top.id;
        let offers = top.layer.offers(&self.scene);
        let Some(offer) = offers.iter().find(|offer| offer.index == index) else { return };
        match offer.keys.first() {
            // Enter, Tab and the like may mean something to a field first; a letter would be typed into it.
            Some(key) if key.typed().is_none() => self.key(*key),
            _ => self.choose(id, offer),
        }
    }
}
