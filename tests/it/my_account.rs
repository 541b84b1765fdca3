//! My account: who I am, another role, another passphrase, another user.
use rolodeck::command::AssignRoles;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL};
use crate::founding::{Machine, PASSPHRASE, create_role, found, run};

const SIZES: [((u16, u16), &str); 2] = [(SMALL, "small"), (LARGE, "large")];

/// What Ada changes her passphrase to.
const NEXT: &str = "nine purple bicycles uphill";

/// Northwind, with Ada as Owner and Analyst.
fn with_two_roles(desk: &mut Desk) {
    found(desk);
    let analyst = create_role(desk, "Analyst");
    let ada = desk.app.scene().person().unwrap().user;
    run(desk, AssignRoles { user: ada, roles: [analyst].into_iter().collect() }).unwrap();
}

#[test]
fn every_page_of_my_account_fits() {
    for (size, name) in SIZES {
        let machine = Machine::new();
        let mut desk = machine.desk(size);
        let page = |desk: &mut Desk, step: &str| {
            insta::assert_snapshot!(format!("{step}_{name}"), machine.page(desk));
        };
        with_two_roles(&mut desk);
        desk.keys("m");
        page(&mut desk, "mine");
        desk.keys("w");
        page(&mut desk, "switch_role");
        desk.keys("<esc>p");
        page(&mut desk, "passphrase");
        desk.keys("wrong<enter>").keys(NEXT).keys("<enter>other<enter>");
        page(&mut desk, "passphrase_unequal");
        desk.keys("<ctrl-u>").keys(NEXT).keys("<enter>");
        page(&mut desk, "passphrase_wrong");
        let mut desk = Desk::sample(size);
        desk.keys("m");
        page(&mut desk, "mine_in_a_sample");
        desk.keys("u");
        page(&mut desk, "switch_user");
    }
}

#[test]
fn it_says_who_i_am() {
    let machine = Machine::new();
    let mut desk = machine.desk(LARGE);
    with_two_roles(&mut desk);
    desk.keys("m").see("Ada Lovelace").see("ada@example.com").see("Northwind").see("◉ Owner  active now");
    desk.see("○ Analyst").see("2 March 2026, 09:00 UTC");
}

#[test]
fn a_role_is_switched_and_stays_on_the_page() {
    let machine = Machine::new();
    let mut desk = machine.desk(LARGE);
    with_two_roles(&mut desk);
    desk.keys("mw<up><enter>").see("Your active role is “Analyst” now.").see("◉ Analyst  active now");
    assert_eq!(desk.app.scene().role().unwrap().name.as_str(), "Analyst");
    desk.keys("w<enter>").see_not("Switch role ━").see("◉ Analyst  active now");
}

#[test]
fn with_one_role_there_is_nothing_to_switch() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    desk.keys("mw").see("You hold one role only.");
}

#[test]
fn a_changed_passphrase_is_the_only_one_that_signs_in() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    desk.keys("mp").keys(PASSPHRASE).keys("<enter>").keys(NEXT).keys("<enter>").keys(NEXT).keys("<enter>");
    desk.see("Your passphrase was changed.").keys("o").see("Sign in to Northwind");
    desk.keys("ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>").see("do not fit together");
    desk.keys(NEXT).keys("<enter>").see("Ada Lovelace · Owner");
}

#[test]
fn a_passphrase_is_changed_only_by_who_knows_it() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    desk.keys("mp").keys("a wrong one<enter>").keys(NEXT).keys("<enter>").keys(NEXT).keys("<enter>");
    desk.see("The current passphrase is not right.");
    desk.keys(PASSPHRASE).keys("<enter><ctrl-u>").keys(PASSPHRASE).keys("<enter><ctrl-u>").keys(PASSPHRASE);
    desk.keys("<enter>").see("This is the passphrase that you have.");
    desk.keys("<ctrl-u>ada lovelace<enter><enter>").see("too weak");
    desk.keys("<esc>").see("Your passphrase is not changed yet.").keys("<enter><esc><tab><enter>").see_not("too weak");
    desk.keys("o").see("Sign in to Northwind");
    desk.keys("ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>").see("Ada Lovelace · Owner");
}

#[test]
fn a_second_enter_changes_nothing_while_the_first_is_checked() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    desk.keys("mp").keys(PASSPHRASE).keys("<enter>").keys(NEXT).keys("<enter>").keys(NEXT);
    for key in Key::sequence("<enter><enter><esc>") {
        desk.app.handle(Event::Key(key));
    }
    desk.see("Checking…");
    assert_eq!(desk.app.take_requests().count(), 1);
}

#[test]
fn switching_users_lets_somebody_else_sign_in() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    desk.keys("mu").see("Sign in to Northwind");
    assert!(desk.app.scene().session.is_none());
}

#[test]
fn in_a_sample_one_looks_through_anybodys_eyes() {
    let mut desk = Desk::sample(LARGE);
    let before = desk.app.scene().user().unwrap().name.to_string();
    desk.keys("m").see_not("Change passphrase").keys("u").see("Switch user").see(&before).keys("gu<enter>");
    let after = desk.app.scene().user().unwrap().name.to_string();
    assert_eq!(after, "Anouk Lefèvre");
    desk.see("Anouk Lefèvre · External auditor").see_not("Switch user");
}

#[test]
fn in_a_sample_too_one_of_several_roles_is_chosen() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("mug<down><enter>").see("Choose a role").keys("<enter>");
    assert_eq!(desk.app.scene().user().unwrap().name.as_str(), "Chiara Bianchi");
    assert_eq!(desk.app.scene().user().unwrap().roles.len(), 2);
}

#[test]
fn signing_out_of_a_sample_leads_to_its_people() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("mo").see("Look around in").see("Anouk Lefèvre").keys("g<enter>").see("Anouk Lefèvre · External auditor");
}

#[test]
fn hostile_text_in_a_passphrase_field_is_never_shown() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    desk.keys("mp");
    for text in ["\u{1b}[2Jevil", "\u{202e}cod", "日本語日本語日本語日本語", &"x".repeat(10_000)] {
        for _ in 0..3 {
            desk.paste(text).see_not("evil").see_not("cod").see_not("日本").see_not("xxx").keys("<tab>");
        }
        let shown = desk.buffer().content.iter().any(|cell| cell.symbol().chars().any(char::is_control));
        assert!(!shown, "{text:?} reached the screen");
        desk.keys("<enter><shift-tab><shift-tab><ctrl-u><tab><ctrl-u><tab><ctrl-u><shift-tab><shift-tab>");
    }
    desk.keys("<esc><tab><enter>").keys("o").see("Sign in to Northwind");
}
