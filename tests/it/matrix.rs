//! Every command against every role of the sample: allowed, or what is missing. Written down in `matrix.txt`.
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::*;
use rolodeck::domain::access::{Decision, Person, decide};
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{AccountId, ChangeRequestId, EntityId, InvitationId, RoleId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{AccountState, Nature};
use rolodeck::domain::role::{Grants, Role, RoleSet};
use rolodeck::domain::row::Row;
use rolodeck::domain::sample;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;
use rolodeck::domain::user::{CredentialKind, Digest, User, UserStatus};
use rolodeck::ledger::actor::{Actor, Session};
use rolodeck::ledger::run::{Ran, attempt, run};
use rolodeck::ledger::secrets::{Secret, Secrets, Stored};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::outside::Outside;

use crate::desk::{MONDAY, Weather};

/// Somebody who left.
const GONE: UserId = UserId::from_uuid(uuid::Uuid::from_u128(0x60e));

/// A sample in memory, and a session of somebody in each of its roles.
struct Company {
    store: Store,
    outside: Outside,
    org: Arc<Org>,
    sessions: Vec<(Role, Session)>,
}

fn company() -> Company {
    let outside = Weather::new().outside();
    let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let gone = org.users().values().next().unwrap().as_ref().clone();
    org.put(Row::User(User {
        id: GONE,
        name: "Gerd Gone".parse().unwrap(),
        address: "gerd.gone@example.com".parse().unwrap(),
        roles: [].into_iter().collect(),
        status: UserStatus::Removed,
        ..gone
    }));
    let owner = org.owner_role().unwrap().id;
    let creator = org.holders(owner).next().unwrap().id;
    let mut store = Store::in_memory(Nature::Sample).unwrap();
    signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
    prepare(&mut store, &outside, creator, owner);
    let org = store.org();
    let mut sessions = Vec::new();
    for role in org.active_roles().filter(|role| role.name.as_str() != "Spare") {
        let holder = org.holders(role.id).next().unwrap_or_else(|| panic!("nobody holds {}", role.name)).id;
        let proof = signin::look_through(&mut store, &outside, holder).unwrap().unwrap();
        let session = signin::enter(&mut store, &outside, &proof, role.id).unwrap().unwrap();
        sessions.push((role.clone(), session));
    }
    sessions.sort_by_key(|(role, _)| (!role.is_owner(), role.name.to_string()));
    Company { org: store.org(), store, outside, sessions }
}

/// Adds a role that nobody holds and an entity without accounts, so that both can be deleted.
fn prepare(store: &mut Store, outside: &Outside, creator: UserId, owner: RoleId) {
    let at = outside.now();
    let proof = signin::look_through(store, outside, creator).unwrap().unwrap();
    let session = signin::enter(store, outside, &proof, owner).unwrap().unwrap();
    let groups = [Group::BasicAccess].into_iter().collect();
    let role = CreateRole {
        role: RoleId::new(at, &outside.seed()),
        name: "Spare".parse().unwrap(),
        grants: Grants::Simple(groups),
        scope: Scope::AllFuture,
        at,
    };
    let parent = store.org().entities().values().find(|entity| entity.parent.is_none()).unwrap().id;
    let shell = CreateEntity {
        entity: EntityId::new(at, &outside.seed()),
        name: "Shell".parse().unwrap(),
        parent: Some(parent),
    };
    // From the second time on a change of four-eyes waits. It is about nobody, and nothing else is held up.
    let on = ChangeFourEyes { areas: [Area::Organization].into() };
    let off = ChangeFourEyes { areas: BTreeSet::new() };
    for command in [Command::from(role), Command::from(shell), Command::from(on), Command::from(off)] {
        let actor = Actor::Person(session.clone());
        run(store, outside, &actor, &command, &Secrets::none()).unwrap().done().unwrap();
    }
}

/// The things that the examples are about. Nobody who acts is among the people.
struct Cast {
    at: Timestamp,
    me: UserId,
    person: Person,
    request: ChangeRequestId,
    shown: Digest,
    user: UserId,
    sleeper: UserId,
    plain: RoleId,
    idle: RoleId,
    invitation: InvitationId,
    entity: EntityId,
    leaf: EntityId,
    account: AccountId,
    ignored: AccountId,
}

impl Cast {
    fn of(org: &Org, person: Person) -> Self {
        let request = org.open_requests().next().unwrap();
        let named = |name: &str| org.active_roles().find(|role| role.name.as_str() == name).unwrap().id;
        let plain = named("Group accountant (read-only)");
        let idle = named("Spare");
        let user = org.users().values().find(|user| user.name.as_str() == "Fatima El-Amrani").unwrap().id;
        let sleeper = org.users().values().find(|user| user.status == UserStatus::Deactivated).unwrap().id;
        let root = org.entities().values().find(|entity| entity.parent.is_none()).unwrap().id;
        let leaf = org.entities().values().find(|entity| entity.name.as_str() == "Shell").unwrap().id;
        let account = org
            .accounts()
            .values()
            .find(|account| account.state == AccountState::Provisioned && account.entity != root);
        let ignored = org.accounts().values().find(|account| account.state == AccountState::Ignored).unwrap().id;
        Self {
            at: MONDAY.parse().unwrap(),
            me: person.user,
            person,
            request: request.id,
            shown: request.told.digest,
            user,
            sleeper,
            plain,
            idle,
            invitation: org
                .invitations()
                .values()
                .find(|open| open.roles.contains(plain) || !open.roles.is_empty())
                .unwrap()
                .id,
            entity: root,
            leaf,
            account: account.unwrap().id,
            ignored,
        }
    }

    fn examples(&self) -> Vec<Command> {
        let at = self.at + SignedDuration::from_secs(60);
        let only = |role: RoleId| [role].into_iter().collect::<RoleSet>();
        let digest = Digest([7; 32]);
        let grants = Grants::Simple([Group::ReadFinancialData].into_iter().collect());
        let invitations = BTreeSet::from([self.invitation]);
        let seed = [9; 10];
        vec![
            Found { org: Org::default() }.into(),
            EditOrganization { name: "Fjordgold".parse().unwrap(), domains: Vec::new() }.into(),
            CreateRole {
                role: RoleId::new(at, &seed),
                name: "Reader".parse().unwrap(),
                grants: grants.clone(),
                scope: Scope::AllFuture,
                at,
            }
            .into(),
            EditRole { role: self.idle, name: "Connector".parse().unwrap(), grants, scope: Scope::nothing() }.into(),
            RenameRole { role: self.idle, name: "Connector".parse().unwrap() }.into(),
            DeleteRole { role: self.idle }.into(),
            InviteUsers {
                by: self.me,
                at,
                roles: only(self.plain),
                people: vec![Invitee {
                    id: InvitationId::new(at, &seed),
                    address: "new@example.com".parse().unwrap(),
                    name: None,
                }],
            }
            .into(),
            ImportInvitations {
                by: self.me,
                at,
                lists: vec![InvitationList {
                    roles: only(self.plain),
                    people: vec![Invitee {
                        id: InvitationId::new(at, &seed),
                        address: "new@example.com".parse().unwrap(),
                        name: None,
                    }],
                }],
            }
            .into(),
            ResendInvitations { invitations: invitations.clone(), at }.into(),
            RevokeInvitations { invitations }.into(),
            LookAtCode { invitation: self.invitation, by: self.me }.into(),
            DrawCode { invitation: self.invitation, attempt: 1, at, digest }.into(),
            AcceptInvitation {
                invitation: self.invitation,
                code: digest,
                user: UserId::new(at, &seed),
                name: "Nora New".parse().unwrap(),
                at,
                passphrase: digest,
            }
            .into(),
            AssignRoles { user: self.user, roles: only(self.idle) }.into(),
            TakeAwayRoles { user: self.user, roles: only(self.plain) }.into(),
            DeactivateUser { user: self.user, by: self.me, at }.into(),
            ReactivateUser { user: self.sleeper }.into(),
            RemoveUser { user: self.user }.into(),
            ErasePerson { user: GONE, by: self.me, at }.into(),
            ChangePassphrase { user: self.me, at, passphrase: digest }.into(),
            TellApart { one: self.user, other: self.sleeper, people: People::Two }.into(),
            ProveAddress { user: self.user, at }.into(),
            ChangeFourEyes { areas: [Area::Organization, Area::UserManagement].into() }.into(),
            ApproveRequest { request: self.request, by: self.person, at, shown: self.shown }.into(),
            RejectRequest { request: self.request, by: self.person, at, reason: "No.".parse().unwrap() }.into(),
            WithdrawRequest { request: self.request, by: self.me, at }.into(),
            FileAgain { request: self.request, by: self.person, at }.into(),
            RenewRecoveryCode { by: self.me }.into(),
            DrawRecoveryCode { by: self.me, at, code: digest }.into(),
            SwitchFourEyesOff { claimed: self.me, at, code: digest }.into(),
            ResetOwner { owner: self.me, at, passphrase: digest, code: digest }.into(),
            TakeNote { by: self.person, of: at }.into(),
            CreateEntity {
                entity: EntityId::new(at, &seed),
                name: "Harbour".parse().unwrap(),
                parent: Some(self.entity),
            }
            .into(),
            RenameEntity { entity: self.entity, name: "Harbour".parse().unwrap() }.into(),
            MoveEntity { entity: self.leaf, parent: None }.into(),
            RemoveEntity { entity: self.leaf }.into(),
            ProvisionAccount {
                account: AccountId::new(at, &seed),
                entity: self.entity,
                name: "Till".parse().unwrap(),
                currency: "EUR".parse().unwrap(),
                identifier: rolodeck::domain::name::AccountIdentifier::new("TILL-1").unwrap(),
            }
            .into(),
            ProvisionAgain { account: self.ignored }.into(),
            RenameAccount { account: self.account, name: "Till".parse().unwrap() }.into(),
            MoveAccount { account: self.account, entity: self.entity }.into(),
            IgnoreAccount { account: self.account }.into(),
            ImportPlaces {
                entities: vec![CreateEntity {
                    entity: EntityId::new(at, &[8; 10]),
                    name: "Wharf".parse().unwrap(),
                    parent: Some(self.entity),
                }],
                accounts: vec![ProvisionAccount {
                    account: AccountId::new(at, &[8; 10]),
                    entity: EntityId::new(at, &[8; 10]),
                    name: "Till".parse().unwrap(),
                    currency: "EUR".parse().unwrap(),
                    identifier: rolodeck::domain::name::AccountIdentifier::new("TILL-2").unwrap(),
                }],
            }
            .into(),
            ExportTrail {
                by: self.me,
                at,
                format: ExportFormat::Csv,
                addresses: ExportAddresses::Hidden,
                from: None,
                before: None,
                first: 1,
                last: 1,
                entries: 1,
                sha256: digest,
            }
            .into(),
            Undo { entry: 1, steps: vec![RenameRole { role: self.idle, name: "Connector".parse().unwrap() }.into()] }
                .into(),
            NoteRestore { backup: LogEnd { seq: 1, hash: digest }, replaced: None, shared: None }.into(),
        ]
    }
}

fn cell(org: &Arc<Org>, session: &Session, command: &Command) -> String {
    let missing: BTreeSet<_> = command
        .change()
        .requires(org)
        .into_iter()
        .filter_map(|need| match decide(org, session.person(), need) {
            Decision::Deny(denial) => Some(denial.to_string()),
            Decision::Allow { .. } => None,
        })
        .collect();
    match attempt(org, session.proved(), &Actor::Person(session.clone()), command) {
        Ok(_) => "allowed".into(),
        Err(_) if !missing.is_empty() => missing.into_iter().collect::<Vec<_>>().join("; "),
        Err(refusal) => format!("refused ({})", refusal.code()),
    }
}

fn table() -> String {
    let company = company();
    let mut text = String::from(
        "Every command against every role of the sample organization.\n\
         Written by the test `matrix`; set ROLODECK_WRITE_MATRIX=1 to write it anew, and read the difference.\n",
    );
    let kinds = Cast::of(&company.org, company.sessions[0].1.person()).examples().len();
    for kind in 0..kinds {
        for (n, (role, session)) in company.sessions.iter().enumerate() {
            let command = &Cast::of(&company.org, session.person()).examples()[kind];
            let change = command.change();
            if n == 0 {
                let actors = format!("{:?}", change.actors());
                let actors = actors.split(['(', ' ']).next().unwrap();
                let area = match change.guard() {
                    Guard::Area(area) => area.name(),
                    Guard::Settings => "always, once four-eyes was switched on",
                    Guard::Free => "none",
                };
                writeln!(text, "\n{} (actors: {actors}; four-eyes area: {area})", change.name()).unwrap();
            }
            writeln!(text, "    {:<28} {}", role.name.to_string(), cell(&company.org, session, command)).unwrap();
        }
    }
    text
}

#[test]
fn the_matrix_of_roles_and_commands_is_as_written_down() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matrix.txt");
    let now = table();
    if std::env::var_os("ROLODECK_WRITE_MATRIX").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(now == written, "tests/it/matrix.txt is not what the program does:\n{now}");
}

#[test]
fn every_kind_of_command_is_in_the_matrix() {
    let company = company();
    let examples = Cast::of(&company.org, company.sessions[0].1.person()).examples();
    let names: BTreeSet<_> = examples.iter().map(|command| command.change().name()).collect();
    assert_eq!(names.len(), Command::KINDS);
}

#[test]
fn the_name_of_a_command_is_the_one_that_is_stored() {
    let company = company();
    for command in Cast::of(&company.org, company.sessions[0].1.person()).examples() {
        let json = serde_json::to_value(&command).unwrap();
        assert_eq!(json["command"], command.change().name());
    }
}

/// The command with a secret that fits it, where one has to travel beside it.
fn with_its_secret(command: Command) -> (Command, Secrets) {
    match command {
        Command::ChangePassphrase(change) => {
            let (kind, owner) = (CredentialKind::Passphrase, change.user.uuid());
            let stored = Stored { kind, owner, bytes: Secret::from("$argon2id$invented") };
            let change = ChangePassphrase { passphrase: stored.digest(), ..change };
            (change.into(), Secrets::none().with(stored))
        }
        other => (other, Secrets::none()),
    }
}

/// Whoever reads the trail sees every attempt: one entry for each, with what became of it and who tried.
#[test]
fn the_trail_has_an_entry_for_every_attempt_of_the_matrix() {
    let roles = company().sessions.len();
    let mut seen = BTreeSet::new();
    let (mut attempts, mut entries) = (0, 0);
    for role in 0..roles {
        let Company { mut store, outside, org, sessions } = company();
        let session = &sessions[role].1;
        let before = store.head().seq;
        for (n, command) in (1..).zip(Cast::of(&org, session.person()).examples()) {
            let (command, secrets) = with_its_secret(command);
            let ran = run(&mut store, &outside, &Actor::Person(session.clone()), &command, &secrets).unwrap();
            let (seq, outcome) = match ran {
                Ran::Done { seq, .. } => (seq, "done"),
                Ran::Requested { seq, .. } => (seq, "requested"),
                Ran::Refused { seq, .. } => (seq.unwrap(), "refused"),
            };
            attempts += 1;
            assert_eq!(seq, before + n, "{}", command.change().name());
            let header = store.entries(seq - 1, 1).unwrap().remove(0);
            assert_eq!(header.command.as_ref(), command.change().name());
            assert_eq!(header.actor.user, Some(session.person().user));
            assert_eq!(header.actor.role, Some(session.person().role));
            let decided = matches!(header.outcome.code(), "approved" | "rejected");
            assert!(header.outcome.code() == outcome || decided && outcome == "done", "{header:?}");
            seen.insert(outcome);
        }
        entries += store.head().seq - before;
        store.verify().unwrap();
    }
    assert_eq!(attempts, entries);
    assert_eq!(seen, ["done", "refused", "requested"].into(), "every outcome was tried");
    assert_eq!(attempts, (roles * Command::KINDS) as u64);
}
