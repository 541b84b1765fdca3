//! A small invented company for tests of questions and words.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

use super::catalogue::{Group, GroupSet};
use super::id::{AccountId, EntityId, InvitationId, RoleId, UserId};
use super::name::{AccountIdentifier, AccountName, Currency, EntityName, PersonName, RoleName};
use super::org::Org;
use super::organization::{Account, AccountState, Entity};
use super::permission::{Permission, PermissionSet};
use super::role::{Grants, Role, RoleSet, RoleState};
use super::row::Row;
use super::scope::Scope;
use super::user::{Invitation, User, UserStatus};

/// An organization that grows by what a test adds.
#[derive(Clone, Default)]
pub struct Company {
    org: Org,
    entities: Vec<EntityId>,
    accounts: Vec<AccountId>,
    last_id: u128,
}

impl std::fmt::Debug for Company {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parents = self.org.entities().values().map(|entity| (&entity.name, entity.parent));
        let owners = self.org.accounts().values().map(|account| (&account.name, account.entity, account.state));
        f.debug_struct("Company")
            .field("entities", &parents.collect::<Vec<_>>())
            .field("accounts", &owners.collect::<Vec<_>>())
            .finish()
    }
}

impl Company {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn org(&self) -> &Org {
        &self.org
    }

    pub fn put(&mut self, row: Row) {
        self.org.put(row);
    }

    pub fn entity(&mut self, name: &str, parent: Option<EntityId>) -> EntityId {
        let id = EntityId::from_uuid(self.id());
        self.put(Row::Entity(Entity { id, name: EntityName::new(name).unwrap(), parent }));
        self.entities.push(id);
        id
    }

    pub fn account(&mut self, name: &str, entity: EntityId) -> AccountId {
        let uuid = self.id();
        let id = AccountId::from_uuid(uuid);
        self.put(Row::Account(Account {
            id,
            entity,
            name: AccountName::new(name).unwrap(),
            currency: Currency::new("EUR").unwrap(),
            identifier: AccountIdentifier::new(&format!("no-{}", uuid.as_u128())).unwrap(),
            state: AccountState::Provisioned,
        }));
        self.accounts.push(id);
        id
    }

    pub fn ignore(&mut self, account: AccountId) {
        let row = self.org.account(account).unwrap().clone();
        self.put(Row::Account(Account { state: AccountState::Ignored, ..row }));
    }

    pub fn move_to(&mut self, account: AccountId, entity: EntityId) {
        let row = self.org.account(account).unwrap().clone();
        self.put(Row::Account(Account { entity, ..row }));
    }

    pub fn role(&mut self, name: &str, grants: Grants, scope: Scope) -> RoleId {
        let id = RoleId::from_uuid(self.id());
        let name = RoleName::new(name).unwrap();
        let scope = Arc::new(scope);
        self.put(Row::Role(Role { id, name, grants, scope, state: RoleState::Active, created: now() }));
        id
    }

    pub fn delete(&mut self, role: RoleId) {
        let row = self.org.role(role).unwrap().clone();
        self.put(Row::Role(Role { state: RoleState::Deleted, ..row }));
    }

    pub fn user<const N: usize>(&mut self, name: &str, roles: [RoleId; N], status: UserStatus) -> UserId {
        let id = UserId::from_uuid(self.id());
        self.put(Row::User(User {
            id,
            name: PersonName::new(name).unwrap(),
            address: format!("user{}@example.com", self.last_id).parse().unwrap(),
            roles: RoleSet::from_iter(roles),
            status,
            joined: now(),
            code_seen_by: [].into(),
            apart: [].into(),
            deactivated: None,
        }));
        id
    }

    pub fn invitation<const N: usize>(&mut self, address: &str, roles: [RoleId; N]) -> InvitationId {
        let id = InvitationId::from_uuid(self.id());
        let invited_by = UserId::from_uuid(self.id());
        self.put(Row::Invitation(Invitation {
            id,
            address: address.parse().unwrap(),
            name: None,
            roles: RoleSet::from_iter(roles),
            invited_by,
            invited: now(),
            sent: now(),
            attempt: 1,
            expires: now() + 168.hours(),
            code_seen_by: [].into(),
        }));
        id
    }

    fn id(&mut self) -> Uuid {
        self.last_id += 1;
        Uuid::from_u128(self.last_id)
    }
}

fn now() -> Timestamp {
    "2025-03-01T09:00:00Z".parse().unwrap()
}

/// The id of a role that no company has.
pub fn no_role() -> RoleId {
    RoleId::from_uuid(Uuid::max())
}

/// Chosen entities and accounts.
pub fn chosen<const E: usize, const A: usize>(entities: [EntityId; E], accounts: [AccountId; A]) -> Scope {
    Scope::Chosen { entities: entities.into(), accounts: accounts.into() }
}

/// Ticked groups.
pub fn simple<const N: usize>(groups: [Group; N]) -> Grants {
    Grants::Simple(groups.into_iter().collect())
}

/// Ticked permissions, as they are written.
pub fn advanced(permissions: &str) -> Grants {
    Grants::Advanced(permissions_of(permissions))
}

/// Permissions as they are written, with spaces between.
pub fn permissions_of(permissions: &str) -> PermissionSet {
    permissions.split_whitespace().map(|permission| permission.parse::<Permission>().unwrap()).collect()
}

/// Small companies: a forest of entities and accounts, of which some are ignored.
pub fn companies() -> impl Strategy<Value = Company> {
    let entities = proptest::collection::vec(any::<Option<proptest::sample::Index>>(), 0..6);
    let accounts = proptest::collection::vec((any::<proptest::sample::Index>(), any::<bool>()), 0..8);
    (entities, accounts).prop_map(|(entities, accounts)| {
        let mut company = Company::new();
        for (n, parent) in entities.into_iter().enumerate() {
            let parent = parent.filter(|_| n > 0).map(|parent| *parent.get(&company.entities));
            company.entity(&format!("Entity {n}"), parent);
        }
        for (n, (entity, ignored)) in accounts.into_iter().enumerate() {
            if company.entities.is_empty() {
                break;
            }
            let entity = *entity.get(&company.entities);
            let account = company.account(&format!("Account {n}"), entity);
            if ignored {
                company.ignore(account);
            }
        }
        company
    })
}

/// Which of a company's entities and accounts are chosen; none means all future entities.
#[derive(Clone, Copy, Debug)]
pub struct ScopePick(Option<(u8, u8)>);

impl ScopePick {
    pub fn on(self, company: &Company) -> Scope {
        fn picked<T: Copy + Ord>(all: &[T], bits: u8) -> std::collections::BTreeSet<T> {
            all.iter().enumerate().filter(|(n, _)| bits >> n & 1 == 1).map(|(_, one)| *one).collect()
        }
        self.0.map_or(Scope::AllFuture, |(entities, accounts)| Scope::Chosen {
            entities: picked(&company.entities, entities),
            accounts: picked(&company.accounts, accounts),
        })
    }
}

pub fn scope_picks() -> impl Strategy<Value = ScopePick> {
    let sparse = || (any::<u8>(), any::<u8>()).prop_map(|(a, b)| a & b);
    proptest::option::weighted(0.8, (sparse(), sparse())).prop_map(ScopePick)
}

/// Grants of either setup.
pub fn all_grants() -> impl Strategy<Value = Grants> {
    let all: Vec<Permission> = PermissionSet::everything().iter().collect();
    let groups = proptest::collection::vec(proptest::sample::select(Group::ALL.to_vec()), 0..5);
    let few = proptest::sample::subsequence(all.clone(), 0..12);
    let many = proptest::sample::subsequence(all, 0..139);
    let advanced = prop_oneof![few, many].prop_map(|ticked| Grants::Advanced(ticked.into_iter().collect()));
    prop_oneof![groups.prop_map(|groups| Grants::Simple(groups.into_iter().collect::<GroupSet>())), advanced]
}
