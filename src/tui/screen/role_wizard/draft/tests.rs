//! The draft of a role, without a terminal.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::*;
use crate::domain::id::AccountId;
use crate::domain::name::RoleName;
use crate::domain::permission::{Level, Resource};
use crate::domain::role::RoleState;

fn of<const N: usize>(groups: [Group; N]) -> GroupSet {
    groups.into_iter().collect()
}

fn permission(text: &str) -> Permission {
    text.parse().unwrap()
}

fn ticked(ticks: GroupSet) -> RoleDraft {
    let mut draft = RoleDraft::create();
    draft.take_over(Grants::Simple(ticks));
    draft
}

fn role(grants: Grants, scope: Scope) -> Role {
    Role {
        id: RoleId::from_uuid(Uuid::from_u128(7)),
        name: RoleName::new("Approver").unwrap(),
        grants,
        scope: Arc::new(scope),
        state: RoleState::Active,
        created: Timestamp::UNIX_EPOCH,
    }
}

fn chosen<const E: usize, const A: usize>(entities: [u128; E], accounts: [u128; A]) -> Chosen {
    Chosen {
        entities: entities.into_iter().map(|n| EntityId::from_uuid(Uuid::from_u128(n))).collect(),
        accounts: accounts.into_iter().map(|n| AccountId::from_uuid(Uuid::from_u128(n))).collect(),
    }
}

#[test]
fn a_new_role_begins_with_basic_access_on_all_future_entities() {
    let draft = RoleDraft::create();
    assert_eq!(draft.grants(), Grants::Simple(of([Group::BasicAccess])));
    assert_eq!(draft.scope(), Scope::AllFuture);
    assert_eq!(draft.name(), "");
    assert_eq!(draft.step(), Step::Permissions);
}

#[test]
fn unticking_a_group_keeps_what_another_gives() {
    let mut draft = ticked(of([Group::SensitiveAdminOperations, Group::SetUpProgrammaticAccess]));
    let before = draft.permissions();
    draft.toggle_group(Group::SetUpProgrammaticAccess);
    assert_eq!(draft.permissions(), before);
    draft.toggle_group(Group::SensitiveAdminOperations);
    assert!(draft.permissions().is_empty());
}

#[test]
fn accounts_are_asked_for_when_a_permission_reaches_into_them() {
    let mut draft = RoleDraft::create();
    assert_eq!(draft.next(), Some(Step::Summary));
    draft.toggle_group(Group::ReadFinancialData);
    assert_eq!(draft.next(), Some(Step::Accounts));
    draft.go(Step::Accounts);
    assert_eq!((draft.previous(), draft.next()), (Some(Step::Permissions), Some(Step::Summary)));
    draft.go(Step::Summary);
    assert_eq!((draft.previous(), draft.next()), (Some(Step::Accounts), None));
    draft.toggle_group(Group::ReadFinancialData);
    assert_eq!(draft.previous(), Some(Step::Permissions));
    draft.go(Step::Permissions);
    assert_eq!(draft.previous(), None);
}

#[test]
fn going_back_and_forth_keeps_everything() {
    let mut draft = ticked(of([Group::BasicAccess, Group::InitiatePayments]));
    draft.rename("Payments");
    draft.choose(chosen([1], [2]));
    let before = draft.clone();
    for _ in 0..2 {
        while let Some(step) = draft.next() {
            draft.go(step);
        }
        while let Some(step) = draft.previous() {
            draft.go(step);
        }
    }
    assert_eq!(draft, before);
}

#[test]
fn what_was_chosen_survives_all_future_entities() {
    let mut draft = RoleDraft::create();
    draft.choose(chosen([1], [2]));
    draft.toggle_reach();
    assert_eq!(draft.scope(), Scope::AllFuture);
    draft.toggle_reach();
    assert_eq!(draft.scope(), chosen([1], [2]).scope());
}

#[test]
fn what_does_not_exist_any_more_is_taken_out() {
    let mut draft = RoleDraft::create();
    draft.choose(chosen([1], [2, 3]));
    assert_eq!(draft.forget_missing(&Org::default()), 3);
    assert_eq!(draft.scope(), Scope::nothing(), "and never turns into all");
    assert_eq!(draft.forget_missing(&Org::default()), 0);
}

#[test]
fn simple_setup_is_refused_where_the_permissions_are_no_union_of_groups() {
    let mut draft = RoleDraft::create();
    draft.switch_setup().unwrap();
    draft.toggle(permission("credit_transfers:create"));
    let before = draft.clone();
    assert_eq!(draft.switch_setup(), Err(NoUnion));
    assert_eq!(draft, before);
    draft.toggle(permission("credit_transfers:create"));
    assert_eq!(draft.switch_setup(), Ok(()));
    assert_eq!(draft.grants(), Grants::Simple(of([Group::BasicAccess])));
}

#[test]
fn coming_back_to_simple_setup_ticks_nothing_in_vain() {
    let mut draft = RoleDraft::create();
    draft.switch_setup().unwrap();
    draft.turn(of([Group::ReadFinancialData, Group::InitiatePayments]).permissions());
    draft.switch_setup().unwrap();
    assert_eq!(
        draft.ticks(),
        of([Group::BasicAccess, Group::ReadFinancialData, Group::InitiatePayments]),
        "ERP access is contained, and is not ticked"
    );
}

#[test]
fn coming_back_to_simple_setup_keeps_the_ticks_that_were_there() {
    let both = of([Group::SensitiveAdminOperations, Group::SetUpProgrammaticAccess]);
    let mut draft = ticked(both);
    draft.switch_setup().unwrap();
    draft.switch_setup().unwrap();
    assert_eq!(draft.ticks(), both, "although one of them would do");
}

#[test]
fn turning_several_adds_what_is_missing_and_then_takes_all_away() {
    let mut draft = RoleDraft::create();
    draft.switch_setup().unwrap();
    let before = draft.permissions();
    let basic = Group::BasicAccess.permissions();
    draft.toggle(permission("roles:read"));
    assert_eq!(draft.turn(basic), Turned::On(1));
    assert_eq!(draft.permissions(), before);
    assert_eq!(draft.turn(basic), Turned::Off(9));
    assert!(draft.permissions().is_empty());
}

#[test]
fn editing_begins_with_the_role_and_differs_only_by_what_would_be_stored() {
    let scope = chosen([1], []).scope();
    let began = RoleDraft::edit(&role(Grants::Simple(of([Group::ReadFinancialData])), scope.clone()));
    assert_eq!((began.name(), began.scope()), ("Approver", scope));
    assert!(began.role().is_some());
    let mut draft = began.clone();
    draft.go(Step::Summary);
    draft.rename(" Approver ");
    draft.toggle_reach();
    draft.toggle_reach();
    draft.switch_setup().unwrap();
    draft.switch_setup().unwrap();
    assert!(!draft.differs_from(&began));
    draft.switch_setup().unwrap();
    assert!(draft.differs_from(&began), "the setup is stored, too");
    draft.switch_setup().unwrap();
    draft.toggle_reach();
    assert!(draft.differs_from(&began));
}

#[test]
fn a_copy_of_owner_permits_the_same_and_can_be_narrowed() {
    let draft = RoleDraft::duplicate(&role(Grants::Everything, Scope::AllFuture), "Second".to_owned());
    assert_eq!(draft.permissions(), PermissionSet::everything());
    assert_eq!(draft.grants(), Grants::Simple(Group::ALL.into_iter().collect()));
    assert_eq!((draft.role(), draft.name()), (None, "Second"));
}

/// What somebody does in the first step.
#[derive(Clone, Debug)]
enum Doing {
    Switch,
    Group(Group),
    Cell(Permission),
    Row(Resource),
    Column(Level),
    Block(Group),
}

fn doing() -> impl Strategy<Value = Doing> {
    let everything: Vec<Permission> = PermissionSet::everything().iter().collect();
    prop_oneof![
        Just(Doing::Switch),
        select(Group::ALL.to_vec()).prop_map(Doing::Group),
        select(everything).prop_map(Doing::Cell),
        select(Resource::all().collect::<Vec<_>>()).prop_map(Doing::Row),
        select(Level::ALL.to_vec()).prop_map(Doing::Column),
        select(Group::ALL.to_vec()).prop_map(Doing::Block),
    ]
}

/// What is turned at once, and nothing in Simple setup.
fn cells(doing: &Doing) -> PermissionSet {
    let all = PermissionSet::everything().iter();
    match doing {
        Doing::Switch | Doing::Group(_) => PermissionSet::NONE,
        Doing::Cell(one) => [*one].into_iter().collect(),
        Doing::Row(resource) => all.filter(|one| one.resource() == *resource).collect(),
        Doing::Column(level) => all.filter(|one| one.level() == *level).collect(),
        Doing::Block(group) => group.permissions(),
    }
}

/// The permissions as a plain set that is added to and taken from, one by one.
fn expected(mut held: BTreeSet<Permission>, turned: PermissionSet) -> BTreeSet<Permission> {
    let add = turned.iter().any(|one| !held.contains(&one));
    for one in turned.iter() {
        if add {
            held.insert(one);
        } else {
            held.remove(&one);
        }
    }
    held
}

fn ticks() -> impl Strategy<Value = GroupSet> {
    proptest::collection::vec(select(Group::ALL.to_vec()), 0..8).prop_map(|groups| groups.into_iter().collect())
}

proptest! {
    #[test]
    fn ticks_to_permissions_to_ticks(ticks in ticks()) {
        let mut draft = ticked(ticks);
        let permissions = draft.permissions();
        draft.switch_setup().unwrap();
        prop_assert_eq!(draft.permissions(), permissions);
        prop_assert_eq!(draft.grants(), Grants::Advanced(permissions));
        draft.switch_setup().unwrap();
        prop_assert_eq!(draft.grants(), Grants::Simple(ticks));
    }

    #[test]
    fn permissions_without_a_memory_come_back_as_ticks_that_give_them(known in ticks(), given in ticks()) {
        let mut draft = ticked(known);
        draft.take_over(Grants::Advanced(given.permissions()));
        draft.switch_setup().unwrap();
        prop_assert_eq!(draft.permissions(), given.permissions());
        if known.permissions() != given.permissions() {
            for group in draft.ticks().iter() {
                let fewer = draft.ticks().without(group).permissions();
                prop_assert_ne!(fewer, given.permissions(), "{} is ticked in vain", group);
            }
        }
    }

    #[test]
    fn whatever_is_toggled_no_permission_is_lost_or_invented(doings in proptest::collection::vec(doing(), 0..40)) {
        let mut draft = RoleDraft::create();
        let mut held: BTreeSet<Permission> = draft.permissions().iter().collect();
        for doing in doings {
            match (&doing, draft.setup()) {
                (Doing::Switch, Setup::Simple) => draft.switch_setup().unwrap(),
                (Doing::Switch, Setup::Advanced) => {
                    let union = as_groups(draft.permissions()).is_some();
                    prop_assert_eq!(draft.switch_setup().is_ok(), union);
                }
                (Doing::Group(group), Setup::Simple) => {
                    draft.toggle_group(*group);
                    held = draft.ticks().iter().flat_map(|group| group.permissions().iter()).collect();
                }
                (_, Setup::Advanced) => {
                    let turned = cells(&doing);
                    if !turned.is_empty() {
                        draft.turn(turned);
                        held = expected(held, turned);
                    }
                }
                (_, Setup::Simple) => {}
            }
            prop_assert!(draft.permissions().iter().eq(held.iter().copied()), "after {doing:?}");
            prop_assert_eq!(draft.grants().permissions(), draft.permissions());
        }
    }
}
