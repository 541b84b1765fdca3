//! Breaking the glass with the recovery code.
use jiff::SignedDuration;
use rolodeck::command::*;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::security::{Area, Rescue};
use rolodeck::ledger::actor::{Actor, Rescued};
use rolodeck::ledger::entry::{Outcome, StampKind};
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::rescue;
use rolodeck::ledger::secrets::Secret;
use rolodeck::ledger::signin;

use super::office::{Office, RECOVERY, WORDS, both, refused};

fn check(office: &mut Office, code: impl Into<Secret>) -> Result<Rescued, Refusal> {
    rescue::check_recovery_code(&mut office.store, &office.outside, &code.into()).unwrap()
}

fn switch_off(office: &mut Office, rescued: Rescued, claimed: &str) -> Result<Secret, Refusal> {
    let claimed = office.user(claimed);
    rescue::switch_four_eyes_off(&mut office.store, &office.outside, rescued, claimed).unwrap()
}

fn reset(office: &mut Office, rescued: Rescued, owner: &str, words: &str) -> Result<Secret, Refusal> {
    let hash = hash(&Cost::least().unwrap(), &words.into(), &office.outside.bytes()).unwrap();
    let owner = office.user(owner);
    rescue::reset_owner(&mut office.store, &office.outside, rescued, owner, hash).unwrap()
}

fn draw(office: &mut Office, session: &rolodeck::ledger::actor::Session) -> Result<Secret, Refusal> {
    rescue::draw_recovery_code(&mut office.store, &office.outside, session).unwrap()
}

fn text(secret: &Secret) -> String {
    String::from_utf8(secret.bytes().to_vec()).unwrap()
}

#[test]
fn a_wrong_code_is_noted_and_after_five_the_next_try_has_to_wait() {
    let mut office = Office::watched();
    for _ in 0..5 {
        let sentence = "This is not the recovery code of this organization.";
        refused(check(&mut office, "1234-abcd-5678-ef02"), "wrong_recovery_code", sentence);
        let newest = office.store.newest_before(u64::MAX, 1).unwrap();
        assert_eq!((newest[0].command.as_ref(), newest[0].outcome), ("recover", Outcome::Refused));
        assert_eq!(newest[0].actor.kind, StampKind::Nobody);
    }
    assert_eq!(check(&mut office, RECOVERY).unwrap_err().code(), "paused", "even the right one has to wait");
    office.wait(SignedDuration::from_hours(1));
    assert!(check(&mut office, "1234ABCD 5678EF01").is_ok(), "hyphens, spaces and capitals do not matter");
}

#[test]
fn switching_off_uses_the_code_up_replaces_it_and_is_loud() {
    let mut office = Office::new();
    office.switch_on(both());
    let rescued = check(&mut office, RECOVERY).unwrap();
    let next = switch_off(&mut office, rescued, "ada").unwrap();
    let security = office.org().security().into_owned();
    assert!(security.four_eyes.areas.is_empty() && !security.four_eyes.begun);
    assert_eq!(security.emergencies.len(), 1);
    let emergency = security.emergencies[0];
    assert_eq!((emergency.rescue, emergency.claimed), (Rescue::FourEyesOff, office.user("ada")));
    let newest = office.store.newest_before(u64::MAX, 1).unwrap();
    assert_eq!((newest[0].command.as_ref(), newest[0].actor.kind), ("switch_four_eyes_off", StampKind::Rescuer));
    assert_eq!(check(&mut office, RECOVERY).unwrap_err().code(), "wrong_recovery_code", "it is used up");
    assert!(check(&mut office, text(&next).as_str()).is_ok());
    office.store.verify().unwrap();
}

#[test]
fn the_next_enabling_takes_effect_at_once_again() {
    let mut office = Office::watched();
    let rescued = check(&mut office, RECOVERY).unwrap();
    switch_off(&mut office, rescued, "ada").unwrap();
    office.switch_on(both());
    assert_eq!(office.org().security().four_eyes.areas, both());
    let ada = office.sign_in("ada", "Owner");
    assert!(office.ask(&ada, ChangeFourEyes { areas: [].into() }).is_ok(), "and the change after that is a request");
}

#[test]
fn switching_off_needs_an_active_owner_who_is_named_and_something_to_switch_off() {
    let mut office = Office::new();
    let rescued = check(&mut office, RECOVERY).unwrap();
    refused(switch_off(&mut office, rescued, "ada").map(|_| ()), "nothing_changes", "Nothing would change.");
    office.switch_on(both());
    let rescued = check(&mut office, RECOVERY).unwrap();
    let sentence = "This address does not belong to an active Owner.";
    refused(switch_off(&mut office, rescued, "cy").map(|_| ()), "not_an_owner", sentence);
    assert!(check(&mut office, RECOVERY).is_ok(), "a code that did nothing is not used up");
}

#[test]
fn nobody_breaks_the_glass_without_the_code() {
    let mut office = Office::watched();
    let (ada, at) = (office.sign_in("ada", "Owner"), office.now());
    let code = rolodeck::domain::user::Digest([7; 32]);
    let command = SwitchFourEyesOff { claimed: ada.person().user, at, code };
    for actor in [Actor::Person(ada), Actor::System] {
        let answer = office.run_as(&actor, command.clone()).done();
        refused(answer, "wrong_actor", "This can only be done by whoever has the recovery code.");
    }
}

#[test]
fn a_code_that_was_checked_opens_one_thing_once() {
    let mut office = Office::watched();
    let rescued = check(&mut office, RECOVERY).unwrap();
    switch_off(&mut office, rescued, "ada").unwrap();
    let sentence = "This is not the recovery code of this organization.";
    refused(reset(&mut office, rescued, "bo", "taken by stealth").map(|_| ()), "wrong_recovery_code", sentence);
}

#[test]
fn a_code_that_was_checked_and_then_replaced_opens_nothing() {
    let mut office = Office::new();
    let rescued = check(&mut office, RECOVERY).unwrap();
    office.switch_on(both());
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let request = office.ask(&ada, RenewRecoveryCode { by: ada.person().user }).unwrap();
    office.approve(&bo, request).unwrap();
    draw(&mut office, &ada).unwrap();
    let answer = switch_off(&mut office, rescued, "ada").map(|_| ());
    refused(answer, "wrong_recovery_code", "This is not the recovery code of this organization.");
}

#[test]
fn an_owner_who_lost_the_passphrase_gets_a_new_one_and_the_old_one_dies() {
    let mut office = Office::watched();
    let rescued = check(&mut office, RECOVERY).unwrap();
    refused(
        reset(&mut office, rescued, "cy", "nine silent rivers").map(|_| ()),
        "not_an_owner",
        "This address does not belong to an active Owner.",
    );
    reset(&mut office, rescued, "bo", "nine silent rivers").unwrap();
    let cost = Cost::least().unwrap();
    let mut prove = |words: &str| {
        let address = "bo@hollin.example.com";
        signin::prove(&mut office.store, &office.outside, &cost, address, &words.into()).unwrap().map(|_| ())
    };
    assert_eq!(prove(WORDS).unwrap_err().code(), "sign_in_failed");
    assert_eq!(prove("nine silent rivers"), Ok(()));
    let emergencies = office.org().security().emergencies.clone();
    assert_eq!(emergencies[0].rescue, Rescue::OwnerReset(office.user("bo")));
    assert!(office.org().security().four_eyes.begun, "four-eyes stays as it is");
}

#[test]
fn another_owner_takes_note_where_there_is_one() {
    let mut office = Office::watched();
    let rescued = check(&mut office, RECOVERY).unwrap();
    switch_off(&mut office, rescued, "ada").unwrap();
    let of = office.now();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let cy = office.sign_in("cy", "Administrator");
    let note = |by: &rolodeck::ledger::actor::Session| TakeNote { by: by.person(), of };
    let sentence = "Another Owner has to take note of this.";
    refused(office.act(&ada, note(&ada)).map(|_| ()), "another_owner", sentence);
    let sentence = "Only somebody signed in as Owner can make an Owner.";
    refused(office.act(&cy, note(&cy)).map(|_| ()), "owners_only", sentence);
    office.act(&bo, note(&bo)).unwrap();
    assert!(office.org().security().emergencies.is_empty());
}

#[test]
fn the_only_owner_takes_note_alone() {
    let mut office = Office::of(&[("ada", &["Owner"]), ("ada+bank", &["Owner"]), ("cy", &["Administrator"])]);
    office.switch_on([Area::UserManagement].into());
    let rescued = check(&mut office, RECOVERY).unwrap();
    switch_off(&mut office, rescued, "ada").unwrap();
    let ada = office.sign_in("ada", "Owner");
    let note = TakeNote { by: ada.person(), of: office.now() };
    assert!(office.act(&ada, note).is_ok(), "her second account is nobody else");
}

#[test]
fn a_new_code_is_drawn_only_by_whom_it_was_decided_for_and_once() {
    let mut office = Office::new();
    office.switch_on(both());
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let none = "No new recovery code was decided for you to draw.";
    refused(draw(&mut office, &ada).map(|_| ()), "no_code_due", none);
    let for_bo = office.act(&ada, RenewRecoveryCode { by: bo.person().user }).map(|_| ());
    refused(for_bo, "wrong_actor", "This can only be done by the person that it concerns.");
    let request = office.ask(&ada, RenewRecoveryCode { by: ada.person().user }).unwrap();
    refused(draw(&mut office, &ada).map(|_| ()), "no_code_due", none);
    office.approve(&bo, request).unwrap();
    refused(draw(&mut office, &bo).map(|_| ()), "no_code_due", none);
    assert!(check(&mut office, RECOVERY).is_ok(), "the old one works until the new one is drawn");
    let code = draw(&mut office, &ada).unwrap();
    refused(draw(&mut office, &ada).map(|_| ()), "no_code_due", none);
    assert_eq!(check(&mut office, RECOVERY).unwrap_err().code(), "wrong_recovery_code");
    assert!(check(&mut office, text(&code).as_str()).is_ok());
}

#[test]
fn nobody_renews_alone_the_code_that_switches_four_eyes_off() {
    let mut office = Office::watched();
    let cy = office.sign_in("cy", "Administrator");
    let answer = office.ask(&cy, RenewRecoveryCode { by: cy.person().user });
    assert!(answer.is_ok(), "{answer:?}");
    assert_eq!(draw(&mut office, &cy).unwrap_err().code(), "no_code_due");
}
