//! Who could do what on which account, now and at any moment of the past.
use jiff::SignedDuration;
use rolodeck::command::{AssignRoles, Command, Found, TakeAwayRoles};
use rolodeck::domain::organization::Nature;
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use serde_json::Value;

use super::shell::Home;
use crate::desk::Weather;
use crate::properties::company::role_named;
use crate::signin::house::{ADA, CY, real_company, words};
use crate::years::{user_named, with_a_past};

const PAY: [&str; 4] = ["access", "--permission", "credit_transfers:create", "--json"];

fn home() -> Home {
    let home = Home::new();
    with_a_past(&home.data().join("years.db"), &Weather::new());
    home.settings("[time]\nzone = \"Europe/Stockholm\"\n");
    home
}

fn json(home: &Home, arguments: &[&str]) -> Value {
    serde_json::from_str(&home.run(arguments).done()).unwrap()
}

fn names(answer: &Value) -> Vec<String> {
    let name = |held: &Value| format!("{} as {}", held["name"].as_str().unwrap(), held["role_name"].as_str().unwrap());
    answer["holders"].as_array().unwrap().iter().map(name).collect()
}

#[test]
fn who_could_pay_from_an_account_on_a_day() {
    let home = home();
    let ask = |at: &str| {
        let account = ["--account", "SE57 9990 0000 0000 2001 0003", "--at", at];
        names(&json(&home, &[&PAY[..], &account].concat()))
    };
    let [ingrid, mateusz] = ["Ingrid Åsgård as Owner", "Mateusz Wiśniewski as Owner"];
    let [jurgen, soren] = ["Jürgen Großmann as Payment initiator", "Søren Kjærgaard as Payment initiator"];
    let zoe = "Zoë Núñez Ibarra as Payment initiator";
    let robot = |name| format!("Thandiwe Mokoena as {name}");
    let erp = robot("ERP connector");
    assert_eq!(ask("2025-01-31"), [ingrid, jurgen, mateusz, soren, &erp]);
    assert_eq!(ask("2025-02-25T09:59"), [ingrid, jurgen, mateusz, soren, &erp], "ten o'clock in Stockholm");
    assert_eq!(ask("2025-02-25T10:00"), [ingrid, jurgen, mateusz, soren, &erp, zoe]);
    assert_eq!(ask("2025-02-25T08:59:59Z"), [ingrid, jurgen, mateusz, soren, &erp]);
    assert_eq!(ask("2025-03-31"), [ingrid, jurgen, mateusz, &erp, zoe]);
    assert_eq!(ask("2025-12-31"), [ingrid, jurgen, mateusz, &robot("Robot")]);
    let now = names(&json(&home, &[&PAY[..], &["--account", "supplier payments and payroll"]].concat()));
    assert_eq!(now, [ingrid, jurgen, mateusz, &robot("Robot")]);
}

#[test]
fn every_answer_says_of_which_moment_and_entry_it_speaks() {
    let home = home();
    let answer = json(&home, &[&PAY[..], &["--at", "2025-03-31"]].concat());
    let as_of = |field: &str| answer["as_of"][field].clone();
    assert_eq!((as_of("at"), as_of("zone")), ("2025-03-31T23:59:59.999+02:00".into(), "Europe/Stockholm".into()));
    assert_eq!((as_of("entry"), as_of("entry_at")), (5.into(), "2025-03-27T10:00:00+01:00".into()));
    let line = "As it was on 31 March 2025, 23:59:59 CEST (Europe/Stockholm) \
         (the end of that day, after everything that happened on it), entry 5.\n";
    for command in [&["access"][..], &["log"], &["four-eyes", "doctor"]] {
        let text = home.run(&[command, &["--at", "2025-03-31"]].concat()).done();
        assert!(text.starts_with(line), "{text}");
    }
    let lines = home.run(&["log", "--json", "--at", "2025-03-31"]).done();
    let entries: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(entries.len(), 5);
    assert!(entries.iter().all(|entry| entry["as_of"] == answer["as_of"]));
    let areas = json(&home, &["four-eyes", "doctor", "--json", "--at", "2025-03-31"]);
    assert!(areas.as_array().unwrap().iter().all(|area| area["as_of"] == answer["as_of"]));
    let skipped = home.run(&["access", "--person", "Zoë Núñez Ibarra", "--at", "2025-03-30T02:30"]).done();
    assert!(skipped.contains("03:30:00 CEST (Europe/Stockholm) (clocks skipped"), "{skipped}");
    let now = home.run(&["access"]).done();
    assert!(now.starts_with("As it is now, "), "{now}");
}

#[test]
fn moments_without_an_answer_are_refused_before_anybody_signs_in() {
    let home = home();
    let log = std::fs::metadata(home.data().join("years.db")).unwrap().len();
    for at in ["yesterday", "2025-02-30", "2999-01-01"] {
        for command in [&["access"][..], &["log"], &["four-eyes", "doctor"]] {
            home.run(&[command, &["--at", at]].concat()).failed(2, at);
        }
    }
    assert_eq!(std::fs::metadata(home.data().join("years.db")).unwrap().len(), log);
    let said = home.run(&["access", "--at", "2025-01-26T09:59"]);
    said.failed(2, "The organization did not exist yet on 26 January 2025, 09:59:00 CET.");
    assert!(said.err.contains("It was founded on 26 January 2025, 10:00:00 CET."), "{}", said.err);
    home.settings("[time]\nzone = \"Europe/Stokholm\"\n");
    home.run(&["access"]).failed(2, "Line 2 of the settings: there is no time zone");
}

#[test]
fn names_are_those_of_that_time_or_of_today_and_near_ones_are_named() {
    let home = home();
    let said = home.run(&["access", "--account", "Driftskonto"]);
    said.failed(2, "“Driftskonto” can mean “Driftskonto” (DK69 9999 0001 2345 67, DKK) of “Lumbrevik Danmark A/S”");
    home.run(&["access", "--account", "Betriebskont"]).failed(2, "Nearly so: “Betriebskonto”");
    home.run(&["access", "--person", "Ingrid Asgard"]).failed(2, "Nearly so: Ingrid Åsgård");
    home.run(&["access", "--permission", "credit_transfer:create"]).failed(2, "rolodeck catalogue lists them");
    home.run(&["access", "--permission", "roles:read", "--account", "Betriebskonto"]).failed(2, "Leave --account out");
    home.run(&["access", "--account", "\u{1b}[31m"]).failed(2, "There is no account called");
    let hostile = home.run(&["access", "--at", "\u{1b}[31m"]);
    hostile.failed(2, "<U+001B>[31m");
}

#[test]
fn who_could_not_act_is_said_to_and_holds_nothing() {
    let home = home();
    let text = |arguments: &[&str]| home.run(&[&["access"], arguments].concat()).done();
    let of = |person: &str, at: &str| text(&["--person", person, "--at", at]);
    let chiara = "chiara.bianchi@lumbrevik.example.com";
    assert!(!of(chiara, "2025-05-25").contains("deactivated"));
    let later = of(chiara, "2025-05-27");
    assert!(later.contains("This person was deactivated at that moment and could use none of this.\n"), "{later}");
    assert!(later.contains("  Chiara Bianchi as “Treasury administrator”: "), "{later}");
    let roles = json(&home, &["access", "--permission", "roles:create", "--json"]);
    assert_eq!(names(&roles), ["Ingrid Åsgård as Owner", "Mateusz Wiśniewski as Owner"]);
    let gone = of("Søren Kjærgaard", "2025-12-31");
    assert!(gone.contains("This person had been removed and held no role.\n"), "{gone}");
    let ignored = text(&["--account", "Customer receipts"]);
    assert!(
        ignored.contains(": nobody.\n") && ignored.contains("an ignored account is reached by nobody"),
        "{ignored}"
    );
    let before =
        text(&["--account", "Customer receipts", "--at", "2025-03-26", "--permission", "credit_transfers:create"]);
    assert!(
        before
            .contains("  Søren Kjærgaard as “Payment initiator”: its scope names the entity “Lumbrevik Nordics AB”\n"),
        "{before}"
    );
}

#[test]
fn rights_are_those_of_the_present() {
    let home = Home::new();
    let weather = Weather::new();
    weather.wait(SignedDuration::from_hours(-400 * 24));
    let outside = weather.outside();
    let (org, secrets) = real_company(&outside);
    let ada = user_named(&org, "ada");
    let roles = |name| [role_named(&org, name)].into_iter().collect();
    let (payer, reader) = (roles("Payer"), roles("Reader"));
    let (flo, owner) = (user_named(&org, "flo"), role_named(&org, "Owner"));
    let mut store = Store::create(&home.data().join("real.db"), Nature::Real).unwrap();
    let proof = signin::found(&mut store, &outside, Found { org }, &secrets, ada).unwrap().unwrap();
    let session = signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
    weather.wait(SignedDuration::from_hours(24 * 30));
    for command in [AssignRoles { user: flo, roles: payer }.into(), TakeAwayRoles { user: flo, roles: reader }.into()] {
        let command: Command = command;
        let actor = Actor::Person(session.clone());
        run(&mut store, &outside, &actor, &command, &Secrets::none()).unwrap().done().unwrap();
    }
    drop(store);
    for arguments in [&["access"][..], &["access", "--json"], &["four-eyes", "doctor"]] {
        let arguments = [arguments, &["--at", "2025-02-01"]].concat();
        let said = home.run_typing(&arguments, &[CY, words(CY)]);
        assert_eq!(said.code, 1, "then a reader, now not: {said:?}");
        assert!(said.err.contains("You may not do this: the active role lacks memberships:read"), "{said:?}");
        assert!(!said.out.contains("flo as") && !said.out.contains("As it was"), "{said:?}");
        let said = home.run_typing(&arguments, &[ADA, words(ADA)]);
        assert_eq!(said.code, 0, "{said:?}");
    }
    let said = home.run_typing(&["access", "--person", "flo", "--at", "2025-02-01"], &[ADA, words(ADA)]);
    assert!(said.out.contains("  flo as “Reader”: ") && !said.out.contains("flo as “Payer”"), "{said:?}");
}
