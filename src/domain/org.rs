//! The whole organization as one immutable value. Copies share everything that did not change.
mod assembly;

use std::borrow::Cow;
use std::sync::Arc;

use imbl::OrdMap;
use uuid::Uuid;

use super::address::AddressKey;
use super::change_request::ChangeRequest;
use super::id::{AccountId, ChangeRequestId, EntityId, InvitationId, RoleId, UserId};
use super::organization::{Account, Entity, Nature, Organization};
use super::role::Role;
use super::row::{Kind, Row, RowId};
use super::security::Security;
use super::user::{Credential, CredentialKind, Invitation, User, UserStatus};

pub use assembly::{Placed, Taken};

/// Who has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A person who has signed up.
    User(UserId),
    /// Somebody who was invited.
    Invitation(InvitationId),
}

/// Everything one file says about an organization, except its history and its secrets.
///
/// It is changed by [`Org::put`] and [`Org::remove`] alone, on a copy; what changed is found by
/// comparing the copies, see [`super::row::Difference`].
#[derive(Clone, Default)]
pub struct Org {
    pub(super) organization: Option<Arc<Organization>>,
    pub(super) entities: OrdMap<EntityId, Arc<Entity>>,
    pub(super) accounts: OrdMap<AccountId, Arc<Account>>,
    pub(super) roles: OrdMap<RoleId, Arc<Role>>,
    pub(super) users: OrdMap<UserId, Arc<User>>,
    pub(super) invitations: OrdMap<InvitationId, Arc<Invitation>>,
    pub(super) credentials: OrdMap<(CredentialKind, Uuid), Arc<Credential>>,
    pub(super) change_requests: OrdMap<ChangeRequestId, Arc<ChangeRequest>>,
    addresses: OrdMap<AddressKey, Holder>,
}

impl Org {
    /// The organization's own row; none before it is founded.
    pub fn organization(&self) -> Option<&Organization> {
        self.organization.as_deref()
    }

    /// Whether this is a sample; an organization that is not founded yet is none.
    pub fn is_sample(&self) -> bool {
        self.organization().is_some_and(|organization| organization.nature == Nature::Sample)
    }

    /// All entities.
    pub const fn entities(&self) -> &OrdMap<EntityId, Arc<Entity>> {
        &self.entities
    }

    /// All accounts, ignored ones included.
    pub const fn accounts(&self) -> &OrdMap<AccountId, Arc<Account>> {
        &self.accounts
    }

    /// All roles, deleted ones included.
    pub const fn roles(&self) -> &OrdMap<RoleId, Arc<Role>> {
        &self.roles
    }

    /// All users, deactivated and removed ones included.
    pub const fn users(&self) -> &OrdMap<UserId, Arc<User>> {
        &self.users
    }

    /// All open invitations, expired ones included.
    pub const fn invitations(&self) -> &OrdMap<InvitationId, Arc<Invitation>> {
        &self.invitations
    }

    /// All credentials.
    pub const fn credentials(&self) -> &OrdMap<(CredentialKind, Uuid), Arc<Credential>> {
        &self.credentials
    }

    /// All change requests, decided ones included.
    pub const fn change_requests(&self) -> &OrdMap<ChangeRequestId, Arc<ChangeRequest>> {
        &self.change_requests
    }

    /// One entity.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id).map(Arc::as_ref)
    }

    /// One account.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id).map(Arc::as_ref)
    }

    /// One role, deleted or not.
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.get(&id).map(Arc::as_ref)
    }

    /// One user, whatever their status.
    pub fn user(&self, id: UserId) -> Option<&User> {
        self.users.get(&id).map(Arc::as_ref)
    }

    /// One open invitation.
    pub fn invitation(&self, id: InvitationId) -> Option<&Invitation> {
        self.invitations.get(&id).map(Arc::as_ref)
    }

    /// One change request, decided or not.
    pub fn change_request(&self, id: ChangeRequestId) -> Option<&ChangeRequest> {
        self.change_requests.get(&id).map(Arc::as_ref)
    }

    /// The change requests that nobody decided about, expired and stale ones included; the oldest first.
    pub fn open_requests(&self) -> impl Iterator<Item = &ChangeRequest> {
        self.change_requests.values().map(Arc::as_ref).filter(|request| request.is_open())
    }

    /// The security settings; those of the beginning before there is an organization.
    pub fn security(&self) -> Cow<'_, Security> {
        self.organization().map_or_else(Cow::default, |row| Cow::Borrowed(&row.security))
    }

    /// The credential of an owner.
    pub fn credential(&self, kind: CredentialKind, owner: Uuid) -> Option<&Credential> {
        self.credentials.get(&(kind, owner)).map(Arc::as_ref)
    }

    /// Who has the address with this comparison key.
    pub fn holder(&self, address_key: &AddressKey) -> Option<Holder> {
        self.addresses.get(address_key).copied()
    }

    /// Every address that is taken, by comparison key.
    pub const fn addresses(&self) -> &OrdMap<AddressKey, Holder> {
        &self.addresses
    }

    /// The active roles, the built-in Owner included.
    pub fn active_roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values().map(Arc::as_ref).filter(|role| role.is_active())
    }

    /// The built-in Owner role.
    pub fn owner_role(&self) -> Option<&Role> {
        self.active_roles().find(|role| role.is_owner())
    }

    /// The active users who hold `role`.
    pub fn holders(&self, role: RoleId) -> impl Iterator<Item = &User> {
        self.users.values().map(Arc::as_ref).filter(move |user| user.is_active() && user.roles.contains(role))
    }

    /// The entity and everything above it, nearest first. Ends after a bounded walk whatever the data says.
    pub fn ancestry(&self, entity: EntityId) -> impl Iterator<Item = EntityId> + '_ {
        std::iter::successors(Some(entity), |id| self.entity(*id)?.parent).take(self.entities.len() + 1)
    }

    /// Adds the row or replaces the one with its id.
    pub fn put(&mut self, row: Row) {
        self.free_address(row.row_id());
        if let Some((key, holder)) = held(&row) {
            self.addresses.insert(key, holder);
        }
        self.put_without_address(row);
    }

    fn put_without_address(&mut self, row: Row) {
        match row {
            Row::Organization(row) => self.organization = Some(Arc::new(row)),
            Row::Entity(row) => {
                self.entities.insert(row.id, Arc::new(row));
            }
            Row::Account(row) => {
                self.accounts.insert(row.id, Arc::new(row));
            }
            Row::Role(row) => {
                self.roles.insert(row.id, Arc::new(row));
            }
            Row::User(row) => {
                self.users.insert(row.id, Arc::new(row));
            }
            Row::Invitation(row) => {
                self.invitations.insert(row.id, Arc::new(row));
            }
            Row::Credential(row) => {
                self.credentials.insert((row.kind, row.owner), Arc::new(row));
            }
            Row::ChangeRequest(row) => {
                self.change_requests.insert(row.id, Arc::new(row));
            }
        }
    }

    /// Takes the row away, if it is there.
    pub fn remove(&mut self, row: RowId) {
        self.free_address(row);
        match row.kind {
            Kind::Organization => self.organization = None,
            Kind::Entity => {
                self.entities.remove(&EntityId::from_uuid(row.id));
            }
            Kind::Account => {
                self.accounts.remove(&AccountId::from_uuid(row.id));
            }
            Kind::Role => {
                self.roles.remove(&RoleId::from_uuid(row.id));
            }
            Kind::User => {
                self.users.remove(&UserId::from_uuid(row.id));
            }
            Kind::Invitation => {
                self.invitations.remove(&InvitationId::from_uuid(row.id));
            }
            Kind::Credential(kind) => {
                self.credentials.remove(&(kind, row.id));
            }
            Kind::ChangeRequest => {
                self.change_requests.remove(&ChangeRequestId::from_uuid(row.id));
            }
        }
    }

    /// Gives back the address that a row has taken, if it is a row that takes one.
    fn free_address(&mut self, row: RowId) {
        let taken = match row.kind {
            Kind::User => {
                let id = UserId::from_uuid(row.id);
                self.user(id).map(|user| (user.address.key(), Holder::User(id)))
            }
            Kind::Invitation => {
                let id = InvitationId::from_uuid(row.id);
                self.invitation(id).map(|open| (open.address.key(), Holder::Invitation(id)))
            }
            _ => None,
        };
        // Somebody else may have it since a user was removed.
        if let Some((key, holder)) = taken
            && self.addresses.get(&key) == Some(&holder)
        {
            self.addresses.remove(&key);
        }
    }
}

/// The address that a row takes, by its comparison key.
fn held(row: &Row) -> Option<(AddressKey, Holder)> {
    match row {
        Row::User(user) if user.status != UserStatus::Removed => Some((user.address.key(), Holder::User(user.id))),
        Row::Invitation(open) => Some((open.address.key(), Holder::Invitation(open.id))),
        _ => None,
    }
}
