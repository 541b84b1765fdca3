//! Who could approve whose requests, as the command line tells it.
use rolodeck::command::DeactivateUser;
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::store::Store;
use serde_json::Value;

use super::recover::switch_on;
use super::shell::{Home, Said, outside};
use super::{log_as, real, signed_in};
use crate::signin::house::{ADA, BO, words};

fn doctor(home: &Home, arguments: &[&str], address: &str) -> Said {
    home.run_typing(&[&["four-eyes", "doctor"], arguments].concat(), &[address, words(address)])
}

/// Ada deactivates everybody whose address is not in the list.
fn leave(home: &Home, addresses: &[&str]) {
    let mut store = Store::open(&home.data().join("real.db")).unwrap();
    let ada = signed_in(&mut store, ADA);
    let org = store.org();
    let others = org.users().values().filter(|user| user.is_active() && !addresses.contains(&user.address.as_str()));
    for user in others {
        let command = DeactivateUser { user: user.id, by: ada.person().user, at: outside().now() }.into();
        run(&mut store, &outside(), &Actor::Person(ada.clone()), &command, &Secrets::none()).unwrap().done().unwrap();
    }
}

#[test]
fn a_sample_is_told_without_a_question() {
    let home = Home::new();
    home.sample("look");
    let text = home.run(&["four-eyes", "doctor"]).done();
    assert!(text.starts_with("Organization (off): "), "{text}");
    assert!(text.contains("\nUser management (off): "), "{text}");
    let json: Value = serde_json::from_str(&home.run(&["four-eyes", "doctor", "--json"]).done()).unwrap();
    let areas: Vec<_> = json.as_array().unwrap().iter().map(|area| (&area["area"], &area["on"])).collect();
    assert_eq!(areas, [(&"organization".into(), &false.into()), (&"user_management".into(), &false.into())]);
    assert_eq!(home.run(&["four-eyes"]).code, 2);
}

#[test]
fn two_who_can_approve_are_marked_and_one_is_a_hole() {
    let home = real();
    switch_on(&home);
    leave(&home, &[ADA, BO]);
    let said = doctor(&home, &[], ADA);
    assert_eq!(said.code, 0, "{said:?}");
    let line = "  one only  ada: approved by bo (everything in this area)\n";
    assert_eq!(said.out.matches(line).count(), 2, "{}", said.out);
    assert!(said.out.contains("User management (on): somebody's requests could be approved by one person only"));

    leave(&home, &[ADA]);
    let said = doctor(&home, &[], ADA);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("  HOLE      ada: approved by nobody (everything in this area)\n"), "{}", said.out);
    assert!(said.err.contains("nobody could approve in Organization (requests of ada), User management"), "{said:?}");
    let said = doctor(&home, &["--json"], ADA);
    assert_eq!(said.code, 1);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json[1]["on"], &json[1]["spare"]), (&true.into(), &"hole".into()));
    let requester = &json[1]["requesters"][0];
    assert_eq!(
        (&requester["requester"]["name"], &requester["approvers"]),
        (&"ada".into(), &Vec::<Value>::new().into())
    );
    assert_eq!(requester["permissions"].as_array().unwrap().len(), 8);
}

#[test]
fn a_hole_in_what_is_off_is_told_and_nothing_has_failed() {
    let home = real();
    leave(&home, &[ADA]);
    let said = doctor(&home, &[], ADA);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("User management (off): somebody's requests could be approved by nobody"), "{said:?}");
}

#[test]
fn who_may_not_see_members_is_told_so() {
    let (code, screen) = log_as(&real(), &["four-eyes", "doctor"], BO, words(BO), Some("Payer"));
    assert_eq!(code, 1, "{screen}");
    assert!(screen.contains("the active role lacks memberships:read"), "{screen}");
    assert!(!screen.contains("Organization ("), "{screen}");
}
