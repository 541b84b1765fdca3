//! What somebody could try who makes commands by hand.
use jiff::SignedDuration;
use rolodeck::command::*;
use rolodeck::domain::access::Person;
use rolodeck::domain::change_request::{ChangeRequest, Parked, REQUEST_VALID, RequestState, Told};
use rolodeck::domain::id::ChangeRequestId;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::row::Row;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::Digest;
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::signin;

use super::office::{Office, RECOVERY, STAFF, refused, user_named};
use crate::properties::company::role_named;

const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

/// An office, a request of Ada for Di, and Bo who may approve it.
fn waiting() -> (Office, ChangeRequestId, Session) {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    (office, request, bo)
}

/// Bo in another role, who keeps the session.
fn as_reader(office: &mut Office, bo: &Session) -> Session {
    let reader = office.role("Reader");
    signin::switch_role(&mut office.store, &office.outside, bo, reader).unwrap().unwrap()
}

#[test]
fn an_approval_from_the_past_does_not_wake_an_expired_request() {
    let (mut office, request, _) = waiting();
    let earlier = office.now();
    office.wait(REQUEST_VALID);
    let bo = office.sign_in("bo", "Owner");
    for at in [earlier, earlier - YEAR, earlier + YEAR] {
        let approval = ApproveRequest { at, ..office.approval(&bo, request) };
        assert_eq!(office.act(&bo, approval).unwrap_err().code(), "request_expired");
        let (by, reason) = (bo.person(), "Too late".parse().unwrap());
        let rejection = office.act(&bo, RejectRequest { request, by, at, reason });
        assert_eq!(rejection.unwrap_err().code(), "request_expired");
    }
}

#[test]
fn the_time_of_a_decision_is_the_time_of_its_entry_whatever_the_command_says() {
    for away in [-YEAR, YEAR] {
        let (mut office, request, bo) = waiting();
        let now = office.now();
        office.act(&bo, ApproveRequest { at: now + away, ..office.approval(&bo, request) }).unwrap();
        let RequestState::Applied { at, .. } = office.request(request).state else { panic!("not applied") };
        assert_eq!(at, now);

        let (mut office, request, bo) = waiting();
        let (by, at, reason) = (bo.person(), now + away, "No".parse().unwrap());
        office.act(&bo, RejectRequest { request, by, at, reason }).unwrap();
        let RequestState::Rejected { at, .. } = office.request(request).state else { panic!("not rejected") };
        assert_eq!(at, now);

        let (mut office, request, _) = waiting();
        let ada = office.sign_in("ada", "Owner");
        office.act(&ada, WithdrawRequest { request, by: ada.person().user, at: now + away }).unwrap();
        assert_eq!(office.request(request).state, RequestState::Withdrawn { at: now });
    }
}

#[test]
fn nobody_files_a_request_again_that_never_expires() {
    let (mut office, request, _) = waiting();
    office.wait(REQUEST_VALID);
    let ada = office.sign_in("ada", "Owner");
    let (by, at) = (ada.person(), office.now() + YEAR);
    office.act(&ada, FileAgain { request, by, at }).unwrap();
    assert_eq!(office.request(request).expires, office.now() + REQUEST_VALID);
}

#[test]
fn nobody_approves_in_the_name_of_somebody_else() {
    let (mut office, request, bo) = waiting();
    let cy = office.sign_in("cy", "Administrator");
    let ada = office.sign_in("ada", "Owner");
    let in_her_own_way = "This can only be done by the signed-in person who approves.";
    for thief in [&ada, &cy] {
        let answer = office.act(thief, office.approval(&bo, request)).map(|_| ());
        refused(answer, "wrong_actor", in_her_own_way);
    }
    let (by, at, reason) = (bo.person(), office.now(), "No".parse().unwrap());
    let rejection = office.act(&cy, RejectRequest { request, by, at, reason });
    assert_eq!(rejection.unwrap_err().code(), "wrong_actor");
    let withdrawal = office.act(&cy, WithdrawRequest { request, by: ada.person().user, at });
    assert_eq!(withdrawal.unwrap_err().code(), "wrong_actor");
    let again = office.act(&cy, FileAgain { request, by: ada.person(), at });
    assert_eq!(again.unwrap_err().code(), "wrong_actor");
}

#[test]
fn nobody_decides_in_a_role_that_is_not_the_active_one() {
    let (mut office, request, owner) = waiting();
    let reader = as_reader(&mut office, &owner);
    let by = owner.person();
    let approval = office.approval(&owner, request);
    let sentence = "This can only be done by the signed-in person who approves.";
    refused(office.act(&reader, approval).map(|_| ()), "wrong_actor", sentence);
    let as_what_is_active = ApproveRequest { by: reader.person(), ..office.approval(&owner, request) };
    assert_eq!(office.act(&reader, as_what_is_active).unwrap_err().code(), "not_approver");
    let (at, reason) = (office.now(), "No".parse().unwrap());
    let rejection = office.act(&reader, RejectRequest { request, by, at, reason });
    assert_eq!(rejection.unwrap_err().code(), "wrong_actor");
}

#[test]
fn nobody_files_again_in_a_role_that_is_not_the_active_one() {
    let mut office = Office::watched();
    let owner = office.sign_in("bo", "Owner");
    let request = office.ask(&owner, office.give("di", "Payer")).unwrap();
    office.wait(REQUEST_VALID);
    let owner = office.sign_in("bo", "Owner");
    let reader = as_reader(&mut office, &owner);
    let again = office.act(&reader, FileAgain { request, by: owner.person(), at: office.now() });
    assert_eq!(again.unwrap_err().code(), "wrong_actor");
    let as_what_is_active = office.file_again(&reader, request);
    assert_eq!(as_what_is_active.unwrap_err().code(), "not_allowed");
    assert_eq!(office.file_again(&owner, request), Ok(()));
}

#[test]
fn nobody_takes_note_as_an_owner_in_a_role_that_is_not_the_active_one() {
    let mut office = Office::watched();
    let code = RECOVERY.into();
    let rescued = rolodeck::ledger::rescue::check_recovery_code(&mut office.store, &office.outside, &code);
    let ada = office.user("ada");
    rolodeck::ledger::rescue::switch_four_eyes_off(&mut office.store, &office.outside, rescued.unwrap().unwrap(), ada)
        .unwrap()
        .unwrap();
    let (owner, of) = (office.sign_in("bo", "Owner"), office.now());
    let reader = as_reader(&mut office, &owner);
    let note = office.act(&reader, TakeNote { by: owner.person(), of });
    assert_eq!(note.unwrap_err().code(), "wrong_actor");
}

#[test]
fn whoever_was_shown_something_else_does_not_approve() {
    let (mut office, request, bo) = waiting();
    let approval = ApproveRequest { shown: Digest([0; 32]), ..office.approval(&bo, request) };
    let sentence = "This change request was filed again while you looked at it, and would do something else now.";
    refused(office.act(&bo, approval).map(|_| ()), "effect_moved", sentence);
    assert!(office.request(request).is_open());
}

#[test]
fn nothing_is_decided_twice() {
    let (mut office, request, bo) = waiting();
    let cy = office.sign_in("cy", "Administrator");
    let approval = office.approval(&bo, request);
    office.act(&bo, approval.clone()).unwrap();
    let sentence = "This change request is applied already.";
    refused(office.act(&bo, approval).map(|_| ()), "request_closed", sentence);
    refused(office.approve(&cy, request), "request_closed", sentence);
    refused(office.reject(&cy, request), "request_closed", sentence);
    let ada = office.sign_in("ada", "Owner");
    refused(office.withdraw(&ada, request), "request_closed", sentence);
    refused(office.file_again(&ada, request), "request_closed", sentence);
    assert_eq!(office.request(request).parked, None, "its command left it");
}

#[test]
fn what_was_rejected_stays_rejected() {
    let (mut office, request, bo) = waiting();
    office.reject(&bo, request).unwrap();
    let cy = office.sign_in("cy", "Administrator");
    refused(office.approve(&cy, request), "request_closed", "This change request is rejected already.");
}

#[test]
fn a_request_that_is_not_there_is_not_decided() {
    let (mut office, request, bo) = waiting();
    let approval =
        ApproveRequest { request: ChangeRequestId::from_uuid(office.uuid()), ..office.approval(&bo, request) };
    assert_eq!(office.act(&bo, approval).unwrap_err().code(), "gone");
}

/// An office whose file holds a request by Ada that this version of the program cannot read.
fn with_what_cannot_be_read(parked: Parked) -> (Office, ChangeRequestId) {
    let id = ChangeRequestId::from_uuid(uuid::Uuid::from_u128(77));
    let office = Office::with(&STAFF, |org| {
        let by = Person { user: user_named(org, "ada"), role: role_named(org, "Owner") };
        let filed = org.organization().unwrap().founded;
        org.put(Row::ChangeRequest(ChangeRequest {
            id,
            by,
            filed,
            expires: filed + REQUEST_VALID,
            entry: 1,
            area: Area::UserManagement,
            command: "sell_everything".into(),
            summary: "sell everything".into(),
            told: Told { digest: Digest([1; 32]), lines: Vec::new(), access: Vec::new(), more: 0 },
            state: RequestState::Pending,
            parked: Some(parked),
        }));
    });
    (office, id)
}

#[test]
fn what_cannot_be_read_any_more_is_stale_and_can_be_cleared_away() {
    let sentence = "This change request is stale: this version of rolodeck cannot read what it would do.";
    let sell = || serde_json::json!({ "command": "sell_everything" });
    let rename = || serde_json::json!({ "command": "remove_user", "user": uuid::Uuid::from_u128(1) });
    for parked in [Parked { version: 1, json: sell() }, Parked { version: 9, json: rename() }] {
        let (mut office, id) = with_what_cannot_be_read(parked.clone());
        let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
        refused(office.approve(&bo, id), "request_stale", sentence);
        refused(office.file_again(&ada, id), "request_stale", sentence);
        refused(office.reject(&ada, id), "own_request", "This is your own change request.");
        assert_eq!(office.reject(&bo, id), Ok(()));

        let (mut office, id) = with_what_cannot_be_read(parked);
        let ada = office.sign_in("ada", "Owner");
        assert_eq!(office.withdraw(&ada, id), Ok(()));
    }
}

#[test]
fn a_refused_decision_is_noted_and_changes_nothing() {
    let (mut office, request, _) = waiting();
    let ada = office.sign_in("ada", "Owner");
    let before = office.org();
    let refusal: Refusal = office.approve(&ada, request).unwrap_err();
    assert_eq!(refusal.code(), "own_request");
    let newest = office.store.newest_before(u64::MAX, 1).unwrap();
    assert_eq!(newest[0].outcome, rolodeck::ledger::entry::Outcome::Refused);
    let after = office.org();
    assert!(rolodeck::domain::row::Difference::between(&before, &after).is_empty());
}

#[test]
fn an_approval_in_a_session_from_before_a_deactivation_is_refused_after_coming_back_in_another_role() {
    let (mut office, request, bo) = waiting();
    let user = office.user("bo");
    office.together(TakeAwayRoles { user, roles: office.roles("Owner") }, ("ada", "cy"));
    let sentence = "You may not do this: this user does not hold that role.";
    refused(office.approve(&bo, request), "not_allowed", sentence);
}
