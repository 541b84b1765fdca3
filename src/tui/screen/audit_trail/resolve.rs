//! What is meant by the names that are typed into the filters.
use uuid::Uuid;

use crate::domain::id::{AccountId, EntityId, RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::refusal::Few;
use crate::domain::row::{Kind, RowId};
use crate::domain::text::Shown;
use crate::domain::user::CredentialKind;
use crate::ledger::entry::StampKind;
use crate::ledger::query::{About, Who};
use crate::ledger::telling::KINDS;
use crate::tui::screen::users::plain;

/// Actors that are no users, by what is typed for them.
const ACTORS: [(&str, StampKind); 7] = [
    ("person", StampKind::Person),
    ("people", StampKind::Person),
    ("system", StampKind::System),
    ("founder", StampKind::Founder),
    ("invitee", StampKind::Invitee),
    ("rescuer", StampKind::Rescuer),
    ("nobody", StampKind::Nobody),
];

/// Kinds of things, by what is typed for them.
const THINGS: [(&str, Kind); 18] = [
    ("organization", Kind::Organization),
    ("entity", Kind::Entity),
    ("entities", Kind::Entity),
    ("account", Kind::Account),
    ("accounts", Kind::Account),
    ("role", Kind::Role),
    ("roles", Kind::Role),
    ("user", Kind::User),
    ("users", Kind::User),
    ("invitation", Kind::Invitation),
    ("invitations", Kind::Invitation),
    ("change request", Kind::ChangeRequest),
    ("change requests", Kind::ChangeRequest),
    ("passphrase", Kind::Credential(CredentialKind::Passphrase)),
    ("passphrases", Kind::Credential(CredentialKind::Passphrase)),
    ("invitation code", Kind::Credential(CredentialKind::InvitationCode)),
    ("invitation codes", Kind::Credential(CredentialKind::InvitationCode)),
    ("recovery code", Kind::Credential(CredentialKind::RecoveryCode)),
];

/// Whose entries: a user by name, or a kind of actor. None when nothing was typed.
///
/// # Errors
/// A sentence: nobody or several are called that.
pub(super) fn who(typed: &str, org: &Org) -> Result<Option<Who>, String> {
    let wanted = plain(typed.trim());
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some((_, kind)) = ACTORS.iter().find(|(name, _)| *name == wanted) {
        return Ok(Some(Who::Kind(*kind)));
    }
    let users = org.users().values().map(|user| (user.id, user.name.as_str()));
    match closest(&wanted, users) {
        Ok(user) => Ok(Some(Who::User(user))),
        Err(several) if several.is_empty() => {
            Err(format!("No user is called “{}”. Type a name, or: person, system.", Shown::new(typed.trim())))
        }
        Err(several) => Err(format!("Several users match: {}. Type more of the name.", named(&several))),
    }
}

/// Kinds of commands and events whose names contain every word. None when nothing was typed.
///
/// # Errors
/// A sentence: there is no such kind.
pub(super) fn what(typed: &str) -> Result<Vec<&'static str>, String> {
    let wanted = plain(typed.trim());
    let fits = |words: &str| wanted.split_whitespace().all(|word| plain(words).contains(word));
    let kinds = KINDS.iter().filter(|(name, _)| *name == wanted);
    let kinds: Vec<_> = kinds.chain(KINDS.iter().filter(|(_, words)| fits(words))).map(|(name, _)| *name).collect();
    match kinds.first() {
        _ if wanted.is_empty() => Ok(Vec::new()),
        Some(first) if *first == wanted => Ok(vec![first]),
        Some(_) => Ok(kinds),
        None => Err(format!(
            "No kind of entry is called “{}”. Type a word of one, like: role, invite, sign in, approve.",
            Shown::new(typed.trim())
        )),
    }
}

/// What the entries changed: a kind of things, or one by its name, before which its kind can stand. None when nothing
/// was typed.
///
/// # Errors
/// A sentence: nothing or several are called that.
pub(super) fn about(typed: &str, org: &Org) -> Result<Option<About>, String> {
    let wanted = plain(typed.trim());
    if wanted.is_empty() {
        return Ok(None);
    }
    if let Some((_, kind)) = THINGS.iter().find(|(name, _)| *name == wanted) {
        return Ok(Some(About::Kind(*kind)));
    }
    let mut kinds =
        THINGS.iter().filter_map(|(name, kind)| Some((*kind, wanted.strip_prefix(name)?.strip_prefix(' ')?)));
    let (kind, name) = kinds.next_back().map_or((None, wanted.as_str()), |(kind, rest)| (Some(kind), rest.trim()));
    let things = things(org).filter(|(row, _)| kind.is_none_or(|kind| row.kind == kind));
    match closest(name, things) {
        Ok(row) => Ok(Some(About::Row(row))),
        Err(several) if several.is_empty() => Err(format!(
            "Nothing is called “{}”. Type the name of a user, role, entity or account, or a kind: roles, users.",
            Shown::new(typed.trim())
        )),
        Err(several) => Err(format!(
            "Several things match: {}. Type more of the name, or its kind before it: role {name}.",
            named(&several)
        )),
    }
}

/// Everything with a name that entries can be about.
fn things(org: &Org) -> impl Iterator<Item = (RowId, &str)> {
    let row = |kind, id: Uuid, name| (RowId { kind, id }, name);
    let users = org.users().values().map(move |user| row(Kind::User, user.id.uuid(), user.name.as_str()));
    let roles = org.roles().values().map(move |role| row(Kind::Role, role.id.uuid(), role.name.as_str()));
    let entities = org.entities().values().map(move |one| row(Kind::Entity, one.id.uuid(), one.name.as_str()));
    let accounts = org.accounts().values().map(move |one| row(Kind::Account, one.id.uuid(), one.name.as_str()));
    let organization = org.organization().map(move |one| row(Kind::Organization, one.id.uuid(), one.name.as_str()));
    users.chain(roles).chain(entities).chain(accounts).chain(organization)
}

/// The one thing that is called so, or else the only one whose name contains it.
///
/// # Errors
/// The names of several, none when there are none.
fn closest<'n, T>(wanted: &str, things: impl Iterator<Item = (T, &'n str)>) -> Result<T, Vec<&'n str>> {
    let mut all: Vec<_> = things.filter(|(_, name)| plain(name).contains(wanted)).collect();
    let exact = all.iter().filter(|(_, name)| plain(name) == wanted).count();
    if exact == 1 {
        all.retain(|(_, name)| plain(name) == wanted);
    }
    match all.pop() {
        Some((thing, _)) if all.is_empty() => Ok(thing),
        last => Err(all.iter().chain(&last).map(|(_, name)| *name).collect()),
    }
}

fn named(names: &[&str]) -> Few {
    names.iter().map(|name| Shown::new(name).to_string()).collect()
}

/// What a row is called now, with its kind before it.
pub(super) fn name(row: RowId, org: &Org) -> String {
    let id = row.id;
    let name = match row.kind {
        Kind::User => org.user(UserId::from_uuid(id)).map(|user| user.name.to_string()),
        Kind::Role => org.role(RoleId::from_uuid(id)).map(|role| role.name.to_string()),
        Kind::Entity => org.entity(EntityId::from_uuid(id)).map(|one| one.name.to_string()),
        Kind::Account => org.account(AccountId::from_uuid(id)).map(|one| one.name.to_string()),
        Kind::Organization => org.organization().map(|one| one.name.to_string()),
        Kind::Invitation | Kind::ChangeRequest | Kind::Credential(_) => None,
    };
    let kind = row.kind.name().replace('_', " ");
    name.map_or_else(|| format!("one {kind}"), |name| format!("{kind} “{name}”"))
}
