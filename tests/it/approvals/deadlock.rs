//! Approvals never wait for ever: what is refused because too few could approve afterwards.
use rolodeck::command::*;
use rolodeck::domain::permission::Permission;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::rescue;
use rolodeck::ledger::run::Ran;

use super::office::{Office, both, refused};

/// Those who can approve everything: none of them shares a role with another.
const ELIGIBLE: [(&str, &[&str]); 3] =
    [("ada", &["Owner"]), ("bo", &["Administrator", "Reader"]), ("cy", &["Deputy", "Reader"])];

/// So many eligible people, and two who are not.
fn office_of(eligible: usize) -> Office {
    let others: [(&str, &[&str]); 2] = [("di", &["Reader"]), ("ed", &["Clerk"])];
    let staff: Vec<_> = ELIGIBLE.into_iter().take(eligible).chain(others).collect();
    Office::of(&staff)
}

/// So many eligible people where four-eyes is on everywhere, as the Owner sees it. With one there once were two.
fn watched_by(eligible: usize) -> (Office, Session) {
    let mut office = office_of(eligible.max(2));
    office.switch_on(both());
    let ada = office.sign_in("ada", "Owner");
    if eligible == 1 {
        office.deactivate(&ada, "bo").unwrap();
    }
    (office, ada)
}

/// What is done to one of the eligible people.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Deactivate,
    Remove,
    TakeRoleAway,
    EditTheRole,
    NarrowItsScope,
    EnableAnArea,
}

/// What becomes of a deed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// Done at once, by one person.
    Done,
    /// Asked for, and done after the approval of somebody else.
    Approved,
    /// Refused with this code.
    Refused(&'static str),
}

/// Does it to the last of so many eligible people.
fn fate_of(deed: Deed, eligible: usize) -> Fate {
    let (mut office, ada) = match deed {
        Deed::EnableAnArea => {
            let mut office = office_of(eligible);
            let ada = office.sign_in("ada", "Owner");
            (office, ada)
        }
        _ => watched_by(eligible),
    };
    let name = ELIGIBLE[eligible - 1].0;
    let (user, role) = (office.user(name), ELIGIBLE[eligible - 1].1[0]);
    let command: Command = match deed {
        Deed::Deactivate => DeactivateUser { user, by: ada.person().user, at: office.now() }.into(),
        Deed::Remove => RemoveUser { user }.into(),
        Deed::TakeRoleAway => TakeAwayRoles { user, roles: office.roles(role) }.into(),
        Deed::EditTheRole => office.edit_role(role, &["roles:read", "transactions:read"]).into(),
        Deed::NarrowItsScope => office.scope_role(role, Scope::nothing()).into(),
        Deed::EnableAnArea => ChangeFourEyes { areas: [Area::UserManagement].into() }.into(),
    };
    match office.run(&ada, command) {
        Ran::Done { .. } => Fate::Done,
        Ran::Refused { refusal, .. } => Fate::Refused(refusal.code()),
        Ran::Requested { request, .. } => {
            // The scope narrows for Bo alone when there are two; whoever is left approves.
            let bo = office.sign_in("bo", "Administrator");
            office.approve(&bo, request).unwrap();
            Fate::Approved
        }
    }
}

#[test]
fn what_one_two_and_three_eligible_people_can_do_to_the_last_of_them() {
    use Deed::*;
    use Fate::*;
    let written = [
        // The last one is the last Owner, and an Owner's role is fixed.
        (1, Deactivate, Refused("last_owner")),
        (1, Remove, Refused("last_owner")),
        (1, TakeRoleAway, Refused("last_role")),
        (1, EditTheRole, Refused("owner_fixed")),
        (1, NarrowItsScope, Refused("owner_fixed")),
        (1, EnableAnArea, Refused("deadlock")),
        // Deactivating is always possible; deciding has no scope.
        (2, Deactivate, Done),
        (2, Remove, Refused("deadlock")),
        (2, TakeRoleAway, Refused("deadlock")),
        (2, EditTheRole, Refused("deadlock")),
        (2, NarrowItsScope, Approved),
        (2, EnableAnArea, Done),
        (3, Deactivate, Done),
        (3, Remove, Approved),
        (3, TakeRoleAway, Approved),
        (3, EditTheRole, Approved),
        (3, NarrowItsScope, Approved),
        (3, EnableAnArea, Done),
    ];
    for (eligible, deed, fate) in written {
        assert_eq!(fate_of(deed, eligible), fate, "{deed:?} with {eligible} eligible people");
    }
}

#[test]
fn the_refusal_names_who_could_approve_and_what_the_others_lack() {
    let (mut office, ada) = watched_by(2);
    let user = office.user("bo");
    let sentence = "Afterwards too few could approve: a request by ada that needs organizations:update (Organization) \
                    would wait for ever. Able to approve such requests: ada. What the others lack: \
                    di lacks organizations:update and ed lacks organizations:update.";
    refused(office.ask(&ada, RemoveUser { user }), "deadlock", sentence);
    let mut office = office_of(1);
    let ada = office.sign_in("ada", "Owner");
    let answer = office.act(&ada, ChangeFourEyes { areas: [Area::UserManagement].into() }).map(|_| ());
    refused(answer, "deadlock", sentence);
}

#[test]
fn a_role_that_two_of_three_share_cannot_lose_what_approving_needs() {
    let mut office = Office::of(&[("ada", &["Owner"]), ("bo", &["Administrator"]), ("cy", &["Administrator"])]);
    office.switch_on(both());
    let ada = office.sign_in("ada", "Owner");
    let edit = office.edit_role("Administrator", &["memberships:update", "roles:read"]);
    assert_eq!(office.ask(&ada, edit).unwrap_err().code(), "deadlock");
    let had = office.org().role(office.role("Administrator")).unwrap().permissions();
    let kept: Vec<_> = had.iter().map(|one| one.to_string()).filter(|name| name != "roles:delete").collect();
    let kept: Vec<_> = kept.iter().map(String::as_str).collect();
    let Err(Refusal::Deadlock(why)) = office.ask(&ada, office.edit_role("Administrator", &kept)) else {
        panic!("roles could be deleted by nobody's approval")
    };
    assert_eq!((why.permission, why.area), (Permission::ROLES_DELETE, Area::UserManagement));
}

#[test]
fn a_request_that_was_harmless_when_it_was_filed_is_stale_when_it_would_leave_too_few() {
    let (mut office, ada) = watched_by(3);
    let bo = office.sign_in("bo", "Administrator");
    let (remove_cy, remove_bo) = (RemoveUser { user: office.user("cy") }, RemoveUser { user: office.user("bo") });
    let cy = office.sign_in("cy", "Deputy");
    let (first, second) = (office.ask(&ada, remove_cy).unwrap(), office.ask(&ada, remove_bo).unwrap());
    office.approve(&bo, first).unwrap();
    let refusal = office.approve(&cy, second).unwrap_err();
    assert_eq!(refusal.code(), "not_allowed", "Cy is gone");
    let text = office.decidable(second).unwrap_err().to_string();
    assert!(text.starts_with("This change request is stale: Afterwards too few could approve"), "{text}");
}

#[test]
fn after_a_deactivation_that_left_one_breaking_the_glass_is_the_way_out() {
    let (mut office, ada) = watched_by(2);
    office.deactivate(&ada, "bo").unwrap();
    assert_eq!(stranded(&office.org(), Permission::MEMBERSHIPS_UPDATE), Some(office.user("ada")));
    let back = ReactivateUser { user: office.user("bo") };
    let sentence = "A second person must approve this, and nobody could: \
                    no other active user has organizations:update.";
    refused(office.ask(&ada, back.clone()), "nobody_approves", sentence);
    let ed = office.sign_in("ed", "Clerk");
    let by_others = office.ask(&ed, office.give("di", "Payer")).unwrap();
    assert_eq!(office.approve(&ada, by_others), Ok(()), "the requests of others can still be approved");
    assert_eq!(office.ask(&ed, back.clone()).unwrap_err().code(), "administration");
    let code = super::office::RECOVERY.into();
    let rescued = rescue::check_recovery_code(&mut office.store, &office.outside, &code).unwrap().unwrap();
    rescue::switch_four_eyes_off(&mut office.store, &office.outside, rescued, ada.person().user).unwrap().unwrap();
    office.act(&ada, back).unwrap();
    office.switch_on(both());
    assert_eq!(stranded(&office.org(), Permission::MEMBERSHIPS_UPDATE), None);
}

#[test]
fn deactivating_does_not_open_a_way_around_the_second_person() {
    let (mut office, ada) = watched_by(2);
    office.deactivate(&ada, "bo").unwrap();
    for answer in [
        office.ask(&ada, office.give("di", "Payer")),
        office.ask(&ada, ChangeFourEyes { areas: [].into() }),
        office.ask(&ada, office.create_role("Controller")),
        office.ask(&ada, RenewRecoveryCode { by: ada.person().user }),
    ] {
        assert_eq!(answer.unwrap_err().code(), "nobody_approves");
    }
}

#[test]
fn everything_that_shrinks_the_approvers_is_free_without_four_eyes() {
    let mut office = office_of(2);
    let ada = office.sign_in("ada", "Owner");
    office.act(&ada, RemoveUser { user: office.user("bo") }).unwrap();
}
