//! An organization in which a lot happened: a row in nearly every table, and as many entries as are wanted.
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use rolodeck::command::{
    ChangeFourEyes, CreateEntity, CreateRole, DeactivateUser, EditOrganization, ErasePerson, InviteUsers, Invitee,
    LookAtCode, ProvisionAccount, RenameRole,
};
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{AccountId, EntityId, InvitationId, RoleId};
use rolodeck::domain::role::Grants;
use rolodeck::domain::security::Area;
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::store::Store;

use crate::properties::company::chosen;
use crate::signin::house::{ADA, BO, CY, House, INVITED, WRONG};

/// Somebody who was removed right after the beginning.
const GONE: &str = "gone@hollin.example.com";

/// How many entries the end of the story takes.
const END: u64 = 8;

/// A closed organization with so many entries, in which somebody was erased.
pub struct Storied {
    _house: House,
    path: PathBuf,
}

impl Storied {
    pub fn with(entries: u64) -> Self {
        let mut house = House::on_disk();
        let ada = house.person(ADA);
        let mut n = 0;
        while head(&house) < entries - END {
            act(&mut house, &ada, n);
            house.wait(SignedDuration::from_mins(7));
            n += 1;
        }
        end(&mut house, &ada);
        let path = house.path().to_path_buf();
        house.store = Store::in_memory(rolodeck::domain::organization::Nature::Real).unwrap();
        let store = Store::open(&path).unwrap();
        assert_eq!(store.head().seq, entries);
        store.verify().unwrap();
        Self { _house: house, path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn head(house: &House) -> u64 {
    house.store.head().seq
}

/// One more thing that happens; always one entry.
fn act(house: &mut House, ada: &Session, n: usize) {
    let before = head(house);
    let (at, seed) = (house.now(), house.outside.seed());
    match n % 11 {
        0 => {
            let scope = chosen(&house.store.org().entities().keys().copied().take(2).collect::<Vec<_>>(), &[]);
            let grants = Grants::Simple([Group::BasicAccess, Group::ReadFinancialData].into_iter().collect());
            let name = format!("Role {n}").parse().unwrap();
            house.run(ada, CreateRole { role: RoleId::new(at, &seed), name, grants, scope, at }).unwrap();
        }
        1 => {
            let person = Invitee {
                id: InvitationId::new(at, &seed),
                address: format!("guest{n}@hollin.example.com").parse().unwrap(),
                name: Some("Guest of the house".parse().unwrap()),
            };
            let roles = [house.role("Reader")].into_iter().collect();
            house.run(ada, InviteUsers { by: ada.person().user, at, roles, people: vec![person] }).unwrap();
        }
        2 => {
            house.draw(&format!("guest{}@hollin.example.com", n - 1));
        }
        3 => {
            house.person(BO);
        }
        4 => {
            house.prove(CY, WRONG).unwrap_err();
        }
        5 => {
            house.person(CY);
        }
        6 => {
            let name = format!("Unit {n}").parse().unwrap();
            house.run(ada, CreateEntity { entity: EntityId::new(at, &seed), name, parent: None }).unwrap();
        }
        7 => {
            let entity = *house.store.org().entities().keys().next_back().unwrap();
            let identifier = rolodeck::domain::name::AccountIdentifier::new(&format!("TILL-{}", n + 100)).unwrap();
            let (name, currency) = (format!("Till {n}").parse().unwrap(), "SEK".parse().unwrap());
            let account = AccountId::new(at, &seed);
            house.run(ada, ProvisionAccount { account, entity, name, currency, identifier }).unwrap();
        }
        8 => {
            let role = house.role("Spare");
            house.run(ada, RenameRole { role, name: format!("Spare {n}").parse().unwrap() }).unwrap();
            house.run(ada, RenameRole { role, name: "Spare".parse().unwrap() }).unwrap();
        }
        9 => {
            let reader = house.person(CY);
            let role = house.role("Reader");
            house.run(&reader, RenameRole { role, name: "Mine".parse().unwrap() }).unwrap_err();
        }
        _ => {
            let role = house.role("Mover");
            house.run(ada, RenameRole { role, name: format!("Mover {n}").parse().unwrap() }).unwrap();
            house.run(ada, RenameRole { role, name: "Mover".parse().unwrap() }).unwrap();
        }
    }
    assert!(head(house) > before, "nothing happened in step {n}");
}

/// How it ends: messages in every state, a code that was seen, somebody who left, failed sign-ins, a request, and
/// somebody who is forgotten. Whatever is last leaves a trace beside the log, so that it is missed.
fn end(house: &mut House, ada: &Session) {
    let now = house.now();
    let open: Vec<_> = house.store.org().invitations().values().map(|open| (open.id, open.sent)).collect();
    house.store.sent(open[0].0, open[0].1, now).unwrap();
    house.store.delayed(open[1].0, open[1].1, now, "the server is down", now + SignedDuration::from_hours(1)).unwrap();
    house.store.failed(open[2].0, open[2].1, now, "nobody lives there").unwrap();
    house.draw(INVITED);
    let invitation = house.invitation(INVITED);
    house.run(ada, LookAtCode { invitation, by: ada.person().user }).unwrap();
    let user = house.user("ed@hollin.example.com");
    house.run(ada, DeactivateUser { user, by: ada.person().user, at: now }).unwrap();
    house.prove(BO, WRONG).unwrap_err();
    house.prove("nobody@hollin.example.com", WRONG).unwrap_err();
    house.prove("nobody@hollin.example.com", WRONG).unwrap_err();
    let areas: BTreeSet<_> = [Area::Organization].into();
    house.run(ada, ChangeFourEyes { areas }).unwrap();
    let name = "Hollin House".parse().unwrap();
    house.run(ada, EditOrganization { name, domains: Vec::new() }).unwrap();
    assert_eq!(house.store.org().open_requests().count(), 1);
    let user = house.store.org().users().values().find(|user| user.address.as_str() == GONE).unwrap().id;
    house.run(ada, ErasePerson { user, by: ada.person().user, at: now }).unwrap();
}
