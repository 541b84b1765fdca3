//! One request in full, and deciding about it; after it the next of those that were marked.
use std::collections::VecDeque;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::ask::{Ask, What};
use super::detail_keys::BINDINGS;
use super::facts::{Facts, approval};
use super::item::State;
use super::reader::Reader;
use super::telling::{self, Read};
use crate::command::{Command, RejectRequest};
use crate::domain::access::Person;
use crate::domain::id::ChangeRequestId;
use crate::domain::name::Reason;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::domain::user::{CredentialKind, Digest};
use crate::engine::{Answer, Reply, Request, Ticket, Trouble};
use crate::ledger::actor::{Actor, Session};
use crate::ledger::run::attempt;
use crate::ledger::secrets::Secret;
use crate::tui::acts::{Acts, Tone};
use crate::tui::key::Key;
use crate::tui::layer::{Input, Layer, Leave, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    Proof,
    Approval,
    Rejection,
    Filing,
}

/// One request, opened.
pub(super) struct Detail {
    id: ChangeRequestId,
    /// The marked ones that come after it.
    queue: VecDeque<ChangeRequestId>,
    total: usize,
    /// What the facts were worked out from.
    seen: Option<(Arc<Org>, Option<Person>)>,
    pub facts: Option<Facts>,
    read: Read,
    /// What the lines were broken for: the width and the minute.
    drawn: Option<(u16, i64)>,
    pub reader: Reader,
    pub ask: Option<Ask>,
    /// The digest of what was on the screen when *Approve* was pressed.
    agreed: Option<Digest>,
    waiting: Option<(Ticket, Awaited)>,
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
    fn prove(&mut self, session: Session, scene: &Scene, acts: &mut Acts) {
        let user = session.person().user.uuid();
        if scene.org.credential(CredentialKind::Passphrase, user).is_none() {
            let passphrase = Secret::from("");
            self.waiting = Some((acts.ask(Request::ProveAgain { session, passphrase }), Awaited::Proof));
        } else {
            self.ask = Some(Ask::new(What::Passphrase));
        }
    }

    fn approve_as(&mut self, session: Session, scene: &Scene, acts: &mut Acts) {
        let (Some(facts), Some(shown)) = (&self.facts, self.agreed) else { return };
        let approval = approval(&facts.request, session.person(), scene.outside.now());
        let approval = crate::command::ApproveRequest { shown, ..approval };
        self.run(session, approval, Awaited::Approval, acts);
    }

    fn run(&mut self, session: Session, command: impl Into<Command>, awaited: Awaited, acts: &mut Acts) {
        let request = Request::Run { session, command: command.into() };
        self.waiting = Some((acts.ask(request), awaited));
    }

    fn decided(&mut self, word: &str, end: &str, scene: &Scene, acts: &mut Acts) {
        let summary = self.facts.as_ref().map(|facts| Shown::new(&facts.request.summary).to_string());
        acts.say(Tone::Done, format!("{word}: {}{end}", summary.unwrap_or_default()));
        self.go_on(scene, acts);
    }

    /// Says what is wrong in the question, which is asked now if it was not yet.
    fn refuse(&mut self, what: What, problem: Option<&Refusal>) {
        let ask = self.ask.get_or_insert_with(|| Ask::new(what));
        if what == What::Passphrase {
            ask.field.set("");
        }
        if let Some(refusal) = problem {
            ask.refuse(format!("{refusal} {}", refusal.hint()));
        }
    }

    /// Works everything out anew when the organization, the person or the request's state is another.
    fn refresh(&mut self, scene: &Scene) {
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

    fn draw_head(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let mut head = vec![Span::styled("Esc", theme.key), Span::styled(" back", theme.muted)];
        if self.total > 1 {
            let now = self.total - self.queue.len();
            head.push(Span::styled(format!("  {now} of {} marked", self.total), theme.accent));
        }
        frame.render_widget(Line::from(head), area);
        let Some(facts) = self.facts.as_ref().filter(|facts| facts.request.is_open()) else { return };
        let button = |label, key, ready: &Ready| {
            let state = if *ready == Ready::Yes { ButtonState::Ready } else { ButtonState::Disabled };
            Button::new(label).key(Key::char(key)).state(state)
        };
        let buttons = if facts.mine {
            vec![button("Withdraw", 'w', &Ready::Yes)]
        } else {
            vec![button("Reject", 'x', &facts.reject), button("Approve", 'a', &facts.approve)]
        };
        draw_buttons(&buttons, area, frame.buffer_mut(), theme);
    }
}

impl Layer for Detail {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Request".into()
    }

    fn typing(&self) -> bool {
        self.ask.is_some()
    }

    fn leave(&self) -> Leave {
        if self.waiting.is_some() { Leave::Never } else { Leave::Now }
    }

    fn input(&mut self, input: &Input, _: &Scene, _: &mut Acts) -> Took {
        let again = self.facts.as_ref().is_some_and(|facts| facts.again != Ready::Hidden);
        let used = match (input, &mut self.ask) {
            (_, Some(ask)) if self.waiting.is_none() => return ask.input(input),
            (_, Some(_)) | (Input::Paste(_), None) => false,
            // Here the key that goes to the top elsewhere files again.
            (Input::Key(key), None) if again && *key == Key::char('g') => false,
            (Input::Key(key), None) => self.reader.key(key),
            (Input::Mouse(mouse), None) => self.reader.mouse(mouse),
        };
        if used { Took::Yes } else { Took::No }
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, acts: &mut Acts) -> Result<(), Answer> {
        let Some((_, awaited)) = self.waiting.take_if(|(awaited, _)| *awaited == ticket) else { return Err(answer) };
        match (awaited, answer) {
            (Awaited::Proof, Ok(Reply::Entered(session))) => {
                self.ask = None;
                acts.signed_in(session.clone());
                self.approve_as(session, scene, acts);
            }
            (Awaited::Proof, Err(Trouble::Refused(refusal))) => {
                // A question that was not asked yet is nothing that went wrong.
                let asked = self.ask.is_some();
                self.refuse(What::Passphrase, Some(&refusal).filter(|_| asked));
            }
            (Awaited::Approval, Ok(_)) => self.decided("Approved", ", done.", scene, acts),
            (Awaited::Approval, Err(Trouble::Refused(Refusal::ProofTooOld))) => {
                let Some(session) = scene.session.clone() else { return Ok(()) };
                self.prove(session, scene, acts);
            }
            (Awaited::Rejection, Ok(_)) => self.decided("Rejected", ".", scene, acts),
            (Awaited::Rejection, Err(Trouble::Refused(refusal))) => self.refuse(What::Reason, Some(&refusal)),
            (_, answer) => return Err(answer),
        }
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        self.refresh(scene);
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        self.refresh(scene);
        let area = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(1), ..area };
        let [head, _, body] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(1)]).areas(area);
        self.draw_head(frame, head, scene);
        let Some(facts) = &self.facts else {
            return frame.render_widget(Line::styled("This request is not there any more.", scene.theme.muted), body);
        };
        let (width, minute) = (body.width.saturating_sub(2), scene.now.as_second() / 60);
        if self.drawn != Some((width, minute)) {
            self.drawn = Some((width, minute));
            self.reader.fill(telling::lines(facts, scene, width, self.read));
        }
        self.reader.draw(body, frame.buffer_mut(), &scene.theme);
        let waits = self.waiting.is_some();
        if let Some(ask) = &mut self.ask {
            ask.draw(frame, area, scene, waits.then_some("One moment"));
        }
    }
}
