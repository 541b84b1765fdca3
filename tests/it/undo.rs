//! Taking the last own change back, from the screens.
use rolodeck::command::{
    AssignRoles, ChangeFourEyes, CreateRole, DeactivateUser, Found, InviteUsers, Invitee, RenameRole, Undo,
};
use rolodeck::domain::id::{InvitationId, RoleId};
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::role::Grants;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::UserStatus;
use rolodeck::engine::{Change, Reply, Request};
use rolodeck::ledger::actor::Session;

use crate::desk::{Desk, LARGE, SMALL};
use crate::users::{role, run, session_of, sit_down, user};

const OWNER: (&str, &str) = ("Ingrid Åsgård", "Owner");

fn me(desk: &Desk) -> Session {
    desk.app.scene().session.clone().unwrap()
}

fn rename(desk: &mut Desk, from: &str, to: &str) {
    let session = me(desk);
    let id = role(&desk.app.scene().org, from);
    run(desk, &session, RenameRole { role: id, name: to.parse().unwrap() });
}

fn try_it(desk: &mut Desk, session: &Session, command: impl Into<rolodeck::command::Command>) -> Result<(), String> {
    match desk.worker.serve(Request::Run { session: session.clone(), command: command.into() }) {
        Ok(Reply::Done(_) | Reply::Requested { .. }) => Ok(()),
        Ok(other) => panic!("{other:?}"),
        Err(trouble) => Err(trouble.to_string()),
    }
}

#[test]
fn it_says_what_it_does_and_the_harmless_answer_is_focused() {
    for (name, size) in [("undo_small", SMALL), ("undo_large", LARGE)] {
        let mut desk = Desk::sample(size);
        rename(&mut desk, "Liquidity analyst", "Forecaster");
        insta::assert_snapshot!(name, desk.keys("2z").screen());
        desk.keys("<enter>").see("Forecaster").see_not("Undo it");
        desk.keys("z<tab><enter>").see("Rename role was undone").see("Liquidity analyst").see_not("Forecaster");
    }
}

#[test]
fn one_after_the_other_is_undone_and_then_there_is_nothing_left() {
    let mut desk = Desk::sample(SMALL);
    rename(&mut desk, "Liquidity analyst", "One");
    rename(&mut desk, "One", "Two");
    rename(&mut desk, "Two", "Three");
    desk.keys("2");
    for name in ["Two", "One", "Liquidity analyst"] {
        desk.keys("zy").see(name);
    }
    desk.see_not("Three").keys("z").see("There is no change of yours");
    let mut other = Desk::sample_as("Chiara Bianchi", "Treasury administrator", SMALL);
    other.keys("z").see("There is no change of yours that could be undone.");
}

#[test]
fn every_kind_of_change_comes_back() {
    let mut desk = Desk::sample(LARGE);
    // Roles: made, edited, deleted.
    desk.keys("2n+<enter>").paste("Passing").keys("<enter>").see("Passing").keys("zy").see_not("Passing  ");
    let org = desk.app.scene().org.clone();
    let unused = RoleId::new(desk.app.scene().now, &desk.app.scene().outside.seed());
    let session = me(&desk);
    let grants = Grants::Simple([rolodeck::domain::catalogue::Group::BasicAccess].into_iter().collect());
    let (name, at) = ("Brief".parse().unwrap(), desk.app.scene().now);
    run(&mut desk, &session, CreateRole { role: unused, name, grants, scope: Scope::AllFuture, at });
    run(&mut desk, &session, rolodeck::command::DeleteRole { role: unused });
    desk.keys("zy").see("Brief");
    // People: roles, deactivating, inviting and revoking.
    let zoe = user(&org, "Zoë Núñez Ibarra");
    let (id, held) = (zoe.id, zoe.roles.clone());
    let more = [role(&org, "Liquidity analyst")].into_iter().collect();
    run(&mut desk, &session, AssignRoles { user: id, roles: more });
    desk.keys("zy");
    assert_eq!(desk.app.scene().org.user(id).unwrap().roles, held);
    run(&mut desk, &session, DeactivateUser { user: id, by: session.person().user, at });
    desk.keys("zy");
    assert_eq!(desk.app.scene().org.user(id).unwrap().status, UserStatus::Active);
    let invitation = InvitationId::new(at, &desk.app.scene().outside.seed());
    let people = vec![Invitee { id: invitation, address: "eve@example.com".parse().unwrap(), name: None }];
    run(&mut desk, &session, InviteUsers { by: session.person().user, at, roles: held, people });
    desk.keys("zy");
    assert!(desk.app.scene().org.invitation(invitation).is_none());
    // Places and the organization.
    desk.keys("5n").paste("Lumbrevik Iceland ehf.").keys("<enter><enter>").see("Iceland").keys("zy").see_not("Iceland");
    desk.keys("6e").keys("<ctrl-u>").paste("Renamed Group").keys("<enter><enter>");
}

#[test]
fn what_somebody_changed_since_is_not_overwritten() {
    let mut desk = Desk::sample(SMALL);
    rename(&mut desk, "Liquidity analyst", "Mine");
    let other = session_of(&mut desk, "Chiara Bianchi", "Treasury administrator");
    let id = role(&desk.app.scene().org, "Mine");
    run(&mut desk, &other, RenameRole { role: id, name: "Theirs".parse().unwrap() });
    desk.keys("2z").see("Mine was changed again since").see("Theirs").see_not("Undo it");
}

#[test]
fn four_eyes_holds_for_undoing_too_and_a_request_is_withdrawn() {
    let mut desk = Desk::sample(SMALL);
    rename(&mut desk, "Liquidity analyst", "Forecaster");
    let session = me(&desk);
    run(&mut desk, &session, ChangeFourEyes { areas: [Area::UserManagement].into() });
    // The newest change is that of four-eyes itself, which a second person would have to take back.
    desk.keys("zy").see("waits for a second person");
    assert!(desk.app.scene().org.security().four_eyes.areas.contains(&Area::UserManagement));
    // That request is the newest change now: withdrawing it is what undoes it.
    desk.keys("z").see("withdraw").keys("y").see("was undone");
    assert_eq!(desk.app.scene().org.open_requests().count(), 0);
}

#[test]
fn nobody_gets_by_undoing_what_they_may_not_have() {
    let mut desk = Desk::sample(SMALL);
    let org = desk.app.scene().org.clone();
    let session = session_of(&mut desk, "Chiara Bianchi", "Treasury administrator");
    let step = |command: rolodeck::command::Command| Undo { entry: 1, steps: vec![command] };
    let (owner, me) = (org.owner_role().unwrap().id, session.person().user);
    let grab = AssignRoles { user: me, roles: [owner].into_iter().collect() };
    assert!(try_it(&mut desk, &session, step(grab.into())).unwrap_err().contains("Owner"));
    // Steps are those that anybody could run by themselves, and undoing is no step of undoing.
    for smuggled in [Found { org: Default::default() }.into(), step(Found { org: Default::default() }.into()).into()] {
        let said = try_it(&mut desk, &session, step(smuggled)).unwrap_err();
        assert_eq!(said, Refusal::CannotUndo("it needs what no undoing may do").to_string());
    }
    let as_other = DeactivateUser {
        user: user(&org, "Zoë Núñez Ibarra").id,
        by: user(&org, "Mateusz Wiśniewski").id,
        at: desk.app.scene().now,
    };
    assert!(try_it(&mut desk, &session, step(as_other.into())).is_err(), "in somebody else's name");
    assert!(try_it(&mut desk, &session, Undo { entry: 1, steps: Vec::new() }).is_err());
}

#[test]
fn a_session_that_may_not_change_anything_and_another_day_say_so() {
    let mut desk = Desk::sample(SMALL);
    rename(&mut desk, "Liquidity analyst", "Forecaster");
    sit_down(&mut desk, OWNER.0, OWNER.1, Change::Never);
    desk.keys("z").see("This session is read-only").see_not("Undo it");
}

#[test]
fn the_trail_tells_what_was_undone() {
    let mut desk = Desk::sample(LARGE);
    rename(&mut desk, "Liquidity analyst", "Forecaster");
    desk.keys("zy4<enter>").see("Undo").see("Liquidity analyst");
}
