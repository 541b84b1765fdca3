//! What a layer sees when it draws or acts.
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::tui::when::Times;
use jiff::Timestamp;

use crate::domain::access::{Decision, Need, Person, decide};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::scope::Place;
use crate::domain::user::User;
use crate::engine::{Change, View};
use crate::ledger::actor::Session;
use crate::ledger::store::Head;
use crate::outside::Outside;
use crate::tui::appearance::Appearance;
use crate::tui::key::Key;
use crate::tui::keymap::screen_of;
use crate::tui::past::Past;
use crate::tui::theme::{Focus, Theme};
use crate::tui::waiting::Waiting;

/// Whether a binding can be used now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ready {
    /// Yes.
    Yes,
    /// No, and why: shown dimmed, and said when the key is pressed.
    No(String),
    /// It makes no sense here and is not shown.
    Hidden,
}

impl Ready {
    /// `Yes`, or `Hidden` when the condition does not hold.
    pub const fn when(condition: bool) -> Self {
        if condition { Self::Yes } else { Self::Hidden }
    }

    /// This, if it is a yes; else why not.
    #[must_use]
    pub fn and(self, then: impl FnOnce() -> Self) -> Self {
        if self == Self::Yes { then() } else { self }
    }
}

/// How fast keys come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pace {
    /// What is shown can be read.
    #[default]
    Reading,
    /// Faster than anybody reads.
    Hasty,
}

/// Everything outside of a layer that it may look at.
pub struct Scene {
    /// The newest state of the organization, if there is one.
    pub view: Option<View>,
    /// The organization that is shown: that of the newest state, or that of another day; empty before there is one.
    pub org: Arc<Org>,
    /// Which other day is shown, if one is.
    pub past: Option<Past>,
    /// Who is signed in.
    pub session: Option<Session>,
    /// The time of the newest tick, or of the other day that is shown.
    pub now: Timestamp,
    /// The time zone that people go by.
    pub zone: Times,
    /// The clock and randomness for new ids.
    pub outside: Outside,
    /// Styles and symbols, as [`Appearance::theme`] makes them.
    pub theme: Theme,
    /// What the settings and the terminal say about looks and keys.
    pub appearance: Appearance,
    /// Whether the layer that is being drawn has the keyboard: only there a cursor stands.
    pub focus: Focus,
    /// How fast keys come.
    pub pace: Pace,
    /// Whether anything may be changed in this run.
    pub change: Change,
    /// The files of the organizations that this run can open; none when it shows a sample alone.
    pub organizations: Vec<PathBuf>,
    /// What was answered about the organization as it is.
    pub answers: Answers,
    /// What waits for the person at the keyboard.
    pub waiting: Waiting,
}

/// Why a person was denied something: found once for each state of the organization, because who could grant it is a
/// question to everybody in it.
#[derive(Default)]
pub struct Answers(RefCell<HashMap<(Person, Need), String>>);

impl Answers {
    /// The organization changed: nothing that was answered holds any more.
    pub fn forget(&mut self) {
        self.0.get_mut().clear();
    }
}

impl Scene {
    /// Looks again at what waits for the person at the keyboard.
    pub fn wait(&mut self) {
        let now = if self.past.is_some() { self.outside.now() } else { self.now };
        let waiting = self.person().map(|person| Waiting::of(self.present(), person, now));
        self.waiting = waiting.unwrap_or_default();
    }

    /// The key to show on a button of the screen that a module belongs to, which usually has this one.
    pub fn key(&self, module: &'static str, label: &'static str, usual: char) -> Key {
        self.appearance.keymap.shown(screen_of(module), label, Key::char(usual))
    }

    /// The signed-in person with their active role.
    pub fn person(&self) -> Option<Person> {
        self.session.as_ref().map(Session::person)
    }

    /// The signed-in user.
    pub fn user(&self) -> Option<&User> {
        self.present().user(self.person()?.user)
    }

    /// The active role.
    pub fn role(&self) -> Option<&Role> {
        self.present().role(self.person()?.role)
    }

    /// The organization as it is now, whatever day is shown: who is at the keyboard, and what they may see, is decided by
    /// it alone.
    pub fn present(&self) -> &Arc<Org> {
        self.view.as_ref().map_or(&self.org, |view| &view.org)
    }

    /// The newest entry of what is shown.
    pub fn head(&self) -> Option<Head> {
        self.past.map(|past| past.head).or(self.view.as_ref().map(|view| view.head))
    }

    /// Whether the active role allows it, and why not. What was there on another day and is gone is seen by those whose
    /// role reaches everything.
    pub fn decide(&self, person: Person, need: Need) -> Decision {
        let present = self.present();
        let gone = match need.place {
            Place::Account(account) => present.account(account).is_none(),
            Place::Entity(entity) => present.entity(entity).is_none(),
            Place::Organization | Place::Everywhere => false,
        };
        let everywhere = Need { place: Place::Everywhere, ..need };
        decide(present, person, if gone && self.past.is_some() { everywhere } else { need })
    }

    /// Whether the active role has what is needed to look at something.
    pub fn may_see(&self, need: Need) -> Ready {
        let Some(person) = self.person() else { return Ready::No("Nobody is signed in.".into()) };
        match self.decide(person, need) {
            Decision::Allow { .. } => Ready::Yes,
            Decision::Deny(denial) => {
                let mut answers = self.answers.0.borrow_mut();
                let why = answers.entry((person, need)).or_insert_with(|| {
                    let refusal = Refusal::denied(self.present(), denial);
                    format!("{refusal} {}", refusal.hint())
                });
                Ready::No(why.clone())
            }
        }
    }

    /// Whether the active role has what is needed to change something, and this run may change anything.
    pub fn may(&self, need: Need) -> Ready {
        self.may_change().and(|| self.may_see(need))
    }

    /// The time now, whatever day is shown.
    pub fn present_time(&self) -> Timestamp {
        if self.past.is_some() { self.outside.now() } else { self.now }
    }

    /// Whether this run may change anything, and the present is shown.
    pub fn may_change(&self) -> Ready {
        if let Some(past) = self.past {
            return Ready::No(past.why_not(&self.zone));
        }
        if self.change == Change::Never {
            return Ready::No("This session is read-only. Start without --read-only to change something.".into());
        }
        Ready::Yes
    }
}
