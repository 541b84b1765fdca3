//! One request in full, and deciding about it; after it the next of those that were marked.
use std::collections::VecDeque;
use std::sync::Arc;

use super::ask::{Ask, What};
use super::facts::{Facts, approval};
use super::item::State;
use super::reader::Reader;
use super::telling::Read;
use crate::command::{Command, RejectRequest};
use crate::domain::access::Person;
use crate::domain::id::ChangeRequestId;
use crate::domain::name::Reason;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::domain::user::{CredentialKind, Digest};
use crate::engine::{Request, Ticket};
use crate::ledger::actor::{Actor, Session};
use crate::ledger::run::attempt;
use crate::ledger::secrets::Secret;
use crate::tui::acts::{Acts, Tone};
use crate::tui::scene::{Ready, Scene};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    Proof,
    Approval,
    Rejection,
    Filing,
}

/// One request, opened.
pub(super) struct Detail {
    id: ChangeRequestId,
    /// The marked ones that come after it.
    pub queue: VecDeque<ChangeRequestId>,
    pub total: usize,
    /// What the facts were worked out from.
    seen: Option<(Arc<Org>, Option<Person>)>,
    pub facts: Option<Facts>,
    pub read: Read,
    /// What the lines were broken for: the width and the minute.
    pub drawn: Option<(u16, i64)>,
    pub reader: Reader,
    pub ask: Option<Ask>,
    /// The digest of what was on the screen when *Approve* was pressed.
    agreed: Option<Digest>,
    pub waiting: Option<(Ticket, Awaited)>,
}

impl Detail {
    /// The first of these, and the others after it; none when there are none.
    pub fn new(requests: impl IntoIterator<Item = ChangeRequestId>) -> Option<Self> {
        let mut queue: VecDeque<_> = requests.into_iter().collect();
        let (total, id) = (queue.len(), queue.pop_front()?);
        Some(Self {
            id,
            queue,
            total,
            seen: None,
            facts: None,
            read: Read::Once,
            drawn: None,
            reader: Reader::default(),
            ask: None,
            agreed: None,
            waiting: None,
        })
    }

    /// Whether other marked ones come after this one.
    pub fn has_next(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Nothing is waited for.
    pub fn idle(&self) -> Ready {
        match self.waiting {
            None => Ready::Yes,
            Some(_) => Ready::No("One moment, please: the last key is still being worked on.".into()),
        }
    }

    /// It is being filed again.
    pub const fn wait_for(&mut self, ticket: Ticket) {
        self.waiting = Some((ticket, Awaited::Filing));
    }

    /// Approves what is on the screen.
    pub fn approve(&mut self, scene: &Scene, acts: &mut Acts) {
        let (Some(facts), Some(session)) = (&self.facts, scene.session.clone()) else { return };
        let approval = approval(&facts.request, session.person(), scene.outside.now());
        self.agreed = Some(approval.shown);
        let at = approval.at;
        match attempt(&scene.org, at, &Actor::Person(session.clone()), &approval.into()) {
            Err(Refusal::ProofTooOld) => self.prove(session, scene, acts),
            _ => self.approve_as(session, scene, acts),
        }
    }

    /// Answers the question that is asked.
    pub fn answer(&mut self, scene: &Scene, acts: &mut Acts) {
        let (Some(ask), Some(session)) = (&mut self.ask, scene.session.clone()) else { return };
        match ask.what {
            What::Passphrase if ask.field.is_empty() => ask.refuse("Type the passphrase that you signed in with."),
            What::Passphrase => {
                let passphrase = Secret::from(ask.field.secret().as_str());
                self.waiting = Some((acts.ask(Request::ProveAgain { session, passphrase }), Awaited::Proof));
            }
            What::Reason => match Reason::new(&ask.field.value()) {
                Err(error) => ask.refuse(error.to_string()),
                Ok(reason) => {
                    let (by, at) = (session.person(), scene.outside.now());
                    let command = RejectRequest { request: self.id, by, at, reason };
                    self.run(session, command, Awaited::Rejection, acts);
                }
            },
        }
    }

    /// Leaves this one undecided and goes on; goes back to the list after the last one.
    pub fn go_on(&mut self, scene: &Scene, acts: &mut Acts) {
        (self.ask, self.agreed) = (None, None);
        let open = |id: &ChangeRequestId| scene.org.change_request(*id).is_some_and(|request| request.is_open());
        while let Some(next) = self.queue.pop_front() {
            if open(&next) {
                (self.id, self.seen, self.facts, self.read) = (next, None, None, Read::Once);
                self.reader.open();
                return self.refresh(scene);
            }
        }
        acts.close();
    }

    /// Nobody of a sample has a passphrase that could be asked for.
    pub fn prove(&mut self, session: Session, scene: &Scene, acts: &mut Acts) {
        let user = session.person().user.uuid();
        if scene.org.credential(CredentialKind::Passphrase, user).is_none() {
            let passphrase = Secret::from("");
            self.waiting = Some((acts.ask(Request::ProveAgain { session, passphrase }), Awaited::Proof));
        } else {
            self.ask = Some(Ask::new(What::Passphrase));
        }
    }

    pub fn approve_as(&mut self, session: Session, scene: &Scene, acts: &mut Acts) {
        let (Some(facts), Some(shown)) = (&self.facts, self.agreed) else { return };
        let approval = approval(&facts.request, session.person(), scene.outside.now());
        let approval = crate::command::ApproveRequest { shown, ..approval };
        self.run(session, approval, Awaited::Approval, acts);
    }

    fn run(&mut self, session: Session, command: impl Into<Command>, awaited: Awaited, acts: &mut Acts) {
        let request = Request::Run { session, command: command.into() };
        self.waiting = Some((acts.ask(request), awaited));
    }

    pub fn decided(&mut self, word: &str, end: &str, scene: &Scene, acts: &mut Acts) {
        let summary = self.facts.as_ref().map(|facts| Shown::new(&facts.request.summary).to_string());
        acts.say(Tone::Done, format!("{word}: {}{end}", summary.unwrap_or_default()));
        self.go_on(scene, acts);
    }

    /// Says what is wrong in the question, which is asked now if it was not yet.
    pub fn refuse(&mut self, what: What, problem: Option<&Refusal>) {
        let ask = self.ask.get_or_insert_with(|| Ask::new(what));
        if what == What::Passphrase {
            ask.field.set("");
        }
        if let Some(refusal) = problem {
            ask.refuse(format!("{refusal} {}", refusal.hint()));
        }
    }

    /// Works everything out anew when the organization, the person or the request's state is another.
    pub fn refresh(&mut self, scene: &Scene) {
        let person = scene.person();
        let same = |(org, seen): &(Arc<Org>, Option<Person>)| Arc::ptr_eq(org, &scene.org) && *seen == person;
        let over =
            |facts: &Facts| matches!(facts.state, State::Waiting | State::Stale) && facts.request.is_expired(scene.now);
        if self.seen.as_ref().is_some_and(same) && !self.facts.as_ref().is_some_and(over) {
            return;
        }
        self.seen = Some((Arc::clone(&scene.org), person));
        let facts = Facts::of(scene, self.id);
        let digest = |facts: &Option<Facts>| facts.as_ref().map(|facts| facts.request.told.digest);
        if digest(&self.facts).is_some_and(|before| digest(&facts) != Some(before)) {
            self.read = Read::Anew;
        }
        (self.facts, self.drawn) = (facts, None);
    }
}
