//! Who may approve.
use rolodeck::command::*;
use rolodeck::domain::change_request::RequestState;
use rolodeck::domain::id::UserId;
use rolodeck::domain::refusal::Refusal;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::run::Ran;

use super::office::{Office, refused};
use crate::properties::company::{advanced, chosen};

/// Ada asks for a role for Di; what somebody else's approval comes to.
fn approval_by(name: &str, role: &str) -> Result<(), Refusal> {
    let mut office = Office::watched();
    let (ada, other) = (office.sign_in("ada", "Owner"), office.sign_in(name, role));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let answer = office.approve(&other, request);
    let has = office.org().user(office.user("di")).unwrap().roles.contains(office.role("Payer"));
    assert_eq!(has, answer.is_ok(), "what was refused happened, or the other way round");
    answer
}

#[test]
fn another_person_with_both_permissions_approves_and_it_is_done_in_the_same_moment() {
    assert_eq!(approval_by("bo", "Owner"), Ok(()));
    assert_eq!(approval_by("cy", "Administrator"), Ok(()));
}

#[test]
fn the_answer_to_whoever_asks_names_who_can_approve() {
    let mut office = Office::watched();
    let ada = office.sign_in("ada", "Owner");
    let Ran::Requested { approvers, .. } = office.run(&ada, office.give("di", "Payer")) else {
        panic!("not requested")
    };
    assert_eq!(approvers.to_string(), "bo, cy and gil");
}

#[test]
fn whoever_asks_cannot_approve() {
    refused(approval_by("ada", "Owner"), "own_request", "This is your own change request.");
}

#[test]
fn whom_the_change_is_about_cannot_approve() {
    let mut office = Office::watched();
    let (ada, cy) = (office.sign_in("ada", "Owner"), office.sign_in("cy", "Administrator"));
    let request = office.ask(&ada, office.give("cy", "Payer")).unwrap();
    refused(office.approve(&cy, request), "about_you", "This change request is about you.");
    refused(office.reject(&cy, request), "about_you", "This change request is about you.");
}

#[test]
fn nobody_but_a_signed_in_person_can_approve() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let approval = office.approval(&bo, request);
    for actor in [Actor::System, Actor::Founder] {
        let answer = office.run_as(&actor, approval.clone()).done();
        refused(answer, "wrong_actor", "This can only be done by the signed-in person who approves.");
    }
    let code = super::office::RECOVERY.into();
    let rescued = rolodeck::ledger::rescue::check_recovery_code(&mut office.store, &office.outside, &code);
    let answer = office.run_as(&Actor::Rescuer(rescued.unwrap().unwrap()), approval).done();
    refused(answer, "wrong_actor", "This can only be done by the signed-in person who approves.");
    assert!(office.request(request).is_open());
}

#[test]
fn whoever_lacks_organizations_update_cannot_approve() {
    let sentence = "Your active role does not decide change requests: it lacks organizations:update.";
    refused(approval_by("ed", "Clerk"), "not_approver", sentence);
}

#[test]
fn whoever_lacks_what_the_change_needs_cannot_approve() {
    let sentence = "You may not approve what you may not do: your active role lacks memberships:update.";
    refused(approval_by("fay", "Decider"), "approver_lacks", sentence);
}

#[test]
fn whoever_has_it_at_another_place_cannot_approve_administration_there() {
    let mut office = Office::watched();
    let (ada, gil) = (office.sign_in("ada", "Owner"), office.sign_in("gil", "Local"));
    let south = office.org().entities().values().find(|entity| entity.name.as_str() == "South").unwrap().id;
    let north = office.org().entities().values().find(|entity| entity.name.as_str() == "North").unwrap().id;
    let keeper = |scope| CreateRole { grants: advanced(&["accounts:create"]), scope, ..office.create_role("Keeper") };
    let (there, here) = (keeper(chosen(&[south], &[])), keeper(chosen(&[north], &[])));
    let (there, here) = (office.ask(&ada, there).unwrap(), office.ask(&ada, here).unwrap());
    let sentence = "Your active role has what you would hand out, but not where: accounts:create.";
    refused(office.approve(&gil, there), "administration_elsewhere", sentence);
    assert_eq!(office.approve(&gil, here), Ok(()));
}

#[test]
fn only_an_owner_approves_that_somebody_becomes_an_owner() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let request = office.ask(&ada, office.give("di", "Owner")).unwrap();
    let sentence = "Only somebody signed in as Owner can make an Owner.";
    refused(office.approve(&cy, request), "owners_only", sentence);
    assert_eq!(office.approve(&bo, request), Ok(()));
}

#[test]
fn nobody_approves_what_widens_their_own_access() {
    let mut office = Office::watched();
    let (ada, cy) = (office.sign_in("ada", "Owner"), office.sign_in("cy", "Administrator"));
    let wider = office.edit_role("Reader", &["roles:read", "credit_transfers:create"]);
    let request = office.ask(&ada, wider).unwrap();
    let sentence = "Nobody widens their own access, and this would widen yours.";
    refused(office.approve(&cy, request), "own_access", sentence);
}

#[test]
fn what_nobody_could_approve_is_refused_when_it_is_asked_for_and_says_why() {
    let mut office = Office::of(&[("ada", &["Owner"]), ("cy", &["Administrator"]), ("fay", &["Decider"])]);
    office.switch_on([rolodeck::domain::security::Area::UserManagement].into());
    let ada = office.sign_in("ada", "Owner");
    let sentence = "A second person must approve this, and nobody could: \
                    cy: it is about this person and fay: lacks memberships:update.";
    let payer = office.give("cy", "Payer");
    refused(office.ask(&ada, payer), "nobody_approves", sentence);
    assert_eq!(office.org().change_requests().len(), 0);
}

/// Somebody else who can approve in general, and who has just lost something.
fn approver_after(change: impl FnOnce(&mut Office, &Session)) -> Result<(), Refusal> {
    let mut office = Office::watched();
    let (ada, cy) = (office.sign_in("ada", "Owner"), office.sign_in("cy", "Administrator"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    assert!(office.decidable(request).is_ok());
    change(&mut office, &ada);
    assert!(office.decidable(request).is_ok(), "the request itself is as good as before");
    let answer = office.approve(&cy, request);
    assert!(office.request(request).is_open());
    answer
}

#[test]
fn an_approver_who_lost_the_permission_meanwhile_cannot_approve() {
    let answer = approver_after(|office, _| {
        let edit = office.edit_role("Administrator", &["organizations:update", "roles:read"]);
        office.together(edit, ("ada", "bo"));
    });
    let sentence = "You may not approve what you may not do: your active role lacks memberships:update.";
    refused(answer, "approver_lacks", sentence);
}

#[test]
fn an_approver_who_lost_the_role_meanwhile_cannot_approve() {
    let answer = approver_after(|office, _| {
        let take = TakeAwayRoles { user: office.user("cy"), roles: office.roles("Administrator") };
        office.together(take, ("ada", "bo"));
    });
    refused(answer, "not_allowed", "You may not do this: this user does not hold that role.");
}

#[test]
fn an_approver_who_was_deactivated_meanwhile_cannot_approve() {
    let answer = approver_after(|office, ada| {
        office.deactivate(ada, "cy").unwrap();
    });
    refused(answer, "not_allowed", "You may not do this: this user is deactivated.");
}

/// What an approval comes to after something happened to Ed, who had asked.
fn requester_after(change: impl FnOnce(&mut Office, UserId)) -> Result<(), Refusal> {
    let mut office = Office::watched();
    let (ed, cy) = (office.sign_in("ed", "Clerk"), office.sign_in("cy", "Administrator"));
    let request = office.ask(&ed, office.give("di", "Payer")).unwrap();
    let user = office.user("ed");
    change(&mut office, user);
    let answer = office.approve(&cy, request);
    assert!(office.request(request).is_open());
    assert_eq!(office.reject(&cy, request), Ok(()), "it can be cleared away");
    assert!(matches!(office.request(request).state, RequestState::Rejected { .. }));
    answer
}

#[test]
fn a_request_of_somebody_who_was_deactivated_meanwhile_cannot_be_approved() {
    let answer = requester_after(|office, _| {
        let ada = office.sign_in("ada", "Owner");
        office.deactivate(&ada, "ed").unwrap();
    });
    refused(answer, "requester_left", "ed, who asked for this, no longer can: this user is deactivated.");
}

#[test]
fn a_request_of_somebody_who_was_removed_meanwhile_cannot_be_approved() {
    let answer = requester_after(|office, user| office.together(RemoveUser { user }, ("ada", "bo")));
    refused(answer, "requester_left", "ed, who asked for this, no longer can: this user was removed.");
}

#[test]
fn a_request_of_somebody_who_lost_the_role_meanwhile_cannot_be_approved() {
    let answer = requester_after(|office, user| {
        office.together(office.give("ed", "Reader"), ("ada", "bo"));
        let roles = office.roles("Clerk");
        office.together(TakeAwayRoles { user, roles }, ("ada", "bo"));
    });
    refused(answer, "requester_left", "ed, who asked for this, no longer can: this user does not hold that role.");
}

#[test]
fn a_request_of_somebody_whose_role_lost_the_permission_meanwhile_cannot_be_approved() {
    let answer = requester_after(|office, _| {
        let edit = office.edit_role("Clerk", &["roles:read"]);
        office.together(edit, ("ada", "bo"));
    });
    let sentence = "ed, who asked for this, lost the right to it: the active role lacks memberships:update.";
    refused(answer, "requester_lost_right", sentence);
}

#[test]
fn a_request_of_somebody_who_may_no_longer_hand_that_out_names_them_and_not_the_approver() {
    let mut office = Office::watched();
    let (cy, bo) = (office.sign_in("cy", "Administrator"), office.sign_in("bo", "Owner"));
    let request = office.ask(&cy, office.give("di", "Deputy")).unwrap();
    let kept = ["memberships:update", "organizations:update"];
    office.together(office.edit_role("Administrator", &kept), ("ada", "bo"));
    let refusal = office.approve(&bo, request).unwrap_err();
    assert_eq!(refusal.code(), "request_stale");
    let text = refusal.to_string();
    assert!(text.starts_with("This change request is stale: cy lacks ") && !text.contains("Your"), "{text}");
}

#[test]
fn a_request_of_somebody_whose_role_was_renamed_is_as_good_as_before() {
    let mut office = Office::watched();
    let ed = office.sign_in("ed", "Clerk");
    let request = office.ask(&ed, office.give("di", "Payer")).unwrap();
    office.together(office.rename_role("Clerk", "Registrar"), ("ada", "bo"));
    let bo = office.sign_in("bo", "Owner");
    assert_eq!(office.approve(&bo, request), Ok(()));
}
