//! Looking a role over.
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::finding::{Extent, Finding, Unreached};
use crate::domain::access::covers;
use crate::domain::catalogue::{Group, GroupSet};
use crate::domain::census::AccountCounts;
use crate::domain::draft::{Draft, account_scoped, heeding_scope};
use crate::domain::duties::{Payment, payments};
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::permission::{Level, Permission, PermissionSet};
use crate::domain::role::{Grants, Role};
use crate::domain::scope::Scope;

/// What is worth knowing about a role or a draft of one, the most serious first.
///
/// Owner has no findings: it may do everything by definition, and nothing about it can be chosen.
pub fn role_findings(org: &Org, draft: Draft<'_>) -> Vec<Finding> {
    Surroundings::of(org).inspect(draft)
}

/// The findings of every active role, for a table: cheaper than asking for each of them.
pub fn findings_of_all(org: &Org) -> BTreeMap<RoleId, Vec<Finding>> {
    let surroundings = Surroundings::of(org);
    org.active_roles().map(|role| (role.id, surroundings.inspect(Draft::from(role)))).collect()
}

/// The rest of the organization, read once for all questions.
struct Surroundings<'a> {
    org: &'a Org,
    /// The active roles but Owner, by name.
    peers: Vec<Peer<'a>>,
    counts: OnceCell<AccountCounts>,
}

/// A role with what it comes to.
struct Peer<'a> {
    role: Option<RoleId>,
    permissions: PermissionSet,
    scope: &'a Scope,
    heeds_scope: bool,
}

impl<'a> From<Draft<'a>> for Peer<'a> {
    fn from(draft: Draft<'a>) -> Self {
        let permissions = draft.grants.permissions();
        let heeds_scope = !heeding_scope(permissions).is_empty();
        Self { role: draft.role, permissions, scope: draft.scope, heeds_scope }
    }
}

impl Peer<'_> {
    /// Whether `outer` permits everything that this permits, wherever this does, now and later. Scopes are compared
    /// only if some permission heeds them.
    fn is_within(&self, org: &Org, outer: &Peer<'_>) -> bool {
        self.permissions.is_subset(outer.permissions) && (!self.heeds_scope || covers(org, outer.scope, self.scope))
    }
}

impl<'a> Surroundings<'a> {
    fn of(org: &'a Org) -> Self {
        let mut roles: Vec<&Role> = org.active_roles().filter(|role| !role.is_owner()).collect();
        roles.sort_by_cached_key(|role| role.name.key());
        let peers = roles.into_iter().map(|role| Peer::from(Draft::from(role))).collect();
        Self { org, peers, counts: OnceCell::new() }
    }

    fn inspect(&self, draft: Draft<'_>) -> Vec<Finding> {
        if matches!(draft.grants, Grants::Everything) {
            return Vec::new();
        }
        let own = Peer::from(draft);
        let [equal, contained] = self.duplicates(&own);
        let found = [
            creates_and_approves(own.permissions),
            approves_unseen(own.permissions),
            sensitive_admin(own.permissions),
            writes_unread(own.permissions),
            no_basic_access(own.permissions),
            self.reaches_nothing(&own),
            equal,
            contained,
            scope_unused(&own),
        ];
        let mut found: Vec<Finding> = found.into_iter().flatten().collect();
        found.sort_by_key(|finding| Reverse(finding.severity()));
        found
    }

    /// The roles that are the same and those that contain it. A role without any permission is not compared.
    fn duplicates(&self, own: &Peer<'_>) -> [Option<Finding>; 2] {
        if own.permissions.is_empty() {
            return [None, None];
        }
        let others = self.peers.iter().filter(|peer| own.role.is_none() || peer.role != own.role);
        let outer = others.filter(|peer| own.is_within(self.org, peer));
        let (equal, contained): (Vec<&Peer<'_>>, Vec<_>) = outer.partition(|peer| peer.is_within(self.org, own));
        let ids = |peers: Vec<&Peer<'_>>| peers.into_iter().filter_map(|peer| peer.role).collect::<Vec<_>>();
        let (equal, contained) = (ids(equal), ids(contained));
        [
            (!equal.is_empty()).then_some(Finding::EqualRole { roles: equal }),
            (!contained.is_empty()).then_some(Finding::ContainedRole { roles: contained }),
        ]
    }

    fn reaches_nothing(&self, own: &Peer<'_>) -> Option<Finding> {
        let Scope::Chosen { entities, accounts } = own.scope else { return None };
        let counts = || self.counts.get_or_init(|| AccountCounts::of(self.org));
        if account_scoped(own.permissions).is_empty() || counts().reached(self.org, own.scope) > 0 {
            return None;
        }
        let reason = if entities.iter().any(|entity| self.org.entity(*entity).is_some()) {
            Unreached::NoneYet
        } else if accounts.iter().any(|account| self.org.account(*account).is_some()) {
            Unreached::AllIgnored
        } else {
            Unreached::NothingChosen
        };
        Some(Finding::ReachesNothing { reason })
    }
}

/// Both permissions are in one role, so they hold for the same accounts (decision 7 in the crate docs).
fn creates_and_approves(held: PermissionSet) -> Option<Finding> {
    let both = |payment: &&Payment| held.contains(payment.create) && held.contains(payment.approve);
    let payments: Vec<&Payment> = payments().iter().filter(both).collect();
    (!payments.is_empty()).then_some(Finding::CreatesAndApproves { payments })
}

fn approves_unseen(held: PermissionSet) -> Option<Finding> {
    let decides = |payment: &Payment| !held.intersection(payment.decide()).is_empty();
    let unseen = |payment: &&Payment| decides(payment) && !held.contains(payment.see);
    let payments: Vec<&Payment> = payments().iter().filter(unseen).collect();
    (!payments.is_empty()).then_some(Finding::ApprovesUnseen { payments })
}

/// What ordinary groups give as well, such as reading roles, makes nobody an administrator.
fn sensitive_admin(held: PermissionSet) -> Option<Finding> {
    let group = Group::SensitiveAdminOperations.permissions();
    let ordinary: GroupSet = Group::ALL.into_iter().filter(|group| !group.sensitive()).collect();
    let extent = if group.is_subset(held) { Extent::Whole } else { Extent::Part };
    let held = held.intersection(group).minus(ordinary.permissions());
    (!held.is_empty()).then_some(Finding::SensitiveAdmin { held, extent })
}

fn writes_unread(held: PermissionSet) -> Option<Finding> {
    let writes = held.iter().filter(|permission| permission.level() != Level::Read);
    let reads: PermissionSet =
        writes.filter_map(|permission| Permission::of(permission.resource(), Level::Read)).collect();
    let missing = reads.minus(held);
    (!missing.is_empty()).then_some(Finding::WritesUnread { missing })
}

fn no_basic_access(held: PermissionSet) -> Option<Finding> {
    let missing = Group::BasicAccess.permissions().minus(held);
    (!missing.is_empty()).then_some(Finding::NoBasicAccess { missing })
}

fn scope_unused(own: &Peer<'_>) -> Option<Finding> {
    let unused = *own.scope != Scope::AllFuture && account_scoped(own.permissions).is_empty();
    unused.then(|| Finding::ScopeUnused { limited: heeding_scope(own.permissions) })
}
