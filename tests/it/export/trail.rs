//! Organizations with a trail to export.
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use rolodeck::command::*;
use rolodeck::domain::access::Person;
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{EntityId, InvitationId, RoleId};
use rolodeck::domain::moment::Period;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::role::{Grants, Role};
use rolodeck::domain::row::Row;
use rolodeck::domain::sample;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::User;
use rolodeck::engine::{Exported, Trouble, export_to_file};
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::export::Order;
use rolodeck::ledger::progress::Progress;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use crate::desk::{Weather, person};
use crate::properties::company::advanced;

/// A sample organization in a folder of its own, in which some things happened.
pub struct Office {
    pub store: Store,
    pub weather: Weather,
    pub folder: tempfile::TempDir,
}

pub const OWNER: (&str, &str) = ("Ingrid Åsgård", "Owner");

/// Somebody who may read the trail, the roles and the members.
pub const AUDITOR: (&str, &str) = ("Anouk Lefèvre", "External auditor");

/// Somebody who may read the trail and the roles, and not the members.
pub const STRANGER: (&str, &str) = ("Oisín Ó Briain", "Stranger");

/// Somebody who may not read the trail.
pub const DESIGNER: (&str, &str) = ("Oisín Ó Briain", "Dashboard designer");

impl Office {
    /// As founded.
    pub fn quiet() -> Self {
        Self::founded(|_| {})
    }

    /// As founded, with somebody who may not see the members.
    pub fn with_a_stranger() -> Self {
        Self::founded(|org| {
            let grants = advanced(&["resource_events:read", "roles:read"]);
            let template = org.active_roles().find(|role| role.name.as_str() == DESIGNER.1).unwrap().clone();
            let id = RoleId::from_uuid(uuid::Uuid::from_u128(7));
            org.put(Row::Role(Role { id, name: STRANGER.1.parse().unwrap(), grants, ..template }));
            let user = org.users().values().find(|user| user.name.as_str() == STRANGER.0).unwrap();
            let roles = user.roles.iter().chain([id]).collect();
            org.put(Row::User(User { roles, ..User::clone(user) }));
        })
    }

    /// As founded, after some changes to what is founded.
    pub fn founded(change: impl FnOnce(&mut Org)) -> Self {
        let (folder, weather) = (tempfile::tempdir().unwrap(), Weather::new());
        let outside = weather.outside();
        let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        change(&mut org);
        let creator = person(&org, OWNER.0, OWNER.1).user;
        let mut store = Store::create(&folder.path().join("sample.db"), Nature::Sample).unwrap();
        signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
        Self { store, weather, folder }
    }

    /// Four weeks in which roles, people and four-eyes change, and something is refused.
    pub fn busy() -> Self {
        let mut office = Self::quiet();
        let ingrid = office.sign_in(OWNER);
        office.wait(24);
        let role = office.create_role(&ingrid, "Reader");
        office.wait(24 * 7);
        office.done(&ingrid, RenameRole { role, name: "=Reader".parse().unwrap() });
        office.invite(&ingrid, role, "nora@elsewhere.example.org");
        office.done(&ingrid, ChangeFourEyes { areas: [Area::UserManagement].into() });
        office.wait(24 * 7);
        let auditor = office.sign_in(AUDITOR);
        assert!(office.run(&auditor, DeleteRole { role }).done().is_err());
        let created = office.create_role(&ingrid, "Second reader");
        office.approve(("Mateusz Wiśniewski", "Owner"));
        assert!(office.store.org().role(created).is_some());
        office.done(
            &ingrid,
            CreateEntity { entity: office.id(EntityId::new), name: "Shell".parse().unwrap(), parent: None },
        );
        office
    }

    pub fn wait(&self, hours: i64) {
        self.weather.wait(SignedDuration::from_hours(hours));
    }

    pub fn id<T>(&self, new: fn(jiff::Timestamp, &[u8; 10]) -> T) -> T {
        let outside = self.weather.outside();
        new(outside.now(), &outside.seed())
    }

    pub fn sign_in(&mut self, (name, role): (&str, &str)) -> Session {
        let Person { user, role } = person(&self.store.org(), name, role);
        let outside = self.weather.outside();
        let proof = signin::look_through(&mut self.store, &outside, user).unwrap().unwrap();
        signin::enter(&mut self.store, &outside, &proof, role).unwrap().unwrap()
    }

    pub fn run(&mut self, session: &Session, command: impl Into<Command>) -> Ran {
        let (outside, actor) = (self.weather.outside(), Actor::Person(session.clone()));
        run(&mut self.store, &outside, &actor, &command.into(), &Secrets::none()).unwrap()
    }

    #[track_caller]
    pub fn done(&mut self, session: &Session, command: impl Into<Command>) {
        self.run(session, command).done().unwrap();
    }

    pub fn create_role(&mut self, session: &Session, name: &str) -> RoleId {
        let (role, at) = (self.id(RoleId::new), self.weather.outside().now());
        let grants = Grants::Simple([Group::BasicAccess].into_iter().collect());
        let command = CreateRole { role, name: name.parse().unwrap(), grants, scope: Scope::AllFuture, at };
        self.done(session, command);
        role
    }

    pub fn invite(&mut self, session: &Session, role: RoleId, address: &str) {
        let people = vec![Invitee { id: self.id(InvitationId::new), address: address.parse().unwrap(), name: None }];
        let (by, at) = (session.person().user, self.weather.outside().now());
        self.done(session, InviteUsers { by, at, roles: [role].into_iter().collect(), people });
    }

    /// The only open request is approved.
    pub fn approve(&mut self, who: (&str, &str)) {
        let session = self.sign_in(who);
        let org = self.store.org();
        let request = org.open_requests().max_by_key(|request| request.filed).unwrap();
        let (by, at) = (session.person(), self.weather.outside().now());
        self.done(&session, ApproveRequest { request: request.id, by, at, shown: request.told.digest });
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn try_export(&mut self, session: &Session, order: Order, path: &Path) -> Result<Exported, Trouble> {
        let outside = self.weather.outside();
        export_to_file(&mut self.store, &outside, session, &order, path)
    }

    /// Exports a period and reads what came of it.
    pub fn export(&mut self, session: &Session, format: ExportFormat, period: Period) -> String {
        self.export_by(session, in_utc(format, period))
    }

    /// The same in a zone.
    pub fn export_by(&mut self, session: &Session, order: Order) -> String {
        let path = self.path(&format!("{}.{}", self.store.head().seq, order.format.ending()));
        self.try_export(session, order, &path).unwrap();
        std::fs::read_to_string(path).unwrap()
    }

    /// The files beside the organization's own.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| !name.starts_with("sample.db")).collect();
        names.sort();
        names
    }
}

/// An order by the zone that counts when the settings name none.
pub fn in_utc(format: ExportFormat, period: Period) -> Order {
    Order { format, period, zone: TimeZone::UTC, progress: Progress::default() }
}

/// The whole trail.
pub const EVERYTHING: Period = Period { from: None, before: None };
