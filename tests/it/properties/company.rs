//! A small invented company in which most commands of most people meet something.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{AccountId, EntityId, InvitationId, OrganizationId, RoleId, UserId};
use rolodeck::domain::name::AccountIdentifier;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{Account, AccountState, Entity, Nature, Organization};
use rolodeck::domain::permission::PermissionSet;
use rolodeck::domain::role::{Grants, Role, RoleState};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::{Invitation, User, UserStatus};
use rolodeck::outside::Outside;

/// Builds the company row by row.
pub struct Company<'o> {
    outside: &'o Outside,
    at: Timestamp,
    org: Org,
}

/// Two Owners, an administrator of everything, one of a single entity, people who pay, move and read,
/// one who is deactivated, and invitations of every kind.
pub fn company(outside: &Outside, nature: Nature) -> Org {
    let mut company = Company { outside, at: outside.now(), org: Org::default() };
    company.organization(nature);
    let group = company.entity("Hollin Group", None);
    let north = company.entity("Hollin North", Some(group));
    let south = company.entity("Hollin South", Some(north));
    let lone = company.entity("Hollin Lone", None);
    company.entity("Hollin Shell", Some(group));
    let till = company.account("TILL-1", north, AccountState::Provisioned);
    company.account("TILL-2", north, AccountState::Ignored);
    company.account("TILL-3", south, AccountState::Provisioned);
    company.account("TILL-4", lone, AccountState::Provisioned);

    let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
    let admin = company.role(
        "Administrator",
        Grants::Simple([Group::BasicAccess, Group::SensitiveAdminOperations].into_iter().collect()),
        Scope::AllFuture,
    );
    let local = company.role("North office", advanced(&LOCAL), chosen(&[north], &[]));
    let payer = company.role(
        "Payer",
        Grants::Simple([Group::InitiatePayments].into_iter().collect()),
        chosen(&[south], &[till]),
    );
    let mover = company.role("Mover", advanced(&MOVER), Scope::AllFuture);
    let reader =
        company.role("Reader", Grants::Simple([Group::BasicAccess].into_iter().collect()), chosen(&[lone], &[]));
    company.role("South desk", advanced(&["accounts:create", "entities:update"]), chosen(&[south], &[]));
    company.role("Spare", Grants::Simple([Group::ReadFinancialData].into_iter().collect()), Scope::nothing());

    let first = company.user("ada@hollin.example.com", &[owner], UserStatus::Active);
    company.user("bo@hollin.example.com", &[owner, payer], UserStatus::Active);
    company.user("cy@hollin.example.com", &[admin, payer], UserStatus::Active);
    company.user("di@hollin.example.com", &[local, payer], UserStatus::Active);
    company.user("ed@hollin.example.com", &[mover, payer], UserStatus::Active);
    company.user("flo@hollin.example.com", &[reader], UserStatus::Active);
    company.user("gus@hollin.example.com", &[owner, admin], UserStatus::Deactivated);
    company.invitation("hal@hollin.example.com", first, &[reader], 1);
    company.invitation("ida@hollin.example.com", first, &[owner], 2);
    company.invitation("jo@hollin.example.com", first, &[admin, payer], 9);
    company.org
}

/// Administration that is bound to places, and not all of it.
const LOCAL: [&str; 10] = [
    "accounts:create",
    "accounts:update",
    "entities:create",
    "entities:update",
    "invitations:create",
    "invitations:update",
    "memberships:update",
    "roles:create",
    "roles:update",
    "roles:read",
];

/// Whoever moves things about without being an administrator.
const MOVER: [&str; 4] = ["accounts:update", "entities:update", "entities:delete", "memberships:delete"];

pub fn advanced(names: &[&str]) -> Grants {
    Grants::Advanced(names.iter().map(|name| name.parse().unwrap()).collect::<PermissionSet>())
}

pub fn chosen(entities: &[EntityId], accounts: &[AccountId]) -> Scope {
    Scope::Chosen { entities: entities.iter().copied().collect(), accounts: accounts.iter().copied().collect() }
}

impl Company<'_> {
    fn organization(&mut self, nature: Nature) {
        self.org.put(Row::Organization(Organization {
            id: OrganizationId::new(self.at, &self.outside.seed()),
            name: "Hollin Group".parse().unwrap(),
            nature,
            domains: Vec::new(),
            founded: self.at,
            security: Default::default(),
        }));
    }

    fn entity(&mut self, name: &str, parent: Option<EntityId>) -> EntityId {
        let id = EntityId::new(self.at, &self.outside.seed());
        self.org.put(Row::Entity(Entity { id, name: name.parse().unwrap(), parent }));
        id
    }

    fn account(&mut self, identifier: &str, entity: EntityId, state: AccountState) -> AccountId {
        let id = AccountId::new(self.at, &self.outside.seed());
        self.org.put(Row::Account(Account {
            id,
            entity,
            name: identifier.parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            identifier: AccountIdentifier::new(identifier).unwrap(),
            state,
        }));
        id
    }

    fn role(&mut self, name: &str, grants: Grants, scope: Scope) -> RoleId {
        let id = RoleId::new(self.at, &self.outside.seed());
        self.org.put(Row::Role(Role {
            id,
            name: name.parse().unwrap(),
            grants,
            scope: Arc::new(scope),
            state: RoleState::Active,
            created: self.at,
        }));
        id
    }

    fn user(&mut self, address: &str, roles: &[RoleId], status: UserStatus) -> UserId {
        let id = UserId::new(self.at, &self.outside.seed());
        self.org.put(Row::User(User {
            id,
            name: address.split('@').next().unwrap().parse().unwrap(),
            address: address.parse().unwrap(),
            roles: roles.iter().copied().collect(),
            status,
            joined: self.at,
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
        id
    }

    fn invitation(&mut self, address: &str, by: UserId, roles: &[RoleId], days_ago: i64) {
        let sent = self.at - SignedDuration::from_hours(24 * days_ago);
        self.org.put(Row::Invitation(Invitation {
            id: InvitationId::new(sent, &self.outside.seed()),
            address: address.parse().unwrap(),
            name: None,
            roles: roles.iter().copied().collect(),
            invited_by: by,
            invited: sent,
            sent,
            attempt: 0,
            expires: sent + SignedDuration::from_hours(24 * 7),
            code_seen_by: BTreeSet::new(),
        }));
    }
}

/// The active role with this name.
pub fn role_named(org: &Org, name: &str) -> RoleId {
    org.active_roles().find(|role| role.name.as_str() == name).unwrap_or_else(|| panic!("no role {name}")).id
}
