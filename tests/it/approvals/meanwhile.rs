//! What happens between asking and deciding.
use rolodeck::command::*;
use rolodeck::domain::change_request::RequestState;
use rolodeck::domain::refusal::Refusal;

use super::office::{Office, refused};

/// The text that says why a request is stale.
#[track_caller]
fn stale(answer: Result<(), Refusal>) -> String {
    let refusal = answer.unwrap_err();
    assert_eq!(refusal.code(), "request_stale", "{refusal}");
    refusal.to_string()
}

#[test]
fn one_edits_a_role_and_another_deletes_it_first() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let edit = office.ask(&ada, office.edit_role("Spare", &["transactions:read"])).unwrap();
    let delete = office.ask(&bo, DeleteRole { role: office.role("Spare") }).unwrap();
    let role = office.role("Spare");
    office.approve(&cy, delete).unwrap();
    let sentence = "This change request is stale: This role is not there any more.";
    refused(office.approve(&cy, edit), "request_stale", sentence);
    assert!(!office.org().role(role).unwrap().is_active());
}

#[test]
fn one_edits_a_role_and_another_who_asked_to_delete_it_comes_second() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let delete = office.ask(&bo, DeleteRole { role: office.role("Payer") }).unwrap();
    let wider = office.scope_role("Payer", rolodeck::domain::scope::Scope::AllFuture);
    let edit = office.ask(&ada, wider).unwrap();
    office.approve(&cy, edit).unwrap();
    let text = stale(office.approve(&cy, delete));
    assert!(text.contains("Role “Payer”, Scope") && text.contains("All future entities"), "{text}");
    assert!(office.org().role(office.role("Payer")).unwrap().is_active());
}

#[test]
fn two_create_a_role_of_one_name_where_there_was_none_before() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let first = office.ask(&ada, office.create_role("Controller")).unwrap();
    let second = office.ask(&bo, office.create_role("CONTROLLER")).unwrap();
    office.approve(&cy, second).unwrap();
    let sentence = "This change request is stale: There is already a role “Controller”.";
    refused(office.approve(&cy, first), "request_stale", sentence);
    let named = |role: &&rolodeck::domain::role::Role| role.name.as_str().eq_ignore_ascii_case("controller");
    assert_eq!(office.org().active_roles().filter(named).count(), 1);
}

#[test]
fn a_role_that_is_edited_and_edited_back_leaves_a_request_as_good_as_before() {
    let mut office = Office::watched();
    let ada = office.sign_in("ada", "Owner");
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let back = {
        let org = office.org();
        let role = org.role(office.role("Payer")).unwrap().clone();
        EditRole { role: role.id, name: role.name, grants: role.grants, scope: role.scope.as_ref().clone() }
    };
    office.together(office.edit_role("Payer", &["credit_transfers:create"]), ("ada", "bo"));
    let cy = office.sign_in("cy", "Administrator");
    stale(office.approve(&cy, request));
    office.together(back, ("ada", "bo"));
    assert_eq!(office.approve(&cy, request), Ok(()));
}

#[test]
fn a_harmless_change_elsewhere_disturbs_nothing() {
    let mut office = Office::watched();
    let (ada, cy) = (office.sign_in("ada", "Owner"), office.sign_in("cy", "Administrator"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let shown = office.request(request).told;
    office.together(office.rename_role("Spare", "Visitor"), ("ada", "bo"));
    office.together(office.rename_role("Payer", "Bookkeeper"), ("ada", "bo"));
    let invite = office.invite(&ada, "Reader", &["new@hollin.example.com"]);
    office.together(invite, ("ada", "bo"));
    let south = office.org().entities().values().find(|entity| entity.name.as_str() == "South").unwrap().id;
    office.act(&ada, RenameEntity { entity: south, name: "South coast".parse().unwrap() }).unwrap();
    assert_eq!(office.request(request).told, shown);
    assert_eq!(office.approve(&cy, request), Ok(()));
}

#[test]
fn a_change_of_the_role_that_is_given_makes_it_stale_and_says_what_moved() {
    let mut office = Office::watched();
    let (ada, cy) = (office.sign_in("ada", "Owner"), office.sign_in("cy", "Administrator"));
    let request = office.ask(&ada, office.give("di", "Spare")).unwrap();
    office.together(office.edit_role("Spare", &["credit_transfers:create"]), ("ada", "bo"));
    let text = stale(office.approve(&cy, request));
    assert!(text.contains("di") && text.contains("credit_transfers"), "{text}");
    assert!(!text.contains(".."), "{text}");
    assert_eq!(office.decidable(request).map_err(|refusal| refusal.to_string()), Err(text), "read and decided alike");
    assert!(!office.org().user(office.user("di")).unwrap().roles.contains(office.role("Spare")));
}

#[test]
fn a_stale_request_is_filed_again_with_its_content_and_can_be_decided() {
    let mut office = Office::watched();
    let (ada, cy) = (office.sign_in("ada", "Owner"), office.sign_in("cy", "Administrator"));
    let request = office.ask(&ada, office.give("di", "Spare")).unwrap();
    let before = office.request(request);
    office.together(office.edit_role("Spare", &["credit_transfers:create"]), ("ada", "bo"));
    refused(office.file_again(&cy, request), "not_requester", "Only ada, who asked for this, can do that.");
    office.file_again(&ada, request).unwrap();
    let again = office.request(request);
    assert_eq!((&again.parked, &again.summary, again.by), (&before.parked, &before.summary, before.by));
    assert_ne!(again.told.digest, before.told.digest);
    let old = ApproveRequest { shown: before.told.digest, ..office.approval(&cy, request) };
    let sentence = "This change request was filed again while you looked at it, and would do something else now.";
    refused(office.act(&cy, old).map(|_| ()), "effect_moved", sentence);
    assert_eq!(office.approve(&cy, request), Ok(()));
}

#[test]
fn what_is_as_good_as_before_is_not_filed_again() {
    let mut office = Office::watched();
    let ada = office.sign_in("ada", "Owner");
    let request = office.ask(&ada, office.give("di", "Spare")).unwrap();
    refused(office.file_again(&ada, request), "nothing_changes", "Nothing would change.");
}

#[test]
fn somebody_whose_invitation_waits_for_approval_signs_up_meanwhile() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let zed = "zed@hollin.example.com";
    let late = office.ask(&ada, office.invite(&ada, "Payer", &[zed])).unwrap();
    let soon = office.ask(&bo, office.invite(&bo, "Reader", &[zed])).unwrap();
    office.approve(&cy, soon).unwrap();
    let code = office.draw(zed);
    office.accept(&code, "zed");
    let sentence = "This change request is stale: zed@hollin.example.com is already a user.";
    refused(office.approve(&cy, late), "request_stale", sentence);
    assert!(!office.org().user(office.user("zed")).unwrap().roles.contains(office.role("Payer")));
}

#[test]
fn a_list_of_invitations_in_which_one_became_impossible_does_nothing_at_all() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let list = ["uma@hollin.example.com", "zed@hollin.example.com", "vic@hollin.example.com"];
    let many = office.ask(&ada, office.invite(&ada, "Reader", &list)).unwrap();
    let one = office.ask(&bo, office.invite(&bo, "Reader", &["ZED@hollin.example.com"])).unwrap();
    office.approve(&cy, one).unwrap();
    assert_eq!((office.org().invitations().len(), office.waiting()), (1, 1));
    let sentence = "This change request is stale: zed@hollin.example.com is already invited.";
    refused(office.approve(&cy, many), "request_stale", sentence);
    assert_eq!((office.org().invitations().len(), office.waiting()), (1, 1));
}

#[test]
fn nothing_is_sent_before_the_approval_and_a_message_waits_after_it() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let command = office.invite(&ada, "Reader", &["uma@hollin.example.com", "vic@hollin.example.com"]);
    let rejected = office.ask(&ada, command.clone()).unwrap();
    office.reject(&bo, rejected).unwrap();
    let approved = office.ask(&ada, command).unwrap();
    assert_eq!((office.waiting(), office.org().invitations().len()), (0, 0));
    office.approve(&bo, approved).unwrap();
    assert_eq!((office.waiting(), office.org().invitations().len()), (2, 2));
}

#[test]
fn a_message_that_was_asked_for_again_waits_only_after_the_approval() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let uma = "uma@hollin.example.com";
    office.together(office.invite(&ada, "Reader", &[uma]), ("ada", "bo"));
    let id = office.invitation(uma).unwrap();
    let asked = office.store.deliveries().unwrap().get(&id).unwrap().asked;
    let now = office.now();
    office.store.sent(id, asked, now).unwrap();
    let code = office.draw(uma);
    office.wait(jiff::SignedDuration::from_secs(1));
    let resend = ResendInvitations { invitations: [id].into(), at: office.now() };
    let request = office.ask(&ada, resend).unwrap();
    assert_eq!(office.waiting(), 0);
    office.approve(&bo, request).unwrap();
    assert_eq!(office.waiting(), 1);
    let opens = rolodeck::ledger::signin::check_code(&mut office.store, &office.outside, &code).unwrap();
    refused(opens, "code_rejected", "This code opens no invitation.");
}

#[test]
fn a_request_survives_that_four_eyes_was_switched_off_meanwhile() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let off = office.ask(&ada, ChangeFourEyes { areas: [].into() }).unwrap();
    office.approve(&bo, off).unwrap();
    refused(office.approve(&ada, request), "own_request", "This is your own change request.");
    assert_eq!(office.approve(&bo, request), Ok(()));
    assert!(matches!(office.request(request).state, RequestState::Applied { .. }));
}

#[test]
fn only_whoever_asked_takes_a_request_back_and_then_nobody_decides_it() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    refused(office.withdraw(&bo, request), "not_requester", "Only ada, who asked for this, can do that.");
    office.withdraw(&ada, request).unwrap();
    let sentence = "This change request is withdrawn already.";
    refused(office.approve(&bo, request), "request_closed", sentence);
    refused(office.reject(&bo, request), "request_closed", sentence);
    refused(office.file_again(&ada, request), "request_closed", sentence);
}

#[test]
fn an_import_of_invitations_is_approved_whole_and_is_stale_when_one_address_is_taken() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let import = |office: &Office, lists: [(&str, &str); 2]| {
        let lists = lists.map(|(role, address)| {
            let InviteUsers { roles, people, .. } = office.invite(&ada, role, &[address]);
            InvitationList { roles, people }
        });
        ImportInvitations { by: ada.person().user, at: office.now(), lists: lists.into() }
    };
    let is_open = |office: &Office, address: &str| {
        office.org().invitations().values().any(|open| open.address.as_str() == address)
    };
    let one = import(&office, [("Spare", "one@hollin.example.com"), ("Payer", "two@hollin.example.com")]);
    let other = import(&office, [("Spare", "new@hollin.example.com"), ("Payer", "one@hollin.example.com")]);
    let (one, other) = (office.ask(&ada, one).unwrap(), office.ask(&ada, other).unwrap());
    office.approve(&cy, one).unwrap();
    assert!(is_open(&office, "one@hollin.example.com") && is_open(&office, "two@hollin.example.com"));
    stale(office.approve(&bo, other));
    assert!(!is_open(&office, "new@hollin.example.com"), "nothing half done");
}
