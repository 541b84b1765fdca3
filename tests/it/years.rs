//! The sample organization with a past: what changed, when, and who could do what in between.
//!
//! | when (UTC) | what |
//! |---|---|
//! | 2025-01-26 09:00 | it is founded |
//! | 2025-02-25 09:00 | Zoë becomes Payment initiator too |
//! | 2025-03-27 09:00 | Søren is removed, and the account Customer receipts is ignored |
//! | 2025-04-26 09:00 | Zoë is Payment approver alone again, and the role ERP connector is called Robot |
//! | 2025-05-26 09:00 | Chiara is deactivated |
use std::path::Path;

use jiff::SignedDuration;
use rolodeck::command::{
    AssignRoles, Command, DeactivateUser, Found, IgnoreAccount, RemoveUser, RenameRole, TakeAwayRoles,
};
use rolodeck::domain::id::UserId;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::ledger::actor::Actor;
use rolodeck::ledger::run::run;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use crate::desk::Weather;
use crate::properties::company::role_named;

/// Whoever has this name.
pub fn user_named(org: &Org, name: &str) -> UserId {
    org.users().values().find(|user| user.name.as_str() == name).unwrap_or_else(|| panic!("nobody is {name}")).id
}

/// Makes the organization at `path`, and leaves the clock at its newest entry.
pub fn with_a_past(path: &Path, weather: &Weather) -> Store {
    let outside = weather.outside();
    let month = || weather.wait(SignedDuration::from_hours(30 * 24));
    weather.wait(SignedDuration::from_hours(-400 * 24));
    let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let (zoe, soren) = (user_named(&org, "Zoë Núñez Ibarra"), user_named(&org, "Søren Kjærgaard"));
    let chiara = user_named(&org, "Chiara Bianchi");
    let initiator = || [role_named(&org, "Payment initiator")].into_iter().collect();
    let receipts = org.accounts().values().find(|account| account.name.as_str() == "Customer receipts").unwrap().id;
    let (owner, erp) = (org.owner_role().unwrap().id, role_named(&org, "ERP connector"));
    let ingrid = user_named(&org, "Ingrid Åsgård");
    let mut store = Store::create(path, Nature::Sample).unwrap();
    let proof =
        signin::found(&mut store, &outside, Found { org: org.clone() }, &Secrets::none(), ingrid).unwrap().unwrap();
    let session = signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
    let mut act = |command: Command| {
        let actor = Actor::Person(session.clone());
        run(&mut store, &outside, &actor, &command, &Secrets::none()).unwrap().done().unwrap();
    };
    month();
    act(AssignRoles { user: zoe, roles: initiator() }.into());
    month();
    act(RemoveUser { user: soren }.into());
    act(IgnoreAccount { account: receipts }.into());
    month();
    act(TakeAwayRoles { user: zoe, roles: initiator() }.into());
    act(RenameRole { role: erp, name: "Robot".parse().unwrap() }.into());
    month();
    act(DeactivateUser { user: chiara, by: ingrid, at: outside.now() }.into());
    store
}
