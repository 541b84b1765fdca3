//! The sample organization: invented people, roles and accounts to look around in.
pub mod practice;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::num::NonZeroU16;
use std::str::FromStr;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::address::Domain;
use super::id::{AccountId, EntityId, InvitationId, OrganizationId, RoleId, Seed, UserId};
use super::name::{AccountIdentifier, AccountName, Currency, EntityName, OrganizationName, PersonName, RoleName};
use super::org::Org;
use super::organization::{Account, AccountState, Entity, Nature, Organization};
use super::role::{Grants, Role, RoleSet, RoleState};
use super::row::Row;
use super::scope::Scope;
use super::security::Security;
use super::user::{INVITATION_VALID, Invitation, User, UserStatus};

const SOURCE: &str = include_str!("../../assets/sample/organization.toml");

/// Days before the founding; at least one, so that nothing happened later than the founding.
type Days = NonZeroU16;

/// Everything that the file of the sample says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    name: OrganizationName,
    domains: Vec<Domain>,
    started_days_ago: Days,
    #[serde(rename = "entity")]
    entities: Vec<EntityText>,
    #[serde(rename = "account")]
    accounts: Vec<AccountText>,
    #[serde(rename = "role")]
    roles: Vec<RoleText>,
    #[serde(rename = "user")]
    users: Vec<UserText>,
    #[serde(rename = "invitation")]
    invitations: Vec<InvitationText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityText {
    key: String,
    name: EntityName,
    parent: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountText {
    key: String,
    entity: String,
    name: AccountName,
    currency: String,
    identifier: String,
    state: Option<AccountState>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleText {
    key: String,
    name: RoleName,
    grants: Grants,
    scope: Option<ChosenText>,
    created_days_ago: Days,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChosenText {
    #[serde(default)]
    entities: Vec<String>,
    #[serde(default)]
    accounts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserText {
    name: PersonName,
    address: String,
    roles: Vec<String>,
    status: Option<UserStatus>,
    joined_days_ago: Days,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InvitationText {
    name: Option<PersonName>,
    address: String,
    roles: Vec<String>,
    invited_by: String,
    invited_days_ago: Days,
}

/// The sample organization as founded at `at`. Every identifier takes one seed. Nobody in it has a
/// passphrase, because a sample does not ask for one.
///
/// # Errors
/// A sentence, when the built-in file contradicts itself or `at` is at the very beginning of time.
pub fn organization(at: Timestamp, seed: &mut dyn FnMut() -> Seed) -> Result<Org, String> {
    build(SOURCE, at, seed)
}

fn build(source: &str, at: Timestamp, seed: &mut dyn FnMut() -> Seed) -> Result<Org, String> {
    let source: Source =
        toml::from_str(source).map_err(|error| format!("The file of the sample organization is not right: {error}"))?;
    let mut founding = Founding {
        at,
        seed,
        org: Org::default(),
        entities: Keys::new("entity"),
        accounts: Keys::new("account"),
        roles: Keys::new("role"),
        users: Keys::new("user"),
    };
    founding.organization(&source);
    let started = founding.ago(source.started_days_ago)?;
    source.entities.iter().try_for_each(|entity| founding.entity(entity, started))?;
    source.accounts.iter().try_for_each(|account| founding.account(account, started))?;
    source.roles.iter().try_for_each(|role| founding.role(role))?;
    source.users.iter().try_for_each(|user| founding.user(user))?;
    source.invitations.iter().try_for_each(|invitation| founding.invitation(invitation))?;
    Ok(founding.org)
}

/// The identifiers behind the keys that the file uses for one kind of thing.
struct Keys<'t, Id> {
    kind: &'static str,
    ids: BTreeMap<&'t str, Id>,
}

impl<'t, Id: Copy> Keys<'t, Id> {
    const fn new(kind: &'static str) -> Self {
        Self { kind, ids: BTreeMap::new() }
    }

    fn add(&mut self, key: &'t str, id: Id) -> Result<(), String> {
        match self.ids.insert(key, id) {
            None => Ok(()),
            Some(_) => Err(format!("The sample organization has the {} {key:?} twice.", self.kind)),
        }
    }

    fn find(&self, key: &str) -> Result<Id, String> {
        let missing = || format!("The sample organization refers to the {} {key:?} before it is there.", self.kind);
        self.ids.get(key).copied().ok_or_else(missing)
    }

    fn find_all<C: FromIterator<Id>>(&self, keys: &[String]) -> Result<C, String> {
        keys.iter().map(|key| self.find(key)).collect()
    }
}

/// The organization as far as it is built.
struct Founding<'t, 's> {
    at: Timestamp,
    seed: &'s mut dyn FnMut() -> Seed,
    org: Org,
    entities: Keys<'t, EntityId>,
    accounts: Keys<'t, AccountId>,
    roles: Keys<'t, RoleId>,
    users: Keys<'t, UserId>,
}

impl<'t> Founding<'t, '_> {
    fn ago(&self, days: Days) -> Result<Timestamp, String> {
        let moment = self.at.checked_sub(SignedDuration::from_hours(24 * i64::from(days.get())));
        moment.map_err(|_| format!("The sample organization cannot be founded at {}: that is too early.", self.at))
    }

    fn organization(&mut self, source: &Source) {
        self.org.put(Row::Organization(Organization {
            id: OrganizationId::new(self.at, &(self.seed)()),
            name: source.name.clone(),
            nature: Nature::Sample,
            domains: source.domains.clone(),
            founded: self.at,
            security: Security::default(),
        }));
    }

    fn entity(&mut self, text: &'t EntityText, started: Timestamp) -> Result<(), String> {
        let id = EntityId::new(started, &(self.seed)());
        let parent = text.parent.as_deref().map(|parent| self.entities.find(parent)).transpose()?;
        self.entities.add(&text.key, id)?;
        self.org.put(Row::Entity(Entity { id, name: text.name.clone(), parent }));
        Ok(())
    }

    fn account(&mut self, text: &'t AccountText, started: Timestamp) -> Result<(), String> {
        let id = AccountId::new(started, &(self.seed)());
        self.accounts.add(&text.key, id)?;
        self.org.put(Row::Account(Account {
            id,
            entity: self.entities.find(&text.entity)?,
            name: text.name.clone(),
            currency: parsed::<Currency>(&text.currency)?,
            identifier: AccountIdentifier::new(&text.identifier).map_err(|error| wrong(&text.identifier, &error))?,
            state: text.state.unwrap_or(AccountState::Provisioned),
        }));
        Ok(())
    }

    fn role(&mut self, text: &'t RoleText) -> Result<(), String> {
        let created = self.ago(text.created_days_ago)?;
        let id = RoleId::new(created, &(self.seed)());
        self.roles.add(&text.key, id)?;
        let scope = match &text.scope {
            None => Scope::AllFuture,
            Some(ChosenText { entities, accounts }) => Scope::Chosen {
                entities: self.entities.find_all(entities)?,
                accounts: self.accounts.find_all(accounts)?,
            },
        };
        self.org.put(Row::Role(Role {
            id,
            name: text.name.clone(),
            grants: text.grants.clone(),
            scope: Arc::new(scope),
            state: RoleState::Active,
            created,
        }));
        Ok(())
    }

    fn user(&mut self, text: &'t UserText) -> Result<(), String> {
        let joined = self.ago(text.joined_days_ago)?;
        let id = UserId::new(joined, &(self.seed)());
        self.users.add(&text.address, id)?;
        self.org.put(Row::User(User {
            id,
            name: text.name.clone(),
            address: parsed(&text.address)?,
            roles: self.roles.find_all::<RoleSet>(&text.roles)?,
            status: text.status.unwrap_or(UserStatus::Active),
            joined,
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
        Ok(())
    }

    fn invitation(&mut self, text: &InvitationText) -> Result<(), String> {
        let invited = self.ago(text.invited_days_ago)?;
        self.org.put(Row::Invitation(Invitation {
            id: InvitationId::new(invited, &(self.seed)()),
            address: parsed(&text.address)?,
            name: text.name.clone(),
            roles: self.roles.find_all::<RoleSet>(&text.roles)?,
            invited_by: self.users.find(&text.invited_by)?,
            invited,
            sent: invited,
            attempt: 0,
            expires: invited.saturating_add(INVITATION_VALID).unwrap_or(invited),
            code_seen_by: BTreeSet::new(),
        }));
        Ok(())
    }
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error| wrong(text, &error))
}

fn wrong(text: &str, error: &dyn Display) -> String {
    format!("The sample organization has {text:?} in it: {error}")
}

#[cfg(test)]
mod tests;
