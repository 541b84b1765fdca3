//! Switching four-eyes on and off, and what is never held up.
use std::collections::BTreeSet;

use rolodeck::command::*;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::UserStatus;
use rolodeck::ledger::run::Ran;

use super::office::{Office, both, refused};

fn areas(office: &Office) -> BTreeSet<Area> {
    office.org().security().four_eyes.areas.clone()
}

#[test]
fn the_first_enabling_takes_effect_at_once_and_every_later_change_is_a_request() {
    let mut office = Office::new();
    let (ada, bo) = (office.sign_in("ada", "Owner"), office.sign_in("bo", "Owner"));
    let only_users: BTreeSet<_> = [Area::UserManagement].into();
    office.act(&ada, ChangeFourEyes { areas: only_users.clone() }).unwrap();
    assert_eq!(areas(&office), only_users);
    for next in [both(), [Area::Organization].into(), BTreeSet::new(), only_users.clone()] {
        let before = areas(&office);
        let request = office.ask(&ada, ChangeFourEyes { areas: next.clone() }).unwrap();
        assert_eq!(areas(&office), before, "nothing happens before the approval");
        refused(office.approve(&ada, request), "own_request", "This is your own change request.");
        office.approve(&bo, request).unwrap();
        assert_eq!(areas(&office), next);
    }
}

#[test]
fn an_area_with_nothing_in_it_cannot_be_switched_on() {
    let mut office = Office::new();
    let ada = office.sign_in("ada", "Owner");
    let areas = [Area::UserManagement, Area::Counterparties].into();
    let sentence = "Counterparties cannot be switched on: there is nothing in it to protect yet.";
    refused(office.act(&ada, ChangeFourEyes { areas }).map(|_| ()), "nothing_to_protect", sentence);
    let empty = office.act(&ada, ChangeFourEyes { areas: [].into() }).map(|_| ());
    refused(empty, "nothing_changes", "Nothing would change.");
}

#[test]
fn with_user_management_on_every_change_of_roles_users_and_invitations_waits() {
    let mut office = Office::watched();
    let ada = office.sign_in("ada", "Owner");
    office.deactivate(&ada, "gil").unwrap();
    office.together(office.invite(&ada, "Reader", &["uma@hollin.example.com"]), ("ada", "bo"));
    let invitations: BTreeSet<_> = office.invitation("uma@hollin.example.com").into_iter().collect();
    office.wait(jiff::SignedDuration::from_secs(1));
    let (at, di) = (office.now(), office.user("di"));
    let commands: Vec<Command> = vec![
        office.create_role("Controller").into(),
        office.edit_role("Payer", &["credit_transfers:create"]).into(),
        office.rename_role("Payer", "Cashier").into(),
        DeleteRole { role: office.role("Spare") }.into(),
        office.invite(&ada, "Reader", &["vic@hollin.example.com"]).into(),
        ResendInvitations { invitations: invitations.clone(), at }.into(),
        RevokeInvitations { invitations }.into(),
        office.give("di", "Payer").into(),
        TakeAwayRoles { user: office.user("cy"), roles: office.roles("Reader") }.into(),
        ReactivateUser { user: office.user("gil") }.into(),
        RemoveUser { user: di }.into(),
    ];
    for command in commands {
        let before = office.org();
        let ran = office.run(&ada, command.clone());
        assert!(matches!(ran, Ran::Requested { .. }), "{}: {ran:?}", command.change().name());
        let after = office.org();
        assert_eq!((before.users(), before.roles()), (after.users(), after.roles()));
        assert_eq!(before.invitations(), after.invitations());
    }
}

#[test]
fn deactivating_is_immediate_and_says_by_whom_and_when() {
    let mut office = Office::new();
    office.switch_on(both());
    let ed = office.sign_in("ed", "Clerk");
    office.deactivate(&ed, "cy").unwrap();
    let org = office.org();
    let cy = org.user(office.user("cy")).unwrap();
    assert_eq!(cy.status, UserStatus::Deactivated);
    assert_eq!(cy.deactivated.map(|note| (note.by, note.at)), Some((office.user("ed"), office.now())));
    office.together(ReactivateUser { user: cy.id }, ("ada", "bo"));
    assert_eq!(office.org().user(cy.id).unwrap().deactivated, None);
}

#[test]
fn nobody_deactivates_in_somebody_elses_name() {
    let mut office = Office::watched();
    let ed = office.sign_in("ed", "Clerk");
    let command = DeactivateUser { user: office.user("cy"), by: office.user("ada"), at: office.now() };
    refused(
        office.act(&ed, command).map(|_| ()),
        "wrong_actor",
        "This can only be done by the person that it concerns.",
    );
}

#[test]
fn what_is_in_no_area_that_is_on_is_done_at_once() {
    let mut office = Office::new();
    office.switch_on([Area::Organization].into());
    let ada = office.sign_in("ada", "Owner");
    office.act(&ada, office.give("di", "Payer")).unwrap();
    let rename = EditOrganization { name: "Hollin Holding".parse().unwrap(), domains: Vec::new() };
    assert!(office.ask(&ada, rename).is_ok());
}
