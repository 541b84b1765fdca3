//! When users signed in last. The log knows; it is asked for one user at a time, and an answer holds until the log grows.
use std::collections::HashMap;

use jiff::Timestamp;

use crate::domain::id::UserId;
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::tui::acts::Acts;
use crate::tui::scene::Scene;

/// An answer, and the newest entry of the log when it was asked for.
struct Known {
    head: u64,
    at: Option<Timestamp>,
}

/// Who was asked about, and which other day, if one is shown.
type Asked = (UserId, Option<u64>);

fn asked(user: UserId, scene: &Scene) -> Asked {
    (user, scene.past.map(|past| past.head.seq))
}

/// What is known so far.
#[derive(Default)]
pub struct LastSignIns {
    known: HashMap<Asked, Known>,
    asked: Option<(Ticket, Asked, u64)>,
}

impl LastSignIns {
    /// The last sign-in of a user: none when it is not known yet, then none when there was none.
    pub fn of(&self, user: UserId, scene: &Scene) -> Option<Option<Timestamp>> {
        self.known.get(&asked(user, scene)).map(|known| known.at)
    }

    /// Asks for a user, if that is worth it. While an answer is outstanding nothing else is asked: whoever runs down a
    /// long list asks for where they stop.
    pub fn want(&mut self, user: UserId, scene: &Scene, acts: &mut Acts) {
        let head = scene.head().map_or(0, |head| head.seq);
        let about = asked(user, scene);
        let fresh = self.known.get(&about).is_some_and(|known| known.head == head);
        if self.asked.is_none() && !fresh {
            let ticket = acts.ask(Request::LastSignIn { user, upto: head });
            self.asked = Some((ticket, about, head));
        }
    }

    /// Takes the answer, if it is one to this.
    ///
    /// # Errors
    /// The answer, when it is not.
    pub fn answered(&mut self, ticket: Ticket, answer: Answer) -> Result<(), Answer> {
        let Some((_, about, head)) = self.asked.take_if(|(asked, ..)| *asked == ticket) else { return Err(answer) };
        match answer {
            Ok(Reply::LastSignIn(at)) => {
                self.known.insert(about, Known { head, at });
                Ok(())
            }
            other => Err(other),
        }
    }
}
