#![expect(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::domain::access::{covers, reaches_account};
use crate::domain::catalogue::{Group, needs_account};
use crate::domain::org::Holder;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::row::Difference;

fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

/// Seeds that count up from `first`.
fn seeds(first: u64) -> impl FnMut() -> Seed {
    let mut next = first;
    move || {
        next += 1;
        let mut seed = Seed::default();
        seed.iter_mut().rev().zip(next.to_le_bytes()).for_each(|(to, from)| *to = from);
        seed
    }
}

fn sample() -> Org {
    organization(noon(), &mut seeds(0)).unwrap()
}

/// How many different things there are; each of them has to be there once.
fn distinct<T: Ord>(things: impl Iterator<Item = T>) -> usize {
    let things: Vec<T> = things.collect();
    let (count, set): (usize, BTreeSet<T>) = (things.len(), things.into_iter().collect());
    assert_eq!(set.len(), count, "something is there twice");
    count
}

fn roles_of<'a>(org: &'a Org, roles: &'a RoleSet) -> impl Iterator<Item = &'a Role> {
    roles.iter().map(|id| org.role(id).unwrap())
}

/// The active people one of whose roles has the permission.
fn able(org: &Org, permission: Permission) -> Vec<UserId> {
    let users = org.users().values().filter(|user| user.is_active());
    let able = users.filter(|user| roles_of(org, &user.roles).any(|role| role.permissions().contains(permission)));
    able.map(|user| user.id).collect()
}

fn chosen(role: &Role) -> Option<(&BTreeSet<EntityId>, &BTreeSet<AccountId>)> {
    match role.scope.as_ref() {
        Scope::AllFuture => None,
        Scope::Chosen { entities, accounts } => Some((entities, accounts)),
    }
}

#[test]
fn it_is_a_sample_founded_now_with_its_own_domain() {
    let org = sample();
    let organization = org.organization().unwrap();
    assert!(org.is_sample());
    assert_eq!(organization.founded, noon());
    assert_eq!(organization.domains.iter().map(ToString::to_string).collect::<Vec<_>>(), ["lumbrevik.example.com"]);
    assert!(org.credentials().is_empty());
}

#[test]
fn the_entities_are_one_tree_with_two_levels_below_the_group() {
    let org = sample();
    assert_eq!(distinct(org.entities().values().map(|entity| (entity.parent, entity.name.key()))), 7);
    let roots: Vec<_> = org.entities().values().filter(|entity| entity.parent.is_none()).collect();
    assert_eq!(roots.len(), 1);
    let depths = org.entities().keys().map(|id| org.ancestry(*id).count());
    assert_eq!(depths.max(), Some(3));
    assert!(org.entities().keys().all(|id| org.ancestry(*id).last() == Some(roots.first().unwrap().id)));
}

#[test]
fn fourteen_accounts_in_seven_currencies_and_one_is_ignored() {
    let org = sample();
    let accounts = || org.accounts().values();
    assert_eq!(distinct(accounts().map(|account| (account.identifier.key(), account.currency))), 14);
    assert_eq!(accounts().map(|account| account.currency).collect::<BTreeSet<_>>().len(), 7);
    assert_eq!(accounts().filter(|account| account.state == AccountState::Ignored).count(), 1);
    assert_eq!(accounts().filter(|account| account.identifier.is_iban()).count(), 11);
    for account in accounts() {
        assert!(org.entity(account.entity).is_some(), "{}", account.name);
    }
    assert!(org.entities().keys().all(|id| accounts().any(|account| account.entity == *id)));
}

#[test]
fn nine_roles_stand_beside_the_one_owner_role() {
    let org = sample();
    assert_eq!(distinct(org.roles().values().map(|role| role.name.key())), 10);
    assert!(org.roles().values().all(|role| role.is_active() && !role.permissions().is_empty()));
    let owners: Vec<_> = org.roles().values().filter(|role| role.is_owner()).collect();
    let names: Vec<_> = owners.iter().map(|role| (role.name.as_str(), role.scope.as_ref())).collect();
    assert_eq!(names, [("Owner", &Scope::AllFuture)]);
}

#[test]
fn the_roles_show_the_span_of_what_a_role_can_be() {
    let org = sample();
    let named = |name: &str| org.roles().values().find(|role| role.name.as_str() == name).unwrap();
    let simple = |groups: &[Group]| Grants::Simple(groups.iter().copied().collect());
    let administrator = named("Treasury administrator");
    assert_eq!(administrator.grants, simple(&[Group::BasicAccess, Group::SensitiveAdminOperations]));
    let reader = named("Group accountant (read-only)");
    assert_eq!(reader.grants, simple(&[Group::BasicAccess, Group::ReadFinancialData]));
    assert_eq!(named("ERP connector").grants, simple(&[Group::BasicAccess, Group::ErpAccess]));

    let analyst = named("Liquidity analyst");
    assert!(matches!(analyst.grants, Grants::Advanced(_)));
    let (entities, accounts) = chosen(analyst).unwrap();
    assert_eq!((entities.len(), accounts.len()), (1, 2));

    let create_and_approve =
        PermissionSet::from(vec![Permission::CREDIT_TRANSFERS_CREATE, Permission::CREDIT_TRANSFER_APPROVALS_UPDATE]);
    let both: Vec<_> = org.roles().values().filter(|role| create_and_approve.is_subset(role.permissions())).collect();
    let names: BTreeSet<_> = both.iter().map(|role| role.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["Owner", "Japan office, all in one"]));
}

#[test]
fn a_chosen_scope_names_what_is_there_and_reaches_an_account() {
    let org = sample();
    let scoped: Vec<_> = org.roles().values().filter(|role| *role.scope != Scope::AllFuture).collect();
    assert_eq!(scoped.len(), 5);
    for role in scoped {
        let (entities, accounts) = chosen(role).unwrap();
        assert!(entities.iter().all(|id| org.entity(*id).is_some()), "{}", role.name);
        assert!(accounts.iter().all(|id| org.account(*id).is_some()), "{}", role.name);
        assert!(org.accounts().keys().any(|id| reaches_account(&org, &role.scope, *id)), "{}", role.name);
        assert!(needs_account(role.permissions()), "{} could not choose accounts", role.name);
    }
}

#[test]
fn no_two_roles_are_the_same_role() {
    let org = sample();
    let same = |a: &Role, b: &Role| {
        a.permissions() == b.permissions() && covers(&org, &a.scope, &b.scope) && covers(&org, &b.scope, &a.scope)
    };
    for role in org.roles().values() {
        assert_eq!(org.roles().values().filter(|other| same(role, other)).count(), 1, "{}", role.name);
    }
}

#[test]
fn fifteen_people_hold_active_roles_and_one_of_them_is_deactivated() {
    let org = sample();
    let users = || org.users().values();
    assert_eq!(distinct(users().map(|user| user.name.key())), 15);
    assert_eq!(users().filter(|user| user.status == UserStatus::Deactivated).count(), 1);
    assert_eq!(users().filter(|user| user.is_active()).count(), 14);
    assert_eq!(users().filter(|user| user.roles.len() > 1).count(), 5);
    for user in users() {
        assert!(!user.roles.is_empty(), "{}", user.name);
        assert!(roles_of(&org, &user.roles).all(Role::is_active), "{}", user.name);
        assert!(user.joined < noon(), "{}", user.name);
    }
    for role in org.roles().keys() {
        assert!(org.holders(*role).next().is_some(), "nobody holds {}", org.role(*role).unwrap().name);
    }
}

#[test]
fn names_are_as_varied_as_in_real_life() {
    let org = sample();
    let longest = org.users().values().map(|user| user.name.as_str().chars().count()).max();
    assert!(longest > Some(60));
    let chinese_characters = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    assert!(org.users().values().any(|user| user.name.as_str().contains(chinese_characters)));
    let plain = org.users().values().filter(|user| user.name.as_str().is_ascii()).count();
    assert!(plain * 2 < org.users().len());
}

#[test]
fn every_address_belongs_to_one_person_and_only_the_auditors_are_from_outside() {
    let org = sample();
    let (users, invitations) = (org.users(), org.invitations());
    let people = users.values().map(|user| &user.address).chain(invitations.values().map(|open| &open.address));
    let addresses: Vec<String> = people.map(ToString::to_string).collect();
    assert_eq!(org.addresses().len(), addresses.len());
    assert!(addresses.iter().all(|address| address.ends_with(".example.com")));
    let outside = addresses.iter().filter(|address| !address.ends_with("@lumbrevik.example.com"));
    assert_eq!(outside.count(), 2);
    let holders = org.addresses().values();
    assert_eq!(holders.filter(|holder| matches!(holder, Holder::Invitation(_))).count(), 5);
}

#[test]
fn two_owners_are_active_and_three_people_can_decide_change_requests() {
    let org = sample();
    let owner = org.owner_role().unwrap().id;
    let owners: Vec<_> = org.holders(owner).map(|user| user.name.as_str()).collect();
    assert_eq!(owners, ["Ingrid Åsgård", "Mateusz Wiśniewski"]);
    assert_eq!(able(&org, Permission::ORGANIZATIONS_UPDATE).len(), 3);
}

#[test]
fn five_invitations_are_pending_and_one_of_them_is_expired() {
    let org = sample();
    assert_eq!(org.invitations().len(), 5);
    assert_eq!(org.invitations().values().filter(|open| open.is_expired(noon())).count(), 1);
    let inviters = able(&org, Permission::INVITATIONS_CREATE);
    for open in org.invitations().values() {
        assert_eq!((open.attempt, open.sent), (0, open.invited), "{}", open.address);
        assert_eq!(open.expires, open.invited + INVITATION_VALID, "{}", open.address);
        assert!(open.invited < noon(), "{}", open.address);
        assert!(!open.roles.is_empty(), "{}", open.address);
        assert!(roles_of(&org, &open.roles).all(|role| role.is_active() && !role.is_owner()), "{}", open.address);
        assert!(inviters.contains(&open.invited_by), "{}", open.address);
        assert!(org.user(open.invited_by).unwrap().joined < open.invited, "{}", open.address);
    }
}

#[test]
fn everybody_found_a_role_of_theirs_when_they_joined() {
    let org = sample();
    for user in org.users().values() {
        let earliest = roles_of(&org, &user.roles).map(|role| role.created).min();
        assert!(earliest <= Some(user.joined), "{}", user.name);
    }
}

#[test]
fn the_same_moment_and_seeds_give_the_same_organization() {
    assert!(Difference::between(&sample(), &sample()).is_empty());
    let other = organization(noon(), &mut seeds(1000)).unwrap();
    assert!(!Difference::between(&sample(), &other).is_empty());
}

#[test]
fn everything_lies_as_many_days_before_the_founding_as_before_any_other() {
    let later = noon() + SignedDuration::from_hours(24 * 400);
    let org = organization(later, &mut seeds(0)).unwrap();
    let days = |org: &Org, at: Timestamp| {
        let mut days: Vec<_> = org.users().values().map(|user| at.duration_since(user.joined)).collect();
        days.sort_unstable();
        days
    };
    assert_eq!(days(&org, later), days(&sample(), noon()));
    assert_eq!(org.invitations().values().filter(|open| open.is_expired(later)).count(), 1);
}

#[test]
fn a_file_that_contradicts_itself_is_refused_in_a_sentence() {
    let refusal = |from: &str, to: &str| {
        let broken = SOURCE.replacen(from, to, 1);
        assert_ne!(broken, SOURCE);
        build(&broken, noon(), &mut seeds(0)).err().unwrap()
    };
    assert_eq!(
        refusal("parent = \"group\"", "parent = \"grope\""),
        "The sample organization refers to the entity \"grope\" before it is there."
    );
    assert_eq!(
        refusal("key = \"treasury\"", "key = \"group\""),
        "The sample organization has the entity \"group\" twice."
    );
    let odd = refusal("roles = [\"initiator\"]", "rules = []");
    assert!(odd.starts_with("The file of the sample organization is not right:") && odd.contains("rules"), "{odd}");
    let identifier = refusal("SE29 9990", "SE28 9990");
    assert!(identifier.contains("check digits"), "{identifier}");
    assert!(refusal("joined_days_ago = 730", "joined_days_ago = 0").contains("zero"));
    let early = organization(Timestamp::MIN, &mut seeds(0)).err().unwrap();
    assert!(early.ends_with("that is too early."), "{early}");
}
