//! Proving again who one is, within a session.
use serde_json::json;

use super::actor::{Actor, Session};
use super::entry::{Draft, Outcome, Stamp};
use super::fault::Fault;
use super::passphrase::{self, Cost};
use super::run::{Ran, refusal_body, run, timely};
use super::secrets::Secret;
use super::signin::{Answer, count_failure, note, passphrase_secret, paused, tries_at};
use super::store::Store;
use crate::command::ChangePassphrase;
use crate::domain::refusal::Refusal;
use crate::domain::user::CredentialKind;
use crate::outside::Outside;

/// The same session, with a proof of this moment. In a sample nobody has a passphrase, and none is asked for.
///
/// # Errors
/// A fault below.
pub fn prove_again(
    store: &mut Store,
    outside: &Outside,
    cost: &Cost,
    session: &Session,
    passphrase: &Secret,
) -> Answer<Session> {
    if let Err(refusal) = check_current(store, outside, cost, session, passphrase, "prove_again")? {
        return Ok(Err(refusal));
    }
    let stamp = Stamp::person(session.person(), Some(session.id()));
    let draft = Draft::new("prove_again", Outcome::Done, stamp);
    note(store, outside, draft.with("session", &json!({ "session": session.id() })))?;
    Ok(Ok(Session::new(session.id(), session.person(), timely(store.head(), outside.now())?)))
}

/// Changes the passphrase of the person in the session, who types the current one again.
///
/// # Errors
/// A fault below.
pub fn change_passphrase(
    store: &mut Store,
    outside: &Outside,
    cost: &Cost,
    session: &Session,
    current: &Secret,
    hash: Secret,
) -> Result<Ran, Fault> {
    if let Err(refusal) = check_current(store, outside, cost, session, current, "change_passphrase")? {
        let noted = matches!(refusal, Refusal::WrongPassphrase);
        return Ok(Ran::Refused { seq: noted.then(|| store.head().seq), refusal });
    }
    let user = session.person().user;
    let (digest, secrets) = passphrase_secret(user.uuid(), hash);
    let command = ChangePassphrase { user, at: outside.now(), passphrase: digest };
    run(store, outside, &Actor::Person(session.clone()), &command.into(), &secrets)
}

/// Whether the typed passphrase is the one of the person in the session. A wrong one is noted and counts towards
/// the pauses at sign-in.
fn check_current(
    store: &mut Store,
    outside: &Outside,
    cost: &Cost,
    session: &Session,
    typed: &Secret,
    what: &'static str,
) -> Answer<()> {
    store.catch_up()?;
    timely(store.head(), outside.now())?;
    let user = session.person().user;
    let Some(stored) = store.secret(CredentialKind::Passphrase, user.uuid())? else {
        return Ok(if store.org().is_sample() { Ok(()) } else { Err(Refusal::WrongPassphrase) });
    };
    let tries = tries_at(store.org().user(user).map(|user| user.address.key()).as_ref());
    if let Some(refusal) = paused(store, &tries, outside.now())? {
        return Ok(Err(refusal));
    }
    if passphrase::verify(cost, typed, Some(stored.as_slice()))? {
        store.clear_tries(&tries)?;
        return Ok(Ok(()));
    }
    count_failure(store, &tries, outside.now())?;
    let stamp = Stamp::person(session.person(), Some(session.id()));
    let refusal = Refusal::WrongPassphrase;
    note(store, outside, Draft::new(what, Outcome::Refused, stamp).with("refusal", &refusal_body(&refusal)))?;
    Ok(Err(refusal))
}
