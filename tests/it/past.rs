//! Looking at another day on the screens.
use jiff::SignedDuration;
use rolodeck::command::{AssignRoles, Command, CreateEntity, EditRole, RemoveEntity};
use rolodeck::domain::id::EntityId;
use rolodeck::domain::permission::Permission;
use rolodeck::domain::role::Grants;
use rolodeck::domain::scope::Scope;
use rolodeck::engine::{Report, Request, Trouble, View};
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL, Weather, person};
use crate::properties::company::role_named;
use crate::years::{user_named, with_a_past};

/// In front of the organization with a past, in March 2026.
fn desk_as(name: &str, role: &str, size: (u16, u16), more: impl FnOnce(&mut Store, &Weather)) -> Desk {
    let (folder, weather) = (tempfile::tempdir().unwrap(), Weather::new());
    let mut store = with_a_past(&folder.path().join("years.db"), &weather);
    more(&mut store, &weather);
    weather.wait(SignedDuration::from_hours(280 * 24));
    let who = person(&store.org(), name, role);
    let proof = signin::look_through(&mut store, &weather.outside(), who.user).unwrap().unwrap();
    Desk::before(store, folder, weather, (&proof, who.role), size)
}

fn desk(size: (u16, u16)) -> Desk {
    desk_as("Ingrid Åsgård", "Owner", size, |_, _| {})
}

/// An Owner does something.
fn act(store: &mut Store, weather: &Weather, command: Command) {
    let (org, outside) = (store.org(), weather.outside());
    let proof = signin::look_through(store, &outside, user_named(&org, "Ingrid Åsgård")).unwrap().unwrap();
    let session = signin::enter(store, &outside, &proof, org.owner_role().unwrap().id).unwrap().unwrap();
    run(store, &outside, &Actor::Person(session), &command, &Secrets::none()).unwrap().done().unwrap();
}

#[track_caller]
fn shot(desk: &mut Desk, name: &str) {
    let screen = desk.screen();
    let size = if screen.lines().count() == usize::from(SMALL.1) { "small" } else { "large" };
    insta::assert_snapshot!(format!("{name}_{size}"), screen);
}

fn names(desk: &Desk) -> usize {
    desk.app.scene().org.users().values().filter(|user| user.name.as_str() == "Søren Kjærgaard").count()
}

#[test]
fn the_key_asks_for_a_moment_and_every_screen_shows_it() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("1@");
        shot(&mut desk, "asked");
        desk.keys("2025-03-01<Enter>");
        shot(&mut desk, "users");
        desk.keys("2");
        shot(&mut desk, "roles");
        desk.keys("5");
        shot(&mut desk, "entities");
        desk.keys("6");
        shot(&mut desk, "organization");
        assert_eq!(desk.app.scene().head().unwrap().seq, 3);
    }
}

#[test]
fn nothing_can_be_changed_and_every_key_says_why() {
    let mut desk = desk(LARGE);
    desk.keys("1@2025-03-01<Enter>");
    let before = desk.app.scene().view.as_ref().unwrap().head;
    for keys in [
        "1e", "1t", "1d", "1x", "1i", "2n", "2je", "2jr", "2jx", "2jd", "5n", "5p", "5r", "5v", "5jx", "6e", "6s",
        "6c", "6p",
    ] {
        desk.keys(keys);
        desk.see("This is how it was on 1 March 2025, 23:59:59 UTC, and the past cannot be changed.");
    }
    assert_eq!(desk.app.scene().view.as_ref().unwrap().head, before);
}

#[test]
fn what_changed_since_is_as_it_was_and_back_to_now_keeps_the_row() {
    let mut desk = desk(LARGE);
    desk.keys("1/zoe<Enter>");
    desk.see("Zoë Núñez Ibarra").see_not("Payment initiator");
    desk.keys("@2025-03-01<Enter>").see("Payment initiator");
    desk.keys("<Esc>").see("Søren Kjærgaard").see("AS IT WAS ON 1 March 2025");
    desk.keys("<Esc>").see("This is how it is now.").see_not("AS IT WAS").see_not("Søren Kjærgaard");
    assert_eq!(names(&desk), 1, "removed, and not forgotten");

    desk.keys("2/robot<Enter>@2025-03-01<Enter><Esc>");
    desk.see("ERP connector").see_not("Robot");
    desk.keys("@<Enter>").see("Robot").see_not("ERP connector").see_not("AS IT WAS");
    let row =
        |desk: &mut Desk| desk.screen().lines().find(|line| line.contains("Payment approver")).unwrap().to_owned();
    desk.keys("2jjj");
    let selected = row(&mut desk);
    desk.keys("@2025-02-01<Enter>@<Enter>");
    assert_eq!(row(&mut desk), selected);

    desk.keys("5/customer<Enter>").see_not("Customer receipts");
    desk.keys("@2025-03-01<Enter>").see("Customer receipts");
    desk.keys("@2025-04-01<Enter>").see_not("Customer receipts");
}

#[test]
fn the_present_stays_the_present() {
    let mut desk = desk(LARGE);
    desk.keys("1@2025-03-01<Enter>3").see("Change requests are always those of the present.").see_not("AS IT WAS");
    desk.keys("1@2025-03-01<Enter>4").see("The audit trail is always read from the present.").see_not("AS IT WAS");
    desk.keys("1@2025-03-01<Enter>m").see("My account is always that of the present.").see_not("AS IT WAS");
    desk.keys("<Esc>1@2025-03-01<Enter>").see("AS IT WAS");
    desk.wait(SignedDuration::from_hours(1));
    desk.see("AS IT WAS ON 1 March 2025, 23:59:59 UTC, entry 3").see("4 months ago (26 Oct");
}

#[test]
fn last_sign_ins_and_messages_of_the_present_are_not_mixed_in() {
    let mut desk = desk(LARGE);
    desk.keys("1/ingrid<Enter><Enter>").see("Last sign-in just now");
    desk.keys("@2025-03-01<Enter>").see("Last sign-in").see("26 Jan 2025, 09:00 UTC").see_not("Last sign-in just now");
    desk.keys("<Esc><Esc><Tab>").see("Expires").see_not("waiting").see_not("unknown").see_not("sent");
    desk.keys("<Enter>").see("How far it had come is not kept.");
}

#[test]
fn whoever_cancels_stops_the_reading_and_hears_no_more_of_it() {
    let mut desk = desk(SMALL);
    let present = desk.keys("6").screen();
    desk.keys("@2025-03-01");
    desk.app.handle(Event::Key(Key::sequence("<Enter>")[0]));
    desk.app.work();
    desk.see("Looking it up   Esc Cancel");
    let asked: Vec<_> = desk.app.take_requests().collect();
    let [(ticket, Request::Past { at, progress })] = asked.as_slice() else { panic!("{asked:?}") };
    assert!(!progress.is_stopped());
    desk.keys("<Esc>");
    assert!(progress.is_stopped());
    let answer = desk.worker.serve(Request::Past { at: *at, progress: progress.clone() });
    assert!(matches!(answer, Err(Trouble::Stopped)), "{answer:?}");
    assert_eq!(progress.done(), 0);
    desk.app.report(Report::Done(*ticket, answer));
    assert_eq!(desk.screen(), present, "nothing is said, and it is the present");
    // Whoever waits sees how far it is.
    desk.keys("@2025-03-01");
    desk.app.handle(Event::Key(Key::sequence("<Enter>")[0]));
    let asked: Vec<_> = desk.app.take_requests().collect();
    let [(ticket, Request::Past { at, progress })] = asked.as_slice() else { panic!("{asked:?}") };
    let answer = desk.worker.serve(Request::Past { at: *at, progress: progress.clone() });
    assert!(progress.done() > 50, "{}", progress.done());
    desk.see(&format!("Looking it up: {} rows   Esc Cancel", progress.done()));
    desk.app.report(Report::Done(*ticket, answer));
    desk.see("AS IT WAS ON 1 March 2025");
}

#[test]
fn wrong_moments_are_refused_in_the_field() {
    let mut desk = desk(SMALL);
    desk.keys("6@yesterday<Enter>").see("This is no moment. Write it like this: 2026-03-01T12:00");
    desk.keys("<Esc>@2031-01-01<Enter>").see("1 January 2031, 23:59:59 UTC is still to come.");
    desk.keys("<Esc>@2024-12-31<Enter>").see("The organization did not exist yet: it was founded on 26");
    shot(&mut desk, "before_the_founding");
    desk.keys("<Esc>@<Enter>").see_not("AS IT WAS").see_not("This is how it is now");
    desk.keys("@2026-03-02<Enter>").see("AS IT WAS ON 2 March 2026").see("today so far");
}

#[test]
fn who_has_access_to_an_account_is_answered_for_any_day() {
    for size in [SMALL, LARGE] {
        let mut desk = desk(size);
        desk.keys("5/payroll<Enter>w");
        shot(&mut desk, "access");
        desk.keys("/initiator<Enter>").see("Jürgen Großmann as Payment initiator").see_not("Søren").keys("<Esc>");
        desk.keys("@2025-03-01<Enter>").see("AS IT WAS");
        desk.keys("/credit_transfers:create<Enter>t");
        shot(&mut desk, "access_then");
        desk.see("Søren Kjærgaard as Payment initiator").see("Zoë Núñez Ibarra as Payment initiator");
        desk.see("6 people with access");
        desk.keys("<Esc>t/soren").see("1 person with access");
        desk.keys("<Enter>@2025-12-31<Enter>").see("Nobody and nothing that matches the filter.");
    }
    let mut ignored = desk(SMALL);
    ignored.keys("5i/customer<Enter>w").see("Nobody: an ignored account is reached by no role.");
    ignored.keys("@2025-03-01<Enter>").see("11 people with access");
}

#[test]
fn what_may_be_seen_is_decided_by_the_present_role() {
    // Anouk could read users and roles then, and can no longer.
    let narrowed = |store: &mut Store, weather: &Weather| {
        let org = store.org();
        let role = org.role(role_named(&org, "External auditor")).unwrap();
        let mut less = role.permissions();
        less.remove(Permission::MEMBERSHIPS_READ);
        less.remove(Permission::ROLES_READ);
        let (name, scope) = (role.name.clone(), Scope::clone(&role.scope));
        act(store, weather, EditRole { role: role.id, name, grants: Grants::Advanced(less), scope }.into());
    };
    let mut desk = desk_as("Anouk Lefèvre", "External auditor", LARGE, narrowed);
    desk.keys("1").see_not("Zoë");
    desk.keys("@2025-03-01<Enter>").see("AS IT WAS ON 1 March 2025").see_not("Zoë").see_not("Søren");
    desk.keys("2").see("You may not see the roles").see_not("Payment initiator");
    desk.keys("5/payroll<Enter>w").see("the active role lacks memberships:read").see_not("Jürgen");
    desk.keys("<Esc>/master<Enter>").see("Cash pool master");
    desk.keys("<Esc>").see_not("Driftskonto");
}

#[test]
fn who_did_not_exist_then_and_what_is_gone_now_are_no_stumbling_block() {
    // Somebody joins later, and an entity comes and goes.
    let mut desk = desk_as("Ingrid Åsgård", "Owner", LARGE, |store, weather| {
        let outside = weather.outside();
        let entity = EntityId::new(outside.now(), &outside.seed());
        act(store, weather, CreateEntity { entity, name: "Lumbrevik Iceland".parse().unwrap(), parent: None }.into());
        weather.wait(SignedDuration::from_hours(48));
        act(store, weather, RemoveEntity { entity }.into());
        let user = user_named(&store.org(), "Fatima El-Amrani");
        let robot = role_named(&store.org(), "Robot");
        act(store, weather, AssignRoles { user, roles: [robot].into_iter().collect() }.into());
    });
    desk.keys("5").see_not("Lumbrevik Iceland");
    desk.keys("@2025-05-27<Enter>").see("Lumbrevik Iceland");
    let mut narrow = desk_as("Jürgen Großmann", "Payment initiator", LARGE, |store, weather| {
        let outside = weather.outside();
        let entity = EntityId::new(outside.now(), &outside.seed());
        act(store, weather, CreateEntity { entity, name: "Lumbrevik Iceland".parse().unwrap(), parent: None }.into());
        weather.wait(SignedDuration::from_hours(48));
        act(store, weather, RemoveEntity { entity }.into());
    });
    narrow.keys("5@2025-05-27<Enter>").see("AS IT WAS").see("Lumbrevik Nordics AB").see_not("Lumbrevik Iceland");
}

#[test]
fn when_somebody_is_erased_the_past_that_names_them_is_closed() {
    let mut desk = desk(LARGE);
    desk.keys("1@2025-03-01<Enter>").see("Søren Kjærgaard");
    let view = desk.app.scene().view.clone().unwrap();
    desk.app.report(Report::Moved(view.clone()));
    desk.see("AS IT WAS").see("Søren Kjærgaard");
    let blanked = view.head.seq;
    desk.app.report(Report::Moved(View { blanked, ..view }));
    desk.see("Somebody was erased meanwhile").see_not("AS IT WAS").see_not("Søren Kjærgaard");
}

#[test]
fn times_are_typed_and_told_in_the_zone_of_the_settings() {
    let mut desk = desk(LARGE);
    desk.go_by("Europe/Stockholm");
    desk.keys("1@").see("As it was on any day (Europe/Stockholm)");
    desk.keys("2025-02-25T09:59<Enter>").see("AS IT WAS ON 25 February 2025, 09:59:00 CET, entry 2");
    desk.keys("@2025-02-25T10:00<Enter>").see("10:00:00 CET, entry 3").see_not("clocks");
    desk.keys("@2025-03-30T02:30<Enter>").see("03:30:00 CEST, entry 5").see("clocks skipped the time that was typed");
}
