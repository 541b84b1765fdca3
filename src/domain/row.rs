//! The rows that an organization consists of, and the difference between two organizations.
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use serde::Deserialize;
use uuid::Uuid;

use super::change_request::ChangeRequest;
use super::id::{AccountId, ChangeRequestId, EntityId, InvitationId, RoleId, UserId};
use super::org::Org;
use super::organization::{Account, Entity, Organization};
use super::role::Role;
use super::user::{Credential, CredentialKind, Invitation, User};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The organization itself; one row.
    Organization,
    /// A business unit.
    Entity,
    /// An account or wallet.
    Account,
    /// A role.
    Role,
    /// A user.
    User,
    /// An open invitation.
    Invitation,
    /// That an owner can prove something; its id is the owner's.
    Credential(CredentialKind),
    /// A change that waits, or waited, for a second person.
    ChangeRequest,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Organization,
        Self::Entity,
        Self::Account,
        Self::Role,
        Self::User,
        Self::Invitation,
        Self::Credential(CredentialKind::Passphrase),
        Self::Credential(CredentialKind::InvitationCode),
        Self::Credential(CredentialKind::RecoveryCode),
        Self::ChangeRequest,
    ];

    /// Its stable name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Entity => "entity",
            Self::Account => "account",
            Self::Role => "role",
            Self::User => "user",
            Self::Invitation => "invitation",
            Self::Credential(kind) => kind.name(),
            Self::ChangeRequest => "change_request",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Names one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// What it is about.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
}

/// One row of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The organization itself.
    Organization(Organization),
    /// A business unit.
    Entity(Entity),
    /// An account or wallet.
    Account(Account),
    /// A role.
    Role(Role),
    /// A user.
    User(User),
    /// An open invitation.
    Invitation(Invitation),
    /// A credential.
    Credential(Credential),
    /// A change that waits, or waited, for a second person.
    ChangeRequest(ChangeRequest),
}

impl Row {
    /// Its name.
    pub const fn row_id(&self) -> RowId {
        let (kind, id) = match self {
            Self::Organization(row) => (Kind::Organization, row.id.uuid()),
            Self::Entity(row) => (Kind::Entity, row.id.uuid()),
            Self::Account(row) => (Kind::Account, row.id.uuid()),
            Self::Role(row) => (Kind::Role, row.id.uuid()),
            Self::User(row) => (Kind::User, row.id.uuid()),
            Self::Invitation(row) => (Kind::Invitation, row.id.uuid()),
            Self::Credential(row) => (Kind::Credential(row.kind), row.owner),
            Self::ChangeRequest(row) => (Kind::ChangeRequest, row.id.uuid()),
        };
        RowId { kind, id }
    }

    /// Its body as the log stores it.
    ///
    /// # Errors
    /// Only if a value cannot be written as JSON, which no row contains.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        match self {
            Self::Organization(row) => serde_json::to_vec(row),
            Self::Entity(row) => serde_json::to_vec(row),
            Self::Account(row) => serde_json::to_vec(row),
            Self::Role(row) => serde_json::to_vec(row),
            Self::User(row) => serde_json::to_vec(row),
            Self::Invitation(row) => serde_json::to_vec(row),
            Self::Credential(row) => serde_json::to_vec(row),
            Self::ChangeRequest(row) => serde_json::to_vec(row),
        }
    }

    /// The row that a stored body says.
    ///
    /// # Errors
    /// When the bytes are not a row of this kind.
    pub fn from_json(kind: Kind, bytes: &[u8]) -> serde_json::Result<Self> {
        fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8], row: fn(T) -> Row) -> serde_json::Result<Row> {
            serde_json::from_slice(bytes).map(row)
        }
        match kind {
            Kind::Organization => read(bytes, Self::Organization),
            Kind::Entity => read(bytes, Self::Entity),
            Kind::Account => read(bytes, Self::Account),
            Kind::Role => read(bytes, Self::Role),
            Kind::User => read(bytes, Self::User),
            Kind::Invitation => read(bytes, Self::Invitation),
            Kind::Credential(_) => read(bytes, Self::Credential),
            Kind::ChangeRequest => read(bytes, Self::ChangeRequest),
        }
    }
}

/// One row that differs. At least one side is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which row.
    pub row: RowId,
    /// As it was; none when it is new.
    pub before: Option<Row>,
    /// As it is; none when it is gone.
    pub after: Option<Row>,
}

/// Every row that differs between two organizations, ordered by kind and id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The rows.
    pub changes: Vec<Change>,
}

/// Reads a pair of rows of one type out of a change.
macro_rules! pairs {
    ($($(#[$doc:meta])* $name:ident: $kind:ident)+) => {$(
        $(#[$doc])*
        pub fn $name(&self) -> impl Iterator<Item = (Option<&$kind>, Option<&$kind>)> {
            fn side(row: Option<&Row>) -> Option<&$kind> {
                match row {
                    Some(Row::$kind(row)) => Some(row),
                    _ => None,
                }
            }
            self.changes
                .iter()
                .map(|change| (side(change.before.as_ref()), side(change.after.as_ref())))
                .filter(|(before, after)| before.is_some() || after.is_some())
        }
    )+};
}

impl Difference {
    /// What turned `before` into `after`. Cheap for related copies, whatever their size.
    pub fn between(before: &Org, after: &Org) -> Self {
        let mut changes = Vec::new();
        let (old, new) = (before.organization(), after.organization());
        if old != new {
            let rows = (old.cloned().map(Row::Organization), new.cloned().map(Row::Organization));
            changes.extend(change(rows.0, rows.1));
        }
        collect(&mut changes, &before.entities, &after.entities, Row::Entity);
        collect(&mut changes, &before.accounts, &after.accounts, Row::Account);
        collect(&mut changes, &before.roles, &after.roles, Row::Role);
        collect(&mut changes, &before.users, &after.users, Row::User);
        collect(&mut changes, &before.invitations, &after.invitations, Row::Invitation);
        collect(&mut changes, &before.credentials, &after.credentials, Row::Credential);
        collect(&mut changes, &before.change_requests, &after.change_requests, Row::ChangeRequest);
        Self { changes }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pairs! {
        /// The organization's own row, before and after.
        organizations: Organization
        /// The entities that differ, before and after.
        entities: Entity
        /// The accounts that differ, before and after.
        accounts: Account
        /// The roles that differ, before and after.
        roles: Role
        /// The users that differ, before and after.
        users: User
        /// The invitations that differ, before and after.
        invitations: Invitation
        /// The credentials that differ, before and after.
        credentials: Credential
        /// The change requests that differ, before and after.
        change_requests: ChangeRequest
    }
}

fn change(before: Option<Row>, after: Option<Row>) -> Option<Change> {
    let row = after.as_ref().or(before.as_ref())?.row_id();
    Some(Change { row, before, after })
}

fn collect<K: Ord, V: Clone + PartialEq>(
    changes: &mut Vec<Change>,
    before: &OrdMap<K, Arc<V>>,
    after: &OrdMap<K, Arc<V>>,
    row: fn(V) -> Row,
) {
    let row = |value: &Arc<V>| row(V::clone(value));
    changes.extend(before.diff(after).filter_map(|item| match item {
        DiffItem::Add(_, new) => change(None, Some(row(new))),
        DiffItem::Update { old, new } if old.1 == new.1 => None,
        DiffItem::Update { old, new } => change(Some(row(old.1)), Some(row(new.1))),
        DiffItem::Remove(_, old) => change(Some(row(old)), None),
    }));
}

/// The stored names of ids, for messages that must name a row which is not there.
impl From<EntityId> for RowId {
    fn from(id: EntityId) -> Self {
        Self { kind: Kind::Entity, id: id.uuid() }
    }
}

impl From<AccountId> for RowId {
    fn from(id: AccountId) -> Self {
        Self { kind: Kind::Account, id: id.uuid() }
    }
}

impl From<RoleId> for RowId {
    fn from(id: RoleId) -> Self {
        Self { kind: Kind::Role, id: id.uuid() }
    }
}

impl From<UserId> for RowId {
    fn from(id: UserId) -> Self {
        Self { kind: Kind::User, id: id.uuid() }
    }
}

impl From<InvitationId> for RowId {
    fn from(id: InvitationId) -> Self {
        Self { kind: Kind::Invitation, id: id.uuid() }
    }
}

impl From<ChangeRequestId> for RowId {
    fn from(id: ChangeRequestId) -> Self {
        Self { kind: Kind::ChangeRequest, id: id.uuid() }
    }
}
