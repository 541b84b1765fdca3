//! Organization.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use rolodeck::command::{ApproveRequest, Command, DeactivateUser};
use rolodeck::domain::access::Person;
use rolodeck::domain::address::Domain;
use rolodeck::domain::change_request::{ChangeRequest, RequestState};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Organization;
use rolodeck::domain::row::Row;
use rolodeck::domain::security::{Area, Emergency, FourEyes, Rescue};
use rolodeck::domain::user::{User, UserStatus};
use rolodeck::engine::{Reply, Report, Request};

use crate::desk::{Desk, LARGE, MONDAY, SMALL, person};

fn open(mut desk: Desk) -> Desk {
    desk.keys("6").screen();
    desk
}

fn row(desk: &Desk) -> &Organization {
    desk.app.scene().org.organization().unwrap()
}

fn domains(desk: &Desk) -> Vec<&str> {
    row(desk).domains.iter().map(Domain::as_str).collect()
}

/// The newest entry of the log.
fn newest(desk: &Desk) -> u64 {
    desk.app.scene().view.as_ref().unwrap().head.seq
}

/// The screen, without the name of this run's folder and what stands behind it on the line.
fn picture(desk: &mut Desk) -> String {
    let folder = desk.folder().to_string_lossy().into_owned();
    let screen = desk.screen();
    let lines = screen.lines().map(|line| match line.split_once(&folder) {
        Some((before, after)) => format!("{before}FOLDER{}", after.trim_end_matches(['│', '┃', ' '])),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn it_says_what_the_organization_is_and_where_it_is_kept() {
    insta::assert_snapshot!("organization_small", picture(&mut open(Desk::sample(SMALL))));
    insta::assert_snapshot!("organization_large", picture(&mut open(Desk::sample(LARGE))));
}

#[test]
fn name_and_domains_are_changed_together() {
    let mut desk = open(Desk::sample(SMALL));
    let before = newest(&desk);
    insta::assert_snapshot!("organization_edit_small", picture(desk.keys("e")));
    desk.keys("<ctrl-u>Lumbrevik Holding<enter><ctrl-u>Example.ORG, bücher.example ,, example.org<enter>");
    desk.see("The organization was changed.").see("Lumbrevik Holding").see("(bücher.example)");
    assert_eq!(row(&desk).name.as_str(), "Lumbrevik Holding");
    assert_eq!(domains(&desk), ["example.org", "xn--bcher-kva.example"]);
    assert_eq!(newest(&desk), before + 1);
    desk.keys("e<tab><ctrl-u><enter>").see("None. Name them");
    assert!(domains(&desk).is_empty());
}

#[test]
fn what_is_not_a_domain_is_refused_at_its_field() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("e<tab><ctrl-u>example.com, foo<enter>").see("“foo” is not a mail domain").see("no dot");
    insta::assert_snapshot!("organization_edit_refused_small", picture(&mut desk));
    insta::assert_snapshot!(
        "organization_edit_refused_large",
        picture(open(Desk::sample(LARGE)).keys("e<tab>, a b.example<enter>"))
    );
    desk.keys("<ctrl-u>@example.com<enter>").see("it like example.com");
    desk.keys("<ctrl-u>").paste("exa\u{200b}mple.com").keys("<enter>").see("<U+200B>").see("delete it");
    desk.keys("<shift-tab><ctrl-u><enter><enter>").see("The organization name is empty");
    assert_eq!(domains(&desk), ["lumbrevik.example.com"]);
}

#[test]
fn without_a_change_nothing_is_written() {
    let mut desk = open(Desk::sample(SMALL));
    let before = Arc::clone(&desk.app.scene().org);
    desk.keys("e<enter><enter>").see_not("Edit organization").see_not("was changed");
    desk.keys("e<esc>").see_not("Edit organization");
    assert!(Arc::ptr_eq(&before, &desk.app.scene().org));
}

#[test]
fn a_draft_is_not_lost_without_a_question() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("ex<esc>").see("The changes are not saved yet.");
    desk.keys("<enter>").see("Lumbrevik Groupx");
    desk.keys("<esc>y").see_not("Edit organization");
    assert_eq!(row(&desk).name.as_str(), "Lumbrevik Group");
}

#[test]
fn who_may_not_change_it_reads_why_and_sees_only_their_part() {
    let mut desk = open(Desk::sample_as("佐藤 美咲", "Japan office, all in one", SMALL));
    desk.keys("e").see("the active role lacks organizations:update").see("Ingrid Åsgård, Mateusz");
    insta::assert_snapshot!("organization_denied_small", picture(&mut desk));
    desk.see_not("Edit organization")
        .see_not("press p")
        .keys("G")
        .see("1 in your role's scope")
        .see("invitations:read");
}

#[test]
fn the_path_can_be_copied() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("y").see("path").keys("y").see("The path was copied: ");
    assert_eq!(desk.copied, [desk.folder().join("sample.db").to_string_lossy()]);
}

#[test]
fn a_long_name_stays_in_its_place() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("e<ctrl-u>").paste(&"漢".repeat(80)).keys("<enter><enter>").see("The organization was changed.");
    insta::assert_snapshot!("organization_long_name_small", picture(&mut desk));
}

// What follows is about four-eyes and the recovery code.

/// The areas that are on.
fn areas(desk: &Desk) -> Vec<&'static str> {
    row(desk).security.four_eyes.areas.iter().map(|area| area.name()).collect()
}

/// The open change requests, oldest first.
fn requests(desk: &Desk) -> Vec<&ChangeRequest> {
    desk.app.scene().org.open_requests().collect()
}

fn deactivate(org: &mut Org, name: &str) {
    let user = org.users().values().find(|user| user.name.as_str() == name).unwrap();
    org.put(Row::User(User { status: UserStatus::Deactivated, ..User::clone(user) }));
}

/// Four-eyes as it is after it was switched on for everything that it protects.
fn switch_on(org: &mut Org) {
    let mut row = org.organization().unwrap().clone();
    row.security.four_eyes = FourEyes { areas: [Area::Organization, Area::UserManagement].into(), begun: true };
    org.put(Row::Organization(row));
}

/// That somebody used the recovery code and named this Owner.
fn break_glass(org: &mut Org, claimed: &str) {
    let claimed = person(org, claimed, "Owner").user;
    let mut row = org.organization().unwrap().clone();
    let at: Timestamp = MONDAY.parse().unwrap();
    row.security.emergencies.push(Emergency { at, rescue: Rescue::FourEyesOff, claimed });
    org.put(Row::Organization(row));
}

/// Somebody else does something, elsewhere.
fn elsewhere(desk: &mut Desk, by: Person, command: impl Into<Command>) {
    let Ok(Reply::Proved(proof)) = desk.worker.serve(Request::LookThrough { user: by.user }) else { panic!() };
    let Ok(Reply::Entered(session)) = desk.worker.serve(Request::Enter { proof, role: by.role }) else { panic!() };
    desk.worker.serve(Request::Run { session, command: command.into() }).unwrap();
    let view = desk.worker.view().unwrap().unwrap();
    desk.app.report(Report::Moved(view));
    desk.settle();
}

/// The only open request is approved by somebody else.
fn approve_elsewhere(desk: &mut Desk, name: &str, role: &str) {
    let (request, shown) = requests(desk).first().map(|request| (request.id, request.told.digest)).unwrap();
    let by = person(&desk.app.scene().org, name, role);
    let at = desk.weather.outside().now();
    elsewhere(desk, by, ApproveRequest { request, by, at, shown });
}

/// Somebody else deactivates a user.
fn deactivate_elsewhere(desk: &mut Desk, name: &str) {
    let org = Arc::clone(&desk.app.scene().org);
    let user = org.users().values().find(|user| user.name.as_str() == name).unwrap().id;
    let by = person(&org, "Ingrid Åsgård", "Owner");
    let at = desk.weather.outside().now();
    elsewhere(desk, by, DeactivateUser { user, by: by.user, at });
}

#[test]
fn the_very_first_switching_on_takes_effect_at_once() {
    let mut desk = open(Desk::sample(SMALL));
    insta::assert_snapshot!("security_small", picture(desk.keys("s")));
    insta::assert_snapshot!("security_on_small", picture(desk.keys("<space>j<space>")));
    insta::assert_snapshot!("security_on_large", picture(open(Desk::sample(LARGE)).keys("s<space>j<space>")));
    desk.see("The first time takes effect at once.").keys("<enter>");
    desk.see("Four-eyes is on for Organization and User management.").see("four-eyes ·");
    assert_eq!(areas(&desk), ["Organization", "User management"]);
}

#[test]
fn every_later_change_of_the_switches_waits_for_a_second_person() {
    let mut desk = open(Desk::sample_with(SMALL, switch_on));
    desk.keys("sj<space>").see("This becomes a change request.").see("Mateusz Wiśniewski and Chiara Bianchi");
    insta::assert_snapshot!("security_request_small", picture(&mut desk));
    desk.keys("<enter>").see("Nothing changed yet: this waits for a second person.");
    assert_eq!(areas(&desk), ["Organization", "User management"]);
    assert_eq!(requests(&desk).len(), 1);
    approve_elsewhere(&mut desk, "Chiara Bianchi", "Treasury administrator");
    assert_eq!(areas(&desk), ["Organization"]);
}

#[test]
fn what_protects_nothing_yet_cannot_be_switched_on() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("sjj<space>").see("Approval chains cannot be switched on").keys("j<space>");
    desk.see("Counterparties cannot be switched on").keys("<enter>").see("Nothing is changed yet.").keys("<esc>");
    assert!(areas(&desk).is_empty());
}

#[test]
fn with_two_people_it_warns_and_says_what_will_not_be_possible() {
    for (size, name) in [(SMALL, "security_two_small"), (LARGE, "security_two_large")] {
        let mut desk = open(Desk::sample_with(size, |org| deactivate(org, "Chiara Bianchi")));
        desk.keys("s<space>").see("only two people can approve");
        insta::assert_snapshot!(name, picture(&mut desk));
        desk.keys("<enter>").see("Four-eyes is on for Organization.");
    }
}

#[test]
fn with_one_person_it_is_refused_and_says_who_lacks_what() {
    for (size, name) in [(SMALL, "security_one_small"), (LARGE, "security_one_large")] {
        let mut desk = open(Desk::sample_with(size, |org| {
            deactivate(org, "Chiara Bianchi");
            deactivate(org, "Mateusz Wiśniewski");
        }));
        desk.keys("sj<space>").see("Afterwards too few could approve").see("lacks organizations:update");
        insta::assert_snapshot!(name, picture(&mut desk));
        desk.keys("<enter>");
        assert!(areas(&desk).is_empty());
    }
}

#[test]
fn switches_that_are_not_saved_are_not_lost_without_a_question() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("s<space><esc>").see("The switches are not saved yet.").keys("<esc><space><esc>");
    desk.see_not("Space On or off").see_not("not saved yet");
}

#[test]
fn the_screen_tells_who_could_approve() {
    let mut desk = open(Desk::sample_with(LARGE, switch_on));
    desk.see("Who could approve").see("Chiara Bianchi → Ingrid Åsgård and Mateusz Wiśniewski").see("✓ enough");
    insta::assert_snapshot!("cover_enough_large", picture(&mut desk));
    let mut desk = open(Desk::sample_with(LARGE, |org| {
        switch_on(org);
        deactivate(org, "Mateusz Wiśniewski");
    }));
    desk.see("▲ one spare only").see("Ingrid Åsgård → only Chiara Bianchi");
    insta::assert_snapshot!("cover_one_spare_large", picture(&mut desk));
}

#[test]
fn a_hole_is_shown_with_the_way_out() {
    for (size, name, scroll) in [(SMALL, "cover_hole_small", "<pgdn>"), (LARGE, "cover_hole_large", "")] {
        let mut desk = open(Desk::sample_with(size, switch_on));
        deactivate_elsewhere(&mut desk, "Mateusz Wiśniewski");
        deactivate_elsewhere(&mut desk, "Chiara Bianchi");
        desk.keys("e<esc>").keys(scroll).see("✗ a hole").see("Ingrid Åsgård → nobody").see("The way out:");
        insta::assert_snapshot!(name, picture(&mut desk));
    }
}

#[test]
fn who_may_not_see_people_sees_no_table() {
    let mut desk = open(Desk::sample_as("佐藤 美咲", "Japan office, all in one", LARGE));
    desk.see("Who could approve").keys("s").see("the active role lacks organizations:update");
    desk.keys("p").see("the active role lacks organizations:update").keys("c").see("organizations:update");
    assert!(areas(&desk).is_empty());
    insta::assert_snapshot!("organization_denied_large", picture(&mut desk));
}

#[test]
fn the_recovery_code_is_renewed_and_shown_this_once() {
    let mut desk = open(Desk::sample(SMALL));
    insta::assert_snapshot!("recovery_code_ask_small", picture(desk.keys("c")));
    desk.keys("<enter>").see("The old recovery code is dead").keys("<esc>").see("shown only now").keys("<esc>s");
    insta::assert_snapshot!("recovery_code_saved_small", picture(&mut desk));
    let first = std::fs::read_to_string(desk.folder().join("sample.recovery-code.txt")).unwrap();
    assert_eq!(first.trim().split('-').count(), 10);
    desk.see(first.trim()).keys("w").see_not(first.trim()).see_not("I have written it down");
    desk.keys("c<enter>s");
    let second = std::fs::read_to_string(desk.folder().join("sample.recovery-code-2.txt")).unwrap();
    assert_ne!(first, second, "each code goes into a file of its own");
    desk.keys("w");
    insta::assert_snapshot!("recovery_code_ask_large", picture(open(Desk::sample(LARGE)).keys("c")));
}

#[test]
fn with_four_eyes_a_new_recovery_code_is_decided_first_and_drawn_then() {
    let mut desk = open(Desk::sample_with(LARGE, switch_on));
    desk.keys("c").see("a second person decides first").keys("<enter>");
    desk.see("Nothing changed yet: this waits for a second person.").see_not("the old one stays valid");
    approve_elsewhere(&mut desk, "Mateusz Wiśniewski", "Owner");
    desk.see("A new one was decided for you. Press c to draw it.").keys("c").see("Draw it, and the old one dies.");
    desk.keys("<enter>").see("The old recovery code is dead").keys("w").see("Valid since 2 March 2026.");
    assert!(requests(&desk).is_empty());
}

#[test]
fn another_owner_takes_note_of_a_use_of_the_recovery_code() {
    let used = |org: &mut Org| break_glass(org, "Mateusz Wiśniewski");
    for (size, name) in [(SMALL, "emergency_small"), (LARGE, "emergency_large")] {
        let mut desk = open(Desk::sample_with(size, used));
        insta::assert_snapshot!(name, picture(&mut desk));
        desk.keys("o").see("Noted").see_not("RECOVERY CODE USED");
        assert!(row(&desk).security.emergencies.is_empty());
    }
}

#[test]
fn who_is_said_to_have_used_it_does_not_take_note_of_it() {
    let as_claimed = |role: &'static str| {
        let used = |org: &mut Org| break_glass(org, "Ingrid Åsgård");
        open(Desk::founded(LARGE, used, move |org| person(org, "Ingrid Åsgård", role)))
    };
    let mut desk = as_claimed("Owner");
    desk.keys("o").see("Another Owner has to take note of this.");
    let mut other = as_claimed("Payment approver");
    other.keys("o").see("Only somebody signed in as Owner takes note of this.");
    assert_eq!(row(&desk).security.emergencies.len() + row(&other).security.emergencies.len(), 2);
}

#[test]
fn one_key_lets_a_newcomer_practise() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("p").see("Four-eyes is on, four requests wait: press 3.").see("4 to approve");
    insta::assert_snapshot!("practise_small", picture(&mut desk));
    let mut large = open(Desk::sample(LARGE));
    insta::assert_snapshot!("practise_large", picture(large.keys("p")));
    let me = desk.app.scene().person().unwrap().user;
    let requesters: BTreeSet<_> = requests(&desk).iter().map(|request| request.by.user).collect();
    assert!(requesters.len() == 2 && !requesters.contains(&me), "Mateusz and Chiara ask");
    let mut asked: Vec<_> = requests(&desk).iter().map(|request| request.summary.clone()).collect();
    asked.sort();
    insta::assert_snapshot!("practise_requests", asked.join("\n"));
    desk.keys("p").see_not("requests wait");
    assert_eq!(requests(&desk).len(), 4, "one practises once");
    desk.keys("3").see("My approvals").see("Mateusz Wiśniewski asks to reactivate Hélène");
}

#[test]
fn what_was_practised_can_be_decided_and_takes_effect() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("p");
    let waiting: Vec<_> = requests(&desk).into_iter().cloned().collect();
    let session = desk.app.scene().session.clone().unwrap();
    let at = desk.weather.outside().now();
    for ChangeRequest { id, told, .. } in &waiting {
        let command = ApproveRequest { request: *id, by: session.person(), at, shown: told.digest }.into();
        desk.worker.serve(Request::Run { session: session.clone(), command }).unwrap();
    }
    let org = desk.worker.view().unwrap().unwrap().org;
    let applied = |request: &&ChangeRequest| {
        matches!(org.change_request(request.id).unwrap().state, RequestState::Applied { .. })
    };
    assert_eq!(waiting.iter().filter(applied).count(), 4);
}

#[test]
fn an_administrator_can_practise_too_and_whoever_can_decide_nothing_is_told_so() {
    let mut desk = open(Desk::sample_as("Chiara Bianchi", "Treasury administrator", SMALL));
    desk.keys("p").see("requests wait");
    let alone = |org: &mut Org| {
        deactivate(org, "Mateusz Wiśniewski");
        deactivate(org, "Chiara Bianchi");
    };
    let who = |org: &Org| -> Person { person(org, "Ingrid Åsgård", "Owner") };
    let mut desk = open(Desk::founded(SMALL, alone, who));
    desk.keys("p").see("Afterwards too few could approve");
    assert!(areas(&desk).is_empty());
}

#[test]
fn without_practising_the_sample_stays_directly_editable() {
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("e<ctrl-u>Lumbrevik Holding<enter><enter>").see("The organization was changed.");
    assert!(requests(&desk).is_empty());
}
