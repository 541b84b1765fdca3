//! What others do between the verdicts and the import.
use rolodeck::command::{Command, ProvisionAccount};
use rolodeck::domain::id::AccountId;
use rolodeck::domain::name::AccountIdentifier;
use rolodeck::domain::org::Org;
use rolodeck::engine::{Report, Request};
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE};

const PLACES: &str = "entity,parent,account,currency,identifier\n\
    New one,,Till,EUR,TILL-1\nNew one,,Safe,EUR,SAFE-1\n";

/// Somebody else takes an identifier, as another program would.
fn take(desk: &mut Desk, identifier: &str) {
    let scene = desk.app.scene();
    let (session, org) = (scene.session.clone().unwrap(), scene.org.clone());
    let command = Command::from(ProvisionAccount {
        account: AccountId::from_uuid(uuid::Uuid::from_u128(7)),
        entity: *org.entities().keys().next().unwrap(),
        name: "Mine".parse().unwrap(),
        currency: "EUR".parse().unwrap(),
        identifier: AccountIdentifier::new(identifier).unwrap(),
    });
    desk.worker.serve(Request::Run { session, command }).unwrap();
}

fn is_new_one_there(org: &Org) -> bool {
    org.entities().values().any(|entity| entity.name.as_str() == "New one")
}

#[test]
fn an_identifier_that_somebody_takes_meanwhile_stops_all_of_it() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("5b").paste(PLACES).keys("c").see("This creates 1 entity and 2 accounts");
    // The screen has not heard of it when the key is pressed.
    take(&mut desk, "SAFE-1");
    desk.keys("y").see("There is already an account with the identifier “SAFE-1 (EUR)”.");
    let view = desk.worker.view().unwrap().unwrap();
    assert!(!is_new_one_there(&view.org), "nothing half done");
    desk.see("identifier taken").see("Import 1, leave out 1");
    desk.keys("cy").see("Imported: 1 entity and 1 account.");
    assert!(is_new_one_there(&desk.worker.view().unwrap().unwrap().org));
}

#[test]
fn what_was_asked_about_is_what_is_imported_or_nothing() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("5b").paste(PLACES).keys("c").see("This creates 1 entity and 2 accounts");
    take(&mut desk, "SAFE-1");
    // This time the screen hears of it while the question is open.
    let view = desk.worker.view().unwrap().unwrap();
    desk.app.report(Report::Moved(view));
    desk.app.handle(Event::Key("y".parse::<Key>().unwrap()));
    desk.settle();
    desk.see("nothing was imported");
    assert!(!is_new_one_there(&desk.worker.view().unwrap().unwrap().org));
    desk.see("Import 1, leave out 1");
}
