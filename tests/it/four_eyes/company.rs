//! Five people, of whom two are one.
use std::collections::BTreeSet;
use std::sync::Arc;

use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{OrganizationId, RoleId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{Nature, Organization};
use rolodeck::domain::role::{Grants, Role, RoleState};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::{Area, FourEyes, Security};
use rolodeck::domain::user::{User, UserStatus};
use rolodeck::outside::Outside;

use crate::properties::company::advanced;

/// All of user management.
const MANAGING: [&str; 8] = [
    "roles:create",
    "roles:update",
    "roles:delete",
    "invitations:create",
    "invitations:update",
    "invitations:delete",
    "memberships:update",
    "memberships:delete",
];

/// An Owner; an administrator; one who decides and deletes no role; one who manages and decides nothing; and the Owner's
/// second address, as administrator. By `lineup` some hold more, and four-eyes is on already.
pub fn company(outside: &Outside, lineup: u8) -> Org {
    let mut org = Org::default();
    let (at, bit) = (outside.now(), |n: u8| lineup & (1 << n) != 0);
    let areas: BTreeSet<Area> = match lineup % 4 {
        0 => BTreeSet::new(),
        1 => [Area::UserManagement].into(),
        _ => [Area::UserManagement, Area::Organization].into(),
    };
    let four_eyes = FourEyes { begun: !areas.is_empty(), areas };
    org.put(Row::Organization(Organization {
        id: OrganizationId::new(at, &outside.seed()),
        name: "Hollin Group".parse().unwrap(),
        nature: Nature::Sample,
        domains: Vec::new(),
        founded: at,
        security: Security { four_eyes, ..Security::default() },
    }));
    let mut role = |name: &str, grants: Grants| -> RoleId {
        let id = RoleId::new(at, &outside.seed());
        let (name, scope) = (name.parse().unwrap(), Arc::new(Scope::AllFuture));
        org.put(Row::Role(Role { id, name, grants, scope, state: RoleState::Active, created: at }));
        id
    };
    let owner = role("Owner", Grants::Everything);
    let all: Vec<_> = MANAGING.iter().copied().chain(["organizations:update"]).collect();
    let admin = role("Administrator", advanced(&all));
    let most: Vec<_> = all.iter().copied().filter(|name| *name != "roles:delete").collect();
    let most = role("Deputy", advanced(&most));
    let manager = role("Manager", advanced(&MANAGING));
    let reader = role("Reader", Grants::Simple([Group::BasicAccess].into_iter().collect()));
    role("Spare", advanced(&["credit_transfers:create"]));
    let mut user = |address: &str, roles: &[Option<RoleId>]| {
        let id = UserId::new(at, &outside.seed());
        org.put(Row::User(User {
            id,
            name: address.split('@').next().unwrap().replace('+', " ").parse().unwrap(),
            address: address.parse().unwrap(),
            roles: roles.iter().flatten().copied().collect(),
            status: UserStatus::Active,
            joined: at,
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
    };
    user("ada@hollin.example.com", &[Some(owner), bit(2).then_some(reader)]);
    user("bo@hollin.example.com", &[Some(admin), bit(3).then_some(owner)]);
    user("cy@hollin.example.com", &[Some(most), bit(4).then_some(admin), bit(5).then_some(reader)]);
    user("di@hollin.example.com", &[Some(manager), bit(5).then_some(reader)]);
    user("ada+bank@hollin.example.com", &[Some(if bit(6) { owner } else { admin }), bit(7).then_some(manager)]);
    org
}
