//! The buttons below a page: whatever can be done there, reached with Tab as well as with its key.
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::bindings::BINDINGS;
use super::flow::{draw_flow, flow_height};
use super::front::Entrance;
use crate::tui::acts::{Acts, Tone};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Layer, Offer, Took, invoke};
use crate::tui::scene::{Ready, Scene};

impl Entrance {
    /// What has a button: everything but the way back.
    pub(super) fn buttons(&self, scene: &Scene) -> Vec<Offer> {
        self.offers(scene).into_iter().filter(|offer| !offer.keys.contains(&Key::plain(Code::Esc))).collect()
    }

    /// A key while a button has the keyboard.
    pub(super) fn key_on_button(&mut self, at: usize, key: Key, scene: &Scene, acts: &mut Acts) -> Took {
        let buttons = self.buttons(scene);
        match key.code {
            _ if key.ctrl || key.alt => return Took::No,
            Code::Enter | Code::Char(' ') => {
                if let Some(offer) = buttons.get(at) {
                    self.press(offer, scene, acts);
                }
            }
            Code::Tab | Code::Down | Code::Right => self.leave_button(at.checked_add(1), buttons.len()),
            Code::BackTab | Code::Up | Code::Left => self.leave_button(at.checked_sub(1), buttons.len()),
            _ => return Took::No,
        }
        Took::Yes
    }

    /// The keyboard goes to another button, or back into the page where there is something to fill in or choose.
    fn leave_button(&mut self, to: Option<usize>, buttons: usize) {
        let content = self.form().is_some() || self.rows().is_some();
        match to.filter(|to| *to < buttons) {
            Some(to) => self.button = Some(to),
            None if content => {
                self.button = None;
                if let Some(form) = self.form() {
                    if to.is_some() { form.focus_first() } else { form.focus_last() }
                }
            }
            None => self.button = Some(if to.is_some() { 0 } else { buttons.saturating_sub(1) }),
        }
    }

    /// The keyboard leaves the page for the first or the last button.
    pub(super) fn reach_button(&mut self, key: Key, scene: &Scene) -> Took {
        let last = self.buttons(scene).len().checked_sub(1);
        match (key.code, last) {
            (Code::Tab | Code::Down, Some(_)) => self.button = Some(0),
            (Code::BackTab | Code::Up, Some(last)) => self.button = Some(last),
            _ => return Took::No,
        }
        Took::Yes
    }

    /// A click on a button, if it is one.
    pub(super) fn click(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        let at = Position::new(mouse.column, mouse.row);
        let found = self.places.iter().find(|(_, place)| place.contains(at)).map(|(offer, _)| *offer);
        let offer = self.buttons(scene).into_iter().find(|offer| Some(offer.index) == found);
        match offer.filter(|_| mouse.kind == MouseKind::Down) {
            Some(offer) => self.press(&offer, scene, acts),
            None => return Took::No,
        }
        Took::Yes
    }

    fn press(&mut self, offer: &Offer, scene: &Scene, acts: &mut Acts) {
        match &offer.ready {
            Ready::No(why) => acts.say(Tone::Note, why.clone()),
            _ => invoke(BINDINGS, self, offer.index, scene, acts),
        }
    }

    /// Draws the buttons.
    pub(super) fn draw_buttons(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene) {
        let focused = self.button.filter(|_| scene.focus.is_here());
        self.places = draw_flow(&self.buttons(scene), focused, area, buf, &scene.theme);
    }

    /// Rows that the buttons need.
    pub(super) fn button_rows(&self, width: u16, scene: &Scene) -> u16 {
        flow_height(&self.buttons(scene), width, &scene.theme)
    }
}
