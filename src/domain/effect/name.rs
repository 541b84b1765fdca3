//! How rows are named where they are read closely: two names that differ look different.
use crate::domain::id::{EntityId, RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, Entity};
use crate::domain::row::Row;
use crate::domain::text::{Full, Shown};
use crate::domain::user::CredentialKind;

/// Text that somebody typed, in full.
pub(super) fn full(text: &str) -> Full<'_> {
    Shown::new(text).full()
}

/// `“Reader”`.
pub(super) fn role(org: &Org, id: RoleId) -> String {
    let name = org.role(id).map(|role| format!("“{}”", full(role.name.as_str())));
    name.unwrap_or_else(|| format!("a role that is not there ({id})"))
}

/// `Anna Berg`.
pub(super) fn user(org: &Org, id: UserId) -> String {
    let name = org.user(id).map(|user| full(user.name.as_str()).to_string());
    name.unwrap_or_else(|| format!("a user who is not there ({id})"))
}

/// `“North” of “Group”`: siblings have different names.
pub(super) fn entity(org: &Org, entity: &Entity) -> String {
    let parent = entity.parent.and_then(|parent| org.entity(parent));
    let above = parent.map(|parent| format!(" of “{}”", full(parent.name.as_str()))).unwrap_or_default();
    format!("“{}”{above}", full(entity.name.as_str()))
}

/// The entity with this id, as [`entity`] names it.
pub(super) fn entity_by_id(org: &Org, id: EntityId) -> String {
    let name = org.entity(id).map(|row| entity(org, row));
    name.unwrap_or_else(|| format!("an entity that is not there ({id})"))
}

/// `“Main” in EUR of “North”`.
pub(super) fn account(org: &Org, account: &Account) -> String {
    let owner = org.entity(account.entity).map(|row| format!(" of “{}”", full(row.name.as_str()))).unwrap_or_default();
    format!("“{}” in {}{owner}", full(account.name.as_str()), account.currency)
}

/// What a line is about: `Role “Reader”`, `User Anna Berg`, `Invitation anna@example.com`.
pub(super) fn subject(row: &Row) -> String {
    match row {
        Row::Organization(row) => format!("Organization “{}”", full(row.name.as_str())),
        Row::Entity(row) => format!("Entity “{}”", full(row.name.as_str())),
        Row::Account(row) => format!("Account “{}”", full(row.name.as_str())),
        Row::Role(row) => format!("Role “{}”", full(row.name.as_str())),
        Row::User(row) => format!("User {}", full(row.name.as_str())),
        Row::Invitation(row) => format!("Invitation {}", full(row.address.as_str())),
        Row::ChangeRequest(row) => format!("Change request “{}”", full(&row.summary)),
        Row::Credential(row) => match row.kind {
            CredentialKind::Passphrase => "Passphrase",
            CredentialKind::InvitationCode => "Invitation code",
            CredentialKind::RecoveryCode => "Recovery code",
        }
        .to_owned(),
    }
}
