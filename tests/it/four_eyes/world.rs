//! The company, the people who act in it, and what is checked after everything that happens.
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use jiff::SignedDuration;
use rolodeck::command::*;
use rolodeck::domain::access::Person;
use rolodeck::domain::effect::Effect;
use rolodeck::domain::id::ChangeRequestId;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::row::{Difference, Kind, Row};
use rolodeck::domain::user::CredentialKind;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::reproof;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::{Secret, Secrets, Stored, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

use super::ask::{Asker, pick};
use super::company::company;
use super::filed::{Filed, Requests, Verdict};
use super::given;
use super::model;
use super::shown::shown;
use super::step::Step;
use crate::desk::Weather;

/// How long a proof is good for approving.
const PROOF: SignedDuration = SignedDuration::from_mins(5);

/// The passphrase of those who sign up, with its hash.
static PASSPHRASE: LazyLock<(Secret, Secret)> = LazyLock::new(|| {
    let words = Secret::from("seven quiet herons");
    let hash = hash(&Cost::least().unwrap(), &words, &[7; 16]).unwrap();
    (words, hash)
});

/// How often each command came to each end.
pub type Coverage = BTreeMap<(&'static str, &'static str), u32>;

/// What happened so far, in words, for whoever reads a failure.
pub type Story = Arc<Mutex<Vec<String>>>;

pub struct World {
    weather: Weather,
    outside: Outside,
    store: Store,
    sessions: BTreeMap<(u128, u128), Session>,
    requests: Requests,
    /// Who could approve each request when it was filed.
    able: BTreeMap<ChangeRequestId, Vec<Person>>,
    story: Story,
    pub seen: Coverage,
    /// The organization after each step, and the newest entry then.
    kept: Vec<(u64, Arc<Org>)>,
}

impl World {
    pub fn new(lineup: u8, story: &Story) -> Self {
        let weather = Weather::new();
        let outside = weather.outside();
        let mut store = Store::in_memory(Nature::Sample).unwrap();
        let org = company(&outside, lineup);
        let creator = *org.users().keys().next().unwrap();
        signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
        story.lock().unwrap().clear();
        let mut world = Self {
            weather,
            outside,
            store,
            sessions: BTreeMap::new(),
            requests: Requests::new(),
            able: BTreeMap::new(),
            story: Arc::clone(story),
            seen: Coverage::new(),
            kept: Vec::new(),
        };
        world.say(format!("line-up {lineup}: {}", world.table()));
        world.sign_in();
        world
    }

    fn table(&self) -> String {
        let org = self.store.org();
        let roles = |user: &rolodeck::domain::user::User| {
            user.roles.iter().map(|id| org.role(id).unwrap().name.to_string()).collect::<Vec<_>>().join("/")
        };
        let people = org.users().values().map(|user| format!("{} ({}, {})", user.name, user.id, roles(user)));
        format!("{}; four-eyes {:?}", people.collect::<Vec<_>>().join(", "), org.security().four_eyes)
    }

    /// Everybody has a session in each of their roles, and keeps it when the role is lost.
    fn sign_in(&mut self) {
        for who in given::people(&self.store.org()) {
            let key = (who.user.uuid().as_u128(), who.role.uuid().as_u128());
            if !self.sessions.contains_key(&key) {
                let session = self.enter(who);
                self.sessions.insert(key, session);
            }
        }
    }

    fn enter(&mut self, who: Person) -> Session {
        let proof = signin::look_through(&mut self.store, &self.outside, who.user).unwrap().unwrap();
        signin::enter(&mut self.store, &self.outside, &proof, who.role).unwrap().unwrap()
    }

    /// The session of somebody, with a new proof.
    fn prove(&mut self, session: &Session) -> Session {
        let who = session.person();
        let cost = Cost::least().unwrap();
        let again = reproof::prove_again(&mut self.store, &self.outside, &cost, session, &PASSPHRASE.0);
        let session = again.unwrap().unwrap();
        self.sessions.insert((who.user.uuid().as_u128(), who.role.uuid().as_u128()), session.clone());
        session
    }

    fn say(&self, text: String) {
        self.story.lock().unwrap().push(text);
    }

    pub fn play(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(*step);
            self.kept.push((self.store.head().seq, self.store.org()));
        }
    }

    fn session(&self, n: u8) -> Session {
        let all: Vec<_> = self.sessions.values().collect();
        all[usize::from(n) % all.len()].clone()
    }

    /// Mostly oneself; sometimes oneself in another role, or somebody else.
    fn forged(&self, odd: u8, who: Person) -> Person {
        let all = self.sessions.values().map(Session::person);
        let own: Vec<_> = all.filter(|other| other.user == who.user).collect();
        match odd {
            0..8 => self.session(odd).person(),
            8..16 => pick(odd, &own),
            _ => who,
        }
    }

    /// Mostly a request that waits.
    fn request(&self, n: u8) -> Option<ChangeRequestId> {
        let all: Vec<_> = self.requests.keys().copied().collect();
        let open: Vec<_> = all.iter().copied().filter(|id| self.requests[id].state == "pending").collect();
        match (open.is_empty(), all.is_empty()) {
            (_, true) => None,
            (false, _) if n % 8 != 7 => Some(pick(n, &open)),
            _ => Some(pick(n / 8, &all)),
        }
    }

    fn step(&mut self, step: Step) {
        let now = self.outside.now();
        match step {
            Step::Wait(minutes) => {
                self.say(format!("{minutes} minutes go by"));
                self.weather.wait(SignedDuration::from_mins(minutes));
            }
            Step::Ask { who, kind, picks } => {
                let (session, seed) = (self.session(who), self.outside.seed());
                let org = self.store.org();
                let command = Asker { org: &org, who: session.person(), now, seed }.command(kind, picks);
                self.run(&session, command);
            }
            Step::Approve { who, request, prove, odd } => {
                let Some(request) = self.request(request) else { return };
                let mut session = self.session(who);
                if prove && now.duration_since(session.proved()) > PROOF {
                    self.say("a new proof".into());
                    session = self.prove(&session);
                }
                let by = self.forged(odd, session.person());
                let mut shown = self.requests[&request].digest;
                shown.0[0] ^= u8::from(odd > 250);
                self.run(&session, ApproveRequest { request, by, at: now, shown }.into());
            }
            Step::Decide { who, request, kind, odd } => {
                let Some(request) = self.request(request) else { return };
                // Half of the time it is the requester.
                let mut session = self.session(who);
                let by = self.requests[&request].by;
                if kind % 3 != 0 && odd % 4 != 3 {
                    session = self.sessions[&(by.user.uuid().as_u128(), by.role.uuid().as_u128())].clone();
                }
                let by = self.forged(odd, session.person());
                let command = match kind % 3 {
                    0 => RejectRequest { request, by, at: now, reason: "No.".parse().unwrap() }.into(),
                    1 => WithdrawRequest { request, by: by.user, at: now }.into(),
                    _ => FileAgain { request, by, at: now }.into(),
                };
                self.run(&session, command);
            }
            Step::Accept { invitation } => self.accept(invitation),
        }
    }

    fn run(&mut self, session: &Session, command: Command) {
        let (who, now, before) = (session.person(), self.outside.now(), self.store.org());
        let name = |org: &Org| format!("{} as {}", org.user(who.user).unwrap().name, org.role(who.role).unwrap().name);
        self.say(format!("{} asks for {command:?}", name(&before)));
        let fresh = now.duration_since(session.proved()) <= PROOF;
        let verdict = model::verdict(&self.requests, &before, (who, fresh), now, &command);
        let ran = run(&mut self.store, &self.outside, &Actor::Person(session.clone()), &command, &Secrets::none());
        let (ran, after, kind) = (ran.unwrap(), self.store.org(), command.change().name());
        let end = match (&ran, &verdict) {
            (Ran::Done { .. }, Verdict::Done(expected)) => {
                same_rows(expected, &after);
                self.decided(&before, &after, who, &command);
                "done"
            }
            (Ran::Done { .. }, Verdict::Requested(shown)) if matches!(command, Command::FileAgain(_)) => {
                same_rows(&before, &after);
                let Command::FileAgain(again) = &command else { return };
                let parked = self.requests[&again.request].command.clone().at(now);
                self.filed(
                    again.request,
                    &before,
                    &after,
                    Filed { shown: shown.clone(), ..self.new_request(who, parked) },
                );
                "done"
            }
            (Ran::Requested { request, .. }, Verdict::Requested(shown)) => {
                same_rows(&before, &after);
                let filed = Filed { shown: shown.clone(), ..self.new_request(who, command.clone()) };
                self.filed(*request, &before, &after, filed);
                "requested"
            }
            (Ran::Refused { refusal, .. }, Verdict::Refused(reasons)) if reasons.contains(refusal.code()) => {
                assert!(Difference::between(&before, &after).is_empty(), "refused, and something changed");
                refusal.code()
            }
            (ran, Verdict::Refused(reasons)) => panic!("it should be refused for {reasons:?}: {ran:?}"),
            (ran, Verdict::Done(_)) => panic!("it should be done: {ran:?}"),
            (ran, Verdict::Requested(_)) => panic!("it should wait: {ran:?}"),
        };
        *self.seen.entry((kind, end)).or_default() += 1;
        let deactivated = matches!(command, Command::DeactivateUser(_));
        assert!(deactivated || !model::strands(&before, &after), "approvals would wait for ever");
        self.check_requests(&after);
        self.sign_in();
    }

    fn new_request(&self, by: Person, command: Command) -> Filed {
        let digest = rolodeck::domain::user::Digest([0; 32]);
        Filed { by, command, at: self.outside.now(), state: "pending", shown: Default::default(), digest }
    }

    fn filed(&mut self, id: ChangeRequestId, before: &Org, after: &Org, filed: Filed) {
        let row = after.change_request(id).unwrap();
        assert_eq!((row.by, row.filed, row.state.key()), (filed.by, filed.at, "pending"));
        let tried = model::open(before, &filed, filed.at).unwrap();
        let able = model::approvers(before, filed.by, &filed.command, &tried);
        self.able.insert(id, able);
        self.requests.insert(id, Filed { digest: row.told.digest, ..filed });
    }

    /// Remembers what became of a request, and holds an approval to what was shown.
    fn decided(&mut self, before: &Org, after: &Org, who: Person, command: &Command) {
        let (id, state) = match command {
            Command::ApproveRequest(approve) => (approve.request, "applied"),
            Command::RejectRequest(reject) => (reject.request, "rejected"),
            Command::WithdrawRequest(withdraw) => (withdraw.request, "withdrawn"),
            _ => return,
        };
        let filed = self.requests.get_mut(&id).unwrap();
        assert_eq!(after.change_request(id).unwrap().state.key(), state);
        filed.state = state;
        if state == "applied" {
            assert!(!given::same(before, filed.by.user, who.user), "one person was two");
            assert_eq!(shown(before, after), filed.shown, "something else was done than was shown");
            let mut after = Org::clone(after);
            after.put(Row::ChangeRequest(before.change_request(id).unwrap().clone()));
            let done = Effect::between(before, &after, &Difference::between(before, &after));
            assert_eq!(done.digest, filed.digest, "another digest than the one that was shown");
        }
    }

    /// Every request that could be approved has somebody who could, unless those who could lost it.
    fn check_requests(&self, org: &Org) {
        let now = self.outside.now();
        assert_eq!(org.change_requests().len(), self.requests.len());
        for (id, filed) in &self.requests {
            let row = org.change_request(*id).unwrap();
            assert_eq!(row.state.key(), filed.state);
            let proposal = Proposal::open(org, row, now);
            let Ok(after) = model::open(org, filed, now) else {
                assert!(proposal.is_err(), "nobody can approve {:?}, and the program says otherwise", row.summary);
                continue;
            };
            let proposal = proposal.unwrap_or_else(|refusal| panic!("{:?} is as it was: {refusal}", row.summary));
            let able = model::approvers(org, filed.by, &filed.command, &after);
            let told: Vec<_> = proposal.approvers(org).map(|(_, person)| person).collect();
            assert!(told.iter().all(|person| able.contains(person)), "{told:?} {able:?}");
            assert!(able.iter().all(|person| told.iter().any(|other| other.user == person.user)), "{told:?} {able:?}");
            if able.is_empty() {
                let why = proposal.why_nobody(org).to_string();
                assert!(!why.is_empty());
                let own = given::about(&filed.command).1;
                let lost = |who: &Person| {
                    !given::may(org, *who, given::DECIDES)
                        || !given::may(org, *who, own)
                        || given::rule(org, &after, *who).is_some()
                };
                assert!(self.able[id].iter().all(lost), "{:?} waits for ever: {why}", row.summary);
            }
        }
    }

    fn accept(&mut self, n: u8) {
        let (before, now) = (self.store.org(), self.outside.now());
        let open = before.invitations().values().filter(|open| !open.is_expired(now));
        let open: Vec<_> = open.map(|open| open.id).collect();
        if open.is_empty() {
            return;
        }
        let invitation = pick(n, &open);
        let code = Secret::from(format!("c0de {n} {}", before.users().len()).as_str());
        let bytes = Secret::new(sha256(code.bytes()).0.to_vec());
        let stored = Stored { kind: CredentialKind::InvitationCode, owner: invitation.uuid(), bytes };
        let attempt = before.invitation(invitation).unwrap().attempt + 1;
        let draw = DrawCode { invitation, attempt, at: now, digest: stored.digest() };
        let secrets = Secrets::none().with(stored);
        let ran = run(&mut self.store, &self.outside, &Actor::System, &draw.into(), &secrets).unwrap();
        assert!(matches!(ran, Ran::Done { .. }));
        self.say(format!("{} signs up", before.invitation(invitation).unwrap().address));
        let hash = PASSPHRASE.1.clone();
        let accepted = signin::accept(&mut self.store, &self.outside, &code, "Newcomer".parse().unwrap(), hash);
        accepted.unwrap().unwrap();
        self.check_requests(&self.store.org());
        self.sign_in();
    }

    /// Whatever is ordinary, of everybody who may ask for it, has somebody who could approve it, unless it was stranded
    /// by a deactivation.
    fn check_ordinary(&self, org: &Org) {
        let (now, stranded) = (self.outside.now(), model::stranded(org));
        for who in given::people(org) {
            for command in (Asker { org, who, now, seed: self.outside.seed() }).ordinary() {
                let what = given::about(&command).1;
                let Ok(proposal) = Proposal::new(org, who, command) else { continue };
                let stuck = proposal.approvers(org).next().is_none();
                assert!(!stuck || stranded.contains(&(who.user, what)), "nobody approves {:?}", proposal.command());
            }
        }
    }

    /// Fails unless the log and the tables are one.
    pub fn check(self) -> Coverage {
        let org = self.store.org();
        if org.security().four_eyes.areas.len() == 2 {
            self.check_ordinary(&org);
        }
        self.store.verify().unwrap_or_else(|mismatch| panic!("{mismatch}"));
        for (seq, then) in &self.kept {
            let difference = Difference::between(then, &self.store.org_at(*seq).unwrap());
            assert!(difference.is_empty(), "entry {seq} is told otherwise than it was: {difference:?}");
        }
        self.seen
    }
}

/// Fails unless both have the same rows, requests aside.
#[track_caller]
fn same_rows(one: &Org, other: &Org) {
    let mut difference = Difference::between(one, other);
    difference.changes.retain(|change| change.row.kind != Kind::ChangeRequest);
    assert!(difference.is_empty(), "another effect than expected: {difference:?}");
}
