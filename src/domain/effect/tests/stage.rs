//! What the tests of this module change, and how.
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::domain::effect::Effect;
use crate::domain::fixture::{self, Company, ScopePick};
use crate::domain::id::{RoleId, UserId};
use crate::domain::name::RoleName;
use crate::domain::organization::{Account, Entity};
use crate::domain::role::{Grants, Role, RoleState};
use crate::domain::row::{Difference, Row, RowId};
use crate::domain::scope::Scope;
use crate::domain::user::{Invitation, User, UserStatus};

/// What turning the one company into the other does.
pub fn effect(before: &Company, after: &Company) -> Effect {
    let (before, after) = (before.org(), after.org());
    Effect::between(before, after, &Difference::between(before, after))
}

/// The effect of a change that is tried on a copy.
pub fn effect_of(company: &Company, change: impl FnOnce(&mut Company)) -> Effect {
    let mut tried = company.clone();
    change(&mut tried);
    effect(company, &tried)
}

/// The lines as `subject, field: before → after`.
pub fn lines(effect: &Effect) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
    let each = effect.lines.iter();
    each.map(|line| format!("{}, {}: {} → {}", line.subject, line.field, side(&line.before), side(&line.after)))
        .collect()
}

/// The gains and losses in sentences.
pub fn access(effect: &Effect, before: &Company, after: &Company) -> Vec<String> {
    effect.access.iter().flat_map(|change| change.in_words(before.org(), after.org())).collect()
}

pub fn edit_role(company: &mut Company, role: RoleId, edit: impl FnOnce(&mut Role)) {
    let mut row = company.org().role(role).unwrap().clone();
    edit(&mut row);
    company.put(Row::Role(row));
}

pub fn grant(company: &mut Company, role: RoleId, grants: Grants) {
    edit_role(company, role, |row| row.grants = grants);
}

pub fn rescope(company: &mut Company, role: RoleId, scope: Scope) {
    edit_role(company, role, |row| row.scope = Arc::new(scope));
}

pub fn rename_role(company: &mut Company, role: RoleId, name: &str) {
    edit_role(company, role, |row| row.name = RoleName::new(name).unwrap());
}

pub fn edit_user(company: &mut Company, user: UserId, edit: impl FnOnce(&mut User)) {
    let mut row = company.org().user(user).unwrap().clone();
    edit(&mut row);
    company.put(Row::User(row));
}

pub fn give(company: &mut Company, user: UserId, role: RoleId) {
    edit_user(company, user, |row| row.roles = row.roles.with([role]));
}

/// `Company` has no way to take a row away, so the rest is put into a new one.
pub fn without(company: &Company, gone: RowId) -> Company {
    let mut rest = Company::new();
    let org = company.org();
    let rows = Difference::between(Company::new().org(), org).changes.into_iter().filter_map(|change| change.after);
    rows.filter(|row| row.row_id() != gone).for_each(|row| rest.put(row));
    rest
}

/// One change of something in a small company.
#[derive(Clone, Debug)]
pub enum Step {
    Grant(Index, Grants),
    Rescope(Index, ScopePick),
    Delete(Index),
    Roles(Index, u8),
    Status(Index, u8),
    Reinvite(Index, u8),
    Join(u8),
    Invite(u8),
    MoveAccount(Index, Index),
    NewAccount(Index),
    MoveEntity(Index, Index),
    Ignore(Index),
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let one = any::<Index>;
    let bits = any::<u8>;
    let step = prop_oneof![
        (one(), fixture::all_grants()).prop_map(|(role, grants)| Step::Grant(role, grants)),
        (one(), fixture::scope_picks()).prop_map(|(role, scope)| Step::Rescope(role, scope)),
        one().prop_map(Step::Delete),
        (one(), bits()).prop_map(|(user, roles)| Step::Roles(user, roles)),
        (one(), bits()).prop_map(|(user, status)| Step::Status(user, status)),
        (one(), bits()).prop_map(|(open, roles)| Step::Reinvite(open, roles)),
        bits().prop_map(Step::Join),
        bits().prop_map(Step::Invite),
        (one(), one()).prop_map(|(account, entity)| Step::MoveAccount(account, entity)),
        one().prop_map(Step::NewAccount),
        (one(), one()).prop_map(|(entity, parent)| Step::MoveEntity(entity, parent)),
        one().prop_map(Step::Ignore),
    ];
    proptest::collection::vec(step, 0..4)
}

impl Step {
    /// Whether it changes people and roles alone.
    pub fn leaves_places(&self) -> bool {
        !matches!(self, Self::MoveAccount(..) | Self::NewAccount(_) | Self::MoveEntity(..) | Self::Ignore(_))
    }
}

/// Companies with roles, an Owner among them, users and invitations.
pub fn staffed() -> impl Strategy<Value = Company> {
    let roles = proptest::collection::vec((fixture::all_grants(), fixture::scope_picks()), 1..4);
    let people = proptest::collection::vec(any::<(u8, u8)>(), 0..5);
    (fixture::companies(), roles, people, proptest::collection::vec(any::<u8>(), 0..3)).prop_map(
        |(mut company, roles, people, invited)| {
            company.role("Owner", Grants::Everything, Scope::AllFuture);
            for (n, (grants, scope)) in roles.into_iter().enumerate() {
                let scope = scope.on(&company);
                company.role(&format!("Role {n}"), grants, scope);
            }
            for (n, (roles, status_bits)) in people.into_iter().enumerate() {
                let user = company.user(&format!("User {n}"), [], status(status_bits));
                let roles = picked(&company, roles);
                edit_user(&mut company, user, |row| row.roles = roles.into_iter().collect());
            }
            for roles in invited {
                invite(&mut company, roles);
            }
            company
        },
    )
}

fn status(bits: u8) -> UserStatus {
    [UserStatus::Active, UserStatus::Active, UserStatus::Deactivated, UserStatus::Removed][usize::from(bits % 4)]
}

fn picked(company: &Company, bits: u8) -> Vec<RoleId> {
    let all = company.org().roles().keys().enumerate();
    all.filter(|(n, _)| bits >> n & 1 == 1).map(|(_, role)| *role).collect()
}

fn invite(company: &mut Company, bits: u8) {
    let address = format!("guest{}@example.com", company.org().invitations().len());
    let open = company.invitation(&address, []);
    let roles = picked(company, bits).into_iter().collect();
    let row = company.org().invitation(open).unwrap().clone();
    company.put(Row::Invitation(Invitation { roles, ..row }));
}

/// Does what can be done and leaves the rest.
pub fn walk(company: &mut Company, steps: &[Step]) {
    steps.iter().for_each(|step| take(company, step));
}

fn take(company: &mut Company, step: &Step) {
    fn one<T: Copy>(all: impl Iterator<Item = T>, pick: &Index) -> Option<T> {
        let all: Vec<T> = all.collect();
        (!all.is_empty()).then(|| *pick.get(&all))
    }
    let org = company.org().clone();
    let role = |pick| one(org.roles().values().filter(|role| !role.is_owner()).map(|role| role.id), pick).unwrap();
    let user = |pick| one(org.users().keys().copied(), pick);
    let account = |pick| one(org.accounts().keys().copied(), pick);
    let entity = |pick| one(org.entities().keys().copied(), pick);
    match step {
        Step::Grant(pick, grants) => grant(company, role(pick), grants.clone()),
        Step::Rescope(pick, scope) => {
            let scope = scope.on(company);
            rescope(company, role(pick), scope);
        }
        Step::Delete(pick) => edit_role(company, role(pick), |row| row.state = RoleState::Deleted),
        Step::Roles(pick, bits) => {
            let Some(user) = user(pick) else { return };
            let roles = picked(company, *bits).into_iter().collect();
            edit_user(company, user, |row| row.roles = roles);
        }
        Step::Status(pick, bits) => {
            let Some(user) = user(pick) else { return };
            edit_user(company, user, |row| row.status = status(*bits));
        }
        Step::Reinvite(pick, bits) => {
            let Some(open) = one(org.invitations().keys().copied(), pick) else { return };
            let row = org.invitation(open).unwrap().clone();
            let roles = picked(company, *bits).into_iter().collect();
            company.put(Row::Invitation(Invitation { roles, ..row }));
        }
        Step::Join(bits) => {
            let user = company.user("Newcomer", [], UserStatus::Active);
            let roles = picked(company, *bits).into_iter().collect();
            edit_user(company, user, |row| row.roles = roles);
        }
        Step::Invite(bits) => invite(company, *bits),
        Step::MoveAccount(pick, to) => {
            let (Some(account), Some(entity)) = (account(pick), entity(to)) else { return };
            company.move_to(account, entity);
        }
        Step::NewAccount(pick) => {
            // A scope is picked among eight at most.
            let Some(entity) = entity(pick).filter(|_| org.accounts().len() < 8) else { return };
            company.account("Later", entity);
        }
        Step::MoveEntity(pick, to) => {
            let (Some(id), Some(parent)) = (entity(pick), entity(to)) else { return };
            // Only below an older one, so that no circle can come of it.
            let parent = (parent < id).then_some(parent);
            company.put(Row::Entity(Entity { parent, ..org.entity(id).unwrap().clone() }));
        }
        Step::Ignore(pick) => {
            let Some(account) = account(pick) else { return };
            company.ignore(account);
        }
    }
}

/// Gives every entity and account another name.
pub fn rename_places(company: &mut Company) {
    let org = company.org().clone();
    for row in org.entities().values() {
        let name = format!("Other {}", row.name.as_str()).parse().unwrap();
        company.put(Row::Entity(Entity { name, ..Entity::clone(row) }));
    }
    for row in org.accounts().values() {
        let name = format!("Other {}", row.name.as_str()).parse().unwrap();
        company.put(Row::Account(Account { name, ..Account::clone(row) }));
    }
}
