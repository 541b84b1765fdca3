//! The screen: two tabs, their detail, and what is waited for.
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::layout::{Position, Rect};

use super::bindings::{ACTIONS, FIRST, INVITE, MORE, TYPING};
use super::invitation_detail::{Look, Suspicion};
use super::last_sign_in::LastSignIns;
use super::listing::Listing;
use super::menu::Menu;
use super::pending::{EXPIRES, Pending};
use super::people::{NAME, People};
use super::rights::Rights;
use super::user_detail::Access;
use crate::domain::org::Org;
use crate::domain::user::{Invitation, User, UserStatus};
use crate::engine::{Answer, Reply, Ticket};
use crate::tui::acts::{Acts, Aim};
use crate::tui::dialog::Letter;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::key::Key;
use crate::tui::layer::{Binding, Input, Offer, Took, invoke, offers};
use crate::tui::scene::{Pace, Ready, Scene};
use crate::tui::widget::pane::Pane;
use crate::tui::widget::still::Still;

/// The tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    /// Everybody who has signed up.
    All,
    /// Everybody who has not yet.
    Invited,
}

/// What an answer will be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// The message of an invitation.
    Letter,
    /// That the marked invitations were resent.
    Resent,
}

/// How many there are of what, as of a state of the organization.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub users: usize,
    pub deactivated: usize,
    pub invited: usize,
    pub expired: usize,
    /// When the next invitation expires.
    pub next: Option<Timestamp>,
}

impl Tally {
    fn of(org: &Org, now: Timestamp) -> Self {
        let mut tally = Self::default();
        for user in org.users().values() {
            tally.users += usize::from(user.status != UserStatus::Removed);
            tally.deactivated += usize::from(user.status == UserStatus::Deactivated);
        }
        for open in org.invitations().values() {
            tally.invited += 1;
            tally.expired += usize::from(open.is_expired(now));
        }
        let pending = org.invitations().values().filter(|open| !open.is_expired(now));
        tally.next = pending.map(|open| open.expires).min();
        tally
    }
}

/// Where things were drawn last, for the mouse.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Places {
    pub tabs: Rect,
    pub button: Rect,
    /// Whether the detail stands beside the list.
    pub beside: bool,
}

/// User management, Users: everybody who has signed up, and everybody who was invited to.
pub struct Users {
    pub(super) tab: Tab,
    pub(super) all: Listing<People>,
    pub(super) invited: Listing<Pending>,
    pub(super) rights: Rights,
    pub(super) tally: Tally,
    pub(super) awaited: HashMap<Ticket, Awaited>,
    pub(super) last: LastSignIns,
    pub(super) still: Still,
    pub(super) access: Access,
    pub(super) suspicion: Suspicion,
    pub(super) pane: Pane,
    pub(super) places: Places,
}

impl Users {
    /// Opens it.
    pub fn new(scene: &Scene) -> Self {
        Self {
            tab: Tab::All,
            all: Listing::new(NAME),
            invited: Listing::new(EXPIRES),
            rights: Rights::of(scene),
            tally: Tally::default(),
            awaited: HashMap::new(),
            last: LastSignIns::default(),
            still: Still::default(),
            access: Access::default(),
            suspicion: Suspicion::default(),
            pane: Pane::default(),
            places: Places::default(),
        }
    }

    /// Whether *Invited* is the open tab.
    pub(super) const fn is_invited_open(&self) -> bool {
        matches!(self.tab, Tab::Invited)
    }

    /// The user in focus.
    pub(super) fn user<'s>(&self, scene: &'s Scene) -> Option<&'s User> {
        scene.org.user(self.all.subject().filter(|_| self.tab == Tab::All)?)
    }

    /// The invitation in focus.
    pub(super) fn invitation<'s>(&self, scene: &'s Scene) -> Option<&'s Invitation> {
        scene.org.invitation(self.invited.subject().filter(|_| self.tab == Tab::Invited)?)
    }

    /// Whether the open tab may be seen.
    pub(super) const fn may_see(&self) -> &Ready {
        match self.tab {
            Tab::All => &self.rights.users,
            Tab::Invited => &self.rights.invitations,
        }
    }

    /// Whether something is read in detail, in the place of the list.
    pub(super) const fn is_reading(&self) -> bool {
        match self.tab {
            Tab::All => self.all.opened.is_some(),
            Tab::Invited => self.invited.opened.is_some(),
        }
    }

    pub(super) fn is_typing(&self) -> bool {
        match self.tab {
            Tab::All => self.all.filter.is_typing(),
            Tab::Invited => self.invited.filter.is_typing(),
        }
    }

    /// Opens the other tab.
    pub(super) fn turn_tab(&mut self) {
        self.tab = match self.tab {
            Tab::All => Tab::Invited,
            Tab::Invited => Tab::All,
        };
        self.pane.to_top();
    }

    /// Shows the tab and the rows that somebody came for.
    pub(super) fn aim_at(&mut self, aim: &Aim, scene: &Scene) {
        (self.all.opened, self.invited.opened) = (None, None);
        match aim {
            Aim::Users(text) => {
                self.tab = Tab::All;
                self.all.filter.set(text);
            }
            Aim::Invited(text) => {
                self.tab = Tab::Invited;
                self.invited.filter.set(text);
            }
            _ => return,
        }
        self.sift(scene);
        self.pane.to_top();
    }

    /// Shows what can be done.
    pub(super) fn open_menu(&mut self, scene: &Scene, acts: &mut Acts) {
        let mut actions = self.numbered(ACTIONS, FIRST.len(), scene);
        actions.sort_by_key(|offer| offer.label != INVITE);
        acts.open(Menu::new(actions));
    }

    /// Every offer: first keys, actions, and more keys.
    pub(super) fn offers_now(&self, scene: &Scene) -> Vec<Offer> {
        if self.is_typing() {
            return offers(module_path!(), TYPING, self, scene);
        }
        let mut all = offers(module_path!(), FIRST, self, scene);
        all.extend(self.numbered(ACTIONS, FIRST.len(), scene));
        all.extend(self.numbered(MORE, FIRST.len() + ACTIONS.len(), scene));
        all
    }

    /// Offers with numbers from `first` on.
    fn numbered(&self, bindings: &[Binding<Self>], first: usize, scene: &Scene) -> Vec<Offer> {
        let offers = offers(module_path!(), bindings, self, scene).into_iter();
        offers.map(|offer| Offer { index: offer.index + first, ..offer }).collect()
    }

    pub(super) fn invoke_now(&mut self, offer: usize, scene: &Scene, acts: &mut Acts) {
        let action = offer.checked_sub(FIRST.len());
        match (action, action.and_then(|action| action.checked_sub(ACTIONS.len()))) {
            _ if self.is_typing() => invoke(TYPING, self, offer, scene, acts),
            (_, Some(more)) => invoke(MORE, self, more, scene, acts),
            (Some(action), None) => invoke(ACTIONS, self, action, scene, acts),
            (None, None) => invoke(FIRST, self, offer, scene, acts),
        }
    }

    /// Asks for what the detail on the screen does not know yet.
    pub(super) fn ask(&mut self, scene: &Scene, acts: &mut Acts) {
        let seen = self.is_reading() || (self.places.beside && scene.pace == Pace::Reading);
        if let Some(user) = self.user(scene).filter(|_| seen) {
            self.last.want(user.id, scene, acts);
        }
    }

    /// Works out what is compared with a filter, before one is typed.
    pub(super) fn learn(&mut self, scene: &Scene) -> bool {
        self.tab == Tab::All && self.rights.users == Ready::Yes && self.all.learn(scene)
    }

    /// Works everything out for the newest state.
    pub(super) fn follow(&mut self, scene: &Scene) {
        self.rights = Rights::of(scene);
        self.tally = Tally::of(&scene.org, scene.now);
        match self.rights.users {
            Ready::Yes => self.all.follow(scene),
            _ => self.all.forget(),
        }
        match self.rights.invitations {
            Ready::Yes => self.invited.follow(scene),
            _ => self.invited.forget(),
        }
    }

    /// An invitation that expires changes what is counted and filtered, without any news.
    pub(super) fn notice_expiry(&mut self, scene: &Scene) {
        if self.tally.next.is_some_and(|next| next <= scene.now) {
            self.tally = Tally::of(&scene.org, scene.now);
            self.invited.sift(scene);
        }
    }

    pub(super) fn take_input(&mut self, input: &Input, scene: &Scene, acts: &mut Acts) -> Took {
        let filter = match self.tab {
            Tab::All => &mut self.all.filter,
            Tab::Invited => &mut self.invited.filter,
        };
        if filter.input(input) == Took::Yes {
            self.sift(scene);
            return Took::Yes;
        }
        match input {
            Input::Key(key) => self.move_by(key),
            Input::Mouse(mouse) => self.point(mouse, scene, acts),
            Input::Paste(_) => Took::No,
        }
    }

    /// Applies the filter of the open tab.
    pub(super) fn sift(&mut self, scene: &Scene) {
        match self.tab {
            Tab::All => self.all.sift(scene),
            Tab::Invited => self.invited.sift(scene),
        }
    }

    /// Moves through the rows, or through the text of the detail; whether the key does that.
    pub(super) fn move_by(&mut self, key: &Key) -> Took {
        let moved = match self.tab {
            _ if self.is_reading() => self.pane.key(key),
            Tab::All => self.all.key(key),
            Tab::Invited => self.invited.key(key),
        };
        if !moved {
            return Took::No;
        }
        if !self.is_reading() {
            self.pane.to_top();
        }
        Took::Yes
    }

    fn point(&mut self, mouse: &Mouse, scene: &Scene, acts: &mut Acts) -> Took {
        let at = Position::new(mouse.column, mouse.row);
        let pressed = mouse.kind == MouseKind::Down;
        if pressed && self.places.button.contains(at) {
            self.open_menu(scene, acts);
            return Took::Yes;
        }
        if pressed && self.places.tabs.contains(at) {
            if let Some(tab) = self.tab_at(mouse, scene).filter(|tab| *tab != self.tab) {
                self.tab = tab;
                self.pane.to_top();
            }
            return Took::Yes;
        }
        let used = match self.tab {
            _ if self.is_reading() => self.pane.mouse(mouse),
            Tab::All => self.all.mouse(mouse),
            Tab::Invited => self.invited.mouse(mouse),
        };
        if used || self.pane.mouse(mouse) { Took::Yes } else { Took::No }
    }

    pub(super) fn take_answer(&mut self, ticket: Ticket, answer: Answer, acts: &mut Acts) -> Result<(), Answer> {
        let answer = match self.last.answered(ticket, answer) {
            Ok(()) => return Ok(()),
            Err(answer) => answer,
        };
        match (self.awaited.remove(&ticket), answer) {
            (Some(Awaited::Letter), Ok(Reply::Letter(text))) => acts.open(Letter::new(text)),
            (Some(Awaited::Resent), Ok(_)) => self.invited.unmark(),
            (_, answer) => return Err(answer),
        }
        Ok(())
    }

    /// What a role permits, and what is odd about an address: worked out for what is read now.
    pub(super) fn look_up(&mut self, scene: &Scene) {
        let look = if self.is_reading() { Look::Close } else { Look::Glance };
        if let Some(user) = self.user(scene) {
            self.access.follow(&Arc::clone(&scene.org), user);
        } else if let Some(open) = self.invitation(scene) {
            self.suspicion.follow(&scene.org, open, look);
        }
    }
}
