//! Breaking the glass with the organization's recovery code (decision 15 in the crate docs).
use super::actor::{Actor, Rescued, Session};
use super::entry::{Draft, Outcome, Stamp, StampKind};
use super::fault::Fault;
use super::run::{Ran, refusal_body, run, timely};
use super::secrets::{Secret, Secrets, Stored, sha256};
use super::signin::{Answer, count_failure, note, passphrase_secret, paused, tries_at};
use super::store::Store;
use crate::command::{DrawRecoveryCode, ResetOwner, SwitchFourEyesOff};
use crate::domain::id::UserId;
use crate::domain::refusal::Refusal;
use crate::domain::user::CredentialKind;
use crate::outside::Outside;

/// Digits of a recovery code that stand together.
const GROUP: usize = 4;

/// A new recovery code: 160 random bits in ten groups of four hexadecimal digits.
pub fn draw_code(outside: &Outside) -> Secret {
    let digits: String = outside.bytes::<20>().iter().map(|byte| format!("{byte:02x}")).collect();
    Secret::from(grouped(&digits).as_str())
}

/// A typed code as it was shown: spaces, hyphens and upper case do not matter.
fn as_shown(typed: &Secret) -> Secret {
    let typed = String::from_utf8_lossy(typed.bytes());
    let digits: String = typed.chars().filter(char::is_ascii_hexdigit).map(|c| c.to_ascii_lowercase()).collect();
    Secret::from(grouped(&digits).as_str())
}

fn grouped(digits: &str) -> String {
    let groups: Vec<_> = digits.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect();
    groups.join("-")
}

/// Checks the recovery code. Wrong ones are noted, and from the fifth on the next try has to wait.
///
/// # Errors
/// A fault below.
pub fn check_recovery_code(store: &mut Store, outside: &Outside, code: &Secret) -> Answer<Rescued> {
    store.catch_up()?;
    timely(store.head(), outside.now())?;
    let Some(organization) = store.org().organization().map(|row| row.id) else {
        return Ok(Err(Refusal::Founding("There is no organization yet.")));
    };
    let tries = sha256(b"recovery code");
    if let Some(refusal) = paused(store, &tries, outside.now())? {
        return Ok(Err(refusal));
    }
    let stored = store.secret(CredentialKind::RecoveryCode, organization.uuid())?.map(|stored| sha256(&stored));
    let typed = sha256(as_shown(code).bytes());
    if let Some(stored) = stored.filter(|stored| *stored == sha256(&typed.0)) {
        store.clear_tries(&tries)?;
        return Ok(Ok(Rescued::new(stored)));
    }
    count_failure(store, &tries, outside.now())?;
    let refusal = Refusal::WrongRecoveryCode;
    let draft = Draft::new("recover", Outcome::Refused, Stamp::of(StampKind::Nobody));
    note(store, outside, draft.with("refusal", &refusal_body(&refusal)))?;
    Ok(Err(refusal))
}

/// Switches four-eyes off. Returns the recovery code that replaces the used one; it is shown this once.
///
/// # Errors
/// A fault below.
pub fn switch_four_eyes_off(store: &mut Store, outside: &Outside, rescued: Rescued, claimed: UserId) -> Answer<Secret> {
    let (code, stored) = next_code(store, outside)?;
    let command = SwitchFourEyesOff { claimed, at: outside.now(), code: stored.digest() };
    let ran = run(store, outside, &Actor::Rescuer(rescued), &command.into(), &Secrets::none().with(stored))?;
    Ok(ran.done().map(|_| code))
}

/// Gives an Owner a new passphrase, of which `hash` is the hash. Returns the recovery code that replaces the used one;
/// it is shown this once.
///
/// # Errors
/// A fault below.
pub fn reset_owner(
    store: &mut Store,
    outside: &Outside,
    rescued: Rescued,
    owner: UserId,
    hash: Secret,
) -> Answer<Secret> {
    let (code, stored) = next_code(store, outside)?;
    let (passphrase, secrets) = passphrase_secret(owner.uuid(), hash);
    let command = ResetOwner { owner, at: outside.now(), passphrase, code: stored.digest() };
    let ran = run(store, outside, &Actor::Rescuer(rescued), &command.into(), &secrets.with(stored))?;
    if let Ran::Done { .. } = ran {
        let tries = tries_at(store.org().user(owner).map(|user| user.address.key()).as_ref());
        store.clear_tries(&tries)?;
    }
    Ok(ran.done().map(|_| code))
}

/// Draws the new recovery code that was decided; it is shown this once.
///
/// # Errors
/// A fault below.
pub fn draw_recovery_code(store: &mut Store, outside: &Outside, session: &Session) -> Answer<Secret> {
    let (code, stored) = next_code(store, outside)?;
    let command = DrawRecoveryCode { by: session.person().user, at: outside.now(), code: stored.digest() };
    let ran = run(store, outside, &Actor::Person(session.clone()), &command.into(), &Secrets::none().with(stored))?;
    Ok(ran.done().map(|_| code))
}

/// A new code, and its hash as it is stored.
fn next_code(store: &Store, outside: &Outside) -> Result<(Secret, Stored), Fault> {
    let code = draw_code(outside);
    let owner = store.org().organization().map(|row| row.id.uuid()).unwrap_or_default();
    let bytes = Secret::new(sha256(code.bytes()).0.to_vec());
    Ok((code, Stored { kind: CredentialKind::RecoveryCode, owner, bytes }))
}
