//! The audit trail: read, filtered, followed and opened from other screens, driven by keys.
use std::cell::Cell;
use std::collections::BTreeSet;

use insta::assert_snapshot;
use jiff::SignedDuration;
use rolodeck::command::{
    ApproveRequest, AssignRoles, ChangeFourEyes, Command, CreateEntity, InviteUsers, Invitee, RejectRequest,
    RemoveUser, RenameEntity, RenameRole,
};
use rolodeck::domain::id::{ChangeRequestId, EntityId, InvitationId};
use rolodeck::domain::org::Org;
use rolodeck::domain::permission::{Permission, PermissionSet};
use rolodeck::domain::role::{Grants, Role, RoleSet, RoleState};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::engine::{Change, Reply, Report, Request};
use rolodeck::ledger::query::{Direction, Query, Span};
use rolodeck::ledger::telling::KINDS;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL};
use crate::users::{role, run, session_of, sit_down, user};

const OWNER: (&str, &str) = ("Mateusz Wiśniewski", "Owner");
const OTHER: (&str, &str) = ("Ingrid Åsgård", "Owner");
const HOSTILE: &str = "Ro\u{202e}le \u{1b}[31m<U+202E> that goes on and on";

/// Does something behind the back of the screen; what became of it does not matter here.
fn attempt(desk: &mut Desk, who: (&str, &str), command: impl Into<Command>) -> Option<ChangeRequestId> {
    let session = session_of(desk, who.0, who.1);
    let answer = desk.worker.serve(Request::Run { session, command: command.into() });
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
    desk.wait(SignedDuration::from_mins(7));
    match answer {
        Ok(Reply::Requested { request, .. }) => Some(request),
        _ => None,
    }
}

fn rename(desk: &Desk, from: &str, to: &str) -> RenameRole {
    RenameRole { role: role(&desk.app.scene().org, from), name: to.parse().unwrap() }
}

fn invite(desk: &Desk, address: &str, as_what: &str) -> InviteUsers {
    let scene = desk.app.scene();
    let who = user(&scene.org, OWNER.0).id;
    let invitation = InvitationId::new(scene.now, &scene.outside.seed());
    let invitee = Invitee { id: invitation, address: address.parse().unwrap(), name: None };
    let roles: RoleSet = [role(&scene.org, as_what)].into_iter().collect();
    InviteUsers { people: vec![invitee], roles, by: who, at: scene.now }
}

/// A week in the sample: done, refused, requested, approved and rejected.
fn week(size: (u16, u16)) -> Desk {
    let mut desk = Desk::sample(size);
    let command = rename(&desk, "Liquidity analyst", "Cash analyst");
    attempt(&mut desk, OWNER, command);
    let command = rename(&desk, "Cash analyst", "Nobody's business");
    attempt(&mut desk, ("Søren Kjærgaard", "Payment initiator"), command);
    let command = invite(&desk, "new.hire@lumbrevik.example.com", "Cash analyst");
    attempt(&mut desk, OWNER, command);
    attempt(&mut desk, OWNER, ChangeFourEyes { areas: [Area::UserManagement].into() });
    for (to, decision) in [("Treasury analyst", true), ("Chief analyst", false)] {
        let command = rename(&desk, "Cash analyst", to);
        let request = attempt(&mut desk, OTHER, command).unwrap();
        decide(&mut desk, request, decision);
        if decision {
            let command = rename(&desk, to, "Cash analyst");
            let request = attempt(&mut desk, OTHER, command).unwrap();
            decide(&mut desk, request, true);
        }
    }
    desk
}

fn decide(desk: &mut Desk, request: ChangeRequestId, yes: bool) {
    let session = session_of(desk, OWNER.0, OWNER.1);
    let (by, at) = (session.person(), desk.app.scene().now);
    let shown = desk.app.scene().org.change_request(request).unwrap().told.digest;
    let command = match yes {
        true => Command::from(ApproveRequest { request, by, at, shown }),
        false => RejectRequest { request, by, at, reason: "One analyst is enough.".parse().unwrap() }.into(),
    };
    attempt(desk, OWNER, command);
}

/// Opens the trail, lets it be drawn once, and lets everything come in.
fn open(desk: &mut Desk) -> &mut Desk {
    desk.keys("4").screen();
    desk.settle();
    desk
}

fn both(name: &str, steps: impl Fn(&mut Desk)) {
    for (size, end) in [(SMALL, "small"), (LARGE, "large")] {
        let mut desk = week(size);
        open(&mut desk);
        steps(&mut desk);
        desk.screen();
        desk.settle();
        assert_snapshot!(format!("{name}_{end}"), desk.screen());
    }
}

#[test]
fn the_newest_entry_comes_first() {
    both("trail", |_| {});
}

#[test]
fn an_approval_is_told_with_who_asked_and_before_and_after() {
    both("trail_approval", |desk| {
        desk.keys("/approve treasury<enter><enter>").see("Approved by").see("Asked by").see("Cash analyst");
    });
}

#[test]
fn a_refusal_says_why() {
    both("trail_refusal", |desk| {
        desk.keys("oo<enter>").see("refused").see("roles:update");
    });
}

#[test]
fn a_request_says_what_waits() {
    both("trail_request", |desk| {
        desk.keys("ooo<enter>").see("What waits").see("Chief analyst");
    });
}

#[test]
fn the_form_filters_and_says_what_is_on() {
    both("trail_form", |desk| {
        desk.keys("FMateusz<tab>role<tab>roles<tab><tab>2026-03-02<tab>2026-03-02T12:00").see("Mateusz");
    });
    both("trail_filtered", |desk| {
        desk.keys("FMateusz<tab>role<tab>roles<tab><tab>2026-03-02<tab>2026-03-02T12:00<enter>");
        desk.see("Who Mateusz Wiśniewski").see("any role").see("1 entry matches").see_not("Invite users");
    });
}

#[test]
fn what_is_not_understood_is_said_beside_the_question() {
    both("trail_form_wrong", |desk| {
        desk.keys("F<shift-tab>next week<enter>").see("“next week” is no moment.");
    });
    let mut desk = week(SMALL);
    open(&mut desk);
    desk.keys("Fnobody at all<enter>").see("No user is called “nobody at all”.");
    desk.keys("<ctrl-u>a<enter>").see("Several users match");
    desk.keys("<ctrl-u>system<tab>dance<enter>").see("No kind of entry is called “dance”.");
    desk.keys("<ctrl-u><tab>nothing here<enter>").see("Nothing is called “nothing here”.");
    desk.keys("<ctrl-u>role cash<tab><tab>2026-03-02<tab>2026-03-01<enter>").see("The period ends before it begins.");
    desk.keys("<ctrl-u><enter>").see("Who system").see("role “Cash analyst”").see("No entry matches.");
    desk.keys("x").see("Who system").see("Resource").see_not("From 2026");
    desk.keys("x").see("Draw an invitation's code").see_not("Sign in");
    desk.keys("<esc>").see("Sign in").see_not("Who system");
}

#[test]
fn no_match_names_the_key_that_shows_all() {
    both("trail_no_match", |desk| {
        desk.keys("/quetzalcoatl<enter>").see("No entry matches. Esc shows all again");
    });
    let mut desk = week(SMALL);
    open(&mut desk);
    desk.keys("/quetzal<enter>").see("No entry matches");
    desk.keys("<esc>").see_not("No entry matches").see("Newest first");
}

#[test]
fn whoever_may_not_read_it_learns_who_could_grant_that() {
    for (size, end) in [(SMALL, "small"), (LARGE, "large")] {
        let mut desk = week(size);
        sit_down(&mut desk, "Søren Kjærgaard", "Payment initiator", Change::Allowed);
        open(&mut desk);
        assert!(desk.app.take_requests().next().is_none());
        assert_snapshot!(format!("trail_denied_{end}"), desk.screen());
        desk.keys("/F").see_not("Filters ─");
        let session = desk.app.scene().session.clone().unwrap();
        let span = Span { direction: Direction::Older, from: u64::MAX, limit: 9, budget: 99 };
        let page = Request::Trail { session: session.clone(), query: Query::default(), span };
        assert!(desk.worker.serve(page).is_err(), "the engine decides again");
        assert!(desk.worker.serve(Request::Entry { session, seq: 1, row: None }).is_err());
    }
}

/// A role that reads the trail and not who the members are, held by Søren.
fn with_reader(org: &mut Org) {
    let permissions: PermissionSet = [Permission::RESOURCE_EVENTS_READ].into_iter().collect();
    let id = rolodeck::domain::id::RoleId::new("2026-03-01T00:00:00Z".parse().unwrap(), &[7; 10]);
    org.put(Row::Role(Role {
        id,
        name: "Log reader".parse().unwrap(),
        grants: Grants::Advanced(permissions),
        scope: std::sync::Arc::new(Scope::AllFuture),
        state: RoleState::Active,
        created: "2026-03-01T00:00:00Z".parse().unwrap(),
    }));
    let mut søren = user(org, "Søren Kjærgaard").clone();
    søren.roles = [id].into_iter().chain(søren.roles.iter()).collect();
    org.put(Row::User(søren));
}

#[test]
fn addresses_are_for_those_who_may_see_the_members() {
    let mut desk = Desk::sample_with(LARGE, with_reader);
    let command = invite(&desk, "new.hire@lumbrevik.example.com", "Liquidity analyst");
    attempt(&mut desk, OWNER, command);
    attempt(&mut desk, OWNER, ChangeFourEyes { areas: [Area::UserManagement].into() });
    let command = invite(&desk, "second.hire@lumbrevik.example.com", "Liquidity analyst");
    attempt(&mut desk, OWNER, command).unwrap();
    open(&mut desk);
    desk.keys("/new.hire<enter>").see("new.hire@lumbrevik.example.com");
    sit_down(&mut desk, "Søren Kjærgaard", "Log reader", Change::Allowed);
    open(&mut desk);
    desk.keys("/invite<enter>").see("Invite users").see("(hidden)").see_not("hire@").see_not("lumbrevik.example.com");
    for _ in 0..6 {
        desk.keys("j").see_not("hire@").see_not("@");
    }
    assert_snapshot!(desk.screen());
    desk.keys("gyGy").see("was copied");
    assert!(!desk.copied.concat().contains('@'), "{:?}", desk.copied);
    for word in ["new.hire", "hire@", "second.hire", "@lumbrevik", "@"] {
        desk.keys(&format!("<esc>/{word}<enter>")).see("No entry matches.");
    }
    desk.keys("<esc>/(hidden)<enter>").see("match");
}

#[test]
fn from_a_role_one_key_shows_what_was_done_to_it() {
    let mut desk = week(SMALL);
    desk.keys("2/cash<enter>H").screen();
    desk.settle();
    desk.see("History of role “Cash analyst”").see("Rename role").see("Approve").see_not("Invite").see_not("Sign in");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>").see("Before and after").keys("<esc>").see("History of role");
    desk.keys("/treasury analyst<enter>").see("4 entries match").keys("<esc>").see("History of role");
    desk.keys("G<enter>").see("Found the organization").see("role “Liquidity analyst”").keys("<esc>");
    desk.keys("<esc>").see_not("History of").see("Cash analyst");
}

#[test]
fn a_user_has_entries_done_to_them_and_done_by_them() {
    for (size, end) in [(SMALL, "small"), (LARGE, "large")] {
        let mut desk = week(size);
        let org = desk.app.scene().org.clone();
        let søren = user(&org, "Søren Kjærgaard").id;
        let analyst = [role(&org, "Cash analyst")].into_iter().collect();
        let request = attempt(&mut desk, OTHER, AssignRoles { user: søren, roles: analyst }).unwrap();
        decide(&mut desk, request, true);
        desk.keys("1/kjær<enter>H").screen();
        desk.settle();
        desk.see("Done to user “Søren Kjærgaard”").see("Approve: give").see_not("refused");
        assert_snapshot!(format!("trail_of_user_{end}"), desk.screen());
        desk.keys("b").see("Done by user “Søren Kjærgaard”").see("Rename role").see("Sign in").see_not("Approve: give");
        assert_snapshot!(format!("trail_by_user_{end}"), desk.screen());
        desk.keys("b").see("Done to user “Søren Kjærgaard”");
        desk.keys("<esc>").see("Søren Kjærgaard").see_not("Done to user");
    }
}

#[test]
fn entities_accounts_invitations_and_requests_have_a_history_too() {
    let mut desk = week(SMALL);
    let org = desk.app.scene().org.clone();
    let entity = org.entities().values().find(|entity| entity.parent.is_none()).unwrap().id;
    attempt(&mut desk, OWNER, RenameEntity { entity, name: "Holding".parse().unwrap() });
    desk.keys("5/holding<enter>H").see("History of entity “Holding”").see("Rename entity").keys("<esc>");
    desk.keys("<enter>H").see("Rename entity").see_not("Sign in").keys("<esc><esc>");
    desk.keys("1<tab>/new.hire<enter>H").see("Invite users").see("Draw an invitation's code").see_not("Rename");
    desk.keys("<esc>3<tab><enter>H").see("History of one change request").see("Reject").see_not("Approve");
}

#[test]
fn whoever_may_not_read_the_trail_sees_the_key_and_why_not() {
    let mut desk = Desk::sample(SMALL);
    sit_down(&mut desk, "Jürgen Großmann", "Payment initiator", Change::Allowed);
    desk.keys("5H").see("resource_events:read").see_not("History of");
}

#[test]
fn follow_mode_stays_with_the_newest_and_others_keep_their_place() {
    let mut desk = week(SMALL);
    open(&mut desk);
    desk.keys("jj");
    let place = desk.screen().lines().find(|line| line.contains("Entry ")).unwrap().to_owned();
    let session = session_of(&mut desk, OWNER.0, OWNER.1);
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
    desk.screen();
    desk.settle();
    let number = place.split("Entry ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    desk.see(&format!("Entry {number} of")).see("1 new above, g shows");
    desk.keys("g").see_not("new above").see("Newest first");
    desk.keys("f").see("Following");
    let entity = EntityId::new(desk.app.scene().now, &[1; 10]);
    run(&mut desk, &session, CreateEntity { entity, name: "Followed".parse().unwrap(), parent: None });
    desk.see("Create entity: Followed").see("Following").see_not("new above");
    let head = desk.app.scene().view.as_ref().unwrap().head.seq;
    desk.see(&format!("Entry {head} of {head}"));
    desk.keys("j").see_not("Following");
}

#[test]
fn what_others_filter_out_is_not_new() {
    let mut desk = week(SMALL);
    open(&mut desk);
    desk.keys("/cash<enter>");
    let session = session_of(&mut desk, OWNER.0, OWNER.1);
    let entity = EntityId::new(desk.app.scene().now, &[1; 10]);
    run(&mut desk, &session, CreateEntity { entity, name: "Elsewhere".parse().unwrap(), parent: None });
    desk.see_not("new above").see("match");
    let entity = EntityId::new(desk.app.scene().now, &[2; 10]);
    run(&mut desk, &session, CreateEntity { entity, name: "Cash office".parse().unwrap(), parent: None });
    desk.see("1 new above");
}

#[test]
fn names_that_change_are_told_anew_on_the_same_entry() {
    let mut desk = week(SMALL);
    open(&mut desk);
    desk.keys("/accept<esc>jjjj").see("Entry ");
    let place = |desk: &mut Desk| desk.screen().lines().find(|line| line.contains("Entry ")).unwrap()[..60].to_owned();
    let before = place(&mut desk);
    let session = session_of(&mut desk, OWNER.0, OWNER.1);
    let org = desk.app.scene().org.clone();
    let entity = *org.entities().keys().next().unwrap();
    run(&mut desk, &session, RenameEntity { entity, name: "Anew".parse().unwrap() });
    assert_eq!(place(&mut desk).split(" of ").next(), before.split(" of ").next());
    desk.keys("g").see("Rename entity: Anew");
}

#[test]
fn hostile_and_long_names_do_no_harm() {
    both("trail_hostile", |desk| {
        let entity = EntityId::new(desk.app.scene().now, &[9; 10]);
        let long = "長い名前の会社 und ihre Töchter ".repeat(3);
        let name = long.trim().parse().unwrap();
        attempt(desk, OWNER, CreateEntity { entity, name, parent: None });
        desk.keys("/").paste(HOSTILE).see("<U+001B>[31m<U+003C>U+202E>").keys("<enter>").see("No entry matches");
        desk.keys("<esc>F").paste(HOSTILE).keys("<enter>").see("No user is called “Ro<U+202E>le");
        desk.keys("<esc><esc>g<enter>");
    });
}

#[test]
fn three_thousand_entries_are_read_page_by_page_to_the_end() {
    let mut desk = Desk::sample(SMALL);
    let session = session_of(&mut desk, OWNER.0, OWNER.1);
    let entity = *desk.app.scene().org.entities().keys().next().unwrap();
    for n in 0..3_000 {
        let command = RenameEntity { entity, name: format!("Name {n}").parse().unwrap() };
        let request = Request::Run { session: session.clone(), command: command.into() };
        desk.worker.serve(request).unwrap();
    }
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    let pages = Cell::new(0);
    let serve = |desk: &mut Desk| loop {
        let more = desk.app.work();
        let requests: Vec<_> = desk.app.take_requests().collect();
        if requests.is_empty() && !more {
            break;
        }
        for (ticket, request) in requests {
            if let Request::Trail { span, .. } = &request {
                assert!(span.limit <= 60);
                pages.set(pages.get() + 1);
            }
            let answer = desk.worker.serve(request);
            desk.app.report(Report::Done(ticket, answer));
        }
    };
    let press = |desk: &mut Desk, keys: &str| {
        for key in Key::sequence(keys) {
            desk.app.handle(Event::Key(key));
            serve(desk);
            desk.screen();
        }
    };
    press(&mut desk, "4");
    assert_eq!(pages.get(), 1, "opening reads one page");
    press(&mut desk, "G");
    assert_eq!(pages.get(), 2, "the oldest entry costs one page, not all of them");
    desk.see("Entry 1 of 3,0");
    press(&mut desk, "g");
    assert_eq!(pages.get(), 3);
    let mut seen = BTreeSet::new();
    let mut presses = 0;
    while !seen.contains("1") {
        press(&mut desk, "<pgdn>");
        presses += 1;
        assert!(presses < 400, "the end comes");
        let screen = desk.screen();
        let number = screen.split("Entry ").nth(1).unwrap().split(' ').next().unwrap();
        seen.insert(number.to_owned());
    }
    let head = desk.app.scene().view.as_ref().unwrap().head.seq;
    assert_eq!(pages.get() - 2, usize::try_from(head).unwrap().div_ceil(60), "each page was asked for once");
    press(&mut desk, "g");
    desk.see(&format!("Entry 3,0{:02} of", head - 3_000));
    press(&mut desk, "/Name 1799<enter>");
    desk.see("2 entries match").see("Rename entity: Name 1799");
}

#[test]
fn what_comes_is_announced_and_what_fails_is_said() {
    let mut desk = week(SMALL);
    let press = |desk: &mut Desk, keys: &str| {
        Key::sequence(keys).into_iter().for_each(|key| desk.app.handle(Event::Key(key)));
        desk.app.work();
    };
    press(&mut desk, "4");
    // What is there soon is no work.
    desk.see("Reading the trail.").see_not("Working");
    desk.app.handle(Event::Rest);
    assert_snapshot!("trail_loading", desk.screen());
    desk.settle();
    press(&mut desk, "/quetzal");
    desk.see_not("Working");
    desk.see("Nothing found so far.");
    let asked: Vec<_> = desk.app.take_requests().collect();
    assert_eq!(asked.len(), 1, "one question at a time");
    for (ticket, _) in asked {
        let trouble = rolodeck::domain::refusal::Refusal::ReadOnly.into();
        desk.app.report(Report::Done(ticket, Err(trouble)));
    }
    assert!(!desk.app.work() && desk.app.take_requests().next().is_none(), "it does not ask again and again");
    desk.see("The trail cannot be read.").see("4 to read it again.");
    desk.keys("<enter>4").see("No entry matches.");
}

#[test]
fn hash_and_entry_can_be_copied() {
    let mut desk = week(SMALL);
    open(&mut desk);
    desk.keys("y").see("hash").keys("<enter>").see("The hash was copied.");
    assert!(desk.copied[0].len() == 64 && desk.copied[0].chars().all(|c| c.is_ascii_hexdigit()));
    desk.keys("<enter>yGy").see("The entry was copied.");
    assert!(desk.copied[1].contains("reject_request"), "{}", desk.copied[1]);
}

#[test]
fn every_command_has_a_name_for_people() {
    let matrix = include_str!("matrix.txt").lines().filter(|line| line.contains("(actors: "));
    let mut commands: Vec<_> = matrix.map(|line| line.split(' ').next().unwrap()).collect();
    commands.sort_unstable();
    commands.dedup();
    assert_eq!(commands.len(), Command::KINDS);
    for command in commands {
        assert!(KINDS.iter().any(|(name, _)| *name == command), "{command} has no name in words");
    }
}

#[test]
fn a_person_who_left_is_still_named() {
    let mut desk = Desk::sample(SMALL);
    let gone = user(&desk.app.scene().org.clone(), "Oisín Ó Briain").id;
    attempt(&mut desk, OWNER, RemoveUser { user: gone });
    open(&mut desk);
    desk.see("Remove user: Oisín Ó Briain");
}
