//! Clocks and proofs.
use jiff::SignedDuration;
use rolodeck::domain::change_request::REQUEST_VALID;
use rolodeck::domain::refusal::Refusal;
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::entry::Outcome;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::reproof;
use rolodeck::ledger::signin;

use super::office::{Office, WORDS, refused};

const TICK: SignedDuration = SignedDuration::from_millis(1);

fn prove_again(office: &mut Office, session: &Session, words: &str) -> Result<Session, Refusal> {
    let cost = Cost::least().unwrap();
    reproof::prove_again(&mut office.store, &office.outside, &cost, session, &words.into()).unwrap()
}

#[test]
fn a_request_expires_by_the_clock_that_is_passed_in_when_it_is_read() {
    let mut office = Office::watched();
    let ada = office.sign_in("ada", "Owner");
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    office.wait(REQUEST_VALID - TICK);
    assert_eq!(office.decidable(request), Ok(()));
    office.wait(TICK);
    let sentence = "This change request expired at 2026-03-05T09:00:00Z.";
    refused(office.decidable(request), "request_expired", sentence);
}

#[test]
fn a_request_can_be_decided_until_it_expires_and_not_afterwards() {
    let mut office = Office::watched();
    let ada = office.sign_in("ada", "Owner");
    let first = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let second = office.ask(&ada, office.give("di", "Spare")).unwrap();
    office.wait(REQUEST_VALID - TICK);
    let bo = office.sign_in("bo", "Owner");
    assert_eq!(office.approve(&bo, first), Ok(()));
    office.wait(TICK);
    let sentence = "This change request expired at 2026-03-05T09:00:00Z.";
    refused(office.approve(&bo, second), "request_expired", sentence);
    refused(office.reject(&bo, second), "request_expired", sentence);
    assert!(office.request(second).is_open(), "that it expired is computed and never stored");
    let ada = office.sign_in("ada", "Owner");
    office.file_again(&ada, second).unwrap();
    assert_eq!(office.request(second).expires, office.now() + REQUEST_VALID);
    assert_eq!(office.approve(&bo, second), Ok(()));
}

#[test]
fn an_invitation_that_is_filed_again_is_valid_from_then_on() {
    let mut office = Office::watched();
    let (ada, uma) = (office.sign_in("ada", "Owner"), "uma@hollin.example.com");
    let request = office.ask(&ada, office.invite(&ada, "Reader", &[uma])).unwrap();
    office.wait(SignedDuration::from_hours(24 * 30));
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    office.file_again(&ada, request).unwrap();
    office.approve(&bo, request).unwrap();
    let expires = office.org().invitation(office.invitation(uma).unwrap()).unwrap().expires;
    assert_eq!(expires, office.now() + SignedDuration::from_hours(24 * 7));
}

#[test]
fn approving_needs_a_proof_that_is_at_most_five_minutes_old() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let first = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let second = office.ask(&ada, office.give("ed", "Spare")).unwrap();
    office.wait(SignedDuration::from_mins(5));
    assert_eq!(office.approve(&bo, first), Ok(()));
    office.wait(TICK);
    let sentence = "Approving needs a proof of who you are that is not older than five minutes.";
    refused(office.approve(&bo, second), "proof_too_old", sentence);
    let proved = prove_again(&mut office, &bo, WORDS).unwrap();
    assert_eq!((proved.id(), proved.person()), (bo.id(), bo.person()));
    refused(office.approve(&bo, second), "proof_too_old", sentence);
    assert_eq!(office.approve(&proved, second), Ok(()));
}

#[test]
fn switching_roles_is_no_proof() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Reader"));
    let request = office.ask(&ada, office.give("di", "Payer")).unwrap();
    office.wait(SignedDuration::from_mins(6));
    let owner = office.role("Owner");
    let bo = signin::switch_role(&mut office.store, &office.outside, &bo, owner).unwrap().unwrap();
    assert_eq!(office.approve(&bo, request).unwrap_err().code(), "proof_too_old");
}

#[test]
fn rejecting_and_taking_back_need_no_fresh_proof() {
    let mut office = Office::watched();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let first = office.ask(&ada, office.give("di", "Payer")).unwrap();
    let second = office.ask(&ada, office.give("di", "Spare")).unwrap();
    office.wait(SignedDuration::from_hours(1));
    assert_eq!(office.reject(&bo, first), Ok(()));
    assert_eq!(office.withdraw(&ada, second), Ok(()));
}

#[test]
fn a_wrong_passphrase_is_noted_and_after_five_the_next_try_has_to_wait() {
    let mut office = Office::watched();
    let bo = office.sign_in("bo", "Owner");
    for _ in 0..5 {
        let answer = prove_again(&mut office, &bo, "not the right words").map(|_| ());
        refused(answer, "wrong_passphrase", "The current passphrase is not right.");
        let newest = office.store.newest_before(u64::MAX, 1).unwrap();
        assert_eq!((newest[0].command.as_ref(), newest[0].outcome), ("prove_again", Outcome::Refused));
        assert_eq!(newest[0].actor.user, Some(bo.person().user));
    }
    assert_eq!(prove_again(&mut office, &bo, WORDS).unwrap_err().code(), "paused", "even the right one has to wait");
    let cost = Cost::least().unwrap();
    let address = "bo@hollin.example.com";
    let signed_in = signin::prove(&mut office.store, &office.outside, &cost, address, &WORDS.into()).unwrap();
    assert_eq!(signed_in.unwrap_err().code(), "paused", "the pause holds for signing in, too");
    office.wait(SignedDuration::from_hours(1));
    assert!(prove_again(&mut office, &bo, WORDS).is_ok());
}
