//! The only door: every change to an organization goes through [`run`].
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::actor::Actor;
use super::entry::{Draft, Head, Outcome, Stamp, StampKind};
use super::erasure;
use super::fault::Fault;
use super::secrets::Secrets;
use super::store::{Blanking, Store, Writing};
use crate::command::{Actors, Command, Proposal, asks_second, try_command};
use crate::domain::access::Person;
use crate::domain::id::ChangeRequestId;
use crate::domain::org::Org;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::{Difference, Row};
use crate::domain::security::Area;
use crate::domain::user::{CredentialKind, Digest};
use crate::outside::Outside;

/// How far the clock may be behind the newest entry.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// How long after proving who they are somebody may approve.
const PROOF_VALID: SignedDuration = SignedDuration::from_mins(5);

/// The most lines of a list that the entry of a refused command keeps.
const LINES: usize = 20;

/// What became of a command.
#[derive(Debug)]
pub enum Ran {
    /// It was done.
    Done {
        /// Its entry.
        seq: u64,
        /// What it changed.
        difference: Difference,
    },
    /// It waits for a second person.
    Requested {
        /// Its entry.
        seq: u64,
        /// The request.
        request: ChangeRequestId,
        /// Who could approve it.
        approvers: Few,
    },
    /// It was refused, and nothing of it happened.
    Refused {
        /// The entry of the refusal; none when there is no organization that could keep it, and in a pause
        /// after wrong passphrases.
        seq: Option<u64>,
        /// Why.
        refusal: Refusal,
    },
}

impl Ran {
    /// What it changed, which is nothing yet when it waits for a second person; the refusal as an error.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn done(self) -> Result<Difference, Refusal> {
        match self {
            Self::Done { difference, .. } => Ok(difference),
            Self::Requested { .. } => Ok(Difference::default()),
            Self::Refused { refusal, .. } => Err(refusal),
        }
    }
}

/// Runs a command for an actor: authorise, try, check the rules, write; or refuse and note that.
///
/// # Errors
/// A fault below: the file, the disk, the clock. Nothing was changed then.
pub fn run(
    store: &mut Store,
    outside: &Outside,
    actor: &Actor,
    command: &Command,
    secrets: &Secrets,
) -> Result<Ran, Fault> {
    let writing = store.begin()?;
    let at = entry_time(&writing, outside.now())?;
    let org = writing.org();
    let command = &command.clone().decided_at(at);
    match attempt(&org, at, actor, command) {
        Ok((after, difference)) => match actor.person().zip(asks_second(&org, command)) {
            Some((person, area)) => park(writing, outside, at, actor, (person, area, command)),
            None => carry_out(writing, outside, at, actor, command, (after, difference), secrets),
        },
        Err(refusal) => refuse(writing, outside, at, actor, command, refusal),
    }
}

/// Writes what a command does.
fn carry_out(
    writing: Writing<'_>,
    outside: &Outside,
    at: Timestamp,
    actor: &Actor,
    command: &Command,
    (mut after, mut difference): (Org, Difference),
    secrets: &Secrets,
) -> Result<Ran, Fault> {
    let mut said = to_json(command)?;
    let blanking = erasure::planned(&writing, outside, command)?;
    if let Some(blanking) = &blanking {
        (after, difference) = erasure::complete(blanking, &writing.org(), after);
        blanking.traces.blank("command", None, &mut said);
    }
    let draft = Draft::new(command.change().name(), outcome_of(command), stamp(actor))
        .with("command", &said)
        .with_difference(&difference)?;
    let draft = blanking.iter().fold(draft, |draft, blanking| erasure::tell(blanking, draft));
    let seq = finish(writing, outside, at, draft, (&difference, after), secrets, blanking.as_ref())?;
    Ok(Ran::Done { seq, difference })
}

/// What an entry says became of a command that was done.
const fn outcome_of(command: &Command) -> Outcome {
    match command {
        Command::ApproveRequest(_) => Outcome::Approved,
        Command::RejectRequest(_) => Outcome::Rejected,
        _ => Outcome::Done,
    }
}

/// Notes that a command was refused.
fn refuse(
    writing: Writing<'_>,
    outside: &Outside,
    at: Timestamp,
    actor: &Actor,
    command: &Command,
    refusal: Refusal,
) -> Result<Ran, Fault> {
    if writing.org().organization().is_none() {
        return Ok(Ran::Refused { seq: None, refusal });
    }
    let draft = Draft::new(command.change().name(), Outcome::Refused, stamp(actor))
        .with("command", &shortened(to_json(command)?))
        .with("refusal", &refusal_body(&refusal));
    let seq = finish_note(writing, outside, at, draft)?;
    Ok(Ran::Refused { seq: Some(seq), refusal })
}

/// Makes a change request of a command. The request's row holds the command, so the entry does not say it twice.
fn park(
    writing: Writing<'_>,
    outside: &Outside,
    at: Timestamp,
    actor: &Actor,
    (person, area, command): (Person, Area, &Command),
) -> Result<Ran, Fault> {
    let org = writing.org();
    let id = ChangeRequestId::new(at, &outside.seed());
    let entry = writing.head().seq + 1;
    let filed = Proposal::new(&org, person, command.clone()).and_then(|proposal| {
        let request = proposal.file(&org, area, id, at, entry)?;
        Ok((request, proposal.approvers(&org).map(|(user, _)| &user.name).collect()))
    });
    let (request, approvers) = match filed {
        Ok(filed) => filed,
        Err(refusal) => return refuse(writing, outside, at, actor, command, refusal),
    };
    let mut after = Org::clone(&org);
    after.put(Row::ChangeRequest(request));
    let difference = Difference::between(&org, &after);
    let draft = Draft::new(command.change().name(), Outcome::Requested, stamp(actor)).with_difference(&difference)?;
    let seq = finish(writing, outside, at, draft, (&difference, after), &Secrets::none(), None)?;
    Ok(Ran::Requested { seq, request: id, approvers })
}

/// What a command would do now, for this actor, without doing it.
///
/// # Errors
/// Why it would be refused.
pub fn attempt(org: &Org, now: Timestamp, actor: &Actor, command: &Command) -> Result<(Org, Difference), Refusal> {
    let actors = command.change().actors();
    may_run(org, now, actor, actors)?;
    let tried = try_command(org, actor.person(), command)?;
    fresh(now, actor, actors)?;
    Ok(tried)
}

/// Whether whoever approves has proved a moment ago who they are.
fn fresh(now: Timestamp, actor: &Actor, actors: Actors) -> Result<(), Refusal> {
    match (actors, actor) {
        (Actors::Approver { .. }, Actor::Person(session)) if now.duration_since(session.proved()) > PROOF_VALID => {
            Err(Refusal::ProofTooOld)
        }
        _ => Ok(()),
    }
}

fn may_run(org: &Org, now: Timestamp, actor: &Actor, actors: Actors) -> Result<(), Refusal> {
    match (actors, actor) {
        (Actors::Person, Actor::Person(_)) => Ok(()),
        (Actors::Oneself(user), Actor::Person(session)) if session.person().user == user => Ok(()),
        (Actors::Founder, Actor::Founder) if org.organization().is_none() => Ok(()),
        (Actors::Founder, Actor::Founder) => Err(Refusal::Founding("This file already holds an organization.")),
        (Actors::Invitee(id), Actor::Invited(proof)) if proof.invitation() == id => Ok(()),
        (Actors::System, Actor::System) => Ok(()),
        (Actors::Acting(person), Actor::Person(session)) if session.person() == person => Ok(()),
        // The code that was checked may have been used up or replaced since.
        (Actors::Rescuer, Actor::Rescuer(rescued)) if recovery_code(org) == Some(rescued.code()) => Ok(()),
        (Actors::Rescuer, Actor::Rescuer(_)) => Err(Refusal::WrongRecoveryCode),
        (Actors::Approver { by, request }, Actor::Person(session)) if session.person() == by => {
            match org.change_request(request) {
                Some(request) if request.is_open() && request.is_expired(now) => {
                    Err(Refusal::RequestExpired { at: request.expires })
                }
                _ => Ok(()),
            }
        }
        (Actors::Approver { .. }, _) => Err(Refusal::WrongActor("the signed-in person who approves")),
        (Actors::Rescuer, _) => Err(Refusal::WrongActor("whoever has the recovery code")),
        (Actors::Person, _) => Err(Refusal::WrongActor("a signed-in person")),
        (Actors::Oneself(_) | Actors::Acting(_), _) => Err(Refusal::WrongActor("the person that it concerns")),
        (Actors::Founder, _) => Err(Refusal::WrongActor("whoever founds an organization")),
        (Actors::Invitee(_), _) => Err(Refusal::WrongActor("whoever holds the invitation's code")),
        (Actors::System, _) => Err(Refusal::WrongActor("rolodeck itself")),
    }
}

/// What the organization's value says of the recovery code.
fn recovery_code(org: &Org) -> Option<Digest> {
    let owner = org.organization()?.id.uuid();
    org.credential(CredentialKind::RecoveryCode, owner).map(|code| code.digest)
}

/// The time of the next entry: never before the newest one.
pub(super) fn entry_time(writing: &Writing<'_>, now: Timestamp) -> Result<Timestamp, Fault> {
    timely(writing.head(), now)
}

/// The time that counts after `head`: never before it. A clock that is far behind is a fault.
pub(super) fn timely(head: Head, now: Timestamp) -> Result<Timestamp, Fault> {
    let head = head.at;
    if head.duration_since(now) > PATIENCE {
        return Err(Fault::Clock { now, head });
    }
    Ok(now.max(head))
}

/// Writes an entry that changes no row, such as a sign-in or a refusal.
pub(super) fn finish_note(writing: Writing<'_>, outside: &Outside, at: Timestamp, draft: Draft) -> Result<u64, Fault> {
    let org = Org::clone(&writing.org());
    finish(writing, outside, at, draft, (&Difference::default(), org), &Secrets::none(), None)
}

fn finish(
    mut writing: Writing<'_>,
    outside: &Outside,
    at: Timestamp,
    draft: Draft,
    (difference, after): (&Difference, Org),
    secrets: &Secrets,
    blanking: Option<&Blanking>,
) -> Result<u64, Fault> {
    let entry = draft.seal(&writing.head(), at, outside);
    let seq = entry.header.seq;
    writing.append(entry, difference, after, secrets)?;
    if let Some(blanking) = blanking {
        writing.blank(&blanking.bodies, &erasure::tries(blanking))?;
    }
    writing.commit()?;
    Ok(seq)
}

/// Who an entry says it was.
pub(super) fn stamp(actor: &Actor) -> Stamp {
    match actor {
        Actor::Person(session) => Stamp::person(session.person(), Some(session.id())),
        Actor::Founder => Stamp::of(StampKind::Founder),
        Actor::Invited(_) => Stamp::of(StampKind::Invitee),
        Actor::System => Stamp::of(StampKind::System),
        Actor::Rescuer(_) => Stamp::of(StampKind::Rescuer),
    }
}

/// The stamp of a person who is not signed in (yet).
pub(super) const fn person_stamp(person: Person) -> Stamp {
    Stamp::person(person, None)
}

/// The body that tells why something was refused.
pub(super) fn refusal_body(refusal: &Refusal) -> Value {
    json!({ "code": refusal.code(), "text": refusal.to_string() })
}

fn to_json(command: &Command) -> Result<Value, Fault> {
    serde_json::to_value(command).map_err(|error| Fault::Inconsistent(format!("a command cannot be written: {error}")))
}

/// The command with its long lists cut to the first lines and their count.
fn shortened(value: Value) -> Value {
    match value {
        Value::Array(items) if items.len() > LINES => {
            let count = items.len();
            let first: Vec<_> = items.into_iter().take(LINES).map(shortened).collect();
            json!({ "count": count, "first": first })
        }
        Value::Array(items) => items.into_iter().map(shortened).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, field)| (name, shortened(field))).collect(),
        other => other,
    }
}
