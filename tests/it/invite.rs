//! Invite users, by keys and pastes.
use jiff::{SignedDuration, Timestamp};
use rolodeck::command::{InviteUsers, Invitee};
use rolodeck::domain::address::EmailAddress;
use rolodeck::domain::id::{InvitationId, RoleId};
use rolodeck::domain::org::Org;
use rolodeck::domain::permission::Permission;
use rolodeck::domain::role::{Grants, Role, RoleState};
use rolodeck::domain::row::{Kind, Row};
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::Invitation;
use rolodeck::engine::{Report, Request};
use rolodeck::tui::event::{Event, Mouse, MouseKind};
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL};

/// What is on the screen as long as the list is.
const OPEN: &str = "╭ Addresses";

/// One entry for each verdict and warning.
const EVERYTHING: &str = "new@lumbrevik.example.com, Jane Doe <jane@partner.example.org>;\
    ingrid.asgard@lumbrevik.example.com saoirse.nibhriain@lumbrevik.example.com\n\
    katarzyna.zak@lumbrevik.example.com\tNEW@lumbrevik.example.com\n\
    ingrid.asgard+x@lumbrevik.example.com\nrnateusz.wisniewski@lumbrevik.example.com\n\
    zoe.nunez@lumbrevlk.example.com\nnobody here\n@example.com";

fn invite(size: (u16, u16)) -> Desk {
    let mut desk = Desk::sample(size);
    desk.keys("1i").see(OPEN);
    desk
}

fn role(org: &Org, name: &str) -> RoleId {
    org.active_roles().find(|role| role.name.as_str() == name).unwrap().id
}

fn pending(desk: &Desk) -> Vec<String> {
    let mut addresses: Vec<_> =
        desk.app.scene().org.invitations().values().map(|open| open.address.as_str().to_owned()).collect();
    addresses.sort();
    addresses
}

fn invited<'a>(desk: &'a Desk, address: &str) -> &'a Invitation {
    let open = desk.app.scene().org.invitations().values();
    open.map(AsRef::as_ref).find(|open| open.address.as_str() == address).unwrap()
}

/// Moves the selection among the roles, which must have the keyboard, and ticks this one.
fn tick(desk: &mut Desk, name: &str) {
    let mut names: Vec<_> = desk.app.scene().org.active_roles().collect();
    names.sort_by_key(|role| (role.is_owner(), role.name.key()));
    let place = names.iter().position(|role| role.name.as_str() == name).unwrap();
    desk.keys("<home>").keys(&"<down>".repeat(place)).keys("<space>");
}

#[test]
fn the_screen_begins_with_a_place_for_addresses() {
    for size in [SMALL, LARGE] {
        let mut desk = invite(size);
        insta::assert_snapshot!(format!("empty_{}", size.0), desk.screen());
        desk.keys("<tab><tab><tab><enter>").see("Type or paste at least one address.");
    }
}

#[test]
fn every_entry_gets_its_verdict_as_it_comes() {
    for size in [SMALL, LARGE] {
        let mut desk = invite(size);
        desk.paste(EVERYTHING).keys("<tab><tab>");
        insta::assert_snapshot!(format!("verdicts_{}", size.0), desk.screen());
    }
    let mut desk = invite(LARGE);
    desk.paste(EVERYTHING);
    for verdict in [
        "✓ new@lumbrevik.example.com                                        ok",
        "jane@partner.example.org  Jane Doe                not an own domain",
        "ingrid.asgard@lumbrevik.example.com                  already a user",
        "saoirse.nibhriain@lumbrevik.example.com             already invited",
        "katarzyna.zak@lumbrevik.example.com              ok, expired before",
        "NEW@lumbrevik.example.com                         twice in the list",
        "ingrid.asgard+x@lumbrevik.example.com       same mailbox, other tag",
        "iewski@lumbrevik.example.com   looks like another address",
        "zoe.nunez@lumbrevlk.example.com        looks like another domain +1",
        "nobody here                                                 invalid",
        "@example.com                                                invalid",
    ] {
        desk.see(verdict);
    }
    desk.see("6 ok  4 to look at  2 invalid  1 twice  2 known already");
}

#[test]
fn what_is_selected_is_explained() {
    let mut desk = invite(LARGE);
    desk.paste(EVERYTHING).keys("<tab><tab>").see("This address can be invited.");
    desk.keys("j").see("partner.example.org is not one of the organization's own domains.");
    desk.keys("j").see("A user has this address: assign roles to that user instead.");
    desk.keys("j").see("An invitation to this address is open: resend or revoke that one.");
    desk.keys("j").see("that invitation expired on 28 February");
    desk.keys("j").see("The same address stands in the list at number 1; it is invited once.");
    desk.keys("j").see("Its mail probably arrives in the mailbox of");
    desk.keys("jjj").see("The @ is missing: an address looks like name@example.com.");
    desk.keys("j").see("Nothing stands before the @: an address looks like name@example.com.");
}

#[test]
fn verdicts_follow_every_letter() {
    let mut desk = invite(LARGE);
    desk.keys("ada").see("1 invalid").keys("@lumbrevik.example.com").see("1 ok").see_not("invalid");
    desk.keys(" ada@lumbrevik.example.com").see("1 ok  1 twice");
    desk.keys(&"<backspace>".repeat(26)).see("1 ok").see_not("twice");
}

#[test]
fn create_invites_exactly_those_who_can_be_invited_with_the_ticked_roles() {
    let mut desk = invite(SMALL);
    let (before, letters) = (pending(&desk), desk.letters());
    desk.paste("Jane Doe <jane@lumbrevik.example.com>, joe@lumbrevik.example.com joe@lumbrevik.example.com");
    desk.keys("<tab>");
    tick(&mut desk, "Payment approver");
    tick(&mut desk, "Group accountant (read-only)");
    desk.see("2 ticked").see("2 people will be invited.");
    assert_eq!(pending(&desk), before, "only Create makes anything");
    assert_eq!(desk.letters(), letters);
    desk.keys("c").see("2 people were invited. Their messages go to the outbox folder");
    desk.see_not(OPEN);

    let gained: Vec<_> = pending(&desk).into_iter().filter(|address| !before.contains(address)).collect();
    assert_eq!(gained, ["jane@lumbrevik.example.com", "joe@lumbrevik.example.com"]);
    let jane = invited(&desk, "jane@lumbrevik.example.com");
    let org = &desk.app.scene().org;
    assert_eq!(jane.name.as_ref().unwrap().as_str(), "Jane Doe");
    assert_eq!(
        jane.roles,
        [role(org, "Payment approver"), role(org, "Group accountant (read-only)")].into_iter().collect()
    );
    assert_eq!(jane.invited_by, desk.app.scene().person().unwrap().user);
    assert_eq!(invited(&desk, "joe@lumbrevik.example.com").name, None);
    assert_eq!(desk.letters().len(), letters.len() + 2, "each of them gets one message");
}

#[test]
fn one_person_is_named_in_the_message() {
    let mut desk = invite(SMALL);
    desk.paste("joe@lumbrevik.example.com").keys("<tab><space><tab><tab>").see("[ Create  Enter ]");
    insta::assert_snapshot!("ready", desk.screen());
    desk.keys("<enter>").see("joe@lumbrevik.example.com was invited. The message goes to the outbox folder");
}

#[test]
fn an_expired_invitation_gives_way_to_a_new_one() {
    let mut desk = invite(SMALL);
    let old = invited(&desk, "katarzyna.zak@lumbrevik.example.com").id;
    desk.paste("katarzyna.zak@lumbrevik.example.com").see("ok, expired before").keys("<tab><space>c");
    let new = invited(&desk, "katarzyna.zak@lumbrevik.example.com");
    assert_ne!(new.id, old);
    assert!(!new.is_expired(desk.app.scene().now));
    assert!(desk.app.scene().org.invitation(old).is_none());
}

#[test]
fn create_says_what_is_missing() {
    let mut desk = invite(SMALL);
    let before = pending(&desk);
    desk.keys("<tab>c").see("● Type or paste at least one address.");
    desk.paste("joe@lumbrevik.example.com nonsense").keys("<tab>");
    desk.keys("c").see("● Correct the invalid entry or drop it: d.");
    desk.keys("d").see("One entry was taken out of the list").keys("c").see("● Tick at least one role.");
    desk.keys("<space>").see("1 person will be invited.");
    assert_eq!(pending(&desk), before);

    let mut desk = invite(SMALL);
    desk.paste("ingrid.asgard@lumbrevik.example.com").keys("<tab><space>c").see("● None of these can be invited.");
    assert_eq!(pending(&desk), before);
}

#[test]
fn bad_entries_are_dropped_and_brought_back() {
    let mut desk = invite(LARGE);
    desk.paste(EVERYTHING).keys("<tab><tab>d").see("5 entries were taken out of the list; u brings them back.");
    desk.see("6 ok  4 to look at").see_not("invalid").see_not("twice");
    desk.keys("u").see("6 ok  4 to look at  2 invalid  1 twice  2 known already");
    desk.keys("jx").see("One entry was taken out of the list; u brings it back.").see_not("Jane Doe");
    desk.keys("u").see("Jane Doe");
}

#[test]
fn the_list_can_be_narrowed() {
    let mut desk = invite(LARGE);
    desk.paste(EVERYTHING).keys("<tab><tab>f").see("→ bad ones");
    desk.see("twice in the list").see_not("ok, expired before");
    insta::assert_snapshot!("only_bad", desk.screen());
    desk.keys("f").see("→ to look at").see("not an own domain").see_not("twice in the list");
    desk.keys("<esc>").see_not("→ only").see("ok, expired before");
    desk.keys("ffd").see_not("→ bad");
}

#[test]
fn what_the_active_role_may_not_hand_out_says_why() {
    let mut desk = Desk::sample_as("Chiara Bianchi", "Treasury administrator", LARGE);
    desk.keys("1i").paste("joe@lumbrevik.example.com").keys("<tab>");
    insta::assert_snapshot!("administrator", desk.screen());
    tick(&mut desk, "Owner");
    desk.see("● Only somebody signed in as Owner can make an Owner.").see("Roles: tick at least one");
    tick(&mut desk, "Treasury administrator");
    desk.see("Roles: 1 ticked");
}

#[test]
fn administration_is_given_by_whoever_has_it() {
    let may_invite = |org: &mut Org| {
        let id = RoleId::new(Timestamp::UNIX_EPOCH, &[1; 10]);
        let held = ["affiliations:read", "approval_chains:read", "entities:read", "memberships:read", "roles:read"];
        let held = held.map(|permission| permission.parse::<Permission>().unwrap());
        let permissions = held.into_iter().chain([Permission::INVITATIONS_CREATE]).collect();
        let (grants, scope) = (Grants::Advanced(permissions), Scope::AllFuture.into());
        let created = Timestamp::UNIX_EPOCH;
        let name = "Host".parse().unwrap();
        org.put(Row::Role(Role { id, name, grants, scope, state: RoleState::Active, created }));
        let mut user =
            org.users().values().find(|user| user.name.as_str() == "Søren Kjærgaard").unwrap().as_ref().clone();
        user.roles = user.roles.with([id]);
        org.put(Row::User(user));
    };
    let mut desk = Desk::founded(LARGE, may_invite, |org| crate::desk::person(org, "Søren Kjærgaard", "Host"));
    desk.keys("1i").paste("joe@lumbrevik.example.com").keys("<tab>");
    tick(&mut desk, "Treasury administrator");
    desk.see("● Your active role lacks what you would hand out: ").see("Roles: tick at least one");
    insta::assert_snapshot!("host", desk.screen());
    tick(&mut desk, "Payment approver");
    desk.keys("c").see("joe@lumbrevik.example.com was invited.");
}

#[test]
fn roles_come_first() {
    let only_owner = |org: &mut Org| {
        let others: Vec<_> = org.active_roles().filter(|role| !role.is_owner()).map(|role| role.id).collect();
        let owner = org.owner_role().unwrap().id;
        let users: Vec<_> = org.users().values().map(|user| user.as_ref().clone()).collect();
        let open: Vec<_> = org.invitations().keys().copied().collect();
        open.into_iter().for_each(|id| org.remove(id.into()));
        for mut user in users {
            if user.roles.contains(owner) {
                user.roles = [owner].into_iter().collect();
                org.put(Row::User(user));
            } else {
                org.remove(user.id.into());
            }
        }
        others.into_iter().for_each(|id| org.remove(id.into()));
    };
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample_with(size, only_owner);
        desk.keys("1i").see("Roles come first").see("[ Create new role  n ]");
        insta::assert_snapshot!(format!("roles_first_{}", size.0), desk.screen());
        desk.keys("x").paste("joe@lumbrevik.example.com").see("Roles come first");
        desk.keys("n").see_not("Roles come first").keys("<enter>Reader<enter>");
        desk.see(OPEN).see("☐ Reader").paste("joe@lumbrevik.example.com").keys("<tab><space>");
        desk.see("☑ Reader").see("☐ Owner").keys("c");
        assert_eq!(pending(&desk), ["joe@lumbrevik.example.com"]);
    }
}

#[test]
fn the_mouse_ticks_and_creates() {
    let click = |desk: &mut Desk, column, row| {
        desk.app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column, row }));
        desk.settle();
    };
    let mut desk = invite(SMALL);
    desk.paste("joe@lumbrevik.example.com");
    click(&mut desk, 74, 21);
    desk.see("● Tick at least one role.");
    click(&mut desk, 50, 4);
    desk.see("☑ ERP connector");
    click(&mut desk, 5, 5);
    desk.keys(" ann@lumbrevik.example.com").see("2 ok");
    click(&mut desk, 74, 21);
    desk.see("2 people were invited.");
}

#[test]
fn leaving_a_draft_asks() {
    let mut desk = invite(SMALL);
    desk.keys("<esc>").see_not(OPEN);
    desk.keys("i").paste("joe@lumbrevik.example.com ann@lumbrevik.example.com").keys("<esc>");
    desk.see("the list of 2 entries would be lost.");
    insta::assert_snapshot!("leave", desk.screen());
    desk.keys("<enter>").see("2 ok").keys("<esc><tab><enter>").see_not(OPEN);
}

#[test]
fn verdicts_follow_the_organization() {
    let mut desk = invite(LARGE);
    desk.paste("joe@lumbrevik.example.com ann@lumbrevik.example.com").see("2 ok").keys("<tab><space>");
    run(&mut desk, "joe@lumbrevik.example.com");
    desk.settle();
    desk.see("1 ok  1 known already").keys("c").see("ann@lumbrevik.example.com was invited.");

    let mut desk = invite(LARGE);
    desk.paste("saoirse.nibhriain@lumbrevik.example.com")
        .see("already invited")
        .wait(SignedDuration::from_hours(24 * 6));
    run(&mut desk, "joe@lumbrevik.example.com");
    desk.settle();
    desk.see("ok, expired before");
}

/// Somebody else invites this address at the same time.
fn run(desk: &mut Desk, address: &str) {
    let session = desk.app.scene().session.clone().unwrap();
    let at = desk.weather.outside().now();
    let id = InvitationId::new(at, &desk.weather.outside().seed());
    let people = vec![Invitee { id, address: EmailAddress::new(address).unwrap(), name: None }];
    let roles = [role(&desk.app.scene().org, "Payment approver")].into_iter().collect();
    let command = InviteUsers { by: session.person().user, at, roles, people }.into();
    desk.worker.serve(Request::Run { session, command }).unwrap();
    let view = desk.worker.view().unwrap().unwrap();
    desk.app.report(Report::Moved(view));
}

#[test]
fn a_refusal_leaves_the_list_as_it_is() {
    let mut desk = invite(LARGE);
    desk.paste("joe@lumbrevik.example.com ann@lumbrevik.example.com").keys("<tab><space>");
    desk.app.handle(Event::Key(Key::char('c')));
    desk.see("The invitations are being made.");
    let session = desk.app.scene().session.clone().unwrap();
    let at = desk.weather.outside().now();
    let id = InvitationId::new(at, &desk.weather.outside().seed());
    let people = vec![Invitee { id, address: EmailAddress::new("ann@lumbrevik.example.com").unwrap(), name: None }];
    let roles = [role(&desk.app.scene().org, "Payment approver")].into_iter().collect();
    let command = InviteUsers { by: session.person().user, at, roles, people }.into();
    desk.worker.serve(Request::Run { session, command }).unwrap();
    desk.settle();
    desk.see("ann@lumbrevik.example.com is already invited. Resend the invitation or revoke it.");
    desk.see(OPEN).see("1 ok  1 known already");
    assert!(!pending(&desk).contains(&"joe@lumbrevik.example.com".to_owned()), "all of them or none");
    desk.keys("c").see("joe@lumbrevik.example.com was invited.");
}

#[test]
fn hostile_text_is_refused_and_shown_escaped() {
    let mut desk = invite(LARGE);
    desk.paste(
        "a\u{1B}[31mb@example.com\nx\u{202E}moc@example.com\nze\u{200B}ro@example.com\n\u{E0041}tag@example.com",
    );
    desk.see("4 invalid")
        .see("a<U+001B>[31mb@example.com")
        .see("x<U+202E>moc@example.com")
        .see("ze<U+200B>ro@example.com");
    insta::assert_snapshot!("hostile", desk.screen());
    desk.keys("<tab><tab>d").see("Nothing to judge yet");
    desk.paste(&format!("{}@example.com", "長".repeat(10_000))).see("1 invalid");
    let mut desk = invite(SMALL);
    desk.paste("田中 浩 <hiroshi@lumbrevik.example.com>\n\"Doe, 👩\u{200D}💻\" <doe@lumbrevik.example.com>\n用户@lumbrevik.example.com");
    insta::assert_snapshot!("cjk", desk.screen());
    desk.keys("<tab><space>c");
    assert_eq!(invited(&desk, "hiroshi@lumbrevik.example.com").name.as_ref().unwrap().as_str(), "田中 浩");
    assert_eq!(invited(&desk, "用户@lumbrevik.example.com").name, None);
}

/// Ten thousand entries: of each hundred one is no address and one stands in the list twice.
fn ten_thousand(separator: &str) -> String {
    let entry = |n: usize| match n % 100 {
        7 => format!("person{n}.lumbrevik.example.com"),
        11 => format!("PERSON{}@lumbrevik.example.com", n - 1),
        _ => format!("Person Number{n} <person{n}@lumbrevik.example.com>"),
    };
    (0..10_000).map(entry).collect::<Vec<_>>().join(separator)
}

/// Slices of work until nothing is left.
fn slices(desk: &mut Desk) -> usize {
    std::iter::from_fn(|| desk.app.work().then_some(())).count()
}

#[test]
fn ten_thousand_addresses_are_judged_in_slices_and_invited_exactly() {
    let mut desk = invite(SMALL);
    desk.app.handle(Event::Paste(ten_thousand("\n")));
    for _ in 0..10 {
        assert!(desk.app.work());
    }
    desk.see("Judging (Esc stops)").see("of 10,000");
    insta::assert_snapshot!("judging", desk.screen());
    let more = slices(&mut desk);
    assert!((10..=30).contains(&more), "{more} slices");
    desk.see("9,800 ok  100 invalid  100 twice").see("100 invalid entries or drop them");

    desk.keys("<tab><space>d").see("200 entries were taken out").see("9,800 people will be invited.");
    let before = pending(&desk);
    desk.app.handle(Event::Key(Key::char('c')));
    for (ticket, request) in desk.app.take_requests().collect::<Vec<_>>() {
        let answer = desk.worker.serve(request);
        desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
        desk.app.report(Report::Done(ticket, answer));
    }
    desk.see("9,800 people were invited.");
    let mut expected: Vec<_> = (0..10_000)
        .filter(|n| !matches!(n % 100, 7 | 11))
        .map(|n| format!("person{n}@lumbrevik.example.com"))
        .chain(before)
        .collect();
    expected.sort();
    assert!(pending(&desk) == expected, "exactly those that are ok");
    assert_eq!(invited(&desk, "person0@lumbrevik.example.com").name.as_ref().unwrap().as_str(), "Person Number0");
}

#[test]
fn a_long_list_goes_on_being_judged_from_where_it_was_changed() {
    let mut desk = invite(SMALL);
    desk.paste(&ten_thousand("\n")).see("9,800 ok");
    desk.app.handle(Event::Key(Key::char('x')));
    let slices = slices(&mut desk);
    assert!(slices <= 3, "{slices} slices for a letter at the end");
    desk.see("9,800 ok  101 invalid  100 twice");
    desk.keys("<enter>person5@lumbrevik.example.com").see("101 twice");
}

#[test]
fn one_long_line_is_judged_too() {
    let mut desk = invite(SMALL);
    desk.paste(&ten_thousand("; ")).see("9,800 ok  100 invalid  100 twice");
}

#[test]
fn esc_stops_judging_and_a_key_goes_on() {
    let mut desk = invite(SMALL);
    desk.app.handle(Event::Paste(ten_thousand("\n")));
    for _ in 0..12 {
        assert!(desk.app.work());
    }
    desk.app.handle(Event::Key("esc".parse().unwrap()));
    assert!(!desk.app.work());
    desk.see("stopped at").see("Judging was stopped: Tab, then p goes on.");
    insta::assert_snapshot!("stopped", desk.screen());
    desk.keys("<tab>c").see("● Judging was stopped: p goes on.").keys("p").see("9,800 ok  100 invalid  100 twice");
    desk.keys("<esc>").see("the list of 10,000 entries would be");
}

#[test]
fn removing_people_forgets_their_addresses() {
    let mut desk = Desk::sample_with(LARGE, |org| {
        let open: Vec<_> = org.invitations().keys().copied().collect();
        open.into_iter()
            .for_each(|id| org.remove(rolodeck::domain::row::RowId { kind: Kind::Invitation, id: id.uuid() }));
    });
    desk.keys("1i").paste("saoirse.nibhriain@lumbrevik.example.com").see("1 ok");
}
