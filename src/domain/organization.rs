//! The organization itself, its business units and their accounts.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::address::Domain;
use super::id::{AccountId, EntityId, OrganizationId};
use super::name::{AccountIdentifier, AccountName, Currency, EntityName, OrganizationName};
use super::security::Security;

/// Whether an organization is somebody's real one. Fixed when its file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// The production organization of a company.
    Real,
    /// Invented people and accounts to look around in; signing in needs no passphrase.
    Sample,
}

/// The one row that says whose organization a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Never changes.
    pub id: OrganizationId,
    /// As its people call it.
    pub name: OrganizationName,
    /// Real or sample; never changes.
    pub nature: Nature,
    /// The company's own mail domains, lower case; invitations to others are pointed out.
    pub domains: Vec<Domain>,
    /// When it was founded.
    pub founded: Timestamp,
    /// Its security settings.
    #[serde(default, skip_serializing_if = "Security::is_initial")]
    pub security: Security,
}

/// A business unit, which groups accounts. Entities form a forest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Never changes.
    pub id: EntityId,
    /// Unique among its siblings.
    pub name: EntityName,
    /// The entity that this one belongs to, if any.
    pub parent: Option<EntityId>,
}

/// Whether an account takes part in anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// In use: reached by the roles whose scope contains it.
    Provisioned,
    /// Hidden, and reached by nobody, until it is provisioned again.
    Ignored,
}

/// A bank account or wallet that belongs to one entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Never changes.
    pub id: AccountId,
    /// The entity that owns it.
    pub entity: EntityId,
    /// As its people call it.
    pub name: AccountName,
    /// Its currency.
    pub currency: Currency,
    /// Its IBAN, or whatever the bank calls it.
    pub identifier: AccountIdentifier,
    /// In use or ignored.
    pub state: AccountState,
}
