//! Who counts as one person.
use jiff::SignedDuration;
use rolodeck::command::*;
use rolodeck::domain::change_request::RequestState;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::row::Row;
use rolodeck::domain::security::Area;
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::story;

use super::office::{Office, STAFF, refused};

const ONE_MAILBOX: &str = "You and ada have one mailbox, so you count as one person.";

/// The usual staff and a second account of Ada, who is an Owner with both.
fn with_a_second_account() -> Office {
    let staff: Vec<_> = STAFF.into_iter().chain([("ada+bank", ["Owner"].as_slice())]).collect();
    Office::of(&staff)
}

fn apart(office: &Office, people: People) -> TellApart {
    TellApart { one: office.user("ada"), other: office.user("ada+bank"), people }
}

#[test]
fn a_role_renamed_to_the_name_of_an_approvers_role_gives_nothing() {
    let mut office = Office::watched();
    let (ada, di) = (office.sign_in("ada", "Owner"), office.sign_in("di", "Reader"));
    office.together(office.rename_role("Administrator", "Former"), ("ada", "bo"));
    office.together(office.rename_role("Reader", "Administrator"), ("ada", "bo"));
    let request = office.ask(&ada, office.give("ed", "Payer")).unwrap();
    let sentence = "Your active role does not decide change requests: it lacks organizations:update.";
    refused(office.approve(&di, request), "not_approver", sentence);
    let cy = office.sign_in("cy", "Former");
    assert_eq!(office.approve(&cy, request), Ok(()));
}

#[test]
fn a_second_account_of_the_requester_counts_as_the_requester() {
    let mut office = with_a_second_account();
    office.switch_on([Area::UserManagement].into());
    let (ada, again) = (office.sign_in("ada", "Owner"), office.sign_in("ada+bank", "Owner"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    refused(office.approve(&again, request), "same_person", ONE_MAILBOX);
    refused(office.reject(&again, request), "same_person", ONE_MAILBOX);
}

#[test]
fn a_second_account_of_the_subject_counts_as_the_subject() {
    let mut office = with_a_second_account();
    office.switch_on([Area::UserManagement].into());
    let (bo, ada) = (office.sign_in("bo", "Owner"), office.sign_in("ada", "Owner"));
    let request = office.ask(&bo, office.give("ada+bank", "Payer")).unwrap();
    refused(office.approve(&ada, request), "about_you", "This change request is about you.");
}

#[test]
fn nobody_approves_an_invitation_to_another_account_of_their_own() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let invite = office.invite(&ada, "Payer", &["bo+bank@hollin.example.com", "zed@hollin.example.com"]);
    let request = office.ask(&ada, invite).unwrap();
    refused(office.approve(&bo, request), "about_you", "This change request is about you.");
    let cy = office.sign_in("cy", "Administrator");
    assert_eq!(office.approve(&cy, request), Ok(()));
}

#[test]
fn two_accounts_of_one_mailbox_are_not_two_eligible_people() {
    let mut office = Office::of(&[("ada", &["Owner"]), ("ada+bank", &["Owner"]), ("di", &["Reader"])]);
    let ada = office.sign_in("ada", "Owner");
    let answer = office.act(&ada, ChangeFourEyes { areas: [Area::UserManagement].into() });
    assert_eq!(answer.unwrap_err().code(), "deadlock");
}

#[test]
fn that_they_are_two_people_is_decided_by_a_third_while_four_eyes_is_on() {
    let mut office = with_a_second_account();
    office.switch_on([Area::UserManagement].into());
    let (ada, again) = (office.sign_in("ada", "Owner"), office.sign_in("ada+bank", "Owner"));
    let (bo, cy) = (office.sign_in("bo", "Owner"), office.sign_in("cy", "Administrator"));
    let by_herself = office.ask(&ada, apart(&office, People::Two)).unwrap();
    refused(office.approve(&again, by_herself), "same_person", ONE_MAILBOX);
    let by_a_third = office.ask(&bo, apart(&office, People::Two)).unwrap();
    for one_of_them in [&ada, &again] {
        refused(office.approve(one_of_them, by_a_third), "about_you", "This change request is about you.");
    }
    assert_eq!(office.approve(&cy, by_a_third), Ok(()));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    assert_eq!(office.approve(&again, request), Ok(()), "now they are two");
}

#[test]
fn nobody_declares_their_own_other_account_to_be_somebody_else_without_four_eyes() {
    let mut office = with_a_second_account();
    for name in ["ada", "ada+bank"] {
        let one = office.sign_in(name, "Owner");
        let answer = office.act(&one, apart(&office, People::Two)).map(|_| ());
        refused(answer, "about_you", "This change request is about you.");
    }
    let bo = office.sign_in("bo", "Owner");
    assert!(office.act(&bo, apart(&office, People::Two)).is_ok());
    let ada = office.sign_in("ada", "Owner");
    assert!(office.act(&ada, apart(&office, People::Two)).is_err(), "there is nothing left to declare");
}

#[test]
fn counting_two_as_one_person_again_is_held_up_where_it_would_leave_one_person_only() {
    let mut office = Office::with(&[("ada", &["Owner"]), ("ada+bank", &["Owner"]), ("cy", &["Clerk"])], |org| {
        let ids: Vec<_> = ["ada", "ada+bank"].map(|name| super::office::user_named(org, name)).into();
        for (one, other) in [(0, 1), (1, 0)] {
            let mut user = org.user(ids[one]).unwrap().clone();
            user.apart = [ids[other]].into();
            org.put(Row::User(user));
        }
    });
    office.switch_on([Area::UserManagement].into());
    let cy = office.sign_in("cy", "Clerk");
    let answer = office.ask(&cy, apart(&office, People::One));
    assert_eq!(answer.unwrap_err().code(), "deadlock");
}

#[test]
fn that_the_requester_saw_the_code_of_the_approver_is_said_until_the_address_is_proved() {
    let mut office = Office::watched();
    let (ada, uma) = (office.sign_in("ada", "Owner"), "uma@hollin.example.com");
    office.together(office.invite(&ada, "Administrator", &[uma]), ("ada", "bo"));
    let code = office.draw(uma);
    let invitation = office.invitation(uma).unwrap();
    office.act(&ada, LookAtCode { invitation, by: ada.person().user }).unwrap();
    office.accept(&code, "uma");
    let uma = office.sign_in("uma", "Administrator");
    let first = office.ask(&ada, office.give("di", "Payer")).unwrap();
    office.approve(&uma, first).unwrap();
    assert!(matches!(office.request(first).state, RequestState::Applied { code_seen: true, .. }));
    let newest = office.store.newest_before(u64::MAX, 1).unwrap();
    let told = story::tell(&office.store, &newest[0]).unwrap();
    let request = told.changes.iter().find(|change| change.kind.as_ref() == "change_request").unwrap();
    assert_eq!(request.after.as_ref().unwrap()["state"]["code_seen"], true, "the entry says so, too");

    let bo = office.sign_in("bo", "Owner");
    let of_bo = office.ask(&bo, office.give("ed", "Payer")).unwrap();
    office.approve(&uma, of_bo).unwrap();
    assert!(matches!(office.request(of_bo).state, RequestState::Applied { code_seen: false, .. }), "Bo never looked");

    let (user, at) = (office.user("uma"), office.now());
    refused(
        office.act(&uma, ProveAddress { user, at }).map(|_| ()),
        "wrong_actor",
        "This can only be done by rolodeck itself.",
    );
    office.run_as(&Actor::System, ProveAddress { user, at }).done().unwrap();
    let second = office.ask(&ada, office.give("di", "Spare")).unwrap();
    office.approve(&uma, second).unwrap();
    assert!(matches!(office.request(second).state, RequestState::Applied { code_seen: false, .. }));
}

#[test]
fn a_code_that_was_looked_at_and_replaced_before_it_was_used_does_not_count() {
    let mut office = Office::watched();
    let (ada, uma) = (office.sign_in("ada", "Owner"), "uma@hollin.example.com");
    office.together(office.invite(&ada, "Administrator", &[uma]), ("ada", "bo"));
    office.draw(uma);
    let invitation = office.invitation(uma).unwrap();
    office.act(&ada, LookAtCode { invitation, by: ada.person().user }).unwrap();
    office.wait(SignedDuration::from_secs(1));
    let newest = office.draw(uma);
    office.accept(&newest, "uma");
    let uma = office.user("uma");
    assert!(!code_was_seen(&office.org(), uma, office.user("ada")));
}

#[test]
fn that_the_second_account_of_the_requester_saw_the_code_counts_as_well() {
    let mut office = with_a_second_account();
    office.switch_on([Area::UserManagement].into());
    let (again, uma) = (office.sign_in("ada+bank", "Owner"), "uma@hollin.example.com");
    office.together(office.invite(&again, "Administrator", &[uma]), ("ada+bank", "bo"));
    let code = office.draw(uma);
    let invitation = office.invitation(uma).unwrap();
    office.act(&again, LookAtCode { invitation, by: again.person().user }).unwrap();
    office.accept(&code, "uma");
    assert!(code_was_seen(&office.org(), office.user("uma"), office.user("ada")));
    assert!(!code_was_seen(&office.org(), office.user("uma"), office.user("bo")));
}

#[test]
fn the_same_wish_of_the_same_person_waits_once() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let sentence = "The same change request of yours is waiting already.";
    refused(office.ask(&ada, office.give("di", "Payer")), "already_requested", sentence);
    let of_bo = office.ask(&bo, office.give("di", "Payer")).unwrap();
    office.withdraw(&ada, request).unwrap();
    let again = office.ask(&ada, office.give("di", "Payer"));
    assert!(again.is_ok(), "what was taken back can be asked for again");
    let cy = office.sign_in("cy", "Administrator");
    assert_eq!(office.approve(&cy, of_bo), Ok(()));
    let refusal: Refusal = office.approve(&cy, again.unwrap()).unwrap_err();
    assert_eq!(refusal.to_string(), "This change request is stale: Nothing would change.");
}
