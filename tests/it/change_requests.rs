//! Change requests: seen, decided, withdrawn and filed again, driven by keys.
use insta::assert_snapshot;
use jiff::SignedDuration;
use rolodeck::command::{
    ApproveRequest, AssignRoles, ChangeFourEyes, Command, CreateRole, DeactivateUser, FileAgain, InviteUsers, Invitee,
    RenameRole,
};
use rolodeck::domain::access::Person;
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::change_request::{ChangeRequest, RequestState};
use rolodeck::domain::id::{ChangeRequestId, InvitationId, RoleId};
use rolodeck::domain::name::RoleName;
use rolodeck::domain::org::Org;
use rolodeck::domain::role::{Grants, Role, RoleSet};
use rolodeck::domain::row::Row;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::User;
use rolodeck::engine::{Change, Reply, Report, Request};
use rolodeck::ledger::secrets::Secret;

use crate::desk::{Desk, LARGE, SMALL, person};
use crate::users::{role, session_of, sit_down, user};

const OWNER: (&str, &str) = ("Mateusz Wiśniewski", "Owner");
const ADMINISTRATOR: (&str, &str) = ("Chiara Bianchi", "Treasury administrator");

/// The sample with four-eyes on for users and roles, seen by its first Owner.
fn four_eyes(size: (u16, u16)) -> Desk {
    four_eyes_with(size, |_| {})
}

fn four_eyes_with(size: (u16, u16), change: impl FnOnce(&mut Org)) -> Desk {
    let mut desk = Desk::sample_with(size, change);
    let owner = session_of(&mut desk, OWNER.0, OWNER.1);
    let command = ChangeFourEyes { areas: [Area::UserManagement].into() };
    crate::users::run(&mut desk, &owner, command);
    desk.keys("3").screen();
    desk
}

fn org(desk: &Desk) -> &Org {
    &desk.app.scene().org
}

/// Asks for something behind the back of the screen.
fn ask(desk: &mut Desk, who: (&str, &str), command: impl Into<Command>) -> ChangeRequestId {
    let session = session_of(desk, who.0, who.1);
    let answer = desk.worker.serve(Request::Run { session, command: command.into() });
    let Ok(Reply::Requested { request, .. }) = answer else { panic!("not requested: {answer:?}") };
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
    // The next one is filed later, so that the order is one of times.
    desk.wait(SignedDuration::from_mins(1));
    request
}

fn ask_rename(desk: &mut Desk, who: (&str, &str), from: &str, to: &str) -> ChangeRequestId {
    let command = RenameRole { role: role(org(desk), from), name: to.parse().unwrap() };
    ask(desk, who, command)
}

fn request(desk: &Desk, id: ChangeRequestId) -> &ChangeRequest {
    org(desk).change_request(id).unwrap()
}

fn role_names(desk: &Desk) -> Vec<&str> {
    org(desk).active_roles().map(|role| role.name.as_str()).collect()
}

/// A role that is given to everybody who may want one, with access that differs.
fn create_role(desk: &Desk, name: &str) -> CreateRole {
    let scene = desk.app.scene();
    CreateRole {
        role: RoleId::new(scene.now, &scene.outside.seed()),
        name: RoleName::new(name).unwrap(),
        grants: Grants::Simple([Group::InitiatePayments, Group::ApproveAndRejectPayments].into_iter().collect()),
        scope: Scope::AllFuture,
        at: scene.now,
    }
}

#[test]
fn without_requests_it_says_how_there_can_be_some() {
    for (name, size) in [("small", SMALL), ("large", LARGE)] {
        let mut desk = Desk::sample(size);
        assert_snapshot!(format!("change_requests_off_{name}"), desk.keys("3").screen());
        desk.see("press 6").keys("<tab>").see("There is no change request yet.").keys("6").see("Organization security");
        let mut desk = four_eyes(size);
        assert_snapshot!(format!("change_requests_none_{name}"), desk.screen());
    }
}

#[test]
fn a_request_is_read_and_approved() {
    for (name, size) in [("small", SMALL), ("large", LARGE)] {
        let mut desk = four_eyes(size);
        let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
        assert_snapshot!(format!("change_requests_mine_{name}"), desk.see("Chiara Bianchi").screen());
        assert_snapshot!(format!("change_request_waiting_{name}"), desk.keys("<enter>").screen());
        desk.see("Who can decide").see("• You").keys("a").see("Approved: ").see(", done.").see("Nothing waits for you");
        let RequestState::Applied { by, code_seen, .. } = &request(&desk, id).state else { panic!("not applied") };
        assert_eq!(*by, desk.app.scene().person().unwrap());
        assert!(!code_seen);
        assert!(role_names(&desk).contains(&"Dashboard builder"));
        assert_snapshot!(format!("change_request_applied_{name}"), desk.keys("<tab><enter>").screen());
        desk.see("Approved and done by").keys("a").see_not("done.\n");
    }
}

#[test]
fn an_effect_is_told_with_access_and_warnings() {
    for (name, size) in [("small", SMALL), ("large", LARGE)] {
        let mut desk = four_eyes(size);
        let command = create_role(&desk, "Everything with payments");
        ask(&mut desk, ADMINISTRATOR, command);
        let holder = user(org(&desk), "Søren Kjærgaard").id;
        let gives = AssignRoles { user: holder, roles: [role(org(&desk), "Payment approver")].into_iter().collect() };
        ask(&mut desk, ADMINISTRATOR, gives);
        assert_snapshot!(
            format!("change_request_new_role_{name}"),
            desk.keys("<enter>").see("28 permissions").keys("<end>").see("Every role should").screen()
        );
        assert_snapshot!(
            format!("change_request_access_{name}"),
            desk.keys("<esc><down><enter>").see("(1 user)").screen()
        );
    }
}

#[test]
fn saying_no_takes_a_reason() {
    let mut desk = four_eyes(SMALL);
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    desk.keys("<enter>x<enter>").see("reason is empty");
    assert_snapshot!("change_request_reject_small", desk.screen());
    desk.keys("q<esc>")
        .see("Before and after")
        .keys("xa? Not now, 北京<enter>")
        .see("Rejected: ")
        .see("Nothing waits for you");
    let RequestState::Rejected { reason, .. } = &request(&desk, id).state else { panic!("not rejected") };
    assert_eq!(reason.as_str(), "a? Not now, 北京");
    assert_snapshot!("change_request_rejected_small", desk.keys("<tab><enter>").see("a? Not now").screen());
}

#[test]
fn ones_own_request_can_only_be_withdrawn() {
    let mut desk = four_eyes(SMALL);
    let first = ("Ingrid Åsgård", "Owner");
    let id = ask_rename(&mut desk, first, "Dashboard designer", "Dashboard builder");
    desk.see("Nothing waits for you").keys("<tab><enter>").see("Chiara Bianchi (Treasury administrator)");
    assert_snapshot!("change_request_own_small", desk.screen());
    desk.keys("a").see("Another person decides; you can withdraw it.");
    desk.keys("x").see("you can withdraw it.").see_not("Why?");
    desk.keys("w").see("Withdraw the request?").keys("<enter>").see("Waiting until");
    desk.keys("wy").see("Withdrawn: ").see("State: withdrawn");
    assert!(matches!(request(&desk, id).state, RequestState::Withdrawn { .. }));
    desk.keys("w").see_not("Withdraw the request?");
}

#[test]
fn a_stale_request_says_what_moved_and_is_filed_again() {
    let mut desk = four_eyes(LARGE);
    let stale = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    ask_rename(&mut desk, OWNER, "Dashboard designer", "Board maker");
    desk.keys("<down><enter>a").see("Approved: ").see("Nothing waits for you").keys("<tab><down>");
    assert_snapshot!("change_requests_stale_large", desk.see("Stale").screen());
    assert_snapshot!("change_request_stale_large", desk.keys("<enter>").see("State: stale").screen());
    desk.keys("a").see("file it again").keys("g").see_not("Filed again");
    assert!(request(&desk, stale).is_open());

    sit_down(&mut desk, ADMINISTRATOR.0, ADMINISTRATOR.1, Change::Allowed);
    desk.keys("3<tab><down><enter>").see("Press g to file it again").keys("g").see("Filed again: ");
    desk.see("Board maker → Dashboard builder").see("Waiting until");
}

#[test]
fn expiry_is_seen_when_the_time_has_come() {
    let mut desk = four_eyes(SMALL);
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    desk.keys("<space>").see("1 marked").wait(SignedDuration::from_hours(71)).see("Chiara Bianchi");
    desk.keys("<enter>").see("Waiting until").wait(SignedDuration::from_hours(1)).see("State: expired");
    desk.keys("a").see("expired").keys("<esc>").see("Nothing waits for you").see_not("marked");
    assert!(request(&desk, id).is_open());
    assert_snapshot!("change_request_expired_small", desk.keys("<tab>").see("Expired").keys("<enter>").screen());
    sit_down(&mut desk, ADMINISTRATOR.0, ADMINISTRATOR.1, Change::Allowed);
    desk.keys("3<tab><enter>g").see("Filed again: ").see("Waiting until");
    sit_down(&mut desk, OWNER.0, OWNER.1, Change::Allowed);
    desk.keys("3").see("Chiara Bianchi").see("3 days");
}

#[test]
fn marked_requests_are_decided_one_after_another() {
    let mut desk = four_eyes(SMALL);
    let ids: Vec<_> = ["One", "Two", "Three", "Four"]
        .into_iter()
        .map(|name| {
            let command = create_role(&desk, name);
            ask(&mut desk, ADMINISTRATOR, command)
        })
        .collect();
    desk.keys("<space><space><space>").see("3 marked");
    assert_snapshot!("change_requests_marked_small", desk.screen());
    desk.keys("a").see("1 of 3 marked").see("“One”").keys("a").see("Approved: ").see("2 of 3 marked").see("“Two”");
    desk.keys("xNo<enter>").see("Rejected: ").see("3 of 3 marked").see("“Three”").keys("<tab>").see("“Three”");
    desk.keys("a").see("Approved: ").see_not("of 3 marked").see("▌ Chiara Bianchi  Create the role “Four”");
    let states: Vec<_> = ids.iter().map(|id| request(&desk, *id).state.key()).collect();
    assert_eq!(states, ["applied", "rejected", "applied", "pending"]);
    let names = role_names(&desk);
    assert!(names.contains(&"One") && !names.contains(&"Two") && names.contains(&"Three"));
}

#[test]
fn one_that_is_skipped_stays_marked_and_undecided() {
    let mut desk = four_eyes(SMALL);
    for name in ["One", "Two"] {
        let command = create_role(&desk, name);
        ask(&mut desk, ADMINISTRATOR, command);
    }
    desk.keys("<space><space><enter><tab>").see("2 of 2 marked").keys("a").see("Approved: ").see("1 marked");
    assert_eq!(org(&desk).open_requests().count(), 1);
}

#[test]
fn an_old_proof_is_renewed_before_approving() {
    let mut desk = four_eyes(SMALL);
    ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    desk.wait(SignedDuration::from_mins(10)).keys("<enter>a").see("Approved: ").see("done.");
    assert!(role_names(&desk).contains(&"Dashboard builder"));
}

#[test]
fn whoever_has_a_passphrase_types_it_before_approving() {
    let mut desk = four_eyes(SMALL);
    let session = desk.app.scene().session.clone().unwrap();
    let next = rolodeck::domain::passphrase::accept("four horses under a tree", &[]).unwrap();
    let change = Request::ChangePassphrase { session, current: Secret::from(""), next: Secret::from(next.as_str()) };
    desk.worker.serve(change).unwrap();
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    desk.wait(SignedDuration::from_mins(10)).keys("<enter>a").see("Prove who you are");
    assert_snapshot!("change_request_passphrase_small", desk.screen());
    desk.keys("<enter>").see("Type the passphrase").keys("wrong<enter>").see("passphrase is not right");
    desk.keys("<esc>").see("Waiting until").keys("a").see("Prove who you are");
    assert!(request(&desk, id).is_open());
    desk.paste("four horses under a tree").keys("<enter>").see("Approved: ").see("Nothing waits for you");
    assert!(role_names(&desk).contains(&"Dashboard builder"));
    // The new proof counts for what comes next.
    ask_rename(&mut desk, ADMINISTRATOR, "Dashboard builder", "Board maker");
    desk.keys("<enter>a").see("Approved: ");
}

#[test]
fn what_somebody_else_decides_meanwhile_is_seen() {
    let mut desk = four_eyes(SMALL);
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    desk.keys("<enter>").see("Waiting until");
    let session = session_of(&mut desk, OWNER.0, OWNER.1);
    let approval = ApproveRequest {
        request: id,
        by: session.person(),
        at: desk.app.scene().now,
        shown: request(&desk, id).told.digest,
    };
    crate::users::run(&mut desk, &session, approval);
    desk.see("State: applied").see("Mateusz Wiśniewski as Owner").keys("a").see_not("Approved: ");
    desk.keys("<esc>").see("Nothing waits for you");
}

#[test]
fn what_is_filed_again_while_it_is_read_is_read_anew() {
    let mut desk = four_eyes(SMALL);
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    let other = ask_rename(&mut desk, OWNER, "Dashboard designer", "Board maker");
    desk.keys("<enter>").see("Dashboard designer → Dashboard builder");
    let administrator = session_of(&mut desk, ADMINISTRATOR.0, ADMINISTRATOR.1);
    let (by, at, shown) = (administrator.person(), desk.app.scene().now, request(&desk, other).told.digest);
    crate::users::run(&mut desk, &administrator, ApproveRequest { request: other, by, at, shown });
    desk.see("State: stale").keys("a").see("file it again").see_not("Approved: ");
    crate::users::run(&mut desk, &administrator, FileAgain { request: id, by, at });
    desk.see("read it again").see("Waiting until").see("Board maker → Dashboard builder");
    desk.keys("a").see("Approved: ");
    assert!(role_names(&desk).contains(&"Dashboard builder"));
}

#[test]
fn a_stale_request_can_be_rejected() {
    let mut desk = four_eyes(SMALL);
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    ask_rename(&mut desk, OWNER, "Dashboard designer", "Dashboard builder");
    desk.keys("<down><enter>a").see("Approved: ").keys("<tab><down><enter>").see("State: stale");
    desk.keys("xToo late<enter>").see("Rejected: ").see("2 shown");
    assert_eq!(request(&desk, id).state.key(), "rejected");
}

#[test]
fn a_request_without_anybody_who_could_decide_says_so_loudly() {
    let mut desk = four_eyes(SMALL);
    let about = person(org(&desk), OWNER.0, OWNER.1).user;
    let roles: RoleSet = [role(org(&desk), "Dashboard designer")].into_iter().collect();
    ask(&mut desk, ("Ingrid Åsgård", "Owner"), AssignRoles { user: about, roles });
    let owner = session_of(&mut desk, OWNER.0, OWNER.1);
    let gone = person(org(&desk), ADMINISTRATOR.0, ADMINISTRATOR.1).user;
    let at = desk.app.scene().now;
    crate::users::run(&mut desk, &owner, DeactivateUser { user: gone, by: about, at });
    assert_snapshot!("change_request_nobody_small", desk.keys("<tab><enter>").see("NOBODY can approve this").screen());
    desk.see("it is about this person");
}

#[test]
fn that_the_requester_saw_the_approvers_code_is_told() {
    let mut desk = four_eyes_with(SMALL, |org| {
        let owner = org.owner_role().unwrap().id;
        let requester = person(org, ADMINISTRATOR.0, ADMINISTRATOR.1).user;
        let owners: Vec<User> = org.holders(owner).cloned().collect();
        for user in owners {
            org.put(Row::User(User { code_seen_by: [requester].into(), ..user }));
        }
    });
    ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    desk.keys("<enter>").see("looked at the invitation code").see("will say so");
    assert_snapshot!("change_request_code_seen_small", desk.screen());
    desk.keys("a<tab><enter>").see("so the two may");
}

#[test]
fn the_lists_can_be_narrowed() {
    let mut desk = four_eyes(LARGE);
    ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    ask_rename(&mut desk, ("Ingrid Åsgård", "Owner"), "Liquidity analyst", "Cash analyst");
    desk.keys("<enter>a<tab>").see("2 shown, state: All").see("Applied");
    desk.keys("f").see("1 shown, state: Waiting").see("Cash analyst").see_not("Dashboard");
    desk.keys("f")
        .see("state: Stale")
        .see("No request matches")
        .keys("ff")
        .see("state: Applied")
        .see_not("Cash analyst");
    desk.keys("fff").see("state: Mine").see("Cash analyst").see_not("Dashboard").keys("<esc>").see("state: All");
    desk.keys("/asgard").see("1 shown").see("Cash analyst").keys("<enter>");
    assert_snapshot!("change_requests_filtered_large", desk.screen());
    desk.keys("<esc>/BUILDER").see("1 shown").see("Chiara").keys("<esc>").see("2 shown");
}

#[test]
fn a_role_that_decides_nothing_sees_what_it_may() {
    let mut desk = four_eyes_with(SMALL, |org| {
        let analyst = org.role(role(org, "Liquidity analyst")).unwrap().clone();
        let grants = Grants::Simple([Group::ReadFinancialData].into_iter().collect());
        org.put(Row::Role(Role { grants, ..analyst }));
    });
    ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    sit_down(&mut desk, "Anouk Lefèvre", "External auditor", Change::Allowed);
    desk.keys("3").see("decides no change requests").see("organizations:update. It could be granted");
    desk.keys("<tab>").see("Chiara Bianchi").keys("<enter>").see("Waiting until").keys("a").see("organizations:update");
    sit_down(&mut desk, "Nguyễn Thị Minh Châu", "Liquidity analyst", Change::Allowed);
    desk.keys("3<tab>")
        .see_not("rename the role")
        .see("You asked for nothing")
        .see("Requests of others are not shown to you.");
    assert_snapshot!("change_requests_hidden_small", desk.screen());
}

#[test]
fn a_read_only_session_decides_nothing() {
    let mut desk = four_eyes(SMALL);
    let id = ask_rename(&mut desk, ADMINISTRATOR, "Dashboard designer", "Dashboard builder");
    sit_down(&mut desk, OWNER.0, OWNER.1, Change::Never);
    desk.keys("3<enter>a").see("read-only").keys("x").see("read-only");
    assert!(request(&desk, id).is_open());
}

#[test]
fn long_and_wide_texts_fit() {
    let long = "Maximiliana Alexandrina von Hohenstein-Wittelsburg zu Lichtenfels-Oberau";
    for (name, size) in [("small", SMALL), ("large", LARGE)] {
        let mut desk = four_eyes_with(size, |org| {
            let administrator = role(org, ADMINISTRATOR.1);
            for name in [long, "佐藤 美咲"] {
                let user = user(org, name).clone();
                org.put(Row::User(User { roles: user.roles.with([administrator]), ..user }));
            }
        });
        let command = create_role(&desk, &"財務管理者".repeat(16));
        ask(&mut desk, (long, ADMINISTRATOR.1), command);
        let by = person(org(&desk), "佐藤 美咲", ADMINISTRATOR.1);
        let command = invite(&desk, by, 12);
        ask(&mut desk, ("佐藤 美咲", ADMINISTRATOR.1), command);
        assert_snapshot!(format!("change_requests_long_{name}"), desk.screen());
        assert_snapshot!(format!("change_request_long_{name}"), desk.keys("<enter>").screen());
        desk.keys("<esc><down><enter>").see("佐藤 美咲 asks to invite");
        assert_snapshot!(format!("change_request_invite_{name}"), desk.keys("<end>").see("Maximiliana").screen());
        let before = desk.letters().len();
        desk.keys("a").see("Approved: ");
        assert_eq!(desk.letters().len(), before + 12);
    }
}

fn invite(desk: &Desk, by: Person, count: usize) -> InviteUsers {
    let scene = desk.app.scene();
    let invitee = |n| Invitee {
        id: InvitationId::new(scene.now, &scene.outside.seed()),
        address: format!("somebody.with.a.long.address.{n}@lumbrevik.example.com").parse().unwrap(),
        name: None,
    };
    let roles = [role(&scene.org, "Dashboard designer")].into_iter().collect();
    InviteUsers { by: by.user, at: scene.now, roles, people: (0..count).map(invitee).collect() }
}

#[test]
fn it_can_be_done_with_the_mouse() {
    use rolodeck::tui::event::{Event, Mouse, MouseKind};
    let mut desk = four_eyes(SMALL);
    for name in ["One", "Two"] {
        let command = create_role(&desk, name);
        ask(&mut desk, ADMINISTRATOR, command);
    }
    let click = |desk: &mut Desk, text: &str| {
        let screen = desk.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
        let before = line.split_once(text).unwrap().0;
        let column = u16::try_from(before.chars().count()).unwrap();
        let row = u16::try_from(row).unwrap();
        desk.app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column, row }));
        desk.settle();
    };
    click(&mut desk, "“Two”");
    desk.keys("<enter>").see("“Two”").keys("<esc>");
    click(&mut desk, "All approvals");
    desk.see("2 shown, state: All");
}

#[test]
fn a_wide_terminal_shows_the_selected_request_beside_the_list() {
    let mut desk = Desk::sample((200, 40));
    desk.keys("6p3").see("to approve");
    assert_snapshot!("change_request_beside", desk.screen());
    desk.see("asks to reactivate Hélène Dvořáková.").keys("j").see("asks to invite noor.haddad@");
    desk.keys("k").resize((200, 24));
    desk.see("Enter shows all of it").keys("<enter>").see("Approve");
    desk.resize((149, 40));
    desk.keys("<esc>").see_not("Enter shows all of it");
}
