//! Changes to accounts. There is no deleting: an account that does not matter is ignored.
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard, entity};
use crate::domain::access::Need;
use crate::domain::id::{AccountId, EntityId, UserId};
use crate::domain::name::{AccountIdentifier, AccountName, Currency};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState};
use crate::domain::permission::Permission;
use crate::domain::refusal::{Named, Refusal};
use crate::domain::row::{Kind, Row};

/// Brings a bank account or wallet into the organization.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProvisionAccount {
    /// Its id.
    pub account: AccountId,
    /// The entity that owns it.
    pub entity: EntityId,
    /// As its people call it.
    pub name: AccountName,
    /// Its currency.
    pub currency: Currency,
    /// Unique together with the currency.
    pub identifier: AccountIdentifier,
}

/// Brings an ignored account back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProvisionAgain {
    /// Which.
    pub account: AccountId,
}

/// Renames an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RenameAccount {
    /// Which.
    pub account: AccountId,
    /// As its people call it.
    pub name: AccountName,
}

/// Moves an account to another entity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MoveAccount {
    /// Which.
    pub account: AccountId,
    /// The entity that will own it.
    pub entity: EntityId,
}

/// Hides an account; no role reaches it until it is provisioned again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IgnoreAccount {
    /// Which.
    pub account: AccountId,
}

impl Change for ProvisionAccount {
    fn name(&self) -> &'static str {
        "provision_account"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::entity(Permission::ACCOUNTS_CREATE, Some(self.entity))]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("provision the account “{}” in “{}”", self.name, entity::name_of(org, self.entity))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let key = self.identifier.key();
        let same = |other: &Account| other.currency == self.currency && other.identifier.key() == key;
        let holder = org.accounts().values().find(|other| same(other)).map(|other| other.id);
        self.provision(org, holder)
    }
}

impl ProvisionAccount {
    /// Provisions it, where the account that has its identifier already, if any, was looked up before.
    pub(super) fn provision(&self, org: &mut Org, holder: Option<AccountId>) -> Result<(), Refusal> {
        if org.account(self.account).is_some() {
            return Err(Refusal::IdTaken(Kind::Account));
        }
        entity::existing(org, self.entity)?;
        if holder.is_some() {
            let name = format!("{} ({})", self.identifier, self.currency);
            return Err(Refusal::NameTaken { named: Named::Account, name });
        }
        org.put(Row::Account(Account {
            id: self.account,
            entity: self.entity,
            name: self.name.clone(),
            currency: self.currency,
            identifier: self.identifier.clone(),
            state: AccountState::Provisioned,
        }));
        Ok(())
    }
}

impl Change for ProvisionAgain {
    fn name(&self) -> &'static str {
        "provision_again"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::account(Permission::ACCOUNTS_CREATE, self.account)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("provision the account “{}” again", name_of(org, self.account))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        turn(org, self.account, AccountState::Provisioned)
    }
}

impl Change for RenameAccount {
    fn name(&self) -> &'static str {
        "rename_account"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::account(Permission::ACCOUNTS_UPDATE, self.account)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("rename the account “{}” to “{}”", name_of(org, self.account), self.name)
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut account = existing(org, self.account)?;
        if account.name == self.name {
            return Err(Refusal::NothingChanges);
        }
        account.name = self.name.clone();
        org.put(Row::Account(account));
        Ok(())
    }
}

impl Change for MoveAccount {
    fn name(&self) -> &'static str {
        "move_account"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![
            Need::account(Permission::ACCOUNTS_UPDATE, self.account),
            Need::entity(Permission::ACCOUNTS_UPDATE, Some(self.entity)),
        ]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("move the account “{}” to “{}”", name_of(org, self.account), entity::name_of(org, self.entity))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut account = existing(org, self.account)?;
        entity::existing(org, self.entity)?;
        if account.entity == self.entity {
            return Err(Refusal::NothingChanges);
        }
        account.entity = self.entity;
        org.put(Row::Account(account));
        Ok(())
    }
}

impl Change for IgnoreAccount {
    fn name(&self) -> &'static str {
        "ignore_account"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::account(Permission::ACCOUNTS_CREATE, self.account)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("ignore the account “{}”", name_of(org, self.account))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        turn(org, self.account, AccountState::Ignored)
    }
}

fn name_of(org: &Org, account: AccountId) -> String {
    org.account(account).map_or_else(|| account.to_string(), |account| account.name.to_string())
}

fn existing(org: &Org, account: AccountId) -> Result<Account, Refusal> {
    org.account(account).cloned().ok_or(Refusal::Gone(Kind::Account))
}

fn turn(org: &mut Org, account: AccountId, state: AccountState) -> Result<(), Refusal> {
    let mut account = existing(org, account)?;
    if account.state == state {
        return Err(Refusal::NothingChanges);
    }
    account.state = state;
    org.put(Row::Account(account));
    Ok(())
}
