//! No field of a row can be forgotten: it is shown, or it is written down here why not.
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::domain::access::Person;
use crate::domain::address::Domain;
use crate::domain::change_request::{ChangeRequest, Parked, RequestState, Told as RequestTold};
use crate::domain::effect::facts;
use crate::domain::id::{AccountId, ChangeRequestId, EntityId, InvitationId, OrganizationId, RoleId, UserId};
use crate::domain::name::AccountIdentifier;
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState, Entity, Nature, Organization};
use crate::domain::permission::PermissionSet;
use crate::domain::role::{Grants, Role, RoleState};
use crate::domain::row::{Kind, Row};
use crate::domain::scope::Scope;
use crate::domain::security::{Area, FourEyes, Security};
use crate::domain::user::{Credential, CredentialKind, Deactivated, Digest, Invitation, User, UserStatus};

enum Told {
    /// As these facts, all of which another value changes.
    As(&'static [&'static str], Value),
    /// Not, for this reason; another value for the proof.
    Not(&'static str, Value),
}
use Told::{As, Not};

const EARLIER: &str = "2024-01-01T00:00:00Z";
const ID: &str = "the row is named by it";
const ONE_PERSON: &str = "the matter of one person, never of a request";
const DELIVERY: &str = "counts messages, which come and go while a request waits";

fn other_id() -> Value {
    json!(Uuid::from_u128(99))
}

/// Every field of every kind of row, as it is stored.
fn fields(kind: Kind) -> Vec<(&'static str, Told)> {
    match kind {
        Kind::Organization => vec![
            ("id", Not(ID, other_id())),
            ("name", As(&["Name"], json!("Other"))),
            ("nature", Not("fixed when the file is made", json!("sample"))),
            ("domains", As(&["Own mail domains"], json!(["other.example.com"]))),
            ("founded", Not("fixed when the file is made", json!(EARLIER))),
            (
                "security",
                As(
                    &["Four-eyes", "New recovery code"],
                    json!({ "four_eyes": { "areas": ["organization"], "begun": true }, "code_due": other_id() }),
                ),
            ),
        ],
        Kind::Entity => vec![
            ("id", Not(ID, other_id())),
            ("name", As(&["Name"], json!("Other"))),
            ("parent", As(&["Parent"], other_id())),
        ],
        Kind::Account => vec![
            ("id", Not(ID, other_id())),
            ("entity", As(&["Entity"], other_id())),
            ("name", As(&["Name"], json!("Other"))),
            ("currency", As(&["Currency"], json!("NOK"))),
            ("identifier", As(&["Identifier"], json!("another"))),
            ("state", As(&["State"], json!("ignored"))),
        ],
        Kind::Role => vec![
            ("id", Not(ID, other_id())),
            ("name", As(&["Name"], json!("Other"))),
            ("grants", As(&["Setup", "Permissions"], json!({ "simple": ["basic_access"] }))),
            ("scope", As(&["Scope"], json!("all_future"))),
            ("state", As(&["State"], json!("deleted"))),
            ("created", Not("fixed when the role is made", json!(EARLIER))),
        ],
        Kind::User => vec![
            ("id", Not(ID, other_id())),
            ("name", As(&["Name"], json!("Other"))),
            ("address", As(&["Address"], json!("other@example.com"))),
            ("roles", As(&["Roles"], json!([other_id()]))),
            ("status", As(&["Status"], json!("removed"))),
            ("joined", Not("fixed when the person signs up", json!(EARLIER))),
            ("code_seen_by", Not("said by the request itself, of its approver", json!([]))),
            ("apart", As(&["Another person than"], json!([other_id()]))),
            ("deactivated", Not("tells who did it; the status is what counts", Value::Null)),
        ],
        Kind::Invitation => vec![
            ("id", Not(ID, other_id())),
            ("address", As(&["Address"], json!("other@example.com"))),
            ("name", As(&["Name"], Value::Null)),
            ("roles", As(&["Roles"], json!([other_id()]))),
            ("invited_by", As(&["Invited by"], other_id())),
            ("invited", Not("the time of the entry", json!(EARLIER))),
            ("sent", Not(DELIVERY, json!(EARLIER))),
            ("attempt", Not(DELIVERY, json!(9))),
            ("expires", As(&["Expires"], json!(EARLIER))),
            ("code_seen_by", Not(DELIVERY, json!([]))),
        ],
        Kind::Credential(CredentialKind::RecoveryCode) => vec![
            ("owner", Not(ID, other_id())),
            ("kind", Not(ID, json!("recovery_code"))),
            ("since", As(&["Since"], json!(EARLIER))),
            ("digest", Not("says nothing to anybody; a new code has a new time", json!(Digest([9; 32])))),
        ],
        Kind::Credential(kind) => vec![
            ("owner", Not(ID, other_id())),
            ("kind", Not(ID, json!(kind))),
            ("since", Not(ONE_PERSON, json!(EARLIER))),
            ("digest", Not(ONE_PERSON, json!(Digest([9; 32])))),
        ],
        Kind::ChangeRequest => {
            ["id", "by", "filed", "expires", "entry", "area", "command", "summary", "told", "state", "parked"]
                .map(|field| (field, Not("a request is no part of what it asks for", Value::Null)))
                .into()
        }
    }
}

/// A row of the kind with something in every field.
fn row(kind: Kind) -> Row {
    let id = Uuid::from_u128(1);
    let (user, role) = (UserId::from_uuid(id), RoleId::from_uuid(id));
    let now: Timestamp = "2025-03-01T09:00:00Z".parse().unwrap();
    match kind {
        Kind::Organization => Row::Organization(Organization {
            id: OrganizationId::from_uuid(id),
            name: "Nordics".parse().unwrap(),
            nature: Nature::Real,
            domains: vec![Domain::new("example.com").unwrap()],
            founded: now,
            security: Security {
                four_eyes: FourEyes { areas: [Area::UserManagement].into(), begun: true },
                ..Security::default()
            },
        }),
        Kind::Entity => Row::Entity(Entity {
            id: EntityId::from_uuid(id),
            name: "North".parse().unwrap(),
            parent: Some(EntityId::from_uuid(id)),
        }),
        Kind::Account => Row::Account(Account {
            id: AccountId::from_uuid(id),
            entity: EntityId::from_uuid(id),
            name: "Main".parse().unwrap(),
            currency: "EUR".parse().unwrap(),
            identifier: AccountIdentifier::new("no-1").unwrap(),
            state: AccountState::Provisioned,
        }),
        Kind::Role => Row::Role(Role {
            id: role,
            name: "Reader".parse().unwrap(),
            grants: Grants::Advanced(PermissionSet::NONE),
            scope: Scope::nothing().into(),
            state: RoleState::Active,
            created: now,
        }),
        Kind::User => Row::User(User {
            id: user,
            name: "Anna Berg".parse().unwrap(),
            address: "anna@example.com".parse().unwrap(),
            roles: [role].into_iter().collect(),
            status: UserStatus::Active,
            joined: now,
            code_seen_by: [user].into(),
            apart: [user].into(),
            deactivated: Some(Deactivated { by: user, at: now }),
        }),
        Kind::Invitation => Row::Invitation(Invitation {
            id: InvitationId::from_uuid(id),
            address: "anna@example.com".parse().unwrap(),
            name: Some("Anna Berg".parse().unwrap()),
            roles: [role].into_iter().collect(),
            invited_by: user,
            invited: now,
            sent: now,
            attempt: 1,
            expires: now,
            code_seen_by: [user].into(),
        }),
        Kind::ChangeRequest => Row::ChangeRequest(ChangeRequest {
            id: ChangeRequestId::from_uuid(id),
            by: Person { user, role },
            filed: now,
            expires: now,
            entry: 7,
            area: Area::UserManagement,
            command: "rename_role".into(),
            summary: "rename it".into(),
            told: RequestTold { digest: Digest([1; 32]), lines: Vec::new(), access: Vec::new(), more: 0 },
            state: RequestState::Pending,
            parked: Some(Parked { version: 1, json: json!({}) }),
        }),
        Kind::Credential(kind) => Row::Credential(Credential { owner: id, kind, since: now, digest: Digest([1; 32]) }),
    }
}

fn stored(row: &Row) -> Map<String, Value> {
    serde_json::from_slice(&row.to_json().unwrap()).unwrap()
}

fn told(row: &Row) -> BTreeMap<&'static str, Value> {
    facts(&Org::default(), row).into_iter().map(|fact| (fact.field, fact.value)).collect()
}

#[test]
fn every_field_is_shown_or_left_out_for_a_reason() {
    for kind in Kind::ALL {
        let row = row(kind);
        let known: BTreeSet<&str> = fields(kind).iter().map(|(field, _)| *field).collect();
        let stored = stored(&row);
        let keys: BTreeSet<&str> = stored.keys().map(String::as_str).collect();
        assert_eq!(keys, known, "{kind:?}: say in facts or here what a new field is to an approver");
        let shown: BTreeSet<&str> = told(&row).into_keys().collect();
        let as_fields = fields(kind).into_iter().filter_map(|(_, told)| match told {
            As(names, _) => Some(names),
            Not(reason, _) => (reason.is_empty()).then_some(&[] as &[&str]),
        });
        assert_eq!(shown, as_fields.flatten().copied().collect(), "{kind:?}");
    }
}

#[test]
fn another_value_changes_exactly_what_is_shown_of_the_field() {
    // Of a request nothing is shown at all, whatever its fields say.
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::ChangeRequest) {
        for (field, shown) in fields(kind) {
            let before = row(kind);
            let mut edited = stored(&before);
            let (names, value) = match shown {
                As(names, value) => (names, value),
                Not(_, value) => (&[] as &[&str], value),
            };
            edited.insert(field.to_owned(), value);
            let after = Row::from_json(kind, &serde_json::to_vec(&edited).unwrap()).unwrap();
            let (old, new) = (told(&before), told(&after));
            let differing: BTreeSet<&str> = old.keys().filter(|name| old[*name] != new[*name]).copied().collect();
            assert_eq!(differing, names.iter().copied().collect(), "{kind:?}: {field}");
        }
    }
}
