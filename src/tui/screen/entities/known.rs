//! What something was worked out from, so that it is worked out once.
use std::sync::Arc;

use crate::domain::access::Person;
use crate::domain::org::Org;
use crate::tui::scene::Scene;

/// The state of the organization and the person that something was worked out for.
#[derive(Default)]
pub(super) struct Known(Option<(Arc<Org>, Option<Person>)>);

impl Known {
    /// Takes notice of how things are now; whether that is news.
    pub fn renew(&mut self, scene: &Scene) -> bool {
        let person = scene.person();
        let same = self.0.as_ref().is_some_and(|(org, seen)| Arc::ptr_eq(org, &scene.org) && *seen == person);
        if !same {
            self.0 = Some((Arc::clone(&scene.org), person));
        }
        !same
    }
}
