//! What a person is shown about a row, field by field.
use jiff::Timestamp;
use serde_json::Value;

use super::name::{self, full};
use super::value;
use super::words::{Item, Words};
use crate::domain::catalogue::GroupSet;
use crate::domain::id::{RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState, Entity, Organization};
use crate::domain::permission::PermissionSet;
use crate::domain::role::{Grants, Role, RoleSet, RoleState};
use crate::domain::row::Row;
use crate::domain::scope::Scope;
use crate::domain::security::{Area, FourEyes};
use crate::domain::user::{Credential, CredentialKind, Invitation, User, UserStatus};
use crate::domain::words::{joined, setup_name};

/// One field of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name on the screen. It is part of the digest, so a new name makes waiting requests stale.
    pub field: &'static str,
    /// By ids and keys, in one fixed form: what a rename elsewhere leaves alone.
    pub value: Value,
    /// By names.
    pub words: Words,
}

impl Fact {
    fn text(field: &'static str, text: &str) -> Self {
        Self { field, value: Value::from(text), words: Words::Text(full(text).to_string()) }
    }

    fn told(field: &'static str, value: Value, words: impl Into<String>) -> Self {
        Self { field, value, words: Words::Text(words.into()) }
    }
}

/// Everything about a row that a person is shown, always in the same order. Names of other rows come from `org`.
pub fn facts(org: &Org, row: &Row) -> Vec<Fact> {
    match row {
        Row::Organization(row) => organization(org, row),
        Row::Entity(row) => entity(org, row),
        Row::Account(row) => account(org, row),
        Row::Role(row) => role(org, row),
        Row::User(row) => user(org, row),
        Row::Invitation(row) => invitation(org, row),
        Row::Credential(row) => credential(row),
        // A request is not part of what it asks for.
        Row::ChangeRequest(_) => Vec::new(),
    }
}

fn organization(org: &Org, row: &Organization) -> Vec<Fact> {
    let domain = |domain: &crate::domain::address::Domain| Item {
        key: domain.as_str().to_owned(),
        words: full(domain.as_str()).to_string(),
    };
    let items = row.domains.iter().map(domain).collect();
    let domains = Words::List { items, none: "none", one: "domain", many: "domains" };
    let drawn_by = |user| format!("can be drawn by {}", name::user(org, user));
    let code_due = row.security.code_due.map_or_else(|| "not decided".to_owned(), drawn_by);
    vec![
        Fact::text("Name", row.name.as_str()),
        Fact {
            field: "Own mail domains",
            value: value::list(row.domains.iter().map(|one| one.as_str())),
            words: domains,
        },
        Fact {
            field: "Four-eyes",
            value: value::list(row.security.four_eyes.areas.iter().map(|area| area.key())),
            words: area_words(&row.security.four_eyes),
        },
        Fact::told("New recovery code", value::optional(row.security.code_due), code_due),
    ]
}

fn area_words(four_eyes: &FourEyes) -> Words {
    let item = |area: &Area| Item { key: area.key().to_owned(), words: area.name().to_owned() };
    Words::List { items: four_eyes.areas.iter().map(item).collect(), none: "off", one: "area", many: "areas" }
}

fn entity(org: &Org, row: &Entity) -> Vec<Fact> {
    let parent = row.parent.map_or_else(|| "none, it stands at the top".to_owned(), |id| name::entity_by_id(org, id));
    vec![Fact::text("Name", row.name.as_str()), Fact::told("Parent", value::optional(row.parent), parent)]
}

fn account(org: &Org, row: &Account) -> Vec<Fact> {
    let state = match row.state {
        AccountState::Provisioned => "Provisioned",
        AccountState::Ignored => "Ignored",
    };
    vec![
        Fact::text("Name", row.name.as_str()),
        Fact::told("Entity", Value::from(row.entity.to_string()), name::entity_by_id(org, row.entity)),
        Fact::told("Currency", Value::from(row.currency.code()), row.currency.code()),
        Fact::told("Identifier", Value::from(row.identifier.as_str()), row.identifier.to_string()),
        Fact::told("State", value::account_state(row.state), state),
    ]
}

fn role(org: &Org, row: &Role) -> Vec<Fact> {
    let state = match row.state {
        RoleState::Active => "In use",
        RoleState::Deleted => "Deleted",
    };
    let permissions = row.permissions();
    vec![
        Fact::text("Name", row.name.as_str()),
        Fact::told("Setup", value::setup(&row.grants), setup_in_words(&row.grants)),
        Fact { field: "Permissions", value: value::permissions(permissions), words: permission_words(permissions) },
        Fact { field: "Scope", value: value::scope(&row.scope), words: scope_words(org, &row.scope) },
        Fact::told("State", value::role_state(row.state), state),
    ]
}

fn user(org: &Org, row: &User) -> Vec<Fact> {
    let status = match row.status {
        UserStatus::Active => "Active",
        UserStatus::Deactivated => "Deactivated",
        UserStatus::Removed => "Removed",
    };
    let other = |id: &UserId| Item { key: id.to_string(), words: name::user(org, *id) };
    let apart =
        Words::List { items: row.apart.iter().map(other).collect(), none: "nobody", one: "user", many: "users" };
    vec![
        Fact::text("Name", row.name.as_str()),
        Fact::text("Address", row.address.as_str()),
        Fact { field: "Roles", value: value::list(row.roles.iter()), words: role_words(org, &row.roles) },
        Fact::told("Status", value::user_status(row.status), status),
        Fact { field: "Another person than", value: value::list(row.apart.iter()), words: apart },
    ]
}

fn invitation(org: &Org, row: &Invitation) -> Vec<Fact> {
    let name = row.name.as_ref().map(|name| name.as_str());
    let called = name.map_or_else(|| "not given".to_owned(), |name| full(name).to_string());
    vec![
        Fact::text("Address", row.address.as_str()),
        Fact::told("Name", value::optional(name), called),
        Fact { field: "Roles", value: value::list(row.roles.iter()), words: role_words(org, &row.roles) },
        Fact::told("Invited by", Value::from(row.invited_by.to_string()), name::user(org, row.invited_by)),
        Fact::told("Expires", Value::from(row.expires.to_string()), moment(row.expires)),
    ]
}

/// A recovery code concerns everybody. A passphrase and an invitation's code are the matter of one person, and come
/// and go without a request.
fn credential(row: &Credential) -> Vec<Fact> {
    match row.kind {
        CredentialKind::Passphrase | CredentialKind::InvitationCode => Vec::new(),
        CredentialKind::RecoveryCode => {
            vec![Fact::told("Since", Value::from(row.since.to_string()), moment(row.since))]
        }
    }
}

fn moment(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

fn setup_in_words(grants: &Grants) -> String {
    let setup = setup_name(grants);
    match grants {
        Grants::Everything => format!("{setup}: everything, always"),
        Grants::Simple(GroupSet::NONE) => format!("{setup}: no group"),
        Grants::Simple(groups) => format!("{setup}: {}", joined(groups.iter())),
        Grants::Advanced(_) => setup.to_owned(),
    }
}

fn permission_words(permissions: PermissionSet) -> Words {
    if permissions == PermissionSet::everything() {
        return Words::Text(format!("all {} permissions", permissions.len()));
    }
    let names = permissions.iter().map(|permission| permission.to_string());
    let items = names.map(|name| Item { key: name.clone(), words: name }).collect();
    Words::List { items, none: "none", one: "permission", many: "permissions" }
}

fn scope_words(org: &Org, scope: &Scope) -> Words {
    let Scope::Chosen { entities, accounts } = scope else { return Words::Text("All future entities".to_owned()) };
    let entities = entities.iter().map(|id| Item {
        key: id.to_string(),
        words: format!("{} (with child entities and later accounts)", name::entity_by_id(org, *id)),
    });
    let accounts = accounts.iter().map(|id| Item {
        key: id.to_string(),
        words: org
            .account(*id)
            .map_or_else(|| format!("an account that is not there ({id})"), |row| name::account(org, row)),
    });
    let items = entities.chain(accounts).collect();
    Words::List { items, none: "nothing", one: "choice", many: "chosen entities and accounts" }
}

fn role_words(org: &Org, roles: &RoleSet) -> Words {
    let role = |id: RoleId| Item { key: id.to_string(), words: name::role(org, id) };
    Words::List { items: roles.iter().map(role).collect(), none: "none", one: "role", many: "roles" }
}
