//! Getting the messages of invitations out of the house.
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::founding::hex;
use super::worker::Post;
use crate::command::{Command, DrawCode};
use crate::domain::id::InvitationId;
use crate::domain::org::Org;
use crate::domain::row::Difference;
use crate::domain::user::{CredentialKind, Invitation};
use crate::ledger::actor::Actor;
use crate::ledger::fault::Fault;
use crate::ledger::run::{Ran, run};
use crate::ledger::secrets::{Secret, Secrets, Stored, sha256};
use crate::ledger::store::{Delivery, Store};
use crate::mail::{self, Code, Content, DropFolder, Letter, LetterId, MailError, Postmark};
use crate::outside::Outside;

/// The right to send for one file: one process at a time has it.
pub(super) struct SenderLock(#[expect(dead_code, reason = "holding the file is the point")] File);

impl SenderLock {
    /// Takes the lock, if no other process has it.
    pub(super) fn take(database: &Path) -> Result<Option<Self>, Fault> {
        let path = lock_file(database);
        let fault = |source| Fault::Io { path: path.clone(), doing: "locked", source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(fault(source)),
        }
    }
}

fn lock_file(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".sending");
    name.into()
}

/// The stored form of a typed code: spaces, hyphens and upper case do not matter.
pub(super) fn code_as_typed(code: &Secret) -> Secret {
    let typed = String::from_utf8_lossy(code.bytes());
    let plain: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
    Secret::from(plain.as_str())
}

/// Sends one waiting message: draws its code, commits the hash, hands the message over, notes the outcome.
pub(super) fn deliver(
    store: &mut Store,
    outside: &Outside,
    post: &Post,
    id: InvitationId,
    delivery: &Delivery,
) -> Result<(), Fault> {
    if let Some(path) = already_dropped(store, post, id) {
        tracing::info!(?path, "the message was written before");
        return store.sent(id, delivery.asked, outside.now());
    }
    let now = outside.now();
    if store.org().invitation(id).is_some_and(|open| open.is_expired(now)) {
        return store.failed(id, delivery.asked, now, "The invitation expired before its message could leave.");
    }
    if let Err(error) = retire_undone(store, post, id) {
        return postpone(store, now, id, delivery, &error);
    }
    let code = Secret::from(hex(&outside.bytes::<32>()).as_str());
    let Some(letter) = draw(store, outside, id, &code)? else { return Ok(()) };
    let org = store.org();
    let Some(open) = org.invitation(id) else { return Ok(()) };
    match send(&org, outside, post, open, letter, &code) {
        Ok(_) => store.sent(id, delivery.asked, outside.now()),
        Err(error) => postpone(store, outside.now(), id, delivery, &error),
    }
}

/// After a crash the message may lie in the folder although nobody noted it: its code is the newest one then.
fn already_dropped(store: &Store, post: &Post, id: InvitationId) -> Option<PathBuf> {
    let org = store.org();
    let open = org.invitation(id)?;
    org.credential(CredentialKind::InvitationCode, id.uuid())?;
    let path = post.folder.as_ref()?.file_of(&LetterId::new(id.uuid(), open.attempt));
    path.exists().then_some(path)
}

/// A letter that lies there under the number that is only drawn next was written before a backup was put back. Its code
/// opens nothing any more, and the new letter must not be taken for it.
fn retire_undone(store: &Store, post: &Post, id: InvitationId) -> Result<(), MailError> {
    let org = store.org();
    let Some((open, folder)) = org.invitation(id).zip(post.folder.as_ref()) else { return Ok(()) };
    folder.retire(&LetterId::new(id.uuid(), open.attempt.saturating_add(1)))
}

fn draw(store: &mut Store, outside: &Outside, id: InvitationId, code: &Secret) -> Result<Option<LetterId>, Fault> {
    let Some(attempt) = store.org().invitation(id).map(|open| open.attempt.saturating_add(1)) else { return Ok(None) };
    let bytes = Secret::new(sha256(code.bytes()).0.to_vec());
    let stored = Stored { kind: CredentialKind::InvitationCode, owner: id.uuid(), bytes };
    let command = DrawCode { invitation: id, attempt, at: outside.now(), digest: stored.digest() };
    match run(store, outside, &Actor::System, &Command::from(command), &Secrets::none().with(stored))? {
        Ran::Done { .. } => Ok(Some(LetterId::new(id.uuid(), attempt))),
        Ran::Requested { .. } | Ran::Refused { .. } => Ok(None),
    }
}

fn send(
    org: &Org,
    outside: &Outside,
    post: &Post,
    open: &Invitation,
    letter: LetterId,
    code: &Secret,
) -> Result<mail::Sent, MailError> {
    let inviter = org.user(open.invited_by);
    let roles = open.roles.iter().filter_map(|id| org.role(id)).map(|role| role.name.as_str().into());
    let content = mail::Invitation {
        organization: org.organization().map(|row| row.name.as_str().into()).unwrap_or_default(),
        inviter: inviter.map(|user| user.name.as_str().into()).unwrap_or_default(),
        inviter_address: inviter.map(|user| user.address.as_str().into()).unwrap_or_default(),
        roles: roles.collect(),
        code: Code::new(String::from_utf8_lossy(code.bytes()).into_owned())?,
        until: open.expires,
    };
    let message = Letter {
        to: open.address.as_str().into(),
        name: open.name.as_ref().map(|name| name.as_str().into()),
        content: Content::Invitation(content),
    };
    let postmark = Postmark { sender: post.mailer.sender(), now: outside.now(), random: outside.bytes() };
    post.mailer.send(&letter, &message.write(&postmark)?)
}

fn postpone(
    store: &mut Store,
    now: Timestamp,
    id: InvitationId,
    delivery: &Delivery,
    error: &MailError,
) -> Result<(), Fault> {
    tracing::warn!(%error, "a message was not sent");
    match mail::pause(error.retry(), delivery.tries.saturating_add(1)) {
        Some(pause) => {
            let pause = SignedDuration::try_from(pause).unwrap_or(SignedDuration::from_hours(1));
            store.delayed(id, delivery.asked, now, &error.to_string(), now.saturating_add(pause).unwrap_or(now))
        }
        None => store.failed(id, delivery.asked, now, &error.to_string()),
    }
}

/// Takes the messages to people who were just blanked out of the drop folder, as far as that is possible: it is not
/// part of the organization's file, and others may have taken or copied them.
pub(super) fn forget_letters(store: Option<&Store>, folder: &DropFolder, difference: &Difference) {
    let Some(store) = store else { return };
    for user in difference.users().filter_map(|(_, after)| after.filter(|user| user.is_erased())) {
        let invitations = store.invitations_of_erased(user.id).unwrap_or_else(|error| {
            tracing::warn!(%error, "the messages to somebody who was blanked were not looked for");
            Vec::new()
        });
        let letters = invitations.iter().flat_map(|(id, newest)| (1..=*newest).map(|n| LetterId::new(id.uuid(), n)));
        for letter in letters {
            if let Err(error) = folder.remove(&letter) {
                tracing::warn!(%error, %letter, "a message to somebody who was blanked was not removed");
            }
        }
    }
}
