//! Going to another day, and back.
use std::sync::Arc;

use super::App;
use crate::engine::Request;
use crate::tui::acts::{Place, Tone};
use crate::tui::chrome::Message;
use crate::tui::past::Day;

impl App {
    /// Shows another day in place of the present.
    pub(super) fn go_to(&mut self, day: Day) {
        // Somebody may have gone elsewhere while it was looked up.
        let today = matches!(self.place, Place::ChangeRequests | Place::AuditTrail);
        if self.scene.session.is_none() || today {
            return;
        }
        self.scene.now = day.past.at;
        self.scene.past = Some(day.past);
        self.scene.org = day.org;
        self.look_again();
    }

    /// Shows the present again; whether something else was shown.
    pub(super) fn come_back(&mut self) -> bool {
        if self.scene.past.take().is_none() {
            return false;
        }
        self.scene.now = self.scene.outside.now();
        self.scene.org = Arc::clone(self.scene.present());
        self.look_again();
        true
    }

    /// Everything shows another day; what is on top asks for what it cannot read from the scene.
    fn look_again(&mut self) {
        self.all_moved();
        self.with_top(|layer, scene, acts| layer.opened(scene, acts));
    }

    /// Shows the present again and says why, if something else was shown.
    pub(super) fn come_back_because(&mut self, why: Option<&str>) {
        if self.come_back() {
            let why = why.map(|why| format!(" {why}")).unwrap_or_default();
            self.message = Some(Message::new(Tone::Note, format!("This is how it is now.{why}")));
        }
    }
}

/// Why a destination shows the present alone.
pub(super) fn always_now(place: Place) -> Option<&'static str> {
    match place {
        Place::ChangeRequests => Some("Change requests are always those of the present."),
        Place::AuditTrail => Some("The audit trail is always read from the present."),
        Place::Overview | Place::Users | Place::Roles | Place::Entities | Place::Organization => None,
    }
}

/// Whether a request would change the organization, or is about how it is now.
pub(super) const fn is_about_now(request: &Request) -> bool {
    matches!(request, Request::Run { .. } | Request::ReadLetter { .. } | Request::Practise { .. })
}
