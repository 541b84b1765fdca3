//! An invented company where a second person decides.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::*;
use rolodeck::domain::change_request::ChangeRequest;
use rolodeck::domain::id::{ChangeRequestId, InvitationId, RoleId, UserId, time_ordered};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::role::RoleSet;
use rolodeck::domain::row::Difference;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::CredentialKind;
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::{Secret, Secrets, Stored, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

use super::company::company;
use crate::desk::Weather;
use crate::properties::company::{advanced, role_named};

/// The recovery code.
pub const RECOVERY: &str = "1234-abcd-5678-ef01";

/// Everybody's passphrase.
pub const WORDS: &str = "four bright lanterns";

/// Who works here unless a test says otherwise: two Owners, an administrator, a reader, a clerk who may file
/// requests and decide none, one who only decides, and an administrator of the north.
pub const STAFF: [(&str, &[&str]); 7] = [
    ("ada", &["Owner"]),
    ("bo", &["Owner", "Reader"]),
    ("cy", &["Administrator", "Reader"]),
    ("di", &["Reader"]),
    ("ed", &["Clerk"]),
    ("fay", &["Decider"]),
    ("gil", &["Local"]),
];

/// The organization, its clock and its file.
pub struct Office {
    pub store: Store,
    pub outside: Outside,
    pub weather: Weather,
    _folder: Option<tempfile::TempDir>,
}

/// Fails unless something was refused with this code and this sentence.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Refusal>, code: &str, sentence: &str) {
    let refusal = answer.unwrap_err();
    assert_eq!((refusal.code(), refusal.to_string().as_str()), (code, sentence));
}

/// The areas in which there is something to protect.
pub fn both() -> BTreeSet<Area> {
    [Area::Organization, Area::UserManagement].into()
}

impl Office {
    /// The usual staff, and four-eyes on for user management.
    pub fn watched() -> Self {
        let mut office = Self::new();
        office.switch_on([Area::UserManagement].into());
        office
    }

    /// The usual staff, without four-eyes.
    pub fn new() -> Self {
        Self::of(&STAFF)
    }

    /// These people, each with the names of their roles, without four-eyes. An address is the name `@hollin.example.com`.
    pub fn of(staff: &[(&str, &[&str])]) -> Self {
        Self::with(staff, |_| {})
    }

    /// These people, after some changes that no command makes.
    pub fn with(staff: &[(&str, &[&str])], change: impl FnOnce(&mut Org)) -> Self {
        Self::over(Store::in_memory(Nature::Real).unwrap(), None, staff, change)
    }

    /// The usual staff, and four-eyes on for user management, in a file.
    pub fn on_disk() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("office.db"), Nature::Real).unwrap();
        let mut office = Self::over(store, Some(folder), &STAFF, |_| {});
        office.switch_on([Area::UserManagement].into());
        office
    }

    fn over(
        mut store: Store,
        folder: Option<tempfile::TempDir>,
        staff: &[(&str, &[&str])],
        change: impl FnOnce(&mut Org),
    ) -> Self {
        let weather = Weather::new();
        let outside = weather.outside();
        let (mut org, secrets) = company(&outside, staff);
        change(&mut org);
        let creator = *org.users().keys().next().unwrap();
        signin::found(&mut store, &outside, Found { org }, &secrets, creator).unwrap().unwrap();
        Self { store, outside, weather, _folder: folder }
    }

    /// Another program with the same file.
    pub fn other_program(&self) -> Self {
        Self::opened(Store::open(self.store.path()).unwrap(), self.weather.clone())
    }

    /// Whatever is in this file.
    pub fn opened(store: Store, weather: Weather) -> Self {
        Self { store, outside: weather.outside(), weather, _folder: None }
    }

    pub fn now(&self) -> Timestamp {
        self.outside.now()
    }

    pub fn wait(&self, time: SignedDuration) {
        self.weather.wait(time);
    }

    pub fn org(&self) -> Arc<Org> {
        self.store.org()
    }

    pub fn user(&self, name: &str) -> UserId {
        user_named(&self.org(), name)
    }

    pub fn role(&self, name: &str) -> RoleId {
        role_named(&self.org(), name)
    }

    pub fn roles(&self, name: &str) -> RoleSet {
        RoleSet::from_iter([self.role(name)])
    }

    /// A new id of any kind.
    pub fn uuid(&self) -> uuid::Uuid {
        time_ordered(self.now(), &self.outside.seed())
    }

    /// Somebody who has just signed in, in one of their roles.
    pub fn sign_in(&mut self, name: &str, role: &str) -> Session {
        let (address, words) = (format!("{name}@hollin.example.com"), Secret::from(WORDS));
        let cost = Cost::least().unwrap();
        let proof = signin::prove(&mut self.store, &self.outside, &cost, &address, &words).unwrap().unwrap();
        let role = self.role(role);
        signin::enter(&mut self.store, &self.outside, &proof, role).unwrap().unwrap()
    }

    pub fn run_as(&mut self, actor: &Actor, command: impl Into<Command>) -> Ran {
        run(&mut self.store, &self.outside, actor, &command.into(), &Secrets::none()).unwrap()
    }

    pub fn run(&mut self, who: &Session, command: impl Into<Command>) -> Ran {
        self.run_as(&Actor::Person(who.clone()), command)
    }

    /// Does something that is done at once, or is refused.
    pub fn act(&mut self, who: &Session, command: impl Into<Command>) -> Result<Difference, Refusal> {
        let ran = self.run(who, command);
        assert!(!matches!(ran, Ran::Requested { .. }), "it waits for a second person");
        ran.done()
    }

    /// Files a change request, or is refused.
    pub fn ask(&mut self, who: &Session, command: impl Into<Command>) -> Result<ChangeRequestId, Refusal> {
        match self.run(who, command) {
            Ran::Requested { request, .. } => Ok(request),
            Ran::Refused { refusal, .. } => Err(refusal),
            Ran::Done { .. } => panic!("it was done at once"),
        }
    }

    pub fn request(&self, id: ChangeRequestId) -> ChangeRequest {
        self.org().change_request(id).unwrap().clone()
    }

    /// An approval of what stands there now.
    pub fn approval(&self, who: &Session, request: ChangeRequestId) -> ApproveRequest {
        let shown = self.request(request).told.digest;
        ApproveRequest { request, by: who.person(), at: self.now(), shown }
    }

    pub fn approve(&mut self, who: &Session, request: ChangeRequestId) -> Result<(), Refusal> {
        self.store.catch_up().unwrap();
        let approval = self.approval(who, request);
        self.act(who, approval).map(|_| ())
    }

    pub fn reject(&mut self, who: &Session, request: ChangeRequestId) -> Result<(), Refusal> {
        let (by, at, reason) = (who.person(), self.now(), "Not this week".parse().unwrap());
        self.act(who, RejectRequest { request, by, at, reason }).map(|_| ())
    }

    pub fn withdraw(&mut self, who: &Session, request: ChangeRequestId) -> Result<(), Refusal> {
        let (by, at) = (who.person().user, self.now());
        self.act(who, WithdrawRequest { request, by, at }).map(|_| ())
    }

    pub fn file_again(&mut self, who: &Session, request: ChangeRequestId) -> Result<(), Refusal> {
        let (by, at) = (who.person(), self.now());
        self.act(who, FileAgain { request, by, at }).map(|_| ())
    }

    /// What stands against deciding a request now, for whoever it is.
    pub fn decidable(&self, request: ChangeRequestId) -> Result<(), Refusal> {
        Proposal::open(&self.org(), &self.request(request), self.now()).map(|_| ())
    }

    /// Files it as one and approves it as another, who both sign in for it.
    pub fn together(&mut self, command: impl Into<Command>, (one, other): (&str, &str)) {
        let role = |name| if name == "cy" { "Administrator" } else { "Owner" };
        let (one, other) = (self.sign_in(one, role(one)), self.sign_in(other, role(other)));
        let request = self.ask(&one, command).unwrap();
        self.approve(&other, request).unwrap();
    }

    /// Ada switches four-eyes on, which is the first time.
    pub fn switch_on(&mut self, areas: BTreeSet<Area>) {
        let ada = self.sign_in("ada", "Owner");
        self.act(&ada, ChangeFourEyes { areas }).unwrap();
    }

    pub fn give(&self, user: &str, role: &str) -> AssignRoles {
        AssignRoles { user: self.user(user), roles: self.roles(role) }
    }

    pub fn invite(&self, by: &Session, role: &str, addresses: &[&str]) -> InviteUsers {
        let person = |address: &&str| Invitee {
            id: InvitationId::from_uuid(self.uuid()),
            address: address.parse().unwrap(),
            name: None,
        };
        let people = addresses.iter().map(person).collect();
        InviteUsers { by: by.person().user, at: self.now(), roles: self.roles(role), people }
    }

    pub fn create_role(&self, name: &str) -> CreateRole {
        CreateRole {
            role: RoleId::from_uuid(self.uuid()),
            name: name.parse().unwrap(),
            grants: advanced(&["transactions:read"]),
            scope: Scope::AllFuture,
            at: self.now(),
        }
    }

    /// The role as it is, with other permissions.
    pub fn edit_role(&self, name: &str, permissions: &[&str]) -> EditRole {
        let org = self.org();
        let role = org.role(self.role(name)).unwrap();
        let scope = role.scope.as_ref().clone();
        EditRole { role: role.id, name: role.name.clone(), grants: advanced(permissions), scope }
    }

    /// The role as it is, in another scope.
    pub fn scope_role(&self, name: &str, scope: Scope) -> EditRole {
        let org = self.org();
        let role = org.role(self.role(name)).unwrap();
        EditRole { role: role.id, name: role.name.clone(), grants: role.grants.clone(), scope }
    }

    pub fn rename_role(&self, role: &str, name: &str) -> RenameRole {
        RenameRole { role: self.role(role), name: name.parse().unwrap() }
    }

    pub fn deactivate(&mut self, who: &Session, name: &str) -> Result<Difference, Refusal> {
        let command = DeactivateUser { user: self.user(name), by: who.person().user, at: self.now() };
        self.act(who, command)
    }

    pub fn invitation(&self, address: &str) -> Option<InvitationId> {
        self.org().invitations().values().find(|open| open.address.as_str() == address).map(|open| open.id)
    }

    /// Draws a code, as the delivery does.
    pub fn draw(&mut self, address: &str) -> Secret {
        let invitation = self.invitation(address).unwrap();
        let code: String = self.outside.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
        let code = Secret::from(code.as_str());
        let bytes = Secret::new(sha256(code.bytes()).0.to_vec());
        let stored = Stored { kind: CredentialKind::InvitationCode, owner: invitation.uuid(), bytes };
        let attempt = self.org().invitation(invitation).unwrap().attempt + 1;
        let command = DrawCode { invitation, attempt, at: self.now(), digest: stored.digest() }.into();
        let secrets = Secrets::none().with(stored);
        run(&mut self.store, &self.outside, &Actor::System, &command, &secrets).unwrap().done().unwrap();
        code
    }

    /// Signs somebody up with a code.
    pub fn accept(&mut self, code: &Secret, name: &str) {
        let hash = hash(&Cost::least().unwrap(), &Secret::from(WORDS), &self.outside.bytes()).unwrap();
        signin::accept(&mut self.store, &self.outside, code, name.parse().unwrap(), hash).unwrap().unwrap();
    }

    /// How many messages wait to be sent.
    pub fn waiting(&self) -> usize {
        self.store.waiting(self.now(), 100).unwrap().len()
    }
}

/// The user with this name.
pub fn user_named(org: &Org, name: &str) -> UserId {
    org.users().values().find(|user| user.name.as_str() == name).unwrap_or_else(|| panic!("no {name}")).id
}
