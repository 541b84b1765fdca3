//! Breaking the glass from the command line.
use rolodeck::command::ChangeFourEyes;
use rolodeck::domain::security::{Area, Rescue};
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::{Secret, Secrets};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use super::shell::{Home, Said, outside};
use super::{log_as, real, signed_in};
use crate::signin::house::{ADA, BO, CY, INVITED, RECOVERY, words};
use crate::tty::Tty;

const NEW: &str = "orange kettle sings at noon";

fn recover(home: &Home, flag: &str, typed: &[&str]) -> Said {
    home.run_typing(&["recover", flag], typed)
}

fn store(home: &Home) -> Store {
    Store::open(&home.data().join("real.db")).unwrap()
}

pub fn switch_on(home: &Home) {
    let mut store = store(home);
    let ada = signed_in(&mut store, ADA);
    let command = ChangeFourEyes { areas: [Area::UserManagement].into_iter().collect() }.into();
    run(&mut store, &outside(), &Actor::Person(ada), &command, &Secrets::none()).unwrap().done().unwrap();
}

/// Whether these are the words of this person.
fn fits(home: &Home, address: &str, passphrase: &str) -> bool {
    let cost = Cost::recommended().unwrap();
    signin::prove(&mut store(home), &outside(), &cost, address, &Secret::from(passphrase)).unwrap().is_ok()
}

/// The code that a recovery printed.
fn code_in(out: &str) -> String {
    out.lines().last().unwrap().trim().to_owned()
}

#[test]
fn four_eyes_are_switched_off_and_the_code_is_used_up() {
    let home = real();
    switch_on(&home);
    let said = recover(&home, "--switch-four-eyes-off", &[ADA, RECOVERY]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.starts_with("Four-eyes approvals are off, in every area."), "{}", said.out);
    assert!(said.out.contains("until an Owner takes note: another one than ada"), "{}", said.out);
    assert!(said.err.contains("one of two things can be done in Hollin Group"), "{}", said.err);
    let store = store(&home);
    let security = store.org().security().into_owned();
    assert!(security.four_eyes.areas.is_empty() && !security.four_eyes.begun);
    let ada = store.org().users().values().find(|user| user.address.as_str() == ADA).unwrap().id;
    let uses: Vec<_> = security.emergencies.iter().map(|emergency| (emergency.rescue, emergency.claimed)).collect();
    assert_eq!(uses, [(Rescue::FourEyesOff, ada)]);
    drop(store);

    let again = recover(&home, "--reset-owner", &[ADA, RECOVERY, NEW, NEW]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("This is not the recovery code of this organization."), "{}", again.err);
    let next = code_in(&said.out);
    let third = recover(&home, "--reset-owner", &[ADA, &next.to_uppercase(), NEW, NEW]);
    assert_eq!(third.code, 0, "{third:?}");
    assert_ne!(code_in(&third.out), next);
}

#[test]
fn an_owner_gets_a_new_passphrase() {
    let home = real();
    let said = recover(&home, "--reset-owner", &[BO, RECOVERY, NEW, NEW]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.starts_with("bo has a new passphrase"), "{}", said.out);
    assert!(!said.out.contains(NEW) && !said.err.contains(NEW));
    assert!(fits(&home, BO, NEW) && !fits(&home, BO, words(BO)));
    store(&home).verify().unwrap();
}

#[test]
fn what_does_not_fit_changes_nothing_and_leaves_the_code_alone() {
    let home = real();
    for (flag, typed, code, words) in [
        ("--switch-four-eyes-off", &[ADA, "0000-0000"][..], 1, "not the recovery code"),
        ("--switch-four-eyes-off", &[ADA, RECOVERY], 1, "Nothing would change"),
        ("--reset-owner", &[CY, RECOVERY, NEW, NEW], 1, "does not belong to an active Owner"),
        ("--reset-owner", &[INVITED, RECOVERY, NEW, NEW], 1, "does not belong to an active Owner"),
        ("--reset-owner", &["gus@hollin.example.com", RECOVERY, NEW, NEW], 1, "does not belong to an active Owner"),
        ("--reset-owner", &["nobody", RECOVERY, NEW, NEW], 1, "does not belong to an active Owner"),
        ("--reset-owner", &[ADA, RECOVERY, "too short"], 1, "at least 12 characters"),
        ("--reset-owner", &[ADA, RECOVERY, NEW, "orange kettle sings at ten"], 2, "not the same"),
        ("--reset-owner", &[ADA, RECOVERY], 2, "nobody to ask"),
        ("--reset-owner", &[], 2, "nobody to ask"),
    ] {
        let said = recover(&home, flag, typed);
        assert_eq!((said.code, said.out.as_str()), (code, ""), "{typed:?}: {}", said.err);
        assert!(said.err.contains(words), "{typed:?}: {}", said.err);
    }
    assert!(fits(&home, ADA, words(ADA)));
    assert!(store(&home).org().security().emergencies.is_empty());
    assert_eq!(recover(&home, "--reset-owner", &[ADA, RECOVERY, NEW, NEW]).code, 0);
}

#[test]
fn guessing_codes_has_to_wait() {
    let home = real();
    for _ in 0..5 {
        assert_eq!(recover(&home, "--reset-owner", &[ADA, "1234"]).code, 1);
    }
    let said = recover(&home, "--reset-owner", &[ADA, RECOVERY, NEW, NEW]);
    assert!(said.code == 1 && said.err.contains("Too many tries"), "{}", said.err);
    assert!(!fits(&home, ADA, NEW));
}

#[test]
fn one_of_the_two_is_asked_for_when_none_is_named() {
    let home = real();
    switch_on(&home);
    let said = home.run_typing(&["recover"], &[ADA, RECOVERY, "3"]);
    assert!(said.code == 2 && said.err.contains("the recovery code still works"), "{}", said.err);
    let said = home.run_typing(&["recover"], &[ADA, RECOVERY, "1"]);
    assert!(said.code == 0 && said.out.starts_with("Four-eyes approvals are off"), "{said:?}");
    assert_eq!(home.run(&["recover", "--reset-owner", "--switch-four-eyes-off"]).code, 2);
}

#[test]
fn there_is_nothing_to_recover_in_a_sample_or_without_an_organization() {
    let home = Home::new();
    home.run(&["recover"]).failed(2, "There is no organization on this machine yet");
    home.sample("look");
    home.run(&["recover", "--reset-owner"]).failed(2, "A sample organization has no recovery code");
}

#[test]
fn at_a_terminal_neither_code_nor_passphrase_is_shown_and_a_weak_one_is_asked_for_again() {
    let home = real();
    let mut tty = Tty::start(home.path(), &["recover", "--reset-owner"], (200, 60));
    tty.see("Your e-mail, as an Owner: ").send(&format!("{ADA}\n"));
    tty.see("Recovery code: ").until_silent().send(&format!("{RECOVERY}\n"));
    tty.see("New passphrase: ").until_silent().send("ada\n").see("at least 12 characters");
    tty.until_silent().send(&format!("{NEW}\n")).see("again: ").until_silent().send(&format!("{NEW}\n"));
    assert_eq!(tty.end(), 0);
    let shown = String::from_utf8(tty.raw().to_vec()).unwrap();
    assert!(!shown.contains(RECOVERY) && !shown.contains(NEW), "{shown}");
    assert!(shown.contains("ada has a new passphrase"), "{shown}");
}

#[test]
fn the_log_says_that_the_glass_was_broken_and_by_whom_in_name() {
    let home = real();
    switch_on(&home);
    recover(&home, "--reset-owner", &[ADA, "0000"]);
    recover(&home, "--switch-four-eyes-off", &[ADA, RECOVERY]);
    let (code, screen) = log_as(&home, &["log"], BO, words(BO), Some("Owner"));
    assert_eq!(code, 0, "{screen}");
    for words in [
        "refused  recover  nobody",
        "done  switch_four_eyes_off  somebody with the recovery code",
        "four-eyes on for User management -> nothing",
        "recovery code used to switch four-eyes off, by somebody who said to be ada; an Owner has to take note",
    ] {
        assert!(screen.contains(words), "“{words}” is not in: {screen}");
    }
}
