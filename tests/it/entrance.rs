//! Set-up, signing in, accepting an invitation.
use jiff::SignedDuration;
use rolodeck::command::{AssignRoles, ResendInvitations, RevokeInvitations};
use rolodeck::domain::user::INVITATION_VALID;
use rolodeck::engine::{Change, Library, Post, Worker};
use rolodeck::ledger::passphrase::Cost;
use rolodeck::mail::DropFolder;
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::{Event, Mouse, MouseKind};
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL};
use crate::founding::{
    Machine, PASSPHRASE, create_account, create_role, found, invitation_code, invite, log_in, run, six_digits,
};

/// Two sizes, and what a page is called in them.
const SIZES: [((u16, u16), &str); 2] = [(SMALL, "small"), (LARGE, "large")];

fn signed_in_as(desk: &Desk) -> Option<String> {
    desk.app.scene().user().map(|user| user.address.to_string())
}

fn sign_out(desk: &mut Desk) {
    desk.keys("mo").see("Sign in to Northwind");
}

#[test]
fn every_page_of_the_set_up_fits() {
    for (size, name) in SIZES {
        let machine = Machine::new();
        let mut desk = machine.desk(size);
        let page = |desk: &mut Desk, step: &str| {
            insta::assert_snapshot!(format!("set_up_{step}_{name}"), machine.page(desk));
        };
        page(&mut desk, "1_account");
        desk.keys("Ada Lovelace<enter>ada@example<enter>short<enter>other<enter>");
        page(&mut desk, "1_account_refused");
        desk.keys(".com<enter><ctrl-u>").keys(PASSPHRASE).keys("<enter><ctrl-u>").keys(PASSPHRASE);
        page(&mut desk, "1_account_filled_in");
        desk.keys("<enter>");
        page(&mut desk, "2_verify");
        desk.keys("<f5>");
        page(&mut desk, "2_verify_message");
        desk.keys("<esc>000000<enter>");
        page(&mut desk, "2_verify_wrong");
        let code = six_digits(&desk);
        desk.keys(&code).keys("<enter>");
        page(&mut desk, "3_log_in");
        desk.keys(PASSPHRASE).keys("<enter>Northwind");
        page(&mut desk, "4_name");
        desk.keys("<enter>");
        page(&mut desk, "5_start_fresh");
        desk.keys("<down>");
        page(&mut desk, "5_sample");
        desk.keys("<up><enter>");
        page(&mut desk, "6_recovery_code");
        desk.keys("s");
        page(&mut desk, "6_recovery_code_saved");
    }
}

#[test]
fn every_page_of_signing_in_fits() {
    for (size, name) in SIZES {
        let machine = Machine::new();
        let mut desk = machine.desk(size);
        let page = |desk: &mut Desk, step: &str| {
            insta::assert_snapshot!(format!("{step}_{name}"), machine.page(desk));
        };
        found(&mut desk);
        let analyst = create_role(&mut desk, "Analyst");
        let ada = desk.app.scene().person().unwrap().user;
        run(&mut desk, AssignRoles { user: ada, roles: [analyst].into_iter().collect() }).unwrap();
        let invitation = invite(&mut desk, "grace@example.com", Some("Grace Hopper"), analyst);
        let code = invitation_code(&desk, invitation);
        sign_out(&mut desk);
        page(&mut desk, "sign_in");
        desk.keys("<enter><enter>");
        page(&mut desk, "sign_in_nothing_typed");
        desk.keys("ada@example.com<enter>wrong<enter>");
        page(&mut desk, "sign_in_refused");
        desk.keys("1<enter>2<enter>3<enter>4<enter>5<enter>").wait(SignedDuration::from_secs(7));
        page(&mut desk, "sign_in_paused");
        desk.wait(SignedDuration::from_mins(1)).keys(PASSPHRASE).keys("<enter>");
        page(&mut desk, "sign_in_role");
        desk.keys("<esc><f3>");
        page(&mut desk, "invitation_code");
        desk.keys("123<enter>");
        page(&mut desk, "invitation_code_wrong");
        desk.paste(&code).keys("<enter>");
        page(&mut desk, "invitation_join");
        desk.keys("<esc><esc><f2>");
        create_account(&mut desk);
        log_in(&mut desk);
        desk.keys("Playground<enter><down><enter>").see("SAMPLE ORGANIZATION").keys("mo");
        page(&mut desk, "sign_in_sample");
        desk.keys("<f4>");
        page(&mut desk, "another_organization");
    }
}

#[test]
fn a_new_organization_is_there_the_next_day() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    assert!(!desk.app.scene().org.is_sample());
    let mut desk = desk.restart();
    desk.see("Sign in to Northwind").keys("ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>");
    assert_eq!(signed_in_as(&desk).as_deref(), Some("ada@example.com"));
    let user = desk.app.scene().user().unwrap();
    assert_eq!(user.name.as_str(), "Ada Lovelace");
    assert!(desk.app.scene().role().unwrap().is_owner());
}

#[test]
fn the_account_needs_a_good_passphrase_typed_twice() {
    let mut desk = Desk::empty(SMALL);
    desk.keys("Ada Lovelace<enter>ada@example.com<enter>short<enter>short<enter>").see("at least 12 characters");
    desk.keys("<ctrl-u>password1234<enter><ctrl-u>password1234<enter>").see("This passphrase is too weak.");
    desk.keys("<ctrl-u>lovelace1ada<enter><ctrl-u>lovelace1ada<enter>").see("This passphrase is too weak.");
    desk.keys("<ctrl-u>").keys(PASSPHRASE).keys("<enter><ctrl-u>something else<enter>").see("not the same as above");
    assert!(desk.letters().is_empty(), "no code is sent before all is right");
    desk.keys("<ctrl-u>").keys(PASSPHRASE).keys("<enter>").see("Verify your email address");
    assert_eq!(desk.letters().len(), 1);
}

#[test]
fn the_strength_shows_while_typing() {
    let mut desk = Desk::empty(SMALL);
    desk.see("At least 12 characters").keys("<tab><tab>p4ss").see("very weak").see("8 more characters needed");
    desk.keys("<ctrl-u>").keys(PASSPHRASE).see("strong").see_not("needed").see_not("teapot");
}

#[test]
fn every_field_says_what_is_wrong_with_it() {
    let mut desk = Desk::empty(SMALL);
    desk.keys("<tab>nobody<tab><tab><enter>");
    desk.see("The name is empty").see("The @ is missing").see("A passphrase has at least 12 characters");
}

#[test]
fn five_wrong_codes_end_a_code_and_a_new_one_works() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    let first = six_digits(&desk);
    let wrong = if first == "000000" { "111111" } else { "000000" };
    for left in ["4 tries are left", "3 tries are left", "2 tries are left", "one try is left", "no try is left"] {
        desk.keys(wrong).keys("<enter>").see(left);
    }
    desk.keys(&first).keys("<enter>").see("tried too often").see("Ask for a new code.");
    desk.keys("<f6>").see("Verify your email address");
    assert_eq!(desk.letters().len(), 2);
    desk.keys(&first).keys("<enter>").see("This is not the code that was sent");
    log_in(&mut desk);
}

#[test]
fn what_cannot_be_a_code_costs_no_try() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    for _ in 0..6 {
        desk.keys("12345<enter>").see("has six digits").keys("<ctrl-u>");
    }
    let code = six_digits(&desk);
    let (start, end) = code.split_at(3);
    desk.paste(&format!(" {start} {end}\n")).keys("<enter>").see("Log in to the dashboard");
}

#[test]
fn a_code_ends_after_a_quarter_of_an_hour() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    let code = six_digits(&desk);
    desk.wait(SignedDuration::from_mins(15)).keys(&code).keys("<enter>").see("older than 15 minutes");
    desk.keys("<f6>");
    log_in(&mut desk);
}

#[test]
fn the_code_can_be_read_where_it_lies() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    let code = six_digits(&desk);
    let folder = desk.folder().join("outbox");
    let shown = desk.screen().replace(['\n', ' '], "");
    assert!(shown.contains(&*folder.to_string_lossy()), "{shown}");
    desk.keys("<f5>").see(&code).keys("<esc>").see_not(&code).see("[ Verify  Enter ]");
}

#[test]
fn the_first_log_in_needs_the_new_passphrase() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    let code = six_digits(&desk);
    desk.keys(&code).keys("<enter>").see("ada@example.com").keys("not this one<enter>");
    desk.see("This address and passphrase do not fit together.").keys(PASSPHRASE).keys("<enter>");
    desk.see("Name your organization");
}

#[test]
fn steps_back_lose_nothing() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    desk.keys("<esc>").see("Create New Account").see("Ada Lovelace").see("ada@example.com");
    desk.wait(SignedDuration::from_secs(1)).keys("<enter>");
    log_in(&mut desk);
    desk.keys("Northwind<enter><down>").see("An invented company");
    desk.keys("<esc>").see("Northwind").keys(" Trading<enter>").see("An invented company").keys("<up><enter>");
    assert_eq!(desk.app.scene().org.organization().unwrap().name.as_str(), "Northwind Trading");
}

#[test]
fn leaving_the_set_up_asks_first() {
    let mut desk = Desk::empty(SMALL);
    desk.keys("<ctrl-c>");
    assert!(desk.ended, "nothing was typed, so nothing is lost");
    let mut desk = Desk::empty(SMALL);
    desk.keys("Ada<ctrl-c>").see("The set-up of your organization is not finished.");
    desk.keys("<enter>").see("Create New Account");
    assert!(!desk.ended);
    desk.keys("<ctrl-c><tab><enter>");
    assert!(desk.ended);
}

#[test]
fn the_recovery_code_is_shown_once_and_saved_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    create_account(&mut desk);
    log_in(&mut desk);
    desk.keys("Northwind<enter><enter>").see("Your recovery code");
    assert_eq!(signed_in_as(&desk), None, "first the code has to be noted");
    let screen = desk.screen();
    let code = screen.split_whitespace().find(|word| word.len() == 49 && word.contains('-')).unwrap().to_owned();
    desk.keys("q").see("The recovery code is shown only now.").keys("<enter>").keys("s").see("Saved in");
    let file = machine.file("northwind.recovery-code.txt");
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim(), code);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    desk.keys("s").see("It is saved in").keys("w").see_not(&code);
    assert_eq!(signed_in_as(&desk).as_deref(), Some("ada@example.com"));
    sign_out(&mut desk);
    desk.see_not(&code);
}

#[test]
fn a_sample_is_marked_as_one_for_ever() {
    let mut desk = Desk::empty(SMALL);
    create_account(&mut desk);
    log_in(&mut desk);
    desk.keys("Playground<enter><down><enter>").see("SAMPLE ORGANIZATION").see("Ada Lovelace · Owner");
    assert!(desk.app.scene().org.is_sample());
    assert!(desk.app.scene().org.users().len() > 12);
    let mut desk = desk.restart();
    desk.see("SAMPLE ORGANIZATION").see("Look around in Playground").see("Ada Lovelace").keys("<down><enter>");
    assert!(signed_in_as(&desk).is_some(), "nobody needs a passphrase");
}

#[test]
fn five_wrong_passphrases_make_a_pause_that_counts_down() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    desk.keys("ada@example.com<enter>");
    for _ in 0..5 {
        desk.keys("wrong<enter>").see("This address and passphrase do not fit together.");
    }
    desk.keys(PASSPHRASE).keys("<enter>").see("Too many tries. The next one is possible in 30 seconds.");
    desk.app.take_changed();
    desk.wait(SignedDuration::from_secs(1));
    assert!(desk.app.take_changed(), "the second that went by is not drawn");
    desk.wait(SignedDuration::from_secs(11)).see("possible in 18 seconds");
    desk.keys(PASSPHRASE).keys("<enter>").see("possible in 18 seconds");
    assert_eq!(signed_in_as(&desk), None, "even the right one has to wait");
    desk.wait(SignedDuration::from_secs(18)).see("you can try again").keys(PASSPHRASE).keys("<enter>");
    assert_eq!(signed_in_as(&desk).as_deref(), Some("ada@example.com"));
}

#[test]
fn after_a_failed_try_the_keyboard_is_on_the_field_also_when_a_button_was_pressed() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    desk.keys("ada@example.com<enter><tab><enter>").see("Type your passphrase.");
    desk.keys("wrong<tab><enter>").see("This address and passphrase do not fit together.");
    desk.keys(PASSPHRASE).keys("<enter>");
    assert_eq!(signed_in_as(&desk).as_deref(), Some("ada@example.com"));
}

#[test]
fn an_unknown_address_and_a_wrong_passphrase_look_the_same() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    let refused = |desk: &mut Desk, address: &str| {
        sign_out(desk);
        let mut pages = Vec::new();
        desk.keys(address).keys("<enter>");
        for _ in 0..6 {
            desk.keys("wrong<enter>");
            pages.push(desk.screen().replace(address, "ADDRESS"));
        }
        desk.wait(SignedDuration::from_hours(1)).keys("<shift-tab><ctrl-u>ada@example.com<enter>");
        desk.keys(PASSPHRASE).keys("<enter>");
        pages
    };
    let (known, unknown) = (refused(&mut desk, "ada@example.com"), refused(&mut desk, "eve@example.com"));
    assert_eq!(known, unknown);
    assert!(known[5].contains("Too many tries."));
}

#[test]
fn who_holds_several_roles_chooses_one() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    let analyst = create_role(&mut desk, "Analyst");
    let ada = desk.app.scene().person().unwrap().user;
    run(&mut desk, AssignRoles { user: ada, roles: [analyst].into_iter().collect() }).unwrap();
    for (keys, role) in [("<enter>", "Analyst"), ("<down><enter>", "Owner")] {
        sign_out(&mut desk);
        desk.keys("ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>").see("Choose a role");
        assert_eq!(signed_in_as(&desk), None);
        desk.keys(keys).see(&format!("Ada Lovelace · {role}"));
    }
}

#[test]
fn an_invited_person_signs_up_with_exactly_the_invited_roles() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    let analyst = create_role(&mut desk, "Analyst");
    let invitation = invite(&mut desk, "grace@example.com", Some("Grace H"), analyst);
    let code = invitation_code(&desk, invitation);
    sign_out(&mut desk);
    let spaced: String =
        code.to_uppercase().as_bytes().chunks(16).map(|c| format!("{}\n", str::from_utf8(c).unwrap())).collect();
    desk.keys("<f3>").paste(&spaced).keys("<enter>");
    desk.see("Join Northwind").see("grace@example.com").see("Analyst").see("Grace H");
    desk.keys("opper<enter>my grey goose at noon<enter>my grey goose at noon<enter>");
    desk.see("Grace Hopper · Analyst");
    let org = desk.app.scene().org.clone();
    let grace = desk.app.scene().user().unwrap();
    assert_eq!(grace.roles.iter().collect::<Vec<_>>(), [analyst]);
    assert!(org.invitations().is_empty());
    sign_out(&mut desk);
    desk.keys("grace@example.com<enter>my grey goose at noon<enter>").see("Grace Hopper · Analyst");
}

#[test]
fn a_code_that_opens_nothing_gets_one_answer_whatever_the_reason() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    let analyst = create_role(&mut desk, "Analyst");
    let invited = |desk: &mut Desk, name: &str| {
        let id = invite(desk, &format!("{name}@example.com"), None, analyst);
        (id, invitation_code(desk, id))
    };
    let (_, used) = invited(&mut desk, "used");
    let (revoked_id, revoked) = invited(&mut desk, "revoked");
    let (resent_id, resent) = invited(&mut desk, "resent");
    let (_, expired) = invited(&mut desk, "expired");
    run(&mut desk, RevokeInvitations { invitations: [revoked_id].into() }).unwrap();
    let at = desk.weather.outside().now();
    run(&mut desk, ResendInvitations { invitations: [resent_id].into(), at }).unwrap();
    sign_out(&mut desk);
    desk.keys("<f3>")
        .paste(&used)
        .keys("<enter>Una User<enter>my grey goose at noon<enter>my grey goose at noon<enter>");
    sign_out(&mut desk);
    desk.keys("<f3>");
    let mut answers = Vec::new();
    for code in [used.as_str(), &revoked, &resent, "wrong"] {
        desk.paste(code).keys("<enter>").see("This code opens no invitation.");
        answers.push(desk.screen());
    }
    desk.wait(INVITATION_VALID).paste(&expired).keys("<enter>");
    answers.push(desk.screen());
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{}", answers.join("\n\n"));
}

#[test]
fn an_invitation_that_dies_while_its_person_types_is_not_accepted() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    let analyst = create_role(&mut desk, "Analyst");
    let invitation = invite(&mut desk, "grace@example.com", None, analyst);
    let code = invitation_code(&desk, invitation);
    sign_out(&mut desk);
    desk.keys("<f3>").paste(&code).keys("<enter>Grace Hopper<enter>").keys(PASSPHRASE).keys("<enter>").keys(PASSPHRASE);
    desk.wait(INVITATION_VALID).keys("<enter>").see("This code opens no invitation.");
    assert_eq!(signed_in_as(&desk), None);
    assert_eq!(desk.app.scene().org.users().len(), 1);
}

#[test]
fn another_organization_is_opened_from_the_sign_in_page() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    desk.see_not("Another organization").keys("<f2>");
    create_account(&mut desk);
    log_in(&mut desk);
    desk.keys("Southwind<enter><enter>w").see("Ada Lovelace · Owner").keys("mo").see("Sign in to Southwind");
    desk.keys("<f4>").see("northwind").see_not("southwind ").keys("<enter>").see("Sign in to Northwind");
    desk.keys("ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>").see("Ada Lovelace · Owner");
    assert_eq!(desk.app.scene().org.organization().unwrap().name.as_str(), "Northwind");
    let mut desk = desk.restart();
    desk.see("Sign in to Northwind");
}

#[test]
fn a_file_that_cannot_be_opened_is_said_to_be_so_and_the_old_one_stays() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    std::fs::write(machine.file("notes.db"), "no organization").unwrap();
    let mut desk = desk.restart();
    desk.see("Sign in to Northwind").keys("<f4><enter>").see("is not a rolodeck organization");
    desk.keys("<esc>").see("Sign in to Northwind");
}

#[test]
fn whatever_can_be_done_has_a_button_that_tab_reaches() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    desk.keys("<tab><tab><tab><tab><tab>ada@example.com").see("ada@example.com");
    desk.keys("<shift-tab><enter>").see("The code stands in the message that invited you.");
    desk.keys("<esc><tab><tab><tab><tab><enter>").see("The code stands in the message that invited you.");
    desk.keys("<esc><tab><tab><enter>").see("Create New Account").see("Step 1 of 5");
}

#[test]
fn while_the_engine_checks_keys_do_not_queue_up() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    desk.keys("ada@example.com<enter>wrong");
    for key in Key::sequence("<enter><enter>x<enter>") {
        desk.app.handle(Event::Key(key));
    }
    desk.see("Checking…");
    let asked: Vec<_> = desk.app.take_requests().collect();
    assert_eq!(asked.len(), 1);
}

#[test]
fn keys_are_listed_where_letters_are_text() {
    let mut desk = Desk::empty(SMALL);
    desk.keys("?").see("?").see("F1 keys").keys("<f1>").see("Create the account and send a code");
}

#[test]
fn a_click_on_a_button_presses_it() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.contains("[ Accept an invitation")).unwrap();
    let click = Mouse { kind: MouseKind::Down, column: 8, row: u16::try_from(row).unwrap() };
    desk.app.handle(Event::Mouse(click));
    desk.see("The code stands in the message that invited you.");
}

/// The app of the desk anew, on the same file, as started with other options.
fn start_again(desk: &mut Desk, change: Change) {
    desk.app = App::new(Start {
        view: desk.worker.view().unwrap(),
        session: None,
        outside: desk.weather.outside(),
        appearance: Appearance::default(),
        change,
        organizations: Vec::new(),
        opening: None,
        zone: rolodeck::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
    });
}

#[test]
fn a_read_only_session_sets_nothing_up() {
    let mut desk = Desk::empty(SMALL);
    start_again(&mut desk, Change::Never);
    desk.keys("<up><enter>").see("This session is read-only.");
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    start_again(&mut desk, Change::Never);
    desk.keys("<f2>").see("This session is read-only.").keys("<f3>").see("This session is read-only.");
    desk.keys("ada@example.com<enter>").keys(PASSPHRASE).keys("<enter>").see("Ada Lovelace · Owner").keys("mp");
    desk.see("This session is read-only.");
}

#[test]
fn a_sample_that_will_be_gone_is_no_place_for_an_organization() {
    let mut desk = Desk::sample(SMALL);
    start_again(&mut desk, Change::Allowed);
    desk.see("Look around in").keys("<f2>").see("This run shows the sample alone.").see_not("Create account");
}

#[test]
fn a_named_place_holds_one_organization_and_the_next_goes_to_the_others() {
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    let place = machine.file("named.sqlite");
    let folder = DropFolder::new(machine.file("outbox"));
    let post = Post { mailer: Box::new(folder.clone()), folder: Some(folder) };
    let (outside, cost) = (desk.weather.outside(), Cost::least().unwrap());
    let library = Library::new(machine.file(""));
    desk.worker = Worker::new(outside, cost, library, post, Change::Allowed, Some(place.clone()));
    found(&mut desk);
    assert!(place.exists());
    sign_out(&mut desk);
    desk.keys("<f2>");
    create_account(&mut desk);
    log_in(&mut desk);
    desk.keys("Southwind<enter><enter>w").see("Ada Lovelace · Owner");
    assert!(machine.file("southwind.db").exists());
    desk.keys("mo<f4>").see("named").keys("<enter>").see("Sign in to Northwind");
}

/// Texts that try to act on the terminal, hide something or overflow.
const HOSTILE: [&str; 8] = [
    "\u{1b}]0;owned\u{7}\u{1b}[2J",
    "evil\u{202e}cod.exe",
    "zero\u{200b}width",
    "tag\u{e0041}\u{e007f}",
    "\u{0}\u{8}\r",
    "日本語の名前と絵文字👩‍💻",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "<U+202E>",
];

/// No cell may hold what a terminal would act on or not show.
#[track_caller]
fn nothing_acts(desk: &mut Desk, text: &str) {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{200b}' | '\u{202e}' | '\u{e0000}'..='\u{e007f}');
    for cell in desk.buffer().content {
        assert!(!cell.symbol().chars().any(hidden), "{text:?} put {:?} on the screen", cell.symbol());
    }
}

#[test]
fn esc_on_the_first_page_says_how_to_leave() {
    let mut desk = Desk::empty(SMALL);
    desk.keys("<enter><enter><esc>").see("There is nothing to go back to from here. Ctrl-C ends rolodeck.");
    let mut desk = Desk::empty(SMALL);
    desk.keys("<ctrl-c>");
    assert!(desk.ended);
}

#[test]
fn hostile_text_is_shown_escaped_and_refused_in_every_field_of_the_set_up() {
    let long = "x".repeat(10_000);
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let mut desk = Desk::empty(SMALL);
        for _ in 0..4 {
            desk.paste(text);
            nothing_acts(&mut desk, text);
            desk.keys("<tab>");
        }
        desk.keys("<shift-tab><enter>").see("Create New Account");
        nothing_acts(&mut desk, text);
        assert!(desk.letters().is_empty(), "{text:?} was taken");
    }
}

#[test]
fn hostile_text_is_shown_escaped_and_refused_in_codes_and_names() {
    let long = "x".repeat(10_000);
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let mut desk = Desk::empty(SMALL);
        create_account(&mut desk);
        desk.paste(text).keys("<enter>").see("has six digits");
        nothing_acts(&mut desk, text);
        desk.keys("<ctrl-u>");
        log_in(&mut desk);
        desk.paste(text);
        nothing_acts(&mut desk, text);
        desk.keys("<enter><enter>");
        nothing_acts(&mut desk, text);
    }
}

#[test]
fn hostile_text_signs_nobody_in() {
    let long = "x".repeat(10_000);
    let machine = Machine::new();
    let mut desk = machine.desk(SMALL);
    found(&mut desk);
    sign_out(&mut desk);
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        desk.paste(text);
        nothing_acts(&mut desk, text);
        desk.keys("<enter>").paste(text).keys("<enter>");
        nothing_acts(&mut desk, text);
        assert_eq!(signed_in_as(&desk), None);
        desk.keys("<f3>").paste(text).keys("<enter>");
        nothing_acts(&mut desk, text);
        desk.see("This code opens no invitation.").keys("<esc><shift-tab><ctrl-u>");
    }
}

#[test]
fn what_the_program_is_started_with_is_opened_beside_the_screen() {
    let begin = |path: std::path::PathBuf| {
        let mut desk = Desk::empty(SMALL);
        let outside = desk.weather.outside();
        desk.app = App::new(Start {
            view: None,
            session: None,
            outside,
            appearance: Appearance::default(),
            change: Change::Allowed,
            organizations: Vec::new(),
            opening: Some(path),
            zone: rolodeck::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
        });
        desk
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("treasury.db");
    let outside = crate::desk::Weather::new().outside();
    let org = rolodeck::domain::sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let owner = crate::desk::person(&org, "Ingrid Åsgård", "Owner");
    let mut store =
        rolodeck::ledger::store::Store::create(&path, rolodeck::domain::organization::Nature::Sample).unwrap();
    let found = rolodeck::command::Found { org };
    let secrets = rolodeck::ledger::secrets::Secrets::none();
    rolodeck::ledger::signin::found(&mut store, &outside, found, &secrets, owner.user).unwrap().unwrap();
    drop(store);
    // Before it is read there is a frame that says what is going on, and one that says for how long.
    let mut desk = begin(path);
    desk.see("Opening treasury").see("treasury.db").see_not("so far").see_not("Create New Account");
    desk.weather.wait(jiff::SignedDuration::from_secs(3));
    let now = desk.weather.outside().now();
    desk.app.handle(rolodeck::tui::event::Event::Tick(now));
    desk.see("3 s so far");
    desk.settle();
    desk.see("Look around in Lumbrevik Group").see_not("Opening");
    // One that was never founded is as good as none.
    let unfinished = folder.path().join("unfinished.db");
    drop(rolodeck::ledger::store::Store::create(&unfinished, rolodeck::domain::organization::Nature::Real).unwrap());
    let mut desk = begin(unfinished);
    desk.see("Opening unfinished").settle();
    desk.see("Create New Account").see_not("Opening");
    // What cannot be opened is said there, and the program can be left.
    let none = folder.path().join("nothing.db");
    std::fs::write(&none, "no organization").unwrap();
    let mut desk = begin(none);
    desk.settle();
    desk.see("Opening nothing").see("nothing.db").see("q ends rolodeck").keys("q");
    assert!(desk.ended);
}
