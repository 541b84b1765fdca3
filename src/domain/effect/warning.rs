//! Which warnings about the changed roles arise and which go away.
use std::collections::{BTreeMap, BTreeSet};

use super::name;
use crate::domain::draft::Draft;
use crate::domain::findings::{Finding, Severity, findings_of_all, role_findings};
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::row::Difference;

/// So many changed roles are looked at one by one; for more, all roles at once cost less.
const ONE_BY_ONE: usize = 3;

/// So many warnings are told.
const TOLD: usize = 30;

/// What arises, and what is settled. A warning of the same kind that only names other things afterwards arises, and
/// nothing is settled by it.
pub(super) fn warnings(before: &Org, after: &Org, difference: &Difference) -> (Vec<String>, Vec<String>) {
    let roles: BTreeSet<RoleId> = difference.roles().filter_map(|(old, new)| Some(new.or(old)?.id)).collect();
    let (old, new) = (Found::in_roles(before, &roles), Found::in_roles(after, &roles));
    let (mut arising, mut resolved) = (Vec::new(), Vec::new());
    for role in roles {
        let (were, are) = (old.of(role), new.of(role));
        let fresh = are.iter().filter(|finding| !were.contains(finding));
        arising.extend(fresh.map(|finding| (after, role, finding)));
        let settled = were.iter().filter(|finding| are.iter().all(|now| now.code() != finding.code()));
        resolved.extend(settled.map(|finding| (before, role, finding)));
    }
    (told(&arising), told(&resolved))
}

fn told(warnings: &[(&Org, RoleId, &Finding)]) -> Vec<String> {
    let sentence = |(org, role, finding): &(&Org, RoleId, &Finding)| {
        format!("Role {}: {}", name::role(org, *role), finding.sentence(org))
    };
    let mut told: Vec<String> = warnings.iter().take(TOLD).map(sentence).collect();
    if let Some(more @ 1..) = warnings.len().checked_sub(TOLD) {
        told.push(format!("And {more} more about other roles."));
    }
    told
}

/// Warnings by role; notes are none.
struct Found(BTreeMap<RoleId, Vec<Finding>>);

impl Found {
    fn in_roles(org: &Org, roles: &BTreeSet<RoleId>) -> Self {
        let mut found = if roles.len() > ONE_BY_ONE {
            findings_of_all(org)
        } else {
            let active = roles.iter().filter_map(|id| org.role(*id)).filter(|role| role.is_active());
            active.map(|role| (role.id, role_findings(org, Draft::from(role)))).collect()
        };
        found.values_mut().for_each(|of_role| of_role.retain(|finding| finding.severity() >= Severity::Warning));
        Self(found)
    }

    fn of(&self, role: RoleId) -> &[Finding] {
        self.0.get(&role).map_or(&[], Vec::as_slice)
    }
}
