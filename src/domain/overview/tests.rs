#![expect(clippy::unwrap_used, reason = "tests")]
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::address::Domain;
use crate::domain::catalogue::Group;
use crate::domain::fixture::{Company, advanced, simple};
use crate::domain::id::{OrganizationId, RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::organization::{Nature, Organization};
use crate::domain::role::{Grants, RoleSet};
use crate::domain::row::Row;
use crate::domain::scope::Scope;
use crate::domain::security::{Area, Emergency, Rescue};
use crate::domain::user::{Credential, CredentialKind, Digest, User, UserStatus};

const ACTIVE: UserStatus = UserStatus::Active;

fn monday() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// An organization with its Owner.
struct Cast {
    company: Company,
    owner: RoleId,
    ada: UserId,
}

fn cast() -> Cast {
    let mut company = Company::new();
    company.put(Row::Organization(Organization {
        id: OrganizationId::from_uuid(uuid::Uuid::from_u128(1_000)),
        name: "Nordwind".parse().unwrap(),
        nature: Nature::Real,
        domains: Vec::new(),
        founded: monday(),
        security: crate::domain::security::Security::default(),
    }));
    let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
    let ada = company.user("Ada", [owner], ACTIVE);
    Cast { company, owner, ada }
}

impl Cast {
    fn row(&self) -> Organization {
        self.company.org().organization().unwrap().clone()
    }

    fn change(&mut self, change: impl FnOnce(&mut Organization)) {
        let mut row = self.row();
        change(&mut row);
        self.company.put(Row::Organization(row));
    }

    /// Somebody's roles become these.
    fn hold(&mut self, user: UserId, roles: impl IntoIterator<Item = RoleId>) {
        let row = self.company.org().user(user).unwrap().clone();
        self.company.put(Row::User(User { roles: RoleSet::from_iter(roles), ..row }));
    }

    fn list(&self, approvers: &[UserId], kept: &Kept) -> Vec<Item> {
        let tally = Tally::of(self.company.org());
        checklist(self.company.org(), Known { tally: &tally, approvers, kept })
    }

    /// How a line stands, and where it leads.
    fn item(&self, check: Check) -> (Standing, Goal, String) {
        let list = self.list(&[], &Kept::Nowhere);
        let item = list.into_iter().find(|item| item.check == check).unwrap();
        (item.standing, item.goal, item.why)
    }
}

#[test]
fn an_everyday_role_is_first_to_be_made_then_to_be_given_to_every_owner() {
    let mut cast = cast();
    let (standing, goal, why) = cast.item(Check::EverydayRole);
    assert_eq!((standing, goal), (Standing::Open, Goal::NewRole));
    assert!(why.contains("Owner is the only role"), "{why}");
    let reader = cast.company.role("Reader", simple([Group::BasicAccess]), Scope::AllFuture);
    let (standing, goal, why) = cast.item(Check::EverydayRole);
    assert_eq!((standing, goal), (Standing::Open, Goal::User(cast.ada)));
    assert!(why.starts_with("Ada has no role but Owner"), "{why}");
    let bo = cast.company.user("Bo", [cast.owner], ACTIVE);
    assert_eq!(cast.item(Check::EverydayRole).1, Goal::Users);
    cast.hold(cast.ada, [cast.owner, reader]);
    cast.hold(bo, [cast.owner, reader]);
    assert_eq!(cast.item(Check::EverydayRole).0, Standing::Done);
    cast.company.delete(reader);
    let other = cast.company.role("Other", simple([Group::BasicAccess]), Scope::AllFuture);
    assert_eq!(cast.item(Check::EverydayRole).0, Standing::Open, "a deleted role is none");
    cast.hold(cast.ada, [cast.owner, other]);
    let row = cast.company.org().user(bo).unwrap().clone();
    cast.company.put(Row::User(User { status: UserStatus::Deactivated, ..row }));
    assert_eq!(cast.item(Check::EverydayRole).0, Standing::Done, "who is deactivated works in no role");
}

#[test]
fn roles_that_hold_what_belongs_into_two_hands_are_named() {
    let mut cast = cast();
    assert_eq!(cast.item(Check::LeastPrivilege).1, Goal::NewRole);
    cast.company.role("Administrator", simple([Group::BasicAccess, Group::SensitiveAdminOperations]), Scope::AllFuture);
    assert_eq!(cast.item(Check::LeastPrivilege).0, Standing::Done, "somebody has to administer");
    let both = cast.company.role(
        "Both",
        simple([Group::BasicAccess, Group::InitiatePayments, Group::ApproveAndRejectPayments]),
        Scope::AllFuture,
    );
    let (standing, goal, why) = cast.item(Check::LeastPrivilege);
    assert_eq!((standing, goal), (Standing::Open, Goal::Role("Both".parse().unwrap())));
    assert!(why.contains("“Both”"), "{why}");
    cast.company.role(
        "Paying administrator",
        simple([Group::BasicAccess, Group::SensitiveAdminOperations, Group::InitiatePayments]),
        Scope::AllFuture,
    );
    let (_, goal, why) = cast.item(Check::LeastPrivilege);
    assert_eq!(goal, Goal::Roles);
    assert!(why.contains("“Both” and “Paying administrator”"), "{why}");
    cast.company.delete(both);
    assert_eq!(cast.item(Check::LeastPrivilege).1, Goal::Role("Paying administrator".parse().unwrap()));
}

#[test]
fn mail_domains_are_named_or_missed() {
    let mut cast = cast();
    assert_eq!((cast.item(Check::MailDomains).0, cast.item(Check::MailDomains).1), (Standing::Open, Goal::Domains));
    cast.change(|row| row.domains = vec![Domain::new("example.com").unwrap()]);
    let (standing, _, why) = cast.item(Check::MailDomains);
    assert_eq!(standing, Standing::Done);
    assert!(why.contains("example.com"), "{why}");
}

#[test]
fn three_people_have_to_be_able_to_approve() {
    let mut cast = cast();
    let bo = cast.company.user("Bo", [cast.owner], ACTIVE);
    let cy = cast.company.user("Cy", [cast.owner], ACTIVE);
    let told = |approvers: &[UserId]| {
        let list = cast.list(approvers, &Kept::Nowhere);
        let item = list.into_iter().find(|item| item.check == Check::Approvers).unwrap();
        assert_eq!(item.goal, Goal::Cover);
        (item.standing, item.why)
    };
    assert!(told(&[]).1.contains("nobody"));
    assert!(told(&[cast.ada]).1.starts_with("Ada alone"));
    let (standing, why) = told(&[cast.ada, bo]);
    assert_eq!(standing, Standing::Open);
    assert!(why.starts_with("Only Ada and Bo"), "{why}");
    assert_eq!(told(&[cast.ada, bo, cy]).0, Standing::Done);
}

#[test]
fn four_eyes_has_to_be_on_for_everything_that_it_protects() {
    let mut cast = cast();
    let (standing, goal, why) = cast.item(Check::FourEyes);
    assert_eq!((standing, goal), (Standing::Open, Goal::Security));
    assert!(why.starts_with("Off for Organization and User management"), "{why}");
    cast.change(|row| row.security.four_eyes.areas = [Area::UserManagement].into());
    assert!(cast.item(Check::FourEyes).2.starts_with("Off for Organization:"));
    cast.change(|row| row.security.four_eyes.areas = [Area::UserManagement, Area::Organization].into());
    assert_eq!(cast.item(Check::FourEyes).0, Standing::Done);
}

#[test]
fn the_recovery_code_is_there_and_its_uses_were_noted() {
    let mut cast = cast();
    assert_eq!(
        (cast.item(Check::RecoveryCode).0, cast.item(Check::RecoveryCode).1),
        (Standing::Open, Goal::RecoveryCode)
    );
    let owner = cast.row().id.uuid();
    let kind = CredentialKind::RecoveryCode;
    cast.company.put(Row::Credential(Credential { owner, kind, since: monday(), digest: Digest([0; 32]) }));
    let (standing, _, why) = cast.item(Check::RecoveryCode);
    assert_eq!(standing, Standing::Done);
    assert!(why.contains("2 March 2026"), "{why}");
    let claimed = cast.ada;
    cast.change(|row| row.security.code_due = Some(claimed));
    assert_eq!(
        (cast.item(Check::RecoveryCode).0, cast.item(Check::RecoveryCode).1),
        (Standing::Open, Goal::RecoveryCode)
    );
    let emergency = Emergency { at: monday(), rescue: Rescue::FourEyesOff, claimed };
    cast.change(|row| row.security.emergencies = vec![emergency]);
    assert_eq!((cast.item(Check::RecoveryCode).0, cast.item(Check::RecoveryCode).1), (Standing::Open, Goal::TakeNote));
}

#[test]
fn checkpoints_count_where_they_can_be_signed() {
    let cast = cast();
    let told = |kept: Kept| {
        let list = cast.list(&[], &kept);
        list.into_iter().find(|item| item.check == Check::Checkpoints).map(|item| item.standing)
    };
    assert_eq!(told(Kept::Unasked), None, "a sample is not signed");
    assert_eq!(told(Kept::Nowhere), Some(Standing::Open));
    assert_eq!(told(Kept::NoneYet), Some(Standing::Open));
    assert_eq!(told(Kept::Trouble("The folder is gone.".into())), Some(Standing::Open));
    assert_eq!(told(Kept::UpTo(7)), Some(Standing::Done));
    let lines: Vec<_> = cast.list(&[], &Kept::UpTo(7)).into_iter().map(|item| item.check).collect();
    assert_eq!(lines, Check::ALL);
}

#[test]
fn before_it_is_founded_there_is_nothing_to_check() {
    let tally = Tally::default();
    assert!(checklist(&Org::default(), Known { tally: &tally, approvers: &[], kept: &Kept::Nowhere }).is_empty());
}

#[test]
fn counts_that_follow_equal_counts_made_anew() {
    let Cast { mut company, owner, ada } = cast();
    let mut tally = Tally::of(company.org());
    let mut step = |company: &mut Company, change: &mut dyn FnMut(&mut Company)| {
        let before = company.org().clone();
        change(company);
        tally.follow(&before, company.org());
        assert_eq!(tally, Tally::of(company.org()));
        tally.clone()
    };
    let mut reader = owner;
    step(&mut company, &mut |company| reader = company.role("Reader", simple([Group::BasicAccess]), Scope::AllFuture));
    let mut bo = ada;
    let counted = step(&mut company, &mut |company| bo = company.user("Bo", [reader], ACTIVE));
    assert_eq!((counted.active, counted.with_group(Group::BasicAccess)), (2, 2));
    assert_eq!(counted.with_group(Group::InitiatePayments), 1, "an Owner has everything");
    let status = |company: &mut Company, user: UserId, status: UserStatus| {
        let row = company.org().user(user).unwrap().clone();
        company.put(Row::User(User { status, ..row }));
    };
    let counted = step(&mut company, &mut |company| status(company, bo, UserStatus::Deactivated));
    assert_eq!((counted.active, counted.deactivated, counted.with_group(Group::BasicAccess)), (1, 1, 1));
    let counted = step(&mut company, &mut |company| status(company, bo, UserStatus::Removed));
    assert_eq!((counted.active, counted.deactivated), (1, 0));
    let north = company.entity("North", None);
    let mut main = None;
    let counted = step(&mut company, &mut |company| main = Some(company.account("Main", north)));
    assert_eq!(counted.accounts, 1);
    assert_eq!(step(&mut company, &mut |company| company.ignore(main.unwrap())).accounts, 0);
    let counted = step(&mut company, &mut |company| {
        let row = company.org().user(ada).unwrap().clone();
        company.put(Row::User(User { roles: RoleSet::from_iter([owner, reader]), ..row }));
    });
    assert!(counted.bare_owners.is_empty());
    let counted = step(&mut company, &mut |company| company.delete(reader));
    assert_eq!((counted.roles, counted.bare_owners.contains(&ada)), (1, true));
    let counted = step(&mut company, &mut |company| {
        company.role("Payer", advanced("credit_transfers:create"), Scope::AllFuture);
    });
    assert_eq!(counted.roles, 2);
}

#[test]
fn growth_counts_those_who_are_here_up_to_the_end_of_each_stretch() {
    let Cast { mut company, owner, .. } = cast();
    for (n, days) in [(1, 0), (2, 0), (3, 50), (4, 99)] {
        let user = company.user(&format!("Person {n}"), [owner], ACTIVE);
        let row = company.org().user(user).unwrap().clone();
        let joined = row.joined + SignedDuration::from_hours(24 * days);
        company.put(Row::User(User { joined, ..row }));
    }
    let tally = Tally::of(company.org());
    let first: Timestamp = "2025-03-01T09:00:00Z".parse().unwrap();
    let now = first + SignedDuration::from_hours(24 * 99);
    let people = |stretches| tally.growth(now, stretches).iter().map(|point| point.people).collect::<Vec<_>>();
    assert_eq!(people(2), [3, 5]);
    assert_eq!(people(5), [3, 3, 4, 4, 5]);
    assert_eq!(tally.growth(now, 4).last().unwrap().until.strftime("%F").to_string(), "2025-06-08");
    assert_eq!(Tally::default().growth(now, 4), []);
    assert_eq!(tally.days(), 3);
}

#[test]
fn whoever_expires_next_comes_first_and_the_expired_come_last() {
    let Cast { mut company, owner, .. } = cast();
    let late = company.invitation("late@example.com", [owner]);
    let soon = company.invitation("soon@example.com", [owner]);
    let (old, older) =
        (company.invitation("old@example.com", [owner]), company.invitation("older@example.com", [owner]));
    for (id, hours) in [(late, 100), (soon, 5), (old, -1), (older, -90)] {
        let row = company.org().invitation(id).unwrap().clone();
        let expires = monday() + SignedDuration::from_hours(hours);
        company.put(Row::Invitation(crate::domain::user::Invitation { expires, ..row }));
    }
    let pending = Pending::of(company.org());
    assert_eq!(pending.in_turn(monday()).collect::<Vec<_>>(), [soon, late, old, older]);
    assert_eq!((pending.total(), pending.expired(monday())), (4, 2));
    assert_eq!(pending.expiring(monday(), monday() + SignedDuration::from_hours(48)), 1);
    let later = monday() + SignedDuration::from_hours(200);
    assert_eq!(pending.in_turn(later).collect::<Vec<_>>(), [late, soon, old, older]);
}
