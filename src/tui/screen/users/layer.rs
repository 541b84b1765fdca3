//! The screen as the program sees it.
use ratatui::Frame;
use ratatui::layout::Rect;

use super::screen::Users;
use crate::engine::{Answer, Ticket};
use crate::tui::acts::{Acts, Aim};
use crate::tui::layer::{Input, Layer, Offer, Took, Work};
use crate::tui::scene::Scene;

impl Layer for Users {
    fn crumb(&self, _: &Scene) -> String {
        "Users".into()
    }

    fn offers(&self, scene: &Scene) -> Vec<Offer> {
        self.offers_now(scene)
    }

    fn invoke(&mut self, offer: usize, scene: &Scene, acts: &mut Acts) {
        self.invoke_now(offer, scene, acts);
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.draw_all(frame, area, scene);
    }

    fn typing(&self) -> bool {
        self.is_typing()
    }

    fn input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        self.take_input(input, scene, acts)
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, _: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        self.take_answer(ticket, answer, acts)
    }

    fn aim(&mut self, aim: &Aim, scene: &Scene, _: &mut Acts) {
        self.aim_at(aim, scene);
    }

    fn moved(&mut self, scene: &Scene) {
        self.follow(scene);
    }

    fn fetch(&mut self, scene: &Scene, acts: &mut Acts) {
        self.ask(scene, acts);
    }

    fn work(&mut self, scene: &Scene) -> Work {
        if self.learn(scene) { Work::Unseen } else { Work::Done }
    }
}
