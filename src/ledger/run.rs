//! The only door: every change to an organization goes through [`run`].
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::actor::Actor;
use super::entry::{Draft, Head, Outcome, Stamp, StampKind};
use super::fault::Fault;
use super::secrets::Secrets;
use super::store::{Store, Writing};
use crate::command::{Actors, Command, check_rules};
use crate::domain::access::{Decision, Denial, Person, decide, standing, who_could_grant};
use crate::domain::org::Org;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::Difference;
use crate::outside::Outside;

/// How far the clock may be behind the newest entry.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

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
    /// The refusal as an error.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn done(self) -> Result<Difference, Refusal> {
        match self {
            Self::Done { difference, .. } => Ok(difference),
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
    match attempt(&writing.org(), actor, command) {
        Ok((after, difference)) => {
            let draft = Draft::new(command.change().name(), Outcome::Done, stamp(actor))
                .with("command", &to_json(command)?)
                .with_difference(&difference)?;
            let seq = finish(writing, outside, at, draft, &difference, after, secrets)?;
            Ok(Ran::Done { seq, difference })
        }
        Err(refusal) if writing.org().organization().is_none() => Ok(Ran::Refused { seq: None, refusal }),
        Err(refusal) => {
            let draft = Draft::new(command.change().name(), Outcome::Refused, stamp(actor))
                .with("command", &shortened(to_json(command)?))
                .with("refusal", &refusal_body(&refusal));
            let seq = finish_note(writing, outside, at, draft)?;
            Ok(Ran::Refused { seq: Some(seq), refusal })
        }
    }
}

/// What a command would do now, for this actor, without doing it.
///
/// # Errors
/// Why it would be refused.
pub fn attempt(org: &Arc<Org>, actor: &Actor, command: &Command) -> Result<(Org, Difference), Refusal> {
    let change = command.change();
    may_run(org, actor, change.actors())?;
    if let Some(person) = actor.person() {
        standing(org, person).map_err(|denial| Refusal::NotAllowed { denial, grantors: Few::default() })?;
        for need in change.requires(org) {
            if let Decision::Deny(denial) = decide(org, person, need) {
                return Err(denied(org, denial));
            }
        }
    }
    let mut after = Org::clone(org);
    change.apply(&mut after)?;
    let difference = Difference::between(org, &after);
    check_rules(org, &after, &difference, actor.person())?;
    Ok((after, difference))
}

/// The refusal that a denial is, with who could help.
pub fn denied(org: &Org, denial: Denial) -> Refusal {
    let grantors = match denial {
        Denial::Missing(permission) | Denial::OutsideScope(permission) => {
            who_could_grant(org, permission).map(|user| &user.name).collect()
        }
        _ => Few::default(),
    };
    Refusal::NotAllowed { denial, grantors }
}

fn may_run(org: &Org, actor: &Actor, actors: Actors) -> Result<(), Refusal> {
    match (actors, actor) {
        (Actors::Person, Actor::Person(_)) => Ok(()),
        (Actors::Oneself(user), Actor::Person(session)) if session.person().user == user => Ok(()),
        (Actors::Founder, Actor::Founder) if org.organization().is_none() => Ok(()),
        (Actors::Founder, Actor::Founder) => Err(Refusal::Founding("This file already holds an organization.")),
        (Actors::Invitee(id), Actor::Invited(proof)) if proof.invitation() == id => Ok(()),
        (Actors::System, Actor::System) => Ok(()),
        (Actors::Person, _) => Err(Refusal::WrongActor("a signed-in person")),
        (Actors::Oneself(_), _) => Err(Refusal::WrongActor("the person that it concerns")),
        (Actors::Founder, _) => Err(Refusal::WrongActor("whoever founds an organization")),
        (Actors::Invitee(_), _) => Err(Refusal::WrongActor("whoever holds the invitation's code")),
        (Actors::System, _) => Err(Refusal::WrongActor("rolodeck itself")),
    }
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
    finish(writing, outside, at, draft, &Difference::default(), org, &Secrets::none())
}

fn finish(
    mut writing: Writing<'_>,
    outside: &Outside,
    at: Timestamp,
    draft: Draft,
    difference: &Difference,
    after: Org,
    secrets: &Secrets,
) -> Result<u64, Fault> {
    let entry = draft.seal(&writing.head(), at, outside);
    let seq = entry.header.seq;
    writing.append(entry, difference, after, secrets)?;
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
