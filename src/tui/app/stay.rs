//! Who is signed in, from coming in to going out.
use super::App;
use crate::engine::Request;
use crate::ledger::actor::Session;
use crate::tui::acts::Place;
use crate::tui::screen;

impl App {
    pub(super) fn is_somebody_else(&self, session: &Session) -> bool {
        self.scene.person().is_some_and(|person| person.user != session.person().user)
    }

    /// Tells the engine that whoever was signed in is so no more.
    pub(super) fn end_session(&mut self) {
        if let Some(session) = self.scene.session.take() {
            self.acts.ask(Request::Leave { session });
            let acts = self.acts.take();
            self.apply(0, acts);
        }
    }

    pub(super) fn come_in(&mut self, session: Session) {
        let same = self.scene.person().map(|person| person.user) == Some(session.person().user);
        self.come_back();
        self.scene.session = Some(session);
        self.scene.wait();
        if same && self.entrance.is_none() {
            self.all_moved();
            return;
        }
        self.entrance = None;
        self.stack.clear();
        self.visits.clear();
        self.roots.clear();
        for place in Place::ALL {
            let layer = screen::root(place, &self.scene);
            let live = self.live(layer);
            self.roots.insert(place, live);
        }
        self.place = Place::Overview;
        self.arrive();
        self.tell_lately();
        self.offer_draft();
    }

    pub(super) fn go_out(&mut self) {
        self.come_back();
        self.scene.session = None;
        self.scene.wait();
        self.stack.clear();
        self.visits.clear();
        self.roots.clear();
        let layer = screen::entrance(&self.scene);
        self.entrance = Some(self.live(layer));
    }
}
