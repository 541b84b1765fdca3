//! Commands made of a few numbers, so that any numbers are a command: sensible ones and nonsense.
use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::*;
use rolodeck::domain::address::Domain;
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{AccountId, EntityId, InvitationId, RoleId, Seed, UserId};
use rolodeck::domain::name::{AccountIdentifier, RoleName};
use rolodeck::domain::org::Org;
use rolodeck::domain::role::{Grants, Role, RoleSet};
use rolodeck::domain::scope::Scope;
use rolodeck::domain::user::{Digest, UserStatus};
use uuid::Uuid;

use super::company::advanced;

/// One of many things.
pub fn pick<T: Copy>(n: u8, things: &[T]) -> T {
    things[usize::from(n) % things.len()]
}

/// Every id that was ever there, and one of each kind that never was.
#[derive(Default)]
pub struct Known {
    pub entities: Vec<EntityId>,
    pub accounts: Vec<AccountId>,
    pub roles: Vec<RoleId>,
    pub users: Vec<UserId>,
    pub invitations: Vec<InvitationId>,
    /// What each role is called and permits now.
    pub setups: BTreeMap<RoleId, (RoleName, Grants)>,
    /// Who holds what now.
    pub held: Vec<(UserId, RoleId)>,
    /// Who was removed.
    pub gone: Vec<UserId>,
}

impl Known {
    /// Remembers what there is now.
    pub fn see(&mut self, org: &Org) {
        fn add<T: Copy + PartialEq>(known: &mut Vec<T>, nobody: T, now: impl Iterator<Item = T>) {
            if known.is_empty() {
                known.push(nobody);
            }
            for id in now {
                if !known.contains(&id) {
                    known.insert(0, id);
                }
            }
        }
        let nobody = Uuid::from_u128(0xdead);
        add(&mut self.entities, EntityId::from_uuid(nobody), org.entities().keys().copied());
        add(&mut self.accounts, AccountId::from_uuid(nobody), org.accounts().keys().copied());
        add(&mut self.roles, RoleId::from_uuid(nobody), org.roles().keys().copied());
        add(&mut self.users, UserId::from_uuid(nobody), org.users().keys().copied());
        let users = org.users().values();
        let setup = |role: &Role| (role.id, (role.name.clone(), role.grants.clone()));
        self.setups = org.active_roles().map(setup).collect();
        self.held = users.flat_map(|user| user.roles.iter().map(|role| (user.id, role))).collect();
        let gone = org.users().values().filter(|user| user.status == UserStatus::Removed);
        self.gone = gone.map(|user| user.id).collect();
        add(&mut self.invitations, InvitationId::from_uuid(nobody), org.invitations().keys().copied());
    }

    fn role_set(&self, n: u8) -> RoleSet {
        some(n, &self.roles).into_iter().collect()
    }
}

/// Up to two of many things; now and then none at all.
fn some<T: Copy>(n: u8, things: &[T]) -> Vec<T> {
    match n % 16 {
        15 => Vec::new(),
        11..=14 => vec![pick(n / 16, things), pick(n, things)],
        _ => vec![pick(n / 2, things)],
    }
}

const NAMES: [&str; 8] = ["Treasury", "TREASURY", "Payroll", "Hollin North", "hollin south", "Reader", "Owner", "給与"];

const ADDRESSES: [&str; 12] = [
    "kim@hollin.example.com",
    "lou@hollin.example.com",
    "mia@hollin.example.com",
    "noa@hollin.example.com",
    "ora@hollin.example.com",
    "KIM@Hollin.Example.com",
    "lea@hollin.example.com",
    "max@elsewhere.example.com",
    "ada@hollin.example.com",
    "hal@hollin.example.com",
    "jo@hollin.example.com",
    "gus@hollin.example.com",
];

const IDENTIFIERS: [&str; 6] = ["TILL-1", "till-1", "TILL-9", "GB33 XMPL 9999 9912 3456 78", "TILL-4", "TILL 4"];

/// How many kinds of deeds there are.
pub const KINDS: u8 = 27;

/// A command, as numbers.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    pub kind: u8,
    pub picks: [u8; 4],
}

/// Who does it, and when.
pub struct Doer {
    pub by: UserId,
    pub now: Timestamp,
    /// For an id that nobody has yet.
    pub seed: Seed,
}

impl Doer {
    /// Usually now; sometimes long ago, or in a future that has not come.
    fn at(&self, n: u8) -> Timestamp {
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        match n % 8 {
            5 => self.now - days(8),
            6 => self.now + days(8),
            7 => self.now + days(36_500),
            _ => self.now,
        }
    }

    /// Usually oneself; sometimes in somebody else's name.
    fn signed_by(&self, n: u8, known: &Known) -> UserId {
        if n % 8 == 7 { pick(n / 8, &known.users) } else { self.by }
    }

    /// Usually an id that is new; sometimes one that is taken.
    fn id<T: Copy>(&self, n: u8, fresh: fn(Timestamp, &Seed) -> T, taken: &[T]) -> T {
        if n % 8 == 7 { pick(n / 8, taken) } else { fresh(self.now, &self.seed) }
    }
}

fn grants(n: u8) -> Grants {
    let groups = |groups: &[Group]| Grants::Simple(groups.iter().copied().collect());
    match n % 12 {
        0 => groups(&[Group::BasicAccess]),
        1 => groups(&[Group::SensitiveAdminOperations]),
        2 => groups(&[Group::SetUpProgrammaticAccess]),
        3 => groups(&[Group::InitiatePayments, Group::ReadFinancialData]),
        4 => groups(&Group::ALL),
        5 => advanced(&["memberships:update"]),
        6 => advanced(&["roles:update", "roles:create", "roles:read"]),
        7 => advanced(&["credit_transfers:create"]),
        8 => advanced(&["entities:create", "entities:update", "accounts:update"]),
        9 => advanced(&["accounts:create", "account_balances:read"]),
        10 => Grants::Everything,
        _ => advanced(&[]),
    }
}

fn scope(n: u8, known: &Known) -> Scope {
    let chosen = |entities: Vec<EntityId>, accounts: Vec<AccountId>| Scope::Chosen {
        entities: entities.into_iter().collect(),
        accounts: accounts.into_iter().collect(),
    };
    match n % 4 {
        0 => Scope::AllFuture,
        1 => chosen(some(n / 4, &known.entities), Vec::new()),
        2 => chosen(Vec::new(), some(n / 4, &known.accounts)),
        _ => chosen(some(n / 4, &known.entities), some(n / 8, &known.accounts)),
    }
}

impl Deed {
    /// The command that these numbers are.
    pub fn command(&self, doer: &Doer, known: &Known) -> Command {
        match self.kind {
            0..8 => self.of_roles(doer, known),
            8..16 => self.of_people(doer, known),
            _ => self.of_places(doer, known),
        }
    }

    fn of_roles(&self, doer: &Doer, known: &Known) -> Command {
        let [a, b, c, d] = self.picks;
        let name = pick(a, &NAMES).parse().unwrap();
        match self.kind {
            0 | 1 => {
                let role = doer.id(d, RoleId::new, &known.roles);
                CreateRole { role, name, grants: grants(b), scope: scope(c, known), at: doer.at(d / 8) }.into()
            }
            2..5 => EditRole { role: pick(d, &known.roles), name, grants: grants(b), scope: scope(c, known) }.into(),
            5 if b % 2 == 0 => {
                let role = pick(d, &known.roles);
                let setup = known.setups.get(&role).cloned();
                let (name, grants) = setup.unwrap_or_else(|| (name, grants(b)));
                EditRole { role, name, grants, scope: scope(c, known) }.into()
            }
            5 => RenameRole { role: pick(d, &known.roles), name }.into(),
            6 => DeleteRole { role: pick(d, &known.roles) }.into(),
            _ if a % 4 == 0 => Found { org: Org::default() }.into(),
            _ => EditOrganization { name: pick(a, &NAMES).parse().unwrap(), domains: domains(b) }.into(),
        }
    }

    fn of_people(&self, doer: &Doer, known: &Known) -> Command {
        let [a, b, c, d] = self.picks;
        let invitations = || some(a, &known.invitations).into_iter().collect::<BTreeSet<_>>();
        let (user, roles) = (pick(a, &known.users), known.role_set(b));
        match self.kind {
            8 => {
                // Mostly ids of their own; sometimes all the same one, or one that is taken.
                let id = |n| match d % 32 {
                    0..24 => InvitationId::new(doer.now, &other(&doer.seed, n)),
                    _ => doer.id(d, InvitationId::new, &known.invitations),
                };
                let address = |n: u8| pick((c / 4).wrapping_add(n), &ADDRESSES).parse().unwrap();
                let people = (0..[1, 1, 2, 0][usize::from(c % 4)])
                    .map(|n| Invitee { id: id(n), address: address(n), name: None })
                    .collect::<Vec<_>>();
                let (by, at) = (doer.signed_by(a, known), doer.at(a / 8));
                if d % 8 == 1 {
                    let list = |person| InvitationList { roles: roles.clone(), people: vec![person] };
                    let lists = people.into_iter().map(list).collect();
                    return ImportInvitations { by, at, lists }.into();
                }
                InviteUsers { by, at, roles, people }.into()
            }
            9 => ResendInvitations { invitations: invitations(), at: doer.at(b) }.into(),
            10 => RevokeInvitations { invitations: invitations() }.into(),
            11 => LookAtCode { invitation: pick(a, &known.invitations), by: doer.signed_by(b, known) }.into(),
            12 => AssignRoles { user, roles }.into(),
            13 if c % 4 == 0 => TakeAwayRoles { user, roles }.into(),
            13 => {
                let (user, role) = pick(a, &known.held);
                TakeAwayRoles { user, roles: [role].into_iter().collect() }.into()
            }
            14 if c % 4 == 0 => RemoveUser { user }.into(),
            14 if c % 4 == 1 => {
                // Mostly somebody who left.
                let user = if known.gone.is_empty() || d % 4 == 0 { user } else { pick(a, &known.gone) };
                ErasePerson { user, by: doer.signed_by(b, known), at: doer.at(b) }.into()
            }
            14 => DeactivateUser { user, by: doer.signed_by(b, known), at: doer.at(b) }.into(),
            _ if c % 8 == 0 => self.of_others(doer, known),
            _ => ReactivateUser { user }.into(),
        }
    }

    /// What no signed-in person ever runs.
    fn of_others(&self, doer: &Doer, known: &Known) -> Command {
        let [a, b, _, d] = self.picks;
        let (invitation, digest) = (pick(a, &known.invitations), Digest([b; 32]));
        if d % 2 == 0 {
            return DrawCode { invitation, attempt: u32::from(b % 4), at: doer.at(b), digest }.into();
        }
        let user = doer.id(d, UserId::new, &known.users);
        AcceptInvitation {
            invitation,
            code: digest,
            user,
            name: "Eve".parse().unwrap(),
            at: doer.now,
            passphrase: digest,
        }
        .into()
    }

    fn of_places(&self, doer: &Doer, known: &Known) -> Command {
        let [a, b, c, d] = self.picks;
        let (entity, account) = (pick(a, &known.entities), pick(a, &known.accounts));
        let parent = (b % 4 != 0).then(|| pick(b / 4, &known.entities));
        let name = || pick(c, &NAMES);
        match self.kind {
            17 if d % 4 == 1 => {
                // An entity, another one below it and an account in that one.
                let [top, below] = [0, 1].map(|n| EntityId::new(doer.now, &other(&doer.seed, n)));
                let create = |entity, parent| CreateEntity { entity, name: name().parse().unwrap(), parent };
                let account = ProvisionAccount {
                    account: doer.id(d, AccountId::new, &known.accounts),
                    entity: if b % 2 == 0 { below } else { entity },
                    name: name().parse().unwrap(),
                    currency: pick(b, &["EUR", "SEK"]).parse().unwrap(),
                    identifier: AccountIdentifier::new(pick(c, &IDENTIFIERS)).unwrap(),
                };
                let entities = vec![create(top, parent), create(below, Some(top))];
                ImportPlaces { entities, accounts: vec![account] }.into()
            }
            16 | 17 => {
                let entity = doer.id(d, EntityId::new, &known.entities);
                CreateEntity { entity, name: name().parse().unwrap(), parent }.into()
            }
            18 => RenameEntity { entity, name: name().parse().unwrap() }.into(),
            19 => MoveEntity { entity, parent }.into(),
            20 => RemoveEntity { entity }.into(),
            21 => ProvisionAccount {
                account: doer.id(d, AccountId::new, &known.accounts),
                entity,
                name: name().parse().unwrap(),
                currency: pick(b, &["EUR", "SEK"]).parse().unwrap(),
                identifier: AccountIdentifier::new(pick(c, &IDENTIFIERS)).unwrap(),
            }
            .into(),
            22 => ProvisionAgain { account }.into(),
            23 => RenameAccount { account, name: name().parse().unwrap() }.into(),
            24 | 25 => MoveAccount { account, entity: pick(b, &known.entities) }.into(),
            _ if d % 4 == 0 => export(doer.signed_by(b, known), doer.at(c), u64::from(d)),
            _ => IgnoreAccount { account }.into(),
        }
    }
}

fn export(by: UserId, at: Timestamp, entries: u64) -> Command {
    let (format, addresses) = match entries % 3 {
        0 => (ExportFormat::JsonLines, ExportAddresses::Hidden),
        1 => (ExportFormat::Csv, ExportAddresses::Shown),
        _ => (ExportFormat::Html, ExportAddresses::Shown),
    };
    let (first, last, sha256) = (1, entries, Digest([0; 32]));
    ExportTrail { by, at, format, addresses, from: None, before: None, first, last, entries, sha256 }.into()
}

fn domains(n: u8) -> Vec<Domain> {
    some(n, &["hollin.example.com", "elsewhere.example.com"])
        .into_iter()
        .map(|name| Domain::new(name).unwrap())
        .collect()
}

/// Another seed for every person of a list.
fn other(seed: &Seed, n: u8) -> Seed {
    let mut seed = *seed;
    seed[9] ^= n;
    seed
}
