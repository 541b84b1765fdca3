//! From proof to session: the only place where a session is made.
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::actor::{Actor, Invited, Session};
use super::entry::{Draft, Outcome, Stamp, StampKind};
use super::fault::Fault;
use super::passphrase::{self, Cost};
use super::run::{entry_time, finish_note, person_stamp, refusal_body, run, timely};
use super::secrets::{Secret, Secrets, Stored, sha256};
use super::store::Store;
use crate::command::{AcceptInvitation, Command, Found};
use crate::domain::access::{Denial, Person, standing};
use crate::domain::address::{AddressKey, EmailAddress};
use crate::domain::id::{InvitationId, RoleId, SessionId, UserId};
use crate::domain::name::PersonName;
use crate::domain::org::Holder;
use crate::domain::refusal::Refusal;
use crate::domain::user::{CredentialKind, Digest, User};
use crate::outside::Outside;

/// Tries at one address before the first pause.
const TRIES: u32 = 5;

/// The first pause; each further failure doubles it.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// The longest pause.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(60);

/// That somebody has proved to be this user. They still choose the role to act in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    user: UserId,
    at: Timestamp,
    how: &'static str,
}

impl Proof {
    /// Who.
    pub const fn user(&self) -> UserId {
        self.user
    }
}

/// An expected answer, or a fault below.
pub(super) type Answer<T> = Result<Result<T, Refusal>, Fault>;

/// Checks an address and a passphrase. Unknown addresses, wrong passphrases and people who never set one
/// get the same answer after the same work.
///
/// # Errors
/// A fault below.
pub fn prove(store: &mut Store, outside: &Outside, cost: &Cost, address: &str, passphrase: &Secret) -> Answer<Proof> {
    store.catch_up()?;
    timely(store.head(), outside.now())?;
    let key = address.parse::<EmailAddress>().ok().map(|address| address.key());
    let tries = tries_at(key.as_ref());
    if let Some(refusal) = paused(store, &tries, outside.now())? {
        return Ok(Err(refusal));
    }
    let user = match key.and_then(|key| store.org().holder(&key)) {
        Some(Holder::User(user)) => Some(user),
        Some(Holder::Invitation(_)) | None => None,
    };
    let stored = match user {
        Some(user) => store.secret(CredentialKind::Passphrase, user.uuid())?,
        None => None,
    };
    let right = passphrase::verify(cost, passphrase, stored.as_ref().map(|stored| stored.as_slice()))?;
    match user.filter(|_| right) {
        Some(user) => {
            store.clear_tries(&tries)?;
            Ok(active(store, outside, user)?.map(|()| Proof { user, at: outside.now(), how: "passphrase" }))
        }
        None => {
            count_failure(store, &tries, outside.now())?;
            note_failure(store, outside, "sign_in", user, &Refusal::SignInFailed)?;
            Ok(Err(Refusal::SignInFailed))
        }
    }
}

/// Under what wrong passphrases for an address are counted; the same for everything that is no address.
pub(super) fn tries_at(key: Option<&AddressKey>) -> Digest {
    sha256(format!("sign-in {}", key.map_or("", AddressKey::as_str)).as_bytes())
}

/// The refusal of a try during a pause.
pub(super) fn paused(store: &Store, tries: &Digest, now: Timestamp) -> Result<Option<Refusal>, Fault> {
    let until = store.paused_until(tries)?.filter(|until| *until > now);
    Ok(until.map(|until| Refusal::Paused { until }))
}

/// Counts a wrong passphrase; from the fifth on the next try has to wait, each time twice as long.
pub(super) fn count_failure(store: &mut Store, tries: &Digest, now: Timestamp) -> Result<(), Fault> {
    let failures = store.count_try(tries, now)?;
    if let Some(more) = failures.checked_sub(TRIES) {
        let doubled = 2_i32.checked_pow(more).unwrap_or(i32::MAX);
        let pause = FIRST_PAUSE.checked_mul(doubled).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
        store.pause(tries, now.saturating_add(pause).unwrap_or(now))?;
    }
    Ok(())
}

/// In a sample organization anybody can look through anybody's eyes.
///
/// # Errors
/// A fault below.
pub fn look_through(store: &mut Store, outside: &Outside, user: UserId) -> Answer<Proof> {
    store.catch_up()?;
    if !store.org().is_sample() {
        return Ok(Err(Refusal::SignInFailed));
    }
    Ok(active(store, outside, user)?.map(|()| Proof { user, at: outside.now(), how: "sample" }))
}

/// Starts a session in one of the user's roles, with an entry.
///
/// # Errors
/// A fault below.
pub fn enter(store: &mut Store, outside: &Outside, proof: &Proof, role: RoleId) -> Answer<Session> {
    let person = Person { user: proof.user, role };
    let id = SessionId::new(outside.now(), &outside.seed());
    start(
        store,
        outside,
        "sign_in",
        person,
        Session::new(id, person, proof.at),
        json!({ "session": id, "proof": proof.how }),
    )
}

/// Goes on in another role of the same user, with an entry.
///
/// # Errors
/// A fault below.
pub fn switch_role(store: &mut Store, outside: &Outside, session: &Session, role: RoleId) -> Answer<Session> {
    let person = Person { role, ..session.person() };
    let next = Session::new(session.id(), person, session.proved());
    start(store, outside, "switch_role", person, next, json!({ "session": session.id() }))
}

/// Ends a session, with an entry.
///
/// # Errors
/// A fault below.
pub fn leave(store: &mut Store, outside: &Outside, session: &Session) -> Result<(), Fault> {
    let stamp = Stamp::person(session.person(), Some(session.id()));
    note(store, outside, Draft::new("sign_out", Outcome::Done, stamp))
}

/// Founds an organization whose creator has chosen a passphrase, and signs the creator in.
///
/// # Errors
/// A fault below.
pub fn found(store: &mut Store, outside: &Outside, found: Found, secrets: &Secrets, creator: UserId) -> Answer<Proof> {
    let ran = run(store, outside, &Actor::Founder, &Command::from(found), secrets)?;
    Ok(ran.done().map(|_| Proof { user: creator, at: outside.now(), how: "founding" }))
}

/// What an invitation's code opens, or the one answer for all that opens nothing.
///
/// # Errors
/// A fault below.
pub fn check_code(store: &mut Store, outside: &Outside, code: &Secret) -> Answer<InvitationId> {
    store.catch_up()?;
    let now = timely(store.head(), outside.now())?;
    let stored = sha256(code.bytes());
    let open = store.invitation_with_code(&stored.0)?;
    let valid = open.filter(|id| store.org().invitation(*id).is_some_and(|open| !open.is_expired(now)));
    match valid {
        Some(id) => Ok(Ok(id)),
        None => {
            note_failure(store, outside, "accept_invitation", None, &Refusal::CodeRejected)?;
            Ok(Err(Refusal::CodeRejected))
        }
    }
}

/// Signs somebody up with an invitation's code and the hash of the passphrase that they chose.
///
/// # Errors
/// A fault below.
pub fn accept(store: &mut Store, outside: &Outside, code: &Secret, name: PersonName, hash: Secret) -> Answer<Proof> {
    let invitation = match check_code(store, outside, code)? {
        Ok(invitation) => invitation,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let at = timely(store.head(), outside.now())?;
    let user = UserId::new(at, &outside.seed());
    let (digest, secrets) = passphrase_secret(user.uuid(), hash);
    let code = sha256(&sha256(code.bytes()).0);
    let command = AcceptInvitation { invitation, code, user, name, at, passphrase: digest };
    let ran = run(store, outside, &Actor::Invited(Invited::new(invitation)), &command.into(), &secrets)?;
    Ok(ran.done().map(|_| Proof { user, at, how: "invitation" }))
}

/// The stored form of a passphrase, and its digest for the command.
pub fn passphrase_secret(user: Uuid, hash: Secret) -> (Digest, Secrets) {
    let stored = Stored { kind: CredentialKind::Passphrase, owner: user, bytes: hash };
    (stored.digest(), Secrets::none().with(stored))
}

/// Whether a user who has proved who they are may come in at all.
fn active(store: &mut Store, outside: &Outside, user: UserId) -> Answer<()> {
    let org = store.org();
    let denial = match org.user(user).map(User::is_active) {
        Some(true) => return Ok(Ok(())),
        Some(false) => Denial::Deactivated,
        None => Denial::UnknownUser,
    };
    let refusal = Refusal::denied(&org, denial);
    note_failure(store, outside, "sign_in", Some(user), &refusal)?;
    Ok(Err(refusal))
}

fn start(
    store: &mut Store,
    outside: &Outside,
    name: &'static str,
    person: Person,
    session: Session,
    facts: serde_json::Value,
) -> Answer<Session> {
    let writing = store.begin()?;
    let at = entry_time(&writing, outside.now())?;
    let standing = standing(&writing.org(), person);
    let refused = standing.err().map(|denial| Refusal::denied(&writing.org(), denial));
    let outcome = if refused.is_some() { Outcome::Refused } else { Outcome::Done };
    let mut draft = Draft::new(name, outcome, Stamp::person(person, Some(session.id()))).with("session", &facts);
    if let Some(refusal) = &refused {
        draft = draft.with("refusal", &refusal_body(refusal));
    }
    finish_note(writing, outside, at, draft)?;
    Ok(refused.map_or(Ok(session), Err))
}

/// Notes a failed proof: at a known address as an entry of its own; the others share one entry an hour.
fn note_failure(
    store: &mut Store,
    outside: &Outside,
    name: &'static str,
    user: Option<UserId>,
    refusal: &Refusal,
) -> Result<(), Fault> {
    let body = refusal_body(refusal);
    let Some(user) = user else {
        let Some(count) = store.count_stranger(outside.now())? else { return Ok(()) };
        let draft = Draft::new(name, Outcome::Refused, Stamp::of(StampKind::Nobody));
        return note(store, outside, draft.with("refusal", &body).with("session", &json!({ "tries": count })));
    };
    let role = store.org().user(user).and_then(|user| user.roles.iter().next());
    let stamp = match role {
        Some(role) => person_stamp(Person { user, role }),
        None => Stamp::of(StampKind::Nobody),
    };
    note(store, outside, Draft::new(name, Outcome::Refused, stamp).with("refusal", &body))
}

pub(super) fn note(store: &mut Store, outside: &Outside, draft: Draft) -> Result<(), Fault> {
    let writing = store.begin()?;
    let at = entry_time(&writing, outside.now())?;
    finish_note(writing, outside, at, draft).map(|_| ())
}
