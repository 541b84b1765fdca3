//! A real organization whose people have passphrases.
use std::collections::BTreeSet;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::{Command, DrawCode, Found, RemoveUser};
use rolodeck::domain::id::{InvitationId, RoleId, UserId};
use rolodeck::domain::org::{Holder, Org};
use rolodeck::domain::organization::Nature;
use rolodeck::domain::refusal::Refusal;
use rolodeck::domain::row::{Difference, Row};
use rolodeck::domain::user::{Credential, CredentialKind, Invitation};
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::passphrase::{Cost, hash};
use rolodeck::ledger::reproof;
use rolodeck::ledger::run::{Ran, run};
use rolodeck::ledger::secrets::{Secret, Secrets, Stored, sha256};
use rolodeck::ledger::signin::{self, Proof};
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

use crate::desk::Weather;
use crate::properties::company::{company, role_named};

/// An Owner.
pub const ADA: &str = "ada@hollin.example.com";
/// An Owner who is a reader, too.
pub const BO: &str = "bo@hollin.example.com";
/// A reader.
pub const CY: &str = "flo@hollin.example.com";
/// Somebody who has not signed up.
pub const INVITED: &str = "hal@hollin.example.com";
/// Nobody's passphrase.
pub const WRONG: &str = "not the right words";
/// The recovery code.
pub const RECOVERY: &str = "1234-abcd-5678-ef01";

/// The passphrase of each person.
pub fn words(address: &str) -> &'static str {
    match address {
        ADA => "four bright lanterns",
        BO => "eleven dusty anchors",
        _ => "six patient badgers",
    }
}

/// The organization, its clock and its file.
pub struct House {
    pub store: Store,
    pub outside: Outside,
    weather: Weather,
    folder: tempfile::TempDir,
}

impl House {
    pub fn in_memory() -> Self {
        Self::over(Store::in_memory(Nature::Real).unwrap(), tempfile::tempdir().unwrap())
    }

    pub fn on_disk() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::over(Store::create(&folder.path().join("house.db"), Nature::Real).unwrap(), folder)
    }

    fn over(mut store: Store, folder: tempfile::TempDir) -> Self {
        let weather = Weather::new();
        let outside = weather.outside();
        let (org, secrets) = real_company(&outside);
        let creator = *org.users().keys().next().unwrap();
        signin::found(&mut store, &outside, Found { org }, &secrets, creator).unwrap().unwrap();
        let mut house = Self { store, outside, weather, folder };
        let (ada, user) = (house.person(ADA), house.user("gone@hollin.example.com"));
        house.run(&ada, RemoveUser { user }).unwrap();
        house
    }

    pub fn path(&self) -> &Path {
        self.store.path()
    }

    pub fn open_again(&mut self) {
        self.store = Store::open(self.store.path()).unwrap();
    }

    pub fn now(&self) -> Timestamp {
        self.outside.now()
    }

    pub fn wait(&mut self, time: SignedDuration) {
        self.weather.wait(time);
    }

    pub fn user(&self, address: &str) -> UserId {
        match self.store.org().holder(&address.parse::<rolodeck::domain::address::EmailAddress>().unwrap().key()) {
            Some(Holder::User(user)) => user,
            other => panic!("{address} is {other:?}"),
        }
    }

    pub fn invitation(&self, address: &str) -> InvitationId {
        let org = self.store.org();
        org.invitations().values().find(|open| open.address.as_str() == address).unwrap().id
    }

    pub fn role(&self, name: &str) -> RoleId {
        role_named(&self.store.org(), name)
    }

    pub fn prove(&mut self, address: &str, passphrase: &str) -> Result<Proof, Refusal> {
        let cost = Cost::least().unwrap();
        signin::prove(&mut self.store, &self.outside, &cost, address, &Secret::from(passphrase)).unwrap()
    }

    /// Somebody signed in as the most powerful thing that they are.
    pub fn person(&mut self, address: &str) -> Session {
        let proof = self.prove(address, words(address)).unwrap();
        let org = self.store.org();
        let roles = &org.user(proof.user()).unwrap().roles;
        let owner = self.role("Owner");
        let role = if roles.contains(owner) { owner } else { roles.iter().next().unwrap() };
        signin::enter(&mut self.store, &self.outside, &proof, role).unwrap().unwrap()
    }

    pub fn run(&mut self, who: &Session, command: impl Into<Command>) -> Result<Difference, Refusal> {
        let actor = Actor::Person(who.clone());
        run(&mut self.store, &self.outside, &actor, &command.into(), &Secrets::none()).unwrap().done()
    }

    pub fn change(&mut self, who: &Session, from: &str, to: &str, cost: &Cost) {
        let (from, to) = (Secret::from(from), hash(cost, &Secret::from(to), &self.outside.bytes()).unwrap());
        let ran = reproof::change_passphrase(&mut self.store, &self.outside, cost, who, &from, to).unwrap();
        ran.done().unwrap();
    }

    /// Draws a code, as the delivery does.
    pub fn draw(&mut self, address: &str) -> Secret {
        let invitation = self.invitation(address);
        let code: String = self.outside.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
        let code = Secret::from(code.as_str());
        let bytes = Secret::new(sha256(code.bytes()).0.to_vec());
        let stored = Stored { kind: CredentialKind::InvitationCode, owner: invitation.uuid(), bytes };
        let attempt = self.store.org().invitation(invitation).unwrap().attempt + 1;
        let command = DrawCode { invitation, attempt, at: self.now(), digest: stored.digest() }.into();
        let secrets = Secrets::none().with(stored);
        let ran = run(&mut self.store, &self.outside, &Actor::System, &command, &secrets).unwrap();
        assert!(matches!(ran, Ran::Done { .. }));
        code
    }

    pub fn accept(&mut self, code: &Secret, passphrase: &str) -> Result<Proof, Refusal> {
        let hash = hash(&Cost::least().unwrap(), &Secret::from(passphrase), &self.outside.bytes()).unwrap();
        signin::accept(&mut self.store, &self.outside, code, "Newcomer".parse().unwrap(), hash).unwrap()
    }

    /// What the file keeps of somebody's passphrase.
    pub fn hash_on_disk(&self, address: &str) -> Vec<u8> {
        let raw = rusqlite::Connection::open(self.path()).unwrap();
        let sql = "SELECT bytes FROM secret WHERE kind = 'passphrase' AND owner = ?1";
        raw.query_row(sql, [self.user(address).uuid().as_bytes()], |row| row.get(0)).unwrap()
    }

    /// Fails if one of these is in a file of the organization.
    #[track_caller]
    pub fn never_in_a_file(&self, secrets: &[&[u8]]) {
        let mut files = 0;
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            files += 1;
            for secret in secrets {
                let found = bytes.windows(secret.len()).any(|window| window == *secret);
                assert!(!found, "“{}” is in {}", String::from_utf8_lossy(secret), path.display());
            }
        }
        assert!(files > 0, "there is no file to look into");
    }
}

/// The company with passphrases, a recovery code and two more invitations.
pub fn real_company(outside: &Outside) -> (Org, Secrets) {
    let mut org = company(outside, Nature::Real);
    let mut secrets = Secrets::none();
    let (reader, at) = (role_named(&org, "Reader"), outside.now());
    let mut people: Vec<_> = org.users().values().map(|user| rolodeck::domain::user::User::clone(user)).collect();
    let mut gone = people[0].clone();
    gone.id = UserId::new(at, &outside.seed());
    gone.address = "gone@hollin.example.com".parse().unwrap();
    people.push(gone);
    for mut user in people {
        if user.address.as_str() == BO {
            user.roles = user.roles.with([reader]);
        }
        let salt = outside.bytes();
        let hash = hash(&Cost::least().unwrap(), &Secret::from(words(user.address.as_str())), &salt).unwrap();
        let stored = Stored { kind: CredentialKind::Passphrase, owner: user.id.uuid(), bytes: hash };
        put(&mut org, &stored, at);
        secrets = secrets.with(stored);
        org.put(Row::User(user));
    }
    let owner = org.organization().unwrap().id.uuid();
    let bytes = Secret::new(sha256(RECOVERY.as_bytes()).0.to_vec());
    let stored = Stored { kind: CredentialKind::RecoveryCode, owner, bytes };
    put(&mut org, &stored, at);
    for address in ["second@hollin.example.com", "third@hollin.example.com"] {
        let invited_by = *org.users().keys().next().unwrap();
        org.put(Row::Invitation(Invitation {
            id: InvitationId::new(at, &outside.seed()),
            address: address.parse().unwrap(),
            name: None,
            roles: [reader].into_iter().collect(),
            invited_by,
            invited: at,
            sent: at,
            attempt: 0,
            expires: at + SignedDuration::from_hours(7 * 24),
            code_seen_by: BTreeSet::new(),
        }));
    }
    (org, secrets.with(stored))
}

fn put(org: &mut Org, stored: &Stored, since: Timestamp) {
    let (owner, kind, digest) = (stored.owner, stored.kind, stored.digest());
    org.put(Row::Credential(Credential { owner, kind, since, digest }));
}
