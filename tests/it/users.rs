//! User management, Users, All users: driven by keys.
use insta::assert_snapshot;
use jiff::SignedDuration;
use ratatui::buffer::Cell;
use rolodeck::command::{AssignRoles, Command, CreateRole, ErasePerson, RemoveUser, ResendInvitations};
use rolodeck::domain::address::EmailAddress;
use rolodeck::domain::id::RoleId;
use rolodeck::domain::org::Org;
use rolodeck::domain::permission::PermissionSet;
use rolodeck::domain::role::{Grants, RoleSet};
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::{User, UserStatus};
use rolodeck::engine::{Change, Reply, Report, Request};
use rolodeck::ledger::actor::Session;
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::{Event, Mouse, MouseKind};

use super::desk::{Desk, LARGE, SMALL};

/// The user of this name.
pub fn user<'o>(org: &'o Org, name: &str) -> &'o User {
    org.users().values().find(|user| user.name.as_str() == name).unwrap()
}

/// The role of this name.
pub fn role(org: &Org, name: &str) -> RoleId {
    org.active_roles().find(|role| role.name.as_str() == name).unwrap().id
}

/// A session of a person of the sample in one of their roles.
pub fn session_of(desk: &mut Desk, name: &str, as_what: &str) -> Session {
    let org = desk.worker.view().unwrap().unwrap().org;
    let who = user(&org, name).id;
    let Ok(Reply::Proved(proof)) = desk.worker.serve(Request::LookThrough { user: who }) else { panic!("not proved") };
    match desk.worker.serve(Request::Enter { proof, role: role(&org, as_what) }) {
        Ok(Reply::Entered(session)) => session,
        other => panic!("not entered: {other:?}"),
    }
}

/// Lets another person sit down at the desk.
pub fn sit_down(desk: &mut Desk, name: &str, as_what: &str, change: Change) {
    come_in(desk, name, as_what, change);
    desk.keys("1");
}

/// The same, without going to the users.
pub fn come_in(desk: &mut Desk, name: &str, as_what: &str, change: Change) {
    let session = session_of(desk, name, as_what);
    desk.app = App::new(Start {
        view: desk.worker.view().unwrap(),
        session: Some(session),
        outside: desk.weather.outside(),
        appearance: Appearance::default(),
        change,
        organizations: Vec::new(),
        opening: None,
        zone: rolodeck::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
    });
    desk.settle();
}

/// Runs a command behind the back of the screen, for the person who signed in with this session.
pub fn run(desk: &mut Desk, session: &Session, command: impl Into<Command>) {
    let answer = desk.worker.serve(Request::Run { session: session.clone(), command: command.into() });
    assert!(matches!(answer, Ok(Reply::Done(_))), "{answer:?}");
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
}

fn org(desk: &Desk) -> &Org {
    &desk.app.scene().org
}

fn roles_of(desk: &Desk, name: &str) -> Vec<String> {
    let org = org(desk);
    let mut names: Vec<_> =
        user(org, name).roles.iter().map(|id| org.role(id).unwrap().name.as_str().to_owned()).collect();
    names.sort();
    names
}

fn status_of(desk: &Desk, name: &str) -> UserStatus {
    user(org(desk), name).status
}

#[test]
fn the_list_at_both_sizes() {
    assert_snapshot!(Desk::sample(SMALL).screen());
    let mut desk = Desk::sample(LARGE);
    desk.see("Anouk Lefèvre").keys("j").see("Last sign-in never");
    assert_snapshot!(desk.screen());
}

#[test]
fn the_detail_at_both_sizes() {
    let mut small = Desk::sample(SMALL);
    small.keys("/ingrid<enter><enter>").see("(you)").see("Last sign-in just now");
    assert_snapshot!(small.screen());
    small.keys("<pgdn>");
    assert_snapshot!(small.screen());
    let mut large = Desk::sample(LARGE);
    large.keys("/maximiliana<enter><enter>");
    assert_snapshot!(large.screen());
}

#[test]
fn a_filter_finds_names_addresses_roles_and_states() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/asgard").see("Ingrid Åsgård").see("1 shown").see_not("Chiara Bianchi");
    assert_snapshot!(desk.screen());
    desk.keys("<esc>/hallberg<enter>").see("Anouk Lefèvre").see("1 shown");
    desk.keys("<esc>/approver owner<enter>").see("2 shown").see("Ingrid Åsgård").see("Mateusz Wiśniewski");
    desk.keys("<esc>/deactiv<enter>").see("Hélène Dvořáková").see("1 shown");
    desk.keys("<esc>/美咲<enter>").see("1 shown").see_not("Chiara Bianchi");
    desk.keys("<esc>").see("Chiara Bianchi").see_not("shown");
    desk.keys("/nobody like that").see("No user matches. Esc clears the filter.").see("0 shown");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>e").see_not("Assign");
}

#[test]
fn letters_in_a_filter_are_text() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/q1mai?").see("/ q1mai?").see("0 shown");
    assert!(!desk.ended);
    desk.paste("x\u{202e}y").see("q1mai?x<U+202E>y");
    desk.keys("<ctrl-u>thand<enter>").see("Thandiwe Mokoena").see("1 shown");
}

#[test]
fn sort_and_filter_survive_going_away() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("ss").see("Roles ↑").keys("S").see("Roles ↓");
    desk.keys("/approver<enter>j");
    let before = desk.screen();
    desk.keys("21");
    assert_eq!(desk.screen(), before);
    desk.keys("<esc>s").see("Status ↑").keys("ss").see("Name ↑");
    desk.keys("s").see("by address").see_not("Address");
}

#[test]
fn the_menu_begins_with_inviting() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("a").see("Invite users").see("Take away roles");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>").see("Invite").see_not("Take away roles");
    let mut desk = Desk::sample(SMALL);
    desk.keys("/jürgen<enter>ae").see("Assign roles to Jürgen Großmann");
}

#[test]
fn roles_are_assigned_by_ticking_them() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/kjær<enter>e").see("Assign roles to Søren Kjærgaard").see_not("☐ Payment initiator");
    desk.keys("<enter>").see("Tick at least one role with Space first.");
    assert_eq!(roles_of(&desk, "Søren Kjærgaard"), ["Payment initiator"]);
    desk.keys("<space>G<up><space>").see("☑ Dashboard designer");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>").see("Søren Kjærgaard now also holds").see_not("☑");
    assert_eq!(roles_of(&desk, "Søren Kjærgaard"), ["Dashboard designer", "Payment approver", "Payment initiator"]);
}

#[test]
fn roles_are_taken_away_but_one_stays() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/fatima<enter>t<space>j<space><enter>").see("A user keeps at least one role");
    assert_snapshot!(desk.screen());
    assert_eq!(roles_of(&desk, "Fatima El-Amrani"), ["Group accountant (read-only)", "Payment approver"]);
    desk.keys("<space><enter>").see("Fatima El-Amrani no longer holds Group accountant (read-only).");
    assert_eq!(roles_of(&desk, "Fatima El-Amrani"), ["Payment approver"]);
    desk.keys("t").see("holds one role only");
    assert_eq!(roles_of(&desk, "Fatima El-Amrani"), ["Payment approver"]);
}

#[test]
fn only_an_owner_makes_an_owner() {
    let mut desk = Desk::sample_as("Chiara Bianchi", "Treasury administrator", SMALL);
    desk.keys("/kjær<enter>e").see("Owner · Only somebody signed in as Owner");
    desk.keys("jjjjjj<space>").see("Ask an Owner, or");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>").see("Tick at least one role");
    assert_eq!(roles_of(&desk, "Søren Kjærgaard"), ["Payment initiator"]);
}

#[test]
fn nobody_gives_roles_to_themselves() {
    let mut desk = Desk::sample_as("Chiara Bianchi", "Treasury administrator", LARGE);
    desk.keys("/bianchi<enter>eG<space>").see("Nobody widens their own access");
    desk.keys("<enter>");
    assert_eq!(roles_of(&desk, "Chiara Bianchi"), ["Group accountant (read-only)", "Treasury administrator"]);
}

#[test]
fn a_user_is_deactivated_and_reactivated() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/oisín<enter>d").see("Deactivate Oisín Ó Briain?");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>");
    assert_eq!(status_of(&desk, "Oisín Ó Briain"), UserStatus::Active, "the harmless answer is focused");
    desk.keys("d<tab><enter>").see("Oisín Ó Briain was deactivated.");
    assert_eq!(status_of(&desk, "Oisín Ó Briain"), UserStatus::Deactivated);
    desk.keys("<enter>").see("deactivated: cannot sign in");
    desk.keys("d").see("Reactivate Oisín Ó Briain?").see("Dashboard designer");
    desk.keys("y").see("was reactivated.");
    assert_eq!(status_of(&desk, "Oisín Ó Briain"), UserStatus::Active);
}

#[test]
fn the_last_owner_stays() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/mateusz<enter>dy").see("was deactivated");
    desk.keys("<esc>/ingrid<enter>d").see("This is you");
    desk.keys("y").see("There must always be at least one active Owner").see("Make somebody else an Owner first.");
    assert_eq!(status_of(&desk, "Ingrid Åsgård"), UserStatus::Active);
    desk.keys("t").see("Take away roles from Ingrid");
    desk.keys("<space>").see("Make somebody else an Owner first.").see_not("☑");
    desk.keys("<esc>xIngrid Åsgård<enter>").see("There must always be at least one active Owner");
}

#[test]
fn removing_asks_for_the_name() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/thandiwe<enter>x").see("To confirm, type: Thandiwe Mokoena");
    desk.keys("Thandiwe<tab><enter>");
    assert_eq!(status_of(&desk, "Thandiwe Mokoena"), UserStatus::Active);
    assert_snapshot!(desk.screen());
    desk.keys("<esc>xThandiwe Mokoena<enter>").see("Thandiwe Mokoena was removed.").see("0 shown");
    assert_eq!(status_of(&desk, "Thandiwe Mokoena"), UserStatus::Removed);
    let address: EmailAddress = "thandiwe.mokoena@lumbrevik.example.com".parse().unwrap();
    assert_eq!(org(&desk).holder(&address.key()), None, "the address is free again");
    desk.keys("<esc>").see("14").see_not("Thandiwe");
}

#[test]
fn who_is_removed_while_being_read_about_gives_way_to_the_list() {
    let mut desk = Desk::sample(SMALL);
    let owner = session_of(&mut desk, "Mateusz Wiśniewski", "Owner");
    desk.keys("/thandiwe<enter><enter>").see("Esc back to All users");
    let gone = user(org(&desk), "Thandiwe Mokoena").id;
    run(&mut desk, &owner, RemoveUser { user: gone });
    desk.see("No user matches");
}

#[test]
fn erasing_asks_for_the_name_and_blanks_it_everywhere() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/thandiwe<enter>").see_not("Erase");
    desk.keys("xThandiwe Mokoena<enter>").see("was removed.");
    desk.keys("<esc>f").see("/ deactivated").keys("f").see("/ removed").see("Thandiwe Mokoena").see("1 shown");
    desk.keys("d").see_not("Reactivate").keys("<enter>").see("gone for good, holds no role");
    desk.keys("X").see("To confirm, type: Thandiwe Mokoena").see("cannot be undone").see("backups");
    assert_snapshot!(desk.screen());
    desk.keys("Thandiwe<tab><enter><esc>").see("Thandiwe Mokoena");
    desk.keys("XThandiwe Mokoena<enter>").see("Name and address were blanked everywhere.");
    desk.see("Erased person").see("gone for good, name and").see("@erased.invalid").see_not("Thandiwe");
    assert_snapshot!(desk.screen());
    desk.keys("X").see("were blanked already");
    desk.keys("<esc>").see("Erased person").keys("f").see_not("Erased person");
    for file in std::fs::read_dir(desk.folder()).unwrap() {
        let Ok(bytes) = std::fs::read(file.unwrap().path()) else { continue };
        assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("thandiwe"));
    }
}

#[test]
fn erasing_is_denied_like_removing() {
    let mut desk = Desk::sample_with(SMALL, |org| {
        let gone = user(org, "Thandiwe Mokoena").clone();
        let roles = [].into_iter().collect();
        org.put(rolodeck::domain::row::Row::User(User { status: UserStatus::Removed, roles, ..gone }));
    });
    sit_down(&mut desk, "Søren Kjærgaard", "Payment initiator", Change::Allowed);
    desk.keys("/removed thandiwe<enter>X").see("You may not do this").see("granted by Ingrid Åsgård");
}

#[test]
fn denied_keys_stay_and_say_why() {
    let mut desk = Desk::sample_as("Søren Kjærgaard", "Payment initiator", SMALL);
    for key in ["e", "t", "d", "x", "i"] {
        desk.keys("<esc>/maximiliana<enter>").keys(key);
        desk.see("You may not do this").see("granted by Ingrid Åsgård");
    }
    assert_snapshot!(desk.screen());
    desk.keys("a<down>").see("Assign roles");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>").see("the active role lacks");
    assert_eq!(status_of(&desk, "Søren Kjærgaard"), UserStatus::Active);
}

#[test]
fn who_may_not_see_users_is_told_so() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample(size);
        let owner = session_of(&mut desk, "Ingrid Åsgård", "Owner");
        let id = RoleId::new(desk.weather.outside().now(), &desk.weather.outside().seed());
        let only: PermissionSet = ["accounts:read".parse().unwrap()].into_iter().collect();
        let create = CreateRole {
            role: id,
            at: desk.weather.outside().now(),
            name: "Blinkered".parse().unwrap(),
            grants: Grants::Advanced(only),
            scope: Scope::AllFuture,
        };
        run(&mut desk, &owner, create);
        let thandiwe = user(org(&desk), "Thandiwe Mokoena").id;
        run(&mut desk, &owner, AssignRoles { user: thandiwe, roles: RoleSet::from_iter([id]) });
        sit_down(&mut desk, "Thandiwe Mokoena", "Blinkered", Change::Allowed);
        desk.see("Who the users are is not shown to you.").see("Ingrid Åsgård, Mateusz Wiśniewski and");
        desk.see_not("Chiara Bianchi (").see_not("Anouk").see_not("15");
        desk.keys("<enter>/a").see_not("Anouk");
        assert_snapshot!(desk.screen());
    }
}

#[test]
fn what_roles_permit_needs_its_own_right() {
    let mut desk = Desk::sample(LARGE);
    let owner = session_of(&mut desk, "Ingrid Åsgård", "Owner");
    let id = RoleId::new(desk.weather.outside().now(), &desk.weather.outside().seed());
    let only: PermissionSet = ["memberships:read".parse().unwrap()].into_iter().collect();
    let create = CreateRole {
        role: id,
        at: desk.weather.outside().now(),
        name: "Reception".parse().unwrap(),
        grants: Grants::Advanced(only),
        scope: Scope::AllFuture,
    };
    run(&mut desk, &owner, create);
    let thandiwe = user(org(&desk), "Thandiwe Mokoena").id;
    run(&mut desk, &owner, AssignRoles { user: thandiwe, roles: RoleSet::from_iter([id]) });
    sit_down(&mut desk, "Thandiwe Mokoena", "Reception", Change::Allowed);
    desk.see("External auditor").see("What roles permit is not shown.").see_not("Reads the audit trail");
}

#[test]
fn a_read_only_run_changes_nothing() {
    let mut desk = Desk::sample(SMALL);
    sit_down(&mut desk, "Ingrid Åsgård", "Owner", Change::Never);
    desk.keys("x").see("This session is read-only.");
    desk.keys("d").see("Start without --read-only");
}

#[test]
fn the_last_sign_in_is_looked_up_for_who_is_read_about() {
    let mut desk = Desk::sample(LARGE);
    desk.see("Anouk Lefèvre").keys("/zoë<enter>").see("Last sign-in never");
    desk.wait(SignedDuration::from_hours(30));
    session_of(&mut desk, "Zoë Núñez Ibarra", "Payment approver");
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.wait(SignedDuration::from_hours(50));
    desk.keys("<enter>").see("Last sign-in 2 days ago (3 Mar 2026, 15:00 UTC)");
}

#[test]
fn who_looked_at_the_code_stays_to_be_read() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("<tab>jl<esc>");
    let code = super::invited::code_of(&desk, "accounts.payable");
    let accept = Request::Accept {
        code: code.as_str().into(),
        name: "Pat Payable".parse().unwrap(),
        passphrase: "correct horse battery staple".into(),
    };
    assert!(matches!(desk.worker.serve(accept), Ok(Reply::Proved(_))));
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.keys("<tab>/payable<enter>").see("Code seen by Ingrid Åsgård");
}

#[test]
fn an_address_is_copied() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/chiara<enter>y").see("name      Chiara Bianchi").keys("<enter>").see("was copied");
    assert_eq!(desk.copied, ["chiara.bianchi@lumbrevik.example.com"]);
}

#[test]
fn a_row_is_copied_with_all_its_columns_also_those_without_room() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("/chiara<enter>yG").see("row       Chiara Bianchi").keys("y").see("The row was copied.");
    let row: Vec<&str> = desk.copied[0].split('\t').collect();
    let [name, address, roles, status, joined] = row.as_slice() else { panic!("{row:?}") };
    assert_eq!((*name, *address), ("Chiara Bianchi", "chiara.bianchi@lumbrevik.example.com"));
    assert!(roles.contains("Treasury administrator") && *status == "active" && joined.len() >= 10, "{row:?}");
    desk.keys("y<esc>").see_not("was copied");
    assert_eq!(desk.copied.len(), 1);
}

#[test]
fn the_detail_goes_on_to_the_neighbours() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<enter>").see("Anouk Lefèvre").keys("<right>").see("Chiara Bianchi").keys("<left>").see("Anouk Lefèvre");
    desk.keys("j").see("anouk.lefevre@").see_not("Anouk Lefèvre");
    desk.keys("<esc>").see("Name ↑");
}

/// Presses the mouse on the first place where the screen says this.
fn click(desk: &mut Desk, text: &str) {
    let buffer = desk.buffer();
    let width = usize::from(buffer.area.width);
    let wanted: Vec<String> = text.chars().map(String::from).collect();
    let found = buffer.content.chunks(width).enumerate().find_map(|(row, cells)| {
        let column = cells.windows(wanted.len()).position(|cells| cells.iter().map(Cell::symbol).eq(&wanted))?;
        Some((column, row))
    });
    let (column, row) = found.unwrap();
    let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    desk.app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column, row }));
    desk.settle();
}

#[test]
fn the_mouse_opens_tabs_and_the_menu_and_selects_rows() {
    let mut desk = Desk::sample(SMALL);
    click(&mut desk, "Thandiwe");
    desk.keys("<enter>").see("thandiwe.mokoena@").keys("<esc>");
    click(&mut desk, "Invited");
    desk.see("5 invitations pending");
    click(&mut desk, "All users 15");
    desk.see("15 users");
    click(&mut desk, "Actions  a");
    desk.see("Take away roles");
    click(&mut desk, "Assign roles");
    desk.see("Assign roles to Thandiwe Mokoena");
    click(&mut desk, "Payment approver");
    desk.keys("<enter>").see("Thandiwe Mokoena now also holds Payment approver.");
}

#[test]
fn messages_to_whoever_is_erased_leave_the_drop_folder() {
    let mut desk = Desk::sample(SMALL);
    let owner = session_of(&mut desk, "Ingrid Åsgård", "Owner");
    let open = |desk: &Desk| org(desk).invitations().values().find(|open| open.attempt > 0).unwrap().as_ref().clone();
    let (invitation, at) = (open(&desk), desk.weather.outside().now());
    run(&mut desk, &owner, ResendInvitations { invitations: [invitation.id].into(), at });
    let own = |desk: &Desk| {
        let letters = desk.letters().into_iter();
        letters.filter(|(file, _)| file.starts_with(&invitation.id.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(own(&desk).len(), 2);
    let others = desk.letters().len() - 2;
    let (_, newest) = own(&desk).remove(1);
    let code = newest.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 64).unwrap();
    let accept = Request::Accept {
        code: code.into(),
        name: "Zebedee Quillfeather".parse().unwrap(),
        passphrase: "several slow lanterns".into(),
    };
    assert!(matches!(desk.worker.serve(accept), Ok(Reply::Proved(_))));
    let org = desk.worker.view().unwrap().unwrap().org;
    let (user, by) = (user(&org, "Zebedee Quillfeather").id, owner.person().user);
    run(&mut desk, &owner, RemoveUser { user });
    assert_eq!(own(&desk).len(), 2);
    run(&mut desk, &owner, ErasePerson { user, by, at });
    assert_eq!((own(&desk).len(), desk.letters().len()), (0, others));
}
