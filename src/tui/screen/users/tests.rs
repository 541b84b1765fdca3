#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::last_sign_in::LastSignIns;
use super::listing::{Kind, Listing};
use super::pending::{EXPIRES, Pending};
use super::people::{NAME, People};
use crate::domain::id::{InvitationId, RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::role::{Grants, Role, RoleSet, RoleState};
use crate::domain::row::Row;
use crate::domain::scope::Scope;
use crate::domain::user::{INVITATION_VALID, Invitation, User, UserStatus};
use crate::engine::{Change, Reply, Request};
use crate::outside::Outside;
use crate::tui::acts::{Act, Acts};
use crate::tui::key::Key;
use crate::tui::scene::{Pace, Scene};
use crate::tui::theme::{Focus, Theme};

const AREA: Rect = Rect { x: 0, y: 0, width: 90, height: 20 };

fn monday() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn seed(n: u32) -> [u8; 10] {
    let mut seed = [0; 10];
    seed[6..].copy_from_slice(&n.to_be_bytes());
    seed
}

fn user_id(n: u32) -> UserId {
    UserId::new(monday(), &seed(n))
}

fn user(n: u32, name: &str, role: RoleId) -> Row {
    Row::User(User {
        id: user_id(n),
        name: name.parse().unwrap(),
        address: format!("person{n}@example.com").parse().unwrap(),
        roles: RoleSet::from_iter([role]),
        status: UserStatus::Active,
        joined: monday() - SignedDuration::from_secs(i64::from(n)),
        code_seen_by: BTreeSet::new(),
        apart: BTreeSet::new(),
        deactivated: None,
    })
}

fn invitation(n: u32, role: RoleId) -> Row {
    let invited = monday() - SignedDuration::from_hours(i64::from(n % 400));
    Row::Invitation(Invitation {
        id: InvitationId::new(monday(), &seed(n)),
        address: format!("guest{n}@example.com").parse().unwrap(),
        name: None,
        roles: RoleSet::from_iter([role]),
        invited_by: user_id(0),
        invited,
        sent: invited,
        attempt: 1,
        expires: invited + INVITATION_VALID,
        code_seen_by: BTreeSet::new(),
    })
}

fn role(org: &mut Org, n: u32, name: &str) -> RoleId {
    let id = RoleId::new(monday(), &seed(n));
    org.put(Row::Role(Role {
        id,
        name: name.parse().unwrap(),
        grants: Grants::Everything,
        scope: Arc::new(Scope::AllFuture),
        state: RoleState::Active,
        created: monday(),
    }));
    id
}

fn scene(org: Org) -> Scene {
    Scene {
        past: None,
        zone: crate::tui::when::Times::new(jiff::tz::TimeZone::UTC, Default::default()),
        view: None,
        org: Arc::new(org),
        session: None,
        now: monday(),
        outside: Outside::new(monday, |_| {}),
        theme: Theme::mono(),
        appearance: crate::tui::appearance::Appearance::default(),
        focus: Focus::Here,
        pace: Pace::default(),
        change: Change::Allowed,
        organizations: Vec::new(),
        answers: crate::tui::scene::Answers::default(),
        waiting: crate::tui::waiting::Waiting::default(),
    }
}

fn company(users: u32, invitations: u32) -> (Scene, RoleId) {
    let mut org = Org::default();
    let role = role(&mut org, 1, "Owner");
    (0..users).for_each(|n| org.put(user(n, &format!("Person {:06}", n.wrapping_mul(7919) % 1_000_000), role)));
    (0..invitations).for_each(|n| org.put(invitation(n, role)));
    (scene(org), role)
}

fn draw<K: Kind>(listing: &mut Listing<K>, scene: &Scene) -> usize {
    listing.draw(AREA, &mut Buffer::empty(AREA), scene, "")
}

#[test]
fn a_hundred_thousand_users_are_drawn_by_their_visible_rows() {
    let (scene, _) = company(100_000, 0);
    let mut all: Listing<People> = Listing::new(NAME);
    all.follow(&scene);
    let visible = usize::from(AREA.height - 1);
    assert_eq!(all.len(), 100_000);
    assert_eq!(draw(&mut all, &scene), visible);
    assert!(all.key(&Key::char('G')));
    assert_eq!(draw(&mut all, &scene), visible);
    all.filter.set("person1234 owner");
    all.sift(&scene);
    assert_eq!(all.shown().len(), 11, "1234 and 12340 to 12349");
    assert_eq!(draw(&mut all, &scene), 11);
}

#[test]
fn ten_thousand_invitations_are_drawn_by_their_visible_rows() {
    let (scene, _) = company(1, 10_000);
    let mut invited: Listing<Pending> = Listing::new(EXPIRES);
    invited.follow(&scene);
    assert_eq!((invited.len(), draw(&mut invited, &scene)), (10_000, usize::from(AREA.height - 1)));
}

/// Rows that changed are put in their places one by one; that must come to the same as sorting everything anew.
#[test]
fn a_followed_order_is_the_sorted_order() {
    for column in People::SORTABLE {
        let (mut scene, owner) = company(50, 0);
        let mut followed: Listing<People> = Listing::new(NAME);
        while followed.column() != *column {
            followed.sort_by_next(&scene);
        }
        followed.follow(&scene);
        let mut org = Org::clone(&scene.org);
        let other = role(&mut org, 2, "Aardvark");
        org.put(user(7, "Åsa", owner));
        org.put(user(8, "Zoë", other));
        org.put(user(60, "Middle", other));
        let mut gone = org.user(user_id(9)).unwrap().clone();
        gone.status = UserStatus::Removed;
        org.put(Row::User(gone));
        let mut away = org.user(user_id(10)).unwrap().clone();
        away.status = UserStatus::Deactivated;
        org.put(Row::User(away));
        scene.org = Arc::new(org);
        followed.follow(&scene);
        let mut sorted: Listing<People> = Listing::new(*column);
        sorted.follow(&scene);
        assert_eq!(followed.shown(), sorted.shown(), "sorted by {}", People::SPECS[*column].title);
        assert_eq!(followed.shown().len(), 50, "one came and one went");
    }
}

#[test]
fn a_renamed_role_moves_everybody_who_holds_it() {
    let (mut scene, owner) = company(3, 0);
    let mut org = Org::clone(&scene.org);
    let other = role(&mut org, 2, "Middle");
    org.put(user(1, "Ada", other));
    scene.org = Arc::new(org);
    let mut all: Listing<People> = Listing::new(2);
    all.follow(&scene);
    assert_eq!(all.shown().first(), Some(&user_id(1)));
    let mut org = Org::clone(&scene.org);
    role(&mut org, 1, "Able");
    scene.org = Arc::new(org);
    all.follow(&scene);
    assert_eq!(all.shown().last(), Some(&user_id(1)));
    assert!(scene.org.role(owner).is_some());
}

#[test]
fn the_selection_stays_on_its_row() {
    let (mut scene, owner) = company(30, 0);
    let mut all: Listing<People> = Listing::new(NAME);
    all.follow(&scene);
    assert!(Key::sequence("jjjjj").iter().all(|key| all.key(key)));
    let selected = all.selected().unwrap();
    let mut org = Org::clone(&scene.org);
    org.put(user(99, "Aaron", owner));
    scene.org = Arc::new(org);
    all.follow(&scene);
    all.turn(&scene);
    all.sort_by_next(&scene);
    assert_eq!(all.selected(), Some(selected));
    all.filter.set("nobody is called that");
    all.sift(&scene);
    assert_eq!(all.selected(), None);
    all.filter.clear();
    all.sift(&scene);
    assert!(all.selected().is_some());
}

#[test]
fn whoever_runs_down_a_list_asks_for_where_they_stop() {
    let (scene, _) = company(4, 0);
    let (mut last, mut acts) = (LastSignIns::default(), Acts::default());
    (0..3).for_each(|n| last.want(user_id(n), &scene, &mut acts));
    let asked = acts.take();
    let [Act::Ask(ticket, request, None)] = asked.as_slice() else { panic!("asked {} things", asked.len()) };
    assert!(matches!(**request, Request::LastSignIn { user, .. } if user == user_id(0)));
    assert!(last.answered(*ticket, Ok(Reply::LastSignIn(Some(monday())))).is_ok());
    assert_eq!((last.of(user_id(0), &scene), last.of(user_id(1), &scene)), (Some(Some(monday())), None));
    last.want(user_id(0), &scene, &mut acts);
    assert!(acts.take().is_empty(), "that is known");
    last.want(user_id(2), &scene, &mut acts);
    assert_eq!(acts.take().len(), 1);
}
