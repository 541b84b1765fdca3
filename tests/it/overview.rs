//! Overview.
use jiff::SignedDuration;
use rolodeck::command::{ChangeFourEyes, CreateRole, RenameRole};
use rolodeck::domain::id::RoleId;
use rolodeck::domain::org::Org;
use rolodeck::domain::permission::PermissionSet;
use rolodeck::domain::role::Grants;
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::{Invitation, User};
use rolodeck::engine::{Change, Request, Ticket};
use rolodeck::ledger::query::{Direction, Query, Span};
use rolodeck::ledger::store::Store;
use rolodeck::tui::event::{Event, Mouse, MouseKind};

use crate::desk::{Desk, LARGE, SMALL, Weather, person};
use crate::founding::{create_role, found, invite, run};
use crate::users::{role, sit_down};
use crate::years::with_a_past;

/// As large as few terminals are.
const HUGE: (u16, u16) = (200, 60);

fn open(mut desk: Desk) -> Desk {
    desk.keys("0").screen();
    desk
}

/// Which line is selected, as it is drawn.
fn selected(desk: &mut Desk) -> String {
    let screen = desk.screen();
    let beside = |line: &str| Some(line.split_once('│')?.1.split_once('▌')?.1.trim().to_owned());
    let line = screen.lines().find_map(beside);
    line.unwrap_or_else(|| panic!("nothing is selected:\n{screen}"))
}

#[test]
fn it_says_how_the_organization_stands() {
    for (name, size) in [("small", SMALL), ("large", LARGE), ("huge", HUGE)] {
        insta::assert_snapshot!(format!("overview_{name}"), open(Desk::sample(size)).screen());
    }
}

#[test]
fn a_new_organization_is_told_what_comes_first() {
    for (name, size) in [("fresh_small", SMALL), ("fresh_large", LARGE)] {
        let mut desk = Desk::empty(size);
        found(&mut desk);
        insta::assert_snapshot!(name, desk.screen());
        assert!(selected(&mut desk).contains("Everyday role beside Owner"), "the first thing to do is selected");
        desk.keys("<enter>").see("Create new").keys("n").see("Least privilege");
    }
}

#[test]
fn every_part_is_shown_to_those_who_may_see_it() {
    for (name, size) in [("restricted_small", SMALL), ("restricted_large", LARGE)] {
        let mut desk = open(Desk::sample_as("佐藤 美咲", "Japan office, all in one", size));
        insta::assert_snapshot!(name, desk.screen());
    }
    let mut desk = Desk::sample(LARGE);
    let outside = desk.weather.outside();
    let only: PermissionSet = ["accounts:read".parse().unwrap()].into_iter().collect();
    let name = "Blinkered".parse().unwrap();
    let blinkered = RoleId::new(outside.now(), &outside.seed());
    let create = CreateRole {
        role: blinkered,
        name,
        grants: Grants::Advanced(only),
        scope: Scope::AllFuture,
        at: outside.now(),
    };
    run(&mut desk, create).unwrap();
    let thandiwe = person(&desk.app.scene().org, "Thandiwe Mokoena", "Owner").user;
    let roles = [blinkered].into_iter().collect();
    run(&mut desk, rolodeck::command::AssignRoles { user: thandiwe, roles }).unwrap();
    sit_down(&mut desk, "Thandiwe Mokoena", "Blinkered", Change::Allowed);
    insta::assert_snapshot!("denied_large", desk.keys("0").screen());
    desk.see("users hidden").see("roles:read").see("invitations:read").see("resource_events:read");
    desk.see("could be granted by").see_not("Permissions by group").see_not("Ada").see_not("katarzyna");
}

#[test]
fn of_another_day_it_shows_that_day_and_no_changes_of_today() {
    for (name, size) in [("past_small", SMALL), ("past_large", LARGE)] {
        let (folder, weather) = (tempfile::tempdir().unwrap(), Weather::new());
        let mut store = with_a_past(&folder.path().join("years.db"), &weather);
        weather.wait(SignedDuration::from_hours(280 * 24));
        let who = person(&store.org(), "Ingrid Åsgård", "Owner");
        let proof = rolodeck::ledger::signin::look_through(&mut store, &weather.outside(), who.user).unwrap().unwrap();
        let mut desk = open(Desk::before(store, folder, weather, (&proof, who.role), size));
        desk.see("Newest changes").see("Deactivate").see("14 users").keys("@2025-03-01<enter>");
        desk.see("AS IT WAS").see("15 users").see_not("Newest changes").see_not("Deactivate ");
        insta::assert_snapshot!(name, desk.screen());
        desk.keys("<esc>").see("Newest changes").see("14 users");
    }
}

#[test]
fn every_line_leads_to_where_something_can_be_done_about_it() {
    let ways = [
        ("", "Everyday role beside Owner", "All users 15"),
        ("j", "Roles with least privilege", "Japan office, all in one"),
        ("jj", "Own mail domains", "Own mail domains  lumbrevik"),
        ("jjj", "More than two can approve", "Organization security"),
        ("jjjj", "Four-eyes approvals", "Organization security"),
        ("jjjjj", "Recovery code", "Organization security"),
        ("jjjjjj", "When somebody leaves", "All users 15"),
        ("<tab>", "accounts.payable", "/ accounts.payable@lumbrevik.example.com"),
        ("<tab>jjjj", "katarzyna", "/ katarzyna.zak@lumbrevik.example.com"),
        ("<tab><tab>", "Found the organiz", "Entry "),
        ("G", "All entries", "Newest first"),
    ];
    for (keys, line, there) in ways {
        let mut desk = open(Desk::sample((160, 40)));
        desk.keys("g").keys(keys);
        assert!(selected(&mut desk).contains(line), "{keys}: {}", selected(&mut desk));
        desk.keys("<enter>").see(there);
        desk.keys("0").see("Ready for real money?");
        assert!(selected(&mut desk).contains(line), "back on the same line");
    }
    let mut desk = open(Desk::sample(SMALL));
    desk.keys("gjjjjjjj").see("Nobody honest asks").keys("<enter>").see("leads nowhere").see("Ready for real money?");
}

#[test]
fn the_filter_of_where_it_leads_can_be_left_again() {
    let mut desk = open(Desk::sample(LARGE));
    desk.keys("g<tab><enter>").see("1 shown").see("Invited 5").keys("<esc>").see("5 invitations pending");
    let mut desk = open(Desk::sample(LARGE));
    desk.keys("gj<enter>").see_not("Payment initiator").keys("<esc>").see("Payment initiator");
}

#[test]
fn what_is_done_is_ticked_off_at_once() {
    let mut desk = open(Desk::sample(LARGE));
    desk.see("○ open   Four-eyes approvals").see("3 of 6 done");
    let areas = [Area::Organization, Area::UserManagement].into();
    run(&mut desk, ChangeFourEyes { areas }).unwrap();
    desk.see("✓ done   Four-eyes approvals").see("4 of 6 done").see("Change four-eyes");
}

#[test]
fn changes_come_in_while_it_is_looked_at_and_signing_in_is_none() {
    let mut desk = Desk::empty(LARGE);
    found(&mut desk);
    let reader = create_role(&mut desk, "Reader");
    desk.see("Create role").see("2 roles").see_not("Sign in");
    desk.see("Ada Lovelace has no role but Owner");
    run(&mut desk, RenameRole { role: reader, name: "Looker".parse().unwrap() }).unwrap();
    desk.see("Rename role");
    let id = invite(&mut desk, "bo@example.com", None, reader);
    desk.see("1 pending").see("bo@example.com").see_not("about to expire");
    desk.wait(SignedDuration::from_hours(6 * 24)).see("1 about to expire").see("▲");
    desk.wait(SignedDuration::from_hours(2 * 24)).see("0 pending, 1 expired").see("✗");
    assert!(desk.app.scene().org.invitation(id).is_some());
}

#[test]
fn nothing_is_asked_for_again_while_nothing_happens() {
    let mut desk = open(Desk::sample(LARGE));
    for _ in 0..3 {
        assert!(!desk.app.work());
        assert_eq!(desk.app.take_requests().count(), 0);
        desk.keys("jj").screen();
    }
    desk.wait(SignedDuration::from_secs(1));
    assert_eq!(desk.app.take_requests().count(), 0);
}

/// So many more people with long names, and as many invitations.
fn crowd(org: &mut Org, many: usize) {
    let role = role(org, "Payment initiator");
    let template = org.users().values().next().unwrap().clone();
    let open = org.invitations().values().next().unwrap().clone();
    let outside = Weather::new().outside();
    for n in 0..many {
        let id = rolodeck::domain::id::UserId::new(outside.now(), &outside.seed());
        let address = format!("somebody.with.a.long.address.{n}@lumbrevik.example.com").parse().unwrap();
        let name = format!("漢字 of a Very Long Name that goes on and on, number {n}").parse().unwrap();
        let roles = [role].into_iter().collect();
        org.put(Row::User(User { id, name, address, roles, ..User::clone(&template) }));
        let id = rolodeck::domain::id::InvitationId::new(outside.now(), &outside.seed());
        let address = format!("somebody.else.with.a.long.address.{n}@lumbrevik.example.com").parse().unwrap();
        org.put(Row::Invitation(Invitation { id, address, ..Invitation::clone(&open) }));
    }
}

#[test]
fn a_crowd_takes_no_more_lines_than_there_are() {
    for (name, size) in [("crowd_small", SMALL), ("crowd_large", LARGE)] {
        let mut desk = open(Desk::sample_with(size, |org| crowd(org, 2_000)));
        desk.see("2015 users").see("2005 invited").see("All 2005 invitations");
        insta::assert_snapshot!(name, desk.screen());
        desk.keys("<tab>").keys("jjjjjjjj").keys("<tab>");
        desk.keys("g<tab>");
        while !selected(&mut desk).contains("All 2005") {
            desk.keys("j");
        }
        desk.keys("<enter>").see("Invited 2005");
    }
}

#[test]
fn a_click_selects_and_the_wheel_moves() {
    let mut desk = open(Desk::sample(SMALL));
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.contains("Own mail domains")).unwrap();
    let mouse = |kind| Event::Mouse(Mouse { kind, column: 40, row: u16::try_from(row).unwrap() });
    desk.app.handle(mouse(MouseKind::Down));
    assert!(selected(&mut desk).contains("Own mail domains"));
    desk.app.handle(mouse(MouseKind::ScrollDown));
    assert!(selected(&mut desk).contains("More than two can approve"));
}

#[test]
fn every_size_is_drawn() {
    for width in [1, 30, 79, 80, 81, 114, 115, 116, 120, 174, 175, 300] {
        for height in [1, 10, 23, 24, 25, 30, 40, 100] {
            let mut desk = open(Desk::sample((width, height)));
            desk.keys("G").screen();
            desk.keys("g").screen();
        }
    }
}

#[test]
fn who_leaves_while_the_changes_are_read_is_signed_out_all_the_same() {
    let desk = open(Desk::sample(SMALL));
    let (path, session) = (desk.folder().join("sample.db"), desk.app.scene().session.clone().unwrap());
    let engine = rolodeck::engine::spawn(desk.worker, |_| false).unwrap();
    let span = Span { direction: Direction::Older, from: u64::MAX, limit: 20, budget: 600 };
    let trail = Request::Trail { session: session.clone(), query: Query::default(), span };
    engine.ask(Ticket(1), trail);
    engine.ask(Ticket(2), Request::Leave { session });
    drop(engine);
    let store = Store::open(&path).unwrap();
    let newest = store.entry(store.head().seq).unwrap().unwrap();
    assert_eq!(&*newest.command, "sign_out");
}
