#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::access::{owns_account, reaches_entity};
use crate::domain::catalogue::Group;
use crate::domain::draft::{Draft, heeding_scope};
use crate::domain::fixture::{self, Company, advanced, chosen, permissions_of, simple};
use crate::domain::org::Org;
use crate::domain::role::Grants;
use crate::domain::scope::Scope;

fn found(org: &Org, grants: &Grants, scope: &Scope) -> Vec<Finding> {
    role_findings(org, Draft { role: None, grants, scope })
}

/// The finding with this code about a new role in an empty organization, with its severity, title and sentence.
fn told(code: &str, grants: &Grants) -> Option<String> {
    let company = Company::new();
    let found = found(company.org(), grants, &Scope::AllFuture);
    let finding = found.iter().find(|finding| finding.code() == code)?;
    Some(format!("{}: {}. {}", finding.severity().name(), finding.title(), finding.sentence(company.org())))
}

#[test]
fn permissions_are_looked_over() {
    let cases: &[(&str, &str, Option<&str>)] = &[
        // Basic Access
        (
            "no_basic_access",
            "roles:create",
            Some(
                "Warning: No Basic Access. Without Basic Access its holders cannot find their way around: \
                 every role should have it.",
            ),
        ),
        (
            "no_basic_access",
            "accounts:read affiliations:read dashboards:read entities:read forecast_configurations:read \
             memberships:read metadata_keys:read roles:read",
            Some(
                "Warning: Basic Access is incomplete. Every role should have the whole of Basic Access. \
                 It lacks Payment templates.",
            ),
        ),
        (
            "no_basic_access",
            "accounts:read affiliations:read dashboards:read entities:read forecast_configurations:read \
             memberships:read metadata_keys:read payment_templates:read roles:read",
            None,
        ),
        // writing what cannot be read
        (
            "writes_unread",
            "credit_transfers:create mandates:update webhooks:delete webhooks:read",
            Some(
                "Warning: Writes what it cannot read. It can create, change or delete, but not read: \
                 Credit transfers and Mandates. No level includes another: add READ.",
            ),
        ),
        ("writes_unread", "credit_transfers:create credit_transfers:read", None),
        ("writes_unread", "reconciliation:create webhook_keys:delete organizations:update", None),
        // approving what cannot be seen
        (
            "approves_unseen",
            "credit_transfer_approvals:update direct_debit_approvals:update direct_debits:read",
            Some(
                "Serious: Approves what it cannot see. It decides on credit transfers without being able to see \
                 them. Add READ, so that nobody has to approve blindly.",
            ),
        ),
        (
            "approves_unseen",
            "direct_debit_approvals:delete credit_transfer_approvals:delete",
            Some(
                "Serious: Approves what it cannot see. It decides on credit transfers and direct debits without \
                 being able to see them. Add READ, so that nobody has to approve blindly.",
            ),
        ),
        ("approves_unseen", "credit_transfer_approvals:update credit_transfers:read", None),
        ("approves_unseen", "credit_transfers:create direct_debits:update", None),
        // administration
        (
            "sensitive_admin",
            "roles:read roles:create invitations:create",
            Some(
                "Warning: Part of Sensitive admin operations. It holds part of Sensitive admin operations: \
                 roles:create and invitations:create. Only administrators should.",
            ),
        ),
        (
            "sensitive_admin",
            "resource_events:read",
            Some(
                "Note: Part of Sensitive admin operations. It holds part of Sensitive admin operations: \
                 resource_events:read. Only administrators should.",
            ),
        ),
        ("sensitive_admin", "roles:read memberships:read approval_chains:read accounts:update", None),
        // creating and approving
        (
            "creates_and_approves",
            "credit_transfers:create credit_transfer_approvals:update",
            Some(
                "Serious: Creates and approves the same payment. One person with this role can create credit \
                 transfers and approve them on the same accounts. Give the two to different roles, so that a second \
                 person is needed.",
            ),
        ),
        (
            "creates_and_approves",
            "credit_transfers:create credit_transfer_approvals:update direct_debits:create \
             direct_debit_approvals:update",
            Some(
                "Serious: Creates and approves the same payment. One person with this role can create credit \
                 transfers and direct debits and approve them on the same accounts. Give the two to different roles, \
                 so that a second person is needed.",
            ),
        ),
        ("creates_and_approves", "credit_transfers:create direct_debit_approvals:update", None),
        ("creates_and_approves", "credit_transfers:create credit_transfer_approvals:delete", None),
        ("creates_and_approves", "credit_transfers:update credit_transfer_approvals:update", None),
    ];
    for (code, permissions, expected) in cases {
        assert_eq!(told(code, &advanced(permissions)).as_deref(), *expected, "{code}: {permissions}");
    }
}

#[test]
fn groups_are_looked_over_by_what_they_give() {
    let codes = |grants: &Grants| {
        let company = Company::new();
        found(company.org(), grants, &Scope::AllFuture).iter().map(Finding::code).collect::<Vec<_>>()
    };
    use Group as G;
    assert_eq!(codes(&simple([G::BasicAccess])), [""; 0]);
    assert_eq!(codes(&simple([G::BasicAccess, G::ReadFinancialData])), [""; 0]);
    assert_eq!(codes(&simple([G::BasicAccess, G::ReadFinancialData, G::InitiatePayments])), [""; 0]);
    assert_eq!(codes(&simple([G::BasicAccess, G::ReadFinancialData, G::ApproveAndRejectPayments])), [""; 0]);
    assert_eq!(codes(&simple([G::BasicAccess, G::ErpAccess])), [""; 0]);
    assert_eq!(codes(&simple([G::BasicAccess, G::InitiatePayments])), ["writes_unread"]);
    assert_eq!(codes(&simple([G::BasicAccess, G::ApproveAndRejectPayments])), ["approves_unseen", "writes_unread"]);
    assert_eq!(
        codes(&simple([G::BasicAccess, G::ReadFinancialData, G::InitiatePayments, G::ApproveAndRejectPayments])),
        ["creates_and_approves"]
    );
    assert_eq!(codes(&simple([G::BasicAccess, G::SensitiveAdminOperations])), ["sensitive_admin"]);
    assert_eq!(codes(&simple([G::BasicAccess, G::SetUpProgrammaticAccess])), ["sensitive_admin"]);
    assert_eq!(codes(&simple([G::ManageDashboard])), ["writes_unread", "no_basic_access"]);
}

#[test]
fn the_whole_of_sensitive_admin_operations_is_serious() {
    let grants = simple([Group::BasicAccess, Group::SensitiveAdminOperations]);
    assert_eq!(
        told("sensitive_admin", &grants).unwrap(),
        "Serious: Sensitive admin operations. It holds everything in Sensitive admin operations, and so decides who \
         may do what in the organization. Keep it for very few administrators."
    );
}

#[test]
fn the_owner_is_what_it_is() {
    let mut company = Company::new();
    let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
    company.role("Reader", simple([Group::BasicAccess]), Scope::AllFuture);
    let all = findings_of_all(company.org());
    assert_eq!(all.len(), 2);
    assert!(all.values().all(Vec::is_empty), "and no other role counts as contained in it: {all:?}");
    assert_eq!(all[&owner], []);
}

#[test]
fn a_scope_that_reaches_nothing_says_why() {
    let mut company = Company::new();
    let empty = company.entity("Empty", None);
    let full = company.entity("Full", None);
    let main = company.account("Main", full);
    let old = company.account("Old", full);
    company.ignore(old);
    let unreached = |permissions, scope| {
        let found = found(company.org(), &advanced(permissions), &scope);
        found.into_iter().find_map(|finding| match finding {
            Finding::ReachesNothing { reason } => Some(reason),
            _ => None,
        })
    };
    let cases = [
        ("transactions:read", Scope::nothing(), Some(Unreached::NothingChosen)),
        ("transactions:read", chosen([], [old]), Some(Unreached::AllIgnored)),
        ("transactions:read", chosen([empty], []), Some(Unreached::NoneYet)),
        ("transactions:read", chosen([empty], [old]), Some(Unreached::NoneYet)),
        ("transactions:read", chosen([empty], [main]), None),
        ("transactions:read", chosen([full], []), None),
        ("transactions:read", Scope::AllFuture, None),
        ("accounts:read roles:read", Scope::nothing(), None),
    ];
    for (permissions, scope, expected) in cases {
        assert_eq!(unreached(permissions, scope.clone()), expected, "{permissions} on {scope:?}");
    }
    assert_eq!(Finding::ReachesNothing { reason: Unreached::NothingChosen }.severity(), Severity::Warning);
    assert_eq!(Finding::ReachesNothing { reason: Unreached::NoneYet }.severity(), Severity::Note);
}

#[test]
fn all_future_of_an_organization_without_accounts_is_no_finding() {
    assert_eq!(told("reaches_nothing", &advanced("transactions:read")), None);
}

#[test]
fn a_scope_without_use_says_what_it_still_limits() {
    let company = Company::new();
    let sentence = |permissions, scope| {
        let found = found(company.org(), &advanced(permissions), &scope);
        let unused = found.into_iter().find(|finding| finding.code() == "scope_unused");
        unused.map(|finding| format!("{}. {}", finding.title(), finding.sentence(company.org())))
    };
    assert_eq!(
        sentence("roles:read", Scope::nothing()).unwrap(),
        "Chosen accounts do not matter. None of its permissions holds for single accounts, so choosing accounts has \
         no effect."
    );
    assert_eq!(
        sentence("roles:read accounts:read entities:update", Scope::nothing()).unwrap(),
        "Chosen accounts matter little. None of its permissions holds for single accounts; the chosen ones only limit \
         accounts:read and entities:update."
    );
    assert_eq!(sentence("roles:read", Scope::AllFuture), None);
    assert_eq!(sentence("roles:read mandates:read", Scope::nothing()), None);
}

#[test]
fn equal_and_containing_roles_are_named() {
    let mut company = Company::new();
    let group = company.entity("Group", None);
    let north = company.entity("North", Some(group));
    company.role("Owner", Grants::Everything, Scope::AllFuture);
    let gone = company.role("Gone", advanced("transactions:read"), chosen([north], []));
    company.delete(gone);
    let wide = company.role("Wide", advanced("transactions:read"), chosen([group], []));
    let more = company.role("More", advanced("transactions:read views:read"), chosen([north], []));
    let same = company.role("Same", advanced("transactions:read"), chosen([north], []));
    company.role("Other", advanced("holdings:read"), Scope::AllFuture);
    let draft = advanced("transactions:read");
    let scope = chosen([north], []);
    let sentences = |role| {
        let found = role_findings(company.org(), Draft { role, grants: &draft, scope: &scope });
        let about = found.into_iter().filter(|finding| finding.code().ends_with("_role"));
        about.map(|finding| finding.sentence(company.org())).collect::<Vec<_>>()
    };
    let contained = "All of it, and more, is also permitted by “More” and “Wide”. Perhaps nobody needs this one.";
    assert_eq!(sentences(None), ["The same is permitted at the same places by “Same”. One role is enough.", contained]);
    assert_eq!(sentences(Some(same)), [contained], "a role that is edited is not compared with itself");
    let all = findings_of_all(company.org());
    assert!(!all.contains_key(&gone));
    assert!(all[&wide].iter().chain(&all[&more]).all(|finding| !finding.code().ends_with("_role")));
}

#[test]
fn without_permissions_nothing_is_compared() {
    let mut company = Company::new();
    company.role("Reader", simple([Group::BasicAccess]), Scope::AllFuture);
    let codes: Vec<_> = found(company.org(), &simple([]), &Scope::AllFuture).iter().map(Finding::code).collect();
    assert_eq!(codes, ["no_basic_access"]);
}

#[test]
fn where_no_permission_heeds_the_scope_it_is_not_compared() {
    let mut company = Company::new();
    let wide = company.role("Wide", advanced("roles:read views:read"), Scope::nothing());
    let found = found(company.org(), &advanced("roles:read"), &Scope::AllFuture);
    assert!(found.contains(&Finding::ContainedRole { roles: vec![wide] }), "{found:?}");
}

#[test]
fn a_remedy_ticks_a_group_where_that_is_all_it_gives() {
    let company = Company::new();
    let remedied = |grants: &Grants, code| {
        let found = found(company.org(), grants, &Scope::AllFuture);
        found.iter().find(|finding| finding.code() == code)?.remedied(grants)
    };
    let reading = simple([Group::ReadFinancialData]);
    assert_eq!(remedied(&reading, "no_basic_access"), Some(simple([Group::BasicAccess, Group::ReadFinancialData])));
    let initiating = simple([Group::BasicAccess, Group::InitiatePayments]);
    let mut expected = initiating.permissions();
    expected.extend(permissions_of("credit_transfers:read direct_debits:read").iter());
    assert_eq!(remedied(&initiating, "writes_unread"), Some(Grants::Advanced(expected)));
    let admin = simple([Group::SensitiveAdminOperations]);
    assert_eq!(
        remedied(&admin, "no_basic_access"),
        Some(simple([Group::BasicAccess, Group::SensitiveAdminOperations])),
        "a group that would add nothing is not ticked"
    );
    assert_eq!(remedied(&admin, "sensitive_admin"), None);
}

/// The company with one later account in every entity, a later child of every entity with one account, and a later
/// entity at the top with one account.
fn later(mut company: Company) -> Company {
    let entities: Vec<_> = company.org().entities().keys().copied().collect();
    for parent in entities.iter().copied().map(Some).chain([None]) {
        let child = company.entity("Later", parent);
        company.account("Later", child);
    }
    for entity in entities {
        company.account("Later", entity);
    }
    company
}

/// Whether everything that `inner` permits, at every entity and account that is or could be, is permitted by `outer`.
fn contained_by_trying(org: &Org, inner: (&Grants, &Scope), outer: (&Grants, &Scope)) -> bool {
    let (own, other) = (inner.0.permissions(), outer.0.permissions());
    let everywhere = |reached: &dyn Fn(&Scope) -> bool| !reached(inner.1) || reached(outer.1);
    let accounts = || org.accounts().keys().all(|id| everywhere(&|scope| owns_account(org, scope, *id)));
    let entities = || org.entities().keys().all(|id| everywhere(&|scope| reaches_entity(org, scope, *id)));
    own.is_subset(other) && (heeding_scope(own).is_empty() || accounts() && entities())
}

proptest! {
    #[test]
    fn contained_is_what_trying_every_place_finds(
        company in fixture::companies(),
        (own, other) in (fixture::all_grants(), fixture::all_grants()),
        related in any::<bool>(),
        (here, there) in (fixture::scope_picks(), fixture::scope_picks()),
    ) {
        let mut company = company;
        let (here, there) = (here.on(&company), there.on(&company));
        let other = if related { Grants::Advanced(own.permissions().union(other.permissions())) } else { other };
        prop_assume!(!own.permissions().is_empty());
        let role = company.role("Other", other.clone(), there.clone());
        let found = found(company.org(), &own, &here);
        let company = later(company);
        let inside = contained_by_trying(company.org(), (&own, &here), (&other, &there));
        let around = contained_by_trying(company.org(), (&other, &there), (&own, &here));
        let equal = Finding::EqualRole { roles: vec![role] };
        let contained = Finding::ContainedRole { roles: vec![role] };
        prop_assert_eq!(found.contains(&equal), inside && around);
        prop_assert_eq!(found.contains(&contained), inside && !around);
    }

    #[test]
    fn a_remedy_removes_its_finding_adds_nothing_else_and_causes_no_other(grants in fixture::all_grants()) {
        let company = Company::new();
        let before = found(company.org(), &grants, &Scope::AllFuture);
        let codes: BTreeSet<_> = before.iter().map(Finding::code).collect();
        for finding in &before {
            let Some(remedy) = finding.remedy() else { continue };
            prop_assert!(!remedy.is_empty() && remedy.intersection(grants.permissions()).is_empty());
            let remedied = finding.remedied(&grants).unwrap();
            prop_assert_eq!(remedied.permissions(), grants.permissions().union(remedy));
            if let (Grants::Simple(old), Grants::Simple(new)) = (&grants, &remedied) {
                prop_assert!(old.iter().all(|group| new.contains(group)));
            }
            let after: BTreeSet<_> =
                found(company.org(), &remedied, &Scope::AllFuture).iter().map(Finding::code).collect();
            prop_assert!(!after.contains(finding.code()));
            prop_assert!(after.difference(&codes).all(|code| *code == "sensitive_admin"), "{after:?}");
        }
    }

    #[test]
    fn every_finding_has_words_and_one_place_in_the_list(
        company in fixture::companies(),
        grants in fixture::all_grants(),
        pick in fixture::scope_picks(),
    ) {
        let mut company = company;
        company.role("Same", grants.clone(), pick.on(&company));
        let found = found(company.org(), &grants, &pick.on(&company));
        prop_assert!(found.iter().is_sorted_by_key(|finding| std::cmp::Reverse(finding.severity())));
        let codes: BTreeSet<_> = found.iter().map(Finding::code).collect();
        prop_assert_eq!(codes.len(), found.len());
        for finding in &found {
            let sentence = finding.sentence(company.org());
            prop_assert!(sentence.ends_with('.') && !sentence.contains("nobody,"), "{sentence}");
            prop_assert!(!finding.title().is_empty() && !finding.title().ends_with('.'));
        }
    }

    #[test]
    fn asking_for_all_is_asking_for_each(
        company in fixture::companies(),
        roles in proptest::collection::vec((fixture::all_grants(), fixture::scope_picks()), 0..4),
    ) {
        let mut company = company;
        for (n, (grants, pick)) in roles.into_iter().enumerate() {
            let scope = pick.on(&company);
            company.role(&format!("Role {n}"), grants, scope);
        }
        let org = company.org();
        for (role, found) in findings_of_all(org) {
            prop_assert_eq!(found, role_findings(org, Draft::from(org.role(role).unwrap())));
        }
    }
}
