//! One role as a line of the table, worked out once for every state of the organization.
use std::collections::BTreeMap;

use crate::domain::access::Need;
use crate::domain::census::{AccountCounts, RoleUses};
use crate::domain::findings::{Finding, Severity, findings_of_all};
use crate::domain::id::RoleId;
use crate::domain::name::{NameKey, RoleName};
use crate::domain::permission::Permission;
use crate::domain::role::Role;
use crate::domain::words::{groups_cell, scope_in_words, setup_name};
use crate::tui::scene::{Ready, Scene};

/// A role with everything that the table says about it.
pub(super) struct Entry {
    /// Which role.
    pub id: RoleId,
    /// Its name.
    pub name: RoleName,
    /// Its name as it is compared.
    pub key: NameKey,
    /// How it was set up.
    pub setup: &'static str,
    /// Its permission groups in words.
    pub groups: String,
    /// Its accounts in words.
    pub scope: String,
    /// How many accounts that is now; all future entities are more than any number.
    pub reach: usize,
    /// How many people hold it, deactivated ones included; none when the active role may not see people.
    pub users: Option<usize>,
    /// What is worth knowing about it, the most serious first.
    pub findings: Vec<Finding>,
}

impl Entry {
    /// How serious the worst finding is.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.first().map(Finding::severity)
    }
}

/// Every active role, Owner included, in no particular order.
pub(super) fn entries(scene: &Scene) -> Vec<Entry> {
    let org = &scene.org;
    let (uses, counts) = (RoleUses::of(org), AccountCounts::of(org));
    let mut findings = findings_of_all(org);
    let sees_people = sees_people(scene);
    let roles = org.active_roles().map(|role| {
        let held = uses.of_role(role.id);
        let users = sees_people.then_some(held.active + held.deactivated);
        entry(scene, role, &counts, users, &mut findings)
    });
    roles.collect()
}

/// Whether the active role may see who the users are.
pub(super) fn sees_people(scene: &Scene) -> bool {
    scene.may_see(Need::organization(Permission::MEMBERSHIPS_READ)) == Ready::Yes
}

fn entry(
    scene: &Scene,
    role: &Role,
    counts: &AccountCounts,
    users: Option<usize>,
    findings: &mut BTreeMap<RoleId, Vec<Finding>>,
) -> Entry {
    let everywhere = *role.scope == crate::domain::scope::Scope::AllFuture;
    Entry {
        id: role.id,
        name: role.name.clone(),
        key: role.name.key(),
        setup: setup_name(&role.grants),
        groups: groups_cell(&role.grants),
        scope: scope_in_words(&scene.org, &role.scope),
        reach: if everywhere { usize::MAX } else { counts.reached(&scene.org, &role.scope) },
        users,
        findings: findings.remove(&role.id).unwrap_or_default(),
    }
}
