//! The rows that the invented company begins with.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{AccountId, EntityId, OrganizationId, RoleId, UserId};
use rolodeck::domain::name::AccountIdentifier;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{Account, AccountState, Entity, Nature, Organization};
use rolodeck::domain::role::{Grants, Role, RoleState};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::{Credential, CredentialKind, User, UserStatus};
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::secrets::{Secret, Secrets, Stored, sha256};
use rolodeck::outside::Outside;

use super::office::{RECOVERY, WORDS};
use crate::properties::company::{advanced, chosen, role_named};

/// What user management consists of, without deciding change requests.
const CLERK: [&str; 8] = [
    "roles:create",
    "roles:update",
    "roles:delete",
    "invitations:create",
    "invitations:update",
    "invitations:delete",
    "memberships:update",
    "memberships:delete",
];

/// What an administrator of one place has.
const LOCAL: [&str; 6] = [
    "organizations:update",
    "roles:create",
    "roles:update",
    "memberships:update",
    "accounts:create",
    "entities:update",
];

/// The company, with everybody's passphrase and a recovery code.
pub fn company(outside: &Outside, staff: &[(&str, &[&str])]) -> (Org, Secrets) {
    let (mut org, at) = (Org::default(), outside.now());
    let organization = OrganizationId::new(at, &outside.seed());
    org.put(Row::Organization(Organization {
        id: organization,
        name: "Hollin Group".parse().unwrap(),
        nature: Nature::Real,
        domains: Vec::new(),
        founded: at,
        security: Default::default(),
    }));
    let [north, south] = ["North", "South"].map(|name| {
        let id = EntityId::new(at, &outside.seed());
        org.put(Row::Entity(Entity { id, name: name.parse().unwrap(), parent: None }));
        id
    });
    org.put(Row::Account(Account {
        id: AccountId::new(at, &outside.seed()),
        entity: south,
        name: "Till".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        identifier: AccountIdentifier::new("TILL-1").unwrap(),
        state: AccountState::Provisioned,
    }));
    let administration = || Grants::Simple([Group::BasicAccess, Group::SensitiveAdminOperations].into_iter().collect());
    let simple = |group| Grants::Simple([group].into_iter().collect());
    let roles = [
        ("Owner", Grants::Everything, Scope::AllFuture),
        ("Administrator", administration(), Scope::AllFuture),
        ("Deputy", administration(), Scope::AllFuture),
        ("Clerk", advanced(&CLERK), Scope::AllFuture),
        ("Decider", advanced(&["organizations:update", "roles:read"]), Scope::AllFuture),
        ("Local", advanced(&LOCAL), chosen(&[north], &[])),
        ("Reader", simple(Group::BasicAccess), Scope::AllFuture),
        ("Payer", simple(Group::InitiatePayments), chosen(&[south], &[])),
        ("Spare", simple(Group::ReadFinancialData), Scope::AllFuture),
    ];
    for (name, grants, scope) in roles {
        let (id, name, scope) = (RoleId::new(at, &outside.seed()), name.parse().unwrap(), Arc::new(scope));
        org.put(Row::Role(Role { id, name, grants, scope, state: RoleState::Active, created: at }));
    }
    let mut secrets = Secrets::none();
    for (name, roles) in staff {
        let id = UserId::new(at, &outside.seed());
        org.put(Row::User(User {
            id,
            name: name.parse().unwrap(),
            address: format!("{name}@hollin.example.com").parse().unwrap(),
            roles: roles.iter().map(|role| role_named(&org, role)).collect(),
            status: UserStatus::Active,
            joined: at,
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
        let bytes = hash(&Cost::least().unwrap(), &Secret::from(WORDS), &outside.bytes()).unwrap();
        secrets = keep(&mut org, secrets, CredentialKind::Passphrase, id.uuid(), bytes, at);
    }
    let code = Secret::new(sha256(RECOVERY.as_bytes()).0.to_vec());
    let secrets = keep(&mut org, secrets, CredentialKind::RecoveryCode, organization.uuid(), code, at);
    (org, secrets)
}

fn keep(
    org: &mut Org,
    secrets: Secrets,
    kind: CredentialKind,
    owner: uuid::Uuid,
    bytes: Secret,
    since: Timestamp,
) -> Secrets {
    let stored = Stored { kind, owner, bytes };
    org.put(Row::Credential(Credential { owner, kind, since, digest: stored.digest() }));
    secrets.with(stored)
}
