//! A company, the people who act in it, and what is checked after everything that happens.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use jiff::SignedDuration;
use rolodeck::command::{Command, DrawCode, Found, Undo};
use rolodeck::domain::erasure::Traces;
use rolodeck::domain::id::UserId;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::row::Difference;
use rolodeck::domain::user::{CredentialKind, Digest};
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::checkpoint::RowHashes;
use rolodeck::ledger::entry::Outcome;
use rolodeck::ledger::fault::Fault;
use rolodeck::ledger::own_change::last_own_change;
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::reproof;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::{Secret, Secrets, Stored, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{Head, Store};
use rolodeck::outside::Outside;

use super::company::company;
use super::deed::{Deed, Doer, Known, pick};
use super::pending::Pending;
use super::step::Step;
use super::{erased, model, rules, undone};
use crate::desk::Weather;

/// How far a clock may be behind.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// The passphrases that people choose between, with their hashes.
static PASSPHRASES: LazyLock<[(Secret, Secret); 2]> = LazyLock::new(|| {
    ["seven quiet herons", "nine loud otters"].map(|words| {
        let words = Secret::from(words);
        let hash = hash(&Cost::least().unwrap(), &words, &[7; 16]).unwrap();
        (words, hash)
    })
});

/// How often each command came to each end.
pub type Coverage = BTreeMap<(&'static str, &'static str), u32>;

/// What happened so far, in words, for whoever reads a failure.
pub type Story = Arc<Mutex<Vec<String>>>;

/// A company in one or two open stores.
pub struct World {
    weather: Weather,
    outside: Outside,
    stores: Vec<Store>,
    folder: Option<(tempfile::TempDir, PathBuf)>,
    sessions: Vec<Session>,
    known: Known,
    pending: Pending,
    passphrases: BTreeMap<UserId, usize>,
    latest: (Arc<Org>, Head),
    history: Vec<(u64, Arc<Org>)>,
    erased: Vec<Traces>,
    story: Story,
    pub seen: Coverage,
}

impl World {
    /// In memory.
    pub fn in_memory(story: &Story) -> Self {
        let weather = Weather::new();
        let store = Store::in_memory(Nature::Sample).unwrap();
        Self::over(weather, vec![store], None, story)
    }

    /// In a file that is open so many times.
    pub fn on_disk(stores: usize, story: &Story) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("company.db");
        let first = Store::create(&path, Nature::Sample).unwrap();
        let others = (1..stores).map(|_| Store::open(&path).unwrap());
        let stores = std::iter::once(first).chain(others).collect();
        Self::over(Weather::new(), stores, Some((folder, path)), story)
    }

    fn over(
        weather: Weather,
        mut stores: Vec<Store>,
        folder: Option<(tempfile::TempDir, PathBuf)>,
        story: &Story,
    ) -> Self {
        let outside = weather.outside();
        let org = company(&outside, Nature::Sample);
        let creator = *org.users().keys().next().unwrap();
        let store = &mut stores[0];
        signin::found(store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
        let org = store.org();
        let mut sessions = Vec::new();
        for user in org.users().values().filter(|user| user.is_active()) {
            for role in user.roles.iter() {
                let proof = signin::look_through(store, &outside, user.id).unwrap().unwrap();
                sessions.push(signin::enter(store, &outside, &proof, role).unwrap().unwrap());
            }
        }
        sessions.sort_by_key(|session| {
            let role = org.role(session.person().role).unwrap();
            std::cmp::Reverse(model::permissions(&role.grants).intersection(model::administration()).len())
        });
        let mut known = Known::default();
        known.see(&org);
        story.lock().unwrap().clear();
        Self {
            weather,
            outside,
            known,
            sessions,
            folder,
            pending: Pending::of(&org),
            passphrases: BTreeMap::new(),
            latest: (org, stores[0].head()),
            history: Vec::new(),
            erased: Vec::new(),
            stores,
            story: Arc::clone(story),
            seen: Coverage::new(),
        }
    }

    /// Lets everything happen and checks what is left.
    pub fn play(&mut self, steps: &[Step]) {
        for (turn, step) in steps.iter().enumerate() {
            let which = turn / 2 % self.stores.len();
            self.step(which, step);
            self.known.see(&self.latest.0);
        }
    }

    fn step(&mut self, which: usize, step: &Step) {
        match step {
            Step::Clock(seconds) => {
                self.say(format!("the clock moves by {seconds} s"));
                self.weather.wait(SignedDuration::from_secs(*seconds));
            }
            Step::Enter { user, role } => self.enter(which, *user, *role),
            Step::Switch { who, role } => {
                let (session, role) = (self.session(*who), pick(*role, &self.known.roles));
                self.say(format!("{:?} goes on as {role}", session.person()));
                let switched = self.watch(which, |store, outside| signin::switch_role(store, outside, &session, role));
                let Some((switched, before)) = switched else { return };
                self.unchanged(&before, 1);
                let allowed = rules::may_act(&before.0, session.person().user, role);
                assert_eq!(switched.is_ok(), allowed, "{switched:?}");
                self.sessions.extend(switched);
            }
            Step::Leave { who } => {
                let session = self.session(*who);
                self.say(format!("{:?} leaves", session.person()));
                if let Some(((), before)) = self.watch(which, |store, outside| signin::leave(store, outside, &session))
                {
                    self.unchanged(&before, 1);
                }
            }
            Step::Run { who, deed } => self.run(which, *who, *deed),
            Step::Undo { who } => self.undo(which, *who),
            Step::Draw { invitation, late } => self.draw(which, *invitation, *late),
            Step::Accept { code } => self.accept(which, *code),
            Step::Passphrase { who, right } => self.change_passphrase(which, *who, *right),
        }
    }

    /// Most things are done by those who can do most: two Owners, the administrator and the one of the north.
    fn session(&self, n: u8) -> Session {
        let many = if n < 160 { 4 } else { self.sessions.len() };
        self.sessions[usize::from(n) % many.min(self.sessions.len())].clone()
    }

    fn say(&self, text: String) {
        self.story.lock().unwrap().push(text);
    }

    /// Does something and checks its entries. None when the clock was too far behind, which must change nothing.
    #[track_caller]
    fn watch<T: std::fmt::Debug>(
        &mut self,
        which: usize,
        act: impl FnOnce(&mut Store, &Outside) -> Result<T, Fault>,
    ) -> Option<(T, (Arc<Org>, Head))> {
        let before = self.latest.clone();
        let now = self.outside.now();
        let behind = before.1.at.duration_since(now) > PATIENCE;
        let store = &mut self.stores[which];
        let done = act(store, &self.outside);
        store.catch_up().unwrap();
        let (org, head) = (store.org(), store.head());
        if behind {
            assert!(matches!(done, Err(Fault::Clock { .. })), "the clock is behind, and yet: {done:?}");
            assert_eq!(head, before.1, "an entry was written with a clock that is far behind");
            assert!(Difference::between(&before.0, &org).is_empty());
            self.say("the clock is far behind and is set right".into());
            self.weather.wait(before.1.at.duration_since(now));
            return None;
        }
        let done = done.unwrap_or_else(|fault| panic!("a fault: {fault}"));
        let mut previous = before.1;
        for header in store.entries(before.1.seq, 100).unwrap() {
            assert_eq!((header.seq, header.previous), (previous.seq + 1, previous.hash), "the chain has a gap");
            assert_eq!(header.at, now.max(previous.at), "an entry has another time than its moment");
            previous = header.head();
        }
        assert_eq!(previous, head);
        self.history.push((head.seq, Arc::clone(&org)));
        self.erased.extend(erased::between(&before.0, &org));
        self.latest = (org, head);
        Some((done, before))
    }

    /// Fails unless so many entries were written and nothing else.
    #[track_caller]
    fn unchanged(&self, before: &(Arc<Org>, Head), entries: u64) {
        assert_eq!(self.latest.1.seq - before.1.seq, entries, "another number of entries than expected");
        let difference = Difference::between(&before.0, &self.latest.0);
        assert!(difference.is_empty(), "something changed that should not: {difference:?}");
    }

    fn enter(&mut self, which: usize, user: u8, role: u8) {
        let (user, role) = (pick(user, &self.known.users), pick(role, &self.known.roles));
        self.say(format!("somebody looks through the eyes of {user} as {role}"));
        let entered = self.watch(which, |store, outside| match signin::look_through(store, outside, user)? {
            Ok(proof) => signin::enter(store, outside, &proof, role),
            Err(refusal) => Ok(Err(refusal)),
        });
        let Some((entered, before)) = entered else { return };
        self.unchanged(&before, 1);
        assert_eq!(entered.is_ok(), rules::may_act(&before.0, user, role), "{entered:?}");
        self.sessions.extend(entered);
    }

    fn run(&mut self, which: usize, who: u8, deed: Deed) {
        let session = self.session(who);
        let doer = Doer { by: session.person().user, now: self.outside.now(), seed: self.outside.seed() };
        let command = deed.command(&doer, &self.known);
        self.say(format!("{:?} asks for {command:?}", session.person()));
        let actor = Actor::Person(session.clone());
        let ran = self.watch(which, |store, outside| run(store, outside, &actor, &command, &Secrets::none()));
        let Some((ran, before)) = ran else { return };
        let name = command.change().name();
        match ran {
            Ran::Done { seq, difference } => {
                *self.seen.entry((name, "done")).or_default() += 1;
                assert_eq!(seq, self.latest.1.seq);
                assert_eq!(seq, before.1.seq + 1, "another number of entries than one");
                assert_eq!(difference, Difference::between(&before.0, &self.latest.0));
                self.pending.follow(&command);
                rules::check(&before.0, &self.latest.0, session.person(), &command);
            }
            Ran::Requested { .. } => panic!("four-eyes is off here"),
            Ran::Refused { seq, refusal } => {
                *self.seen.entry((name, refusal.code())).or_default() += 1;
                assert_eq!(seq, Some(self.latest.1.seq));
                self.unchanged(&before, 1);
            }
        }
        self.pending.check(&self.latest.0);
    }

    fn undo(&mut self, which: usize, who: u8) {
        let session = self.session(who);
        let person = session.person();
        let (now, outside) = (self.outside.now(), self.outside.clone());
        self.stores[which].catch_up().unwrap();
        let Some(own) = last_own_change(&self.stores[which], person.user).unwrap() else { return };
        self.say(format!("{person:?} undoes entry {}", own.header.seq));
        let org = Arc::clone(&self.latest.0);
        let undo = Undo::of(&org, (own.header.seq, &own.changes), person.user, now, &mut || outside.seed());
        let command = match undo {
            Ok(undo) => Command::from(undo),
            Err(refusal) => return *self.seen.entry(("undo", refusal.code())).or_default() += 1,
        };
        let actor = Actor::Person(session.clone());
        let ran = self.watch(which, |store, outside| run(store, outside, &actor, &command, &Secrets::none()));
        let Some((ran, before)) = ran else { return };
        match ran {
            Ran::Done { .. } => {
                *self.seen.entry(("undo", "done")).or_default() += 1;
                let Command::Undo(undo) = &command else { unreachable!("an undoing") };
                undo.steps.iter().for_each(|step| self.pending.follow(step));
                undone::check(&own.changes, &before.0, &self.latest.0);
                rules::check(&before.0, &self.latest.0, person, &command);
                // It is the last change no more.
                let next = last_own_change(&self.stores[which], person.user).unwrap();
                assert!(next.is_none_or(|next| next.header.seq < own.header.seq));
            }
            Ran::Requested { .. } => panic!("four-eyes is off here"),
            Ran::Refused { refusal, .. } => {
                *self.seen.entry(("undo", refusal.code())).or_default() += 1;
                self.unchanged(&before, 1);
            }
        }
        self.pending.check(&self.latest.0);
    }

    fn draw(&mut self, which: usize, invitation: u8, late: bool) {
        let invitation = pick(invitation, &self.known.invitations);
        let code = self.pending.new_code();
        let bytes = Secret::new(sha256(code.as_bytes()).0.to_vec());
        let stored = Stored { kind: CredentialKind::InvitationCode, owner: invitation.uuid(), bytes };
        let newest = self.latest.0.invitation(invitation).map(|open| open.attempt);
        let attempt = newest.unwrap_or_default() + if late { 0 } else { 1 };
        let command = DrawCode { invitation, attempt, at: self.outside.now(), digest: stored.digest() };
        self.say(format!("the program runs {command:?}"));
        let (command, secrets) = (Command::from(command), Secrets::none().with(stored));
        let ran = self.watch(which, |store, outside| run(store, outside, &Actor::System, &command, &secrets));
        let Some((ran, before)) = ran else { return };
        match ran {
            Ran::Done { .. } => {
                assert!(newest.is_some() && !late);
                assert_eq!(self.latest.1.seq, before.1.seq + 1);
                self.pending.drawn(invitation, code);
                *self.seen.entry(("draw_code", "done")).or_default() += 1;
            }
            Ran::Requested { .. } => panic!("four-eyes is off here"),
            Ran::Refused { .. } => {
                assert!(newest.is_none() || late);
                self.unchanged(&before, 1);
            }
        }
    }

    fn accept(&mut self, which: usize, code: u8) {
        let code = self.pending.some_code(code);
        let opened = self.pending.opened_by(&code, self.outside.now().max(self.latest.1.at));
        self.say(format!("somebody comes with the code {} ({})", code.trim_start_matches('0'), opened.is_some()));
        let (secret, hash) = (Secret::from(code.as_str()), PASSPHRASES[0].1.clone());
        let accepted = self
            .watch(which, |store, outside| signin::accept(store, outside, &secret, "Newcomer".parse().unwrap(), hash));
        let Some((accepted, before)) = accepted else { return };
        let Some((invitation, open)) = opened else {
            assert_eq!(accepted, Err(Refusal::CodeRejected));
            let entries = self.pending.failed(self.outside.now());
            return self.unchanged(&before, entries);
        };
        assert_eq!(self.latest.1.seq, before.1.seq + 1);
        let user = accepted.unwrap().user();
        assert!(before.0.user(user).is_none());
        let newcomer = self.latest.0.user(user).unwrap();
        assert_eq!((&newcomer.roles, &newcomer.address), (&open.roles, &open.address));
        self.pending.accepted(invitation);
        self.pending.check(&self.latest.0);
        self.passphrases.insert(user, 0);
        let expected = Difference::between(&before.0, &self.latest.0);
        let touched: Vec<_> = expected.changes.iter().map(|change| change.row.kind.name()).collect();
        assert_eq!(touched, ["user", "invitation", "passphrase", "invitation_code"]);
        *self.seen.entry(("accept_invitation", "done")).or_default() += 1;
    }

    fn change_passphrase(&mut self, which: usize, who: u8, right: bool) {
        let session = self.session(who);
        let user = session.person().user;
        let known = self.passphrases.get(&user).copied();
        let typed = if right { known.unwrap_or(0) } else { 1 - known.unwrap_or(0) };
        let next = 1 - known.unwrap_or(1);
        self.say(format!("{user} changes the passphrase from {known:?} to {next}, typing {typed}"));
        let (current, hash) = (PASSPHRASES[typed].0.clone(), PASSPHRASES[next].1.clone());
        let ran = self.watch(which, |store, outside| {
            reproof::change_passphrase(store, outside, &Cost::least().unwrap(), &session, &current, hash)
        });
        let Some((ran, before)) = ran else { return };
        match ran {
            Ran::Done { .. } => {
                assert!(right || known.is_none());
                assert!(rules::may_act(&before.0, user, session.person().role));
                assert_eq!(self.latest.1.seq, before.1.seq + 1);
                self.passphrases.insert(user, next);
                *self.seen.entry(("change_passphrase", "done")).or_default() += 1;
            }
            Ran::Requested { .. } => panic!("nobody else decides about a passphrase"),
            Ran::Refused { refusal: Refusal::Paused { .. }, .. } => self.unchanged(&before, 0),
            Ran::Refused { .. } => self.unchanged(&before, 1),
        }
    }

    /// Fails unless every day is what it was: as kept aside when its newest entry was made, as the newest bodies tell it,
    /// and as the whole log does.
    pub fn check_every_day(&self) -> usize {
        let store = &self.stores[0];
        for (seq, then) in &self.history {
            let told = store.org_at(*seq).unwrap();
            same(&erased::without(then, &self.erased), &told);
            same(&told, &store.fold(*seq).unwrap());
            let at = store.entries(seq - 1, 1).unwrap()[0].at;
            let head = store.head_at(at).unwrap().unwrap();
            assert!(head.seq >= *seq && head.at == at, "{head:?} was not the newest entry of {at}");
            let before = store.head_at(at - SignedDuration::from_nanos(1)).unwrap();
            assert!(before.is_none_or(|head| head.seq < *seq && head.at < at), "{before:?} is after {at}");
        }
        self.history.len()
    }

    /// Fails unless log, tables and what people were shown are one: now, in the past, and after opening again.
    pub fn check(self) -> Coverage {
        let (org, head) = &self.latest;
        for mut store in self.stores {
            store.catch_up().unwrap();
            assert_eq!(store.head(), *head);
            same(org, &store.org());
            whole(&store, head, org);
            erased::frames(&store, org);
            for (seq, then) in &self.history {
                same(&erased::without(then, &self.erased), &store.org_at(*seq).unwrap());
            }
            if let Some((seq, then)) = self.history.get(self.history.len() / 2) {
                same(&erased::without(then, &self.erased), &store.fold(*seq).unwrap());
            }
        }
        if let Some((_folder, path)) = &self.folder {
            reopened(path, head, org);
        }
        self.seen
    }
}

fn reopened(path: &Path, head: &Head, org: &Org) {
    let store = Store::open(path).unwrap();
    whole(&store, head, org);
    same(org, &store.org());
}

fn whole(store: &Store, head: &Head, org: &Org) {
    let verified = store.verify().unwrap_or_else(|mismatch| panic!("{mismatch}"));
    assert_eq!(verified.head, *head);
    assert_eq!(verified.credentials, org.credentials().len());
    same(org, &store.fold(head.seq).unwrap());
    let checkpoint = store.checkpoint(head.at).unwrap();
    assert_eq!((checkpoint.seq, checkpoint.head, checkpoint.rows), (head.seq, head.hash, rows(store)));
}

/// The digest of all rows, by a walk along the whole log.
fn rows(store: &Store) -> Digest {
    let mut rows = RowHashes::default();
    for header in store.entries(0, u32::MAX).unwrap() {
        if header.outcome != Outcome::Refused {
            store.bodies(header.seq).unwrap().iter().for_each(|body| rows.note(body));
        }
    }
    rows.digest()
}

#[track_caller]
fn same(one: &Org, other: &Org) {
    let difference = Difference::between(one, other);
    assert!(difference.is_empty(), "two that should be one differ: {difference:?}");
    assert_eq!(one.addresses(), other.addresses());
}
