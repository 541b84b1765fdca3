//! User management, Users, Invited: driven by keys.
use insta::assert_snapshot;
use jiff::SignedDuration;
use ratatui::buffer::Cell;
use rolodeck::command::{InviteUsers, Invitee};
use rolodeck::domain::id::InvitationId;
use rolodeck::domain::org::Org;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::role::RoleSet;
use rolodeck::domain::user::Invitation;
use rolodeck::engine::{Change, Reply, Report, Request, Trouble, View};
use rolodeck::ledger::store::{Delivery, DeliveryState};
use rolodeck::mail::{Encryption, Route};

use super::desk::{Desk, LARGE, SMALL};
use super::users::{role, run, session_of, sit_down, user};

fn org(desk: &Desk) -> &Org {
    &desk.app.scene().org
}

fn invitation<'o>(org: &'o Org, address: &str) -> Option<&'o Invitation> {
    org.invitations().values().map(AsRef::as_ref).find(|open| open.address.as_str().starts_with(address))
}

/// The code of an open invitation, read from the file of its newest message.
pub fn code_of(desk: &Desk, address: &str) -> String {
    let open = invitation(org(desk), address).unwrap();
    let file = format!("{}-{}.eml", open.id, open.attempt);
    let letters = desk.letters();
    let (_, text) = letters.iter().find(|(name, _)| *name == file).unwrap();
    let is_code = |line: &&str| line.len() == 64 && line.chars().all(|c| c.is_ascii_hexdigit());
    text.lines().map(str::trim).find(is_code).unwrap().to_owned()
}

/// Whether a code opens the invitation of this address.
fn opens(desk: &mut Desk, code: &str, address: &str) -> bool {
    match desk.worker.serve(Request::CheckCode { code: code.into() }) {
        Ok(Reply::Invitation { address: found, .. }) => found.as_str().starts_with(address),
        Err(Trouble::Refused(Refusal::CodeRejected)) => false,
        other => panic!("{other:?}"),
    }
}

/// Invites people as Ingrid, behind the back of the screen.
fn invite(desk: &mut Desk, addresses: &[String]) {
    let owner = session_of(desk, "Ingrid Åsgård", "Owner");
    let outside = desk.weather.outside();
    let people = addresses.iter().map(|address| Invitee {
        id: InvitationId::new(outside.now(), &outside.seed()),
        address: address.parse().unwrap(),
        name: None,
    });
    let people = people.collect();
    let roles = RoleSet::from_iter([role(org(desk), "External auditor")]);
    run(desk, &owner, InviteUsers { by: owner.person().user, at: outside.now(), roles, people });
}

/// Shows the same organization with another view of its mail.
fn show(desk: &mut Desk, change: impl FnOnce(&mut View)) {
    let mut view = desk.app.scene().view.clone().unwrap();
    change(&mut view);
    desk.app.report(Report::Moved(view));
}

/// The folder of the messages has another name in every run; this one goes into a snapshot.
fn with_a_quiet_folder(desk: &mut Desk) {
    show(desk, |view| view.route = Route::Folder("/home/ingrid/outbox".into()));
}

/// Shows the deliveries in other states than they are in.
fn pretend(desk: &mut Desk, address: &str, state: DeliveryState, tries: u32, error: &str) {
    let next_try = desk.weather.outside().now() + SignedDuration::from_mins(4);
    show(desk, |view| {
        let id = invitation(&view.org, address).unwrap().id;
        let before = view.deliveries.get(&id).unwrap().clone();
        let last_error = Some(error.into());
        view.deliveries.insert(id, Delivery { state, tries, last_error, next_try, ..before });
    });
}

#[test]
fn the_list_at_both_sizes() {
    let mut small = Desk::sample(SMALL);
    small.keys("<tab>").see("5 invitations pending, 1 of them expired").see("expired 2 days ago");
    assert_snapshot!(small.screen());
    let mut large = Desk::sample(LARGE);
    assert_snapshot!(large.keys("<tab>").screen());
    let mut huge = Desk::sample((200, 40));
    assert_snapshot!(huge.keys("<tab>").screen());
}

#[test]
fn the_detail_at_both_sizes() {
    let mut small = Desk::sample(SMALL);
    with_a_quiet_folder(&mut small);
    assert_snapshot!(small.keys("<tab>/tanaka<enter><enter>").screen());
    let mut large = Desk::sample(LARGE);
    with_a_quiet_folder(&mut large);
    large.keys("<tab>/rousseau<enter>");
    assert_snapshot!(large.screen());
    large.keys("<enter>").see("hallberg-audit.example.com is not one of the organization's own domains.");
    assert_snapshot!(large.screen());
}

#[test]
fn resending_gives_a_new_code_and_the_old_one_dies() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>/rousseau<enter>");
    let old = code_of(&desk, "emile");
    assert!(opens(&mut desk, &old, "emile"));
    desk.wait(SignedDuration::from_hours(24));
    desk.keys("R").see("goes out with a").see("old one no longer works.").see("expires in 7 days");
    let new = code_of(&desk, "emile");
    assert_ne!(old, new);
    assert!(!opens(&mut desk, &old, "emile"));
    assert!(opens(&mut desk, &new, "emile"));
    desk.keys("<enter>").see("Resent       just now");
}

#[test]
fn an_expired_invitation_is_resent_to_life() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>").see("expired 2 days ago").keys("R").see_not("expired").see("5 invitations pending");
    let first = code_of(&desk, "katarzyna");
    assert!(opens(&mut desk, &first, "katarzyna"));
    desk.wait(SignedDuration::from_hours(8 * 24));
    assert!(!opens(&mut desk, &first, "katarzyna"), "it expired once more");
    desk.keys("/katarzyna<enter>R").see("expires in 7 days");
    let second = code_of(&desk, "katarzyna");
    assert!(opens(&mut desk, &second, "katarzyna") && !opens(&mut desk, &first, "katarzyna"));
}

#[test]
fn fifty_pending_invitations_are_reviewed_with_a_few_keys() {
    let mut desk = Desk::sample(SMALL);
    let early: Vec<_> = (0..30).map(|n| format!("early{n}@lumbrevik.example.com")).collect();
    invite(&mut desk, &early);
    desk.wait(SignedDuration::from_hours(5 * 24));
    let late: Vec<_> = (0..15).map(|n| format!("late{n}@lumbrevik.example.com")).collect();
    invite(&mut desk, &late);
    desk.wait(SignedDuration::from_hours(3 * 24));
    let letters = desk.letters().len();
    let late_code = code_of(&desk, "late3@");
    desk.keys("<tab>E").see("35 marked");
    assert_snapshot!(desk.screen());
    desk.keys("R").see("35 invitations go out with new codes; the old ones no longer work.").see_not("marked");
    assert_eq!(desk.letters().len(), letters + 35);
    let now = desk.weather.outside().now();
    assert!(org(&desk).invitations().values().all(|open| !open.is_expired(now)));
    assert!(opens(&mut desk, &late_code, "late3@"), "what was not marked stays as it was");
    desk.keys("/late<enter>Axy").see("15 invitations were revoked.").see("No invitation matches.");
    assert_eq!(org(&desk).invitations().len(), 35);
    assert!(!opens(&mut desk, &late_code, "late3@"));
}

#[test]
fn revoking_frees_the_address_and_kills_the_code() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>/saoirse<enter>");
    let code = code_of(&desk, "saoirse");
    let address = invitation(org(&desk), "saoirse").unwrap().address.clone();
    desk.keys("x").see("Revoke this invitation?");
    assert_snapshot!(desk.screen());
    desk.keys("<enter>");
    assert!(invitation(org(&desk), "saoirse").is_some(), "the harmless answer is focused");
    desk.keys("x<tab><enter>").see("was revoked.");
    assert!(invitation(org(&desk), "saoirse").is_none());
    assert_eq!(org(&desk).holder(&address.key()), None);
    assert!(!opens(&mut desk, &code, "saoirse"));
}

#[test]
fn several_are_marked_one_by_one_and_revoked_together() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab><space><space>").see("2 marked");
    desk.keys("/tanaka<enter>").see("2 marked, 2 not shown");
    desk.keys("<esc>x").see("Revoke 2 invitations?");
    assert_snapshot!(desk.screen());
    desk.keys("y").see("2 invitations were revoked.").see_not("marked");
    assert_eq!(org(&desk).invitations().len(), 3);
}

#[test]
fn marks_are_taken_away_like_they_were_given() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>A").see("5 marked").keys("A").see_not("marked");
    desk.keys("E").see("1 marked").keys("E").see_not("marked");
    desk.keys("<space>").see("1 marked").keys("<esc>").see_not("marked");
    desk.keys("/tanaka<enter>E").see("None of these invitations has expired.");
}

#[test]
fn what_is_read_in_detail_is_meant_whatever_is_marked() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab><space><space>/tanaka<enter><enter>x").see("hiroshi.tanaka@").keys("y");
    assert_eq!(org(&desk).invitations().len(), 4);
    assert!(invitation(org(&desk), "hiroshi").is_none());
}

#[test]
fn a_filter_finds_states_roles_and_inviters() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>/expired<enter>").see("1 shown").see("expired 2 days ago");
    desk.keys("<esc>/bianchi<enter>").see("3 shown");
    desk.keys("<esc>/japan<enter>").see("1 shown");
    desk.keys("<esc>/chiara auditor<enter>").see("1 shown").see("hallberg");
    desk.keys("<esc>/浩<enter>").see("1 shown");
    desk.keys("<esc>/nobody<enter>").see("No invitation matches. Esc clears the filter.");
    assert_snapshot!(desk.screen());
}

#[test]
fn one_key_goes_through_the_states() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>f").see("/ expired").see("1 shown");
    desk.keys("f").see("/ pending").see("4 shown");
    desk.keys("f").see("/ waiting").see("0 shown");
    desk.keys("f").see("/ sent").see("4 shown");
    desk.keys("ff").see("/ failed").see("1 shown").keys("f").see("5 invitations pending");
}

#[test]
fn the_message_is_read_and_that_is_noted() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>/rousseau<enter>");
    let code = code_of(&desk, "emile");
    desk.keys("l").see("The message in the outbox folder").see("External auditor");
    desk.keys("y").see("code      ").see("message   ").keys("<enter>").see("The code was copied.");
    desk.keys("yGy").see("The message was copied.");
    assert!(desk.copied[0] == code && desk.copied[1].contains(&code) && desk.copied[1].len() > code.len());
    let ingrid = user(org(&desk), "Ingrid Åsgård").id;
    assert!(invitation(org(&desk), "emile").unwrap().code_seen_by.contains(&ingrid));
    desk.keys("<esc><enter>").see("Code seen by Ingrid Åsgård");
    desk.keys("R").see("Code seen by nobody");
    desk.keys("<esc><esc>/zak<enter>l").see("This invitation expired");
}

#[test]
fn a_message_that_went_to_a_server_is_not_here_to_read() {
    let mut desk = Desk::sample(LARGE);
    show(&mut desk, |view| {
        view.route = Route::Server { server: "mail.example.com:587".into(), encryption: Encryption::StartTls };
    });
    desk.keys("<tab>j<enter>").see("Messages go to the mail server mail.example.com:587").see_not("Read message");
    desk.keys("l").see_not("outbox");
}

#[test]
fn the_state_of_every_message_is_told() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>");
    pretend(&mut desk, "accounts", DeliveryState::Waiting, 0, "");
    pretend(&mut desk, "emile", DeliveryState::Waiting, 3, "The mail server mail.example.com refused the connection.");
    pretend(&mut desk, "saoirse", DeliveryState::Failed, 1, "The mailbox does not exist.\u{1b}[31m");
    assert_snapshot!(desk.screen());
    desk.see("waiting").see("delayed").see("failed");
    desk.keys("/delayed<enter>").see("1 shown").keys("<enter>");
    desk.see("Delayed: The mail server").see("Tried 3 times; the next try is in 4");
    with_a_quiet_folder(&mut desk);
    assert_snapshot!(desk.screen());
    desk.keys("<esc><esc>/fail saoirse<enter><enter>").see("<U+001B>[31m").see("is not tried again until");
    desk.keys("l").see("The message is not in the outbox folder yet.");
}

#[test]
fn a_message_that_comes_out_moves_on_while_one_looks() {
    let mut desk = Desk::sample((200, 40));
    desk.keys("<tab>sS");
    pretend(&mut desk, "accounts", DeliveryState::Waiting, 0, "");
    desk.see("Message ↓");
    let screen = desk.screen();
    assert!(screen.find("waiting").unwrap() < screen.find("sent").unwrap(), "{screen}");
}

#[test]
fn an_invitation_expires_before_ones_eyes() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>/expired<enter>").see("1 shown");
    desk.wait(SignedDuration::from_hours(25)).see("2 shown");
    desk.keys("<esc>").see("2 of them expired").see("expired 1 hour ago");
}

#[test]
fn an_address_is_copied() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>y").see("address").keys("<enter>").see("The address was copied: ");
    assert_eq!(desk.copied, ["katarzyna.zak@lumbrevik.example.com"]);
}

#[test]
fn when_nobody_is_invited_the_list_says_how_to_begin() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("<tab>Axy").see("Nobody is invited. Press i to invite users.");
    assert_snapshot!(desk.screen());
    desk.keys("RxEA <enter>f").see("Nobody is invited.");
    desk.keys("i").see_not("Nobody is invited. Press i");
}

#[test]
fn a_look_alike_is_pointed_out() {
    let mut desk = Desk::sample(SMALL);
    let forged = ["rnateusz.wisniewski@lumbrevik.example.com", "ch\u{456}ara@lumbrevik.example.com"];
    invite(&mut desk, &forged.map(str::to_owned));
    desk.keys("<tab>/rnateusz<enter><enter>").see("It is easily mistaken for");
    assert!(desk.screen().contains("mateusz.wisniewski@lumbrevik"));
    desk.keys("<esc><esc>/ara@<enter><enter>").see("<scripts: Cyrillic,").see("It mixes letters of several scripts");
}

#[test]
fn long_and_wide_names_stay_in_their_columns() {
    let mut desk = Desk::sample((160, 30));
    let long = format!("{}@{}.example.com", "x".repeat(60), "y".repeat(60));
    invite(&mut desk, &[long, "山田@lumbrevik.example.com".into(), "a@lumbrevik.example.com".into()]);
    desk.keys("<tab>");
    desk.keys("j");
    with_a_quiet_folder(&mut desk);
    assert_snapshot!(desk.screen());
    let buffer = desk.buffer();
    let width = usize::from(buffer.area.width);
    let begins = |row: &[Cell]| row.windows(3).position(|cells| cells.iter().map(Cell::symbol).eq(["e", "x", "p"]));
    let places: Vec<_> = buffer.content.chunks(width).skip(6).take(8).map(begins).collect();
    assert!(places.iter().all(|place| place.is_some() && *place == places[0]), "{places:?}");
}

#[test]
fn denied_keys_stay_and_say_why() {
    let mut desk = Desk::sample_as("Søren Kjærgaard", "Payment initiator", SMALL);
    desk.keys("<tab>")
        .see("Who is invited is not shown to you.")
        .see("Ingrid Åsgård, Mateusz Wiśniewski and")
        .see_not("katarzyna");
    assert_snapshot!(desk.screen());
    desk.keys("i").see("the active role lacks");
    desk.keys("<enter>A <down>x").see("Who is invited is not shown to you.");
}

#[test]
fn administration_is_resent_only_by_who_has_it() {
    let mut desk = Desk::sample_as("Chiara Bianchi", "Treasury administrator", SMALL);
    let ingrid = session_of(&mut desk, "Ingrid Åsgård", "Owner");
    let outside = desk.weather.outside();
    let person = Invitee {
        id: InvitationId::new(outside.now(), &outside.seed()),
        address: "heir@lumbrevik.example.com".parse().unwrap(),
        name: None,
    };
    let roles = RoleSet::from_iter([role(org(&desk), "Owner")]);
    let by = ingrid.person().user;
    run(&mut desk, &ingrid, InviteUsers { by, at: outside.now(), roles, people: vec![person] });
    let code = code_of(&desk, "heir");
    desk.wait(SignedDuration::from_hours(1));
    desk.keys("<tab>/heir<enter>R").see("Only somebody signed in as Owner can make an Owner.");
    assert!(opens(&mut desk, &code, "heir"), "nothing happened");
    sit_down(&mut desk, "Chiara Bianchi", "Group accountant (read-only)", Change::Allowed);
    desk.keys("<tab>").see("Who is invited is not shown to you.");
}
