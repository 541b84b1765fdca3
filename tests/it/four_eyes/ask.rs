//! Commands made of a few numbers.
use std::collections::BTreeSet;

use jiff::Timestamp;
use rolodeck::command::*;
use rolodeck::domain::access::Person;
use rolodeck::domain::catalogue::Group;
use rolodeck::domain::id::{InvitationId, RoleId, Seed, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::role::Grants;
use rolodeck::domain::scope::Scope;
use rolodeck::domain::security::Area;

use crate::properties::company::advanced;

const NAMES: [&str; 4] = ["Treasury", "TREASURY", "Deputy", "Payroll"];

const ADDRESSES: [&str; 5] = [
    "eve@hollin.example.com",
    "eve+x@hollin.example.com",
    "ada+new@hollin.example.com",
    "bo@hollin.example.com",
    "cy+new@hollin.example.com",
];

/// One of many things.
pub fn pick<T: Copy>(n: u8, things: &[T]) -> T {
    things[usize::from(n) % things.len()]
}

fn grants(n: u8) -> Grants {
    match n % 7 {
        0 => Grants::Simple([Group::BasicAccess].into_iter().collect()),
        1 => Grants::Simple([Group::SensitiveAdminOperations].into_iter().collect()),
        2 => advanced(&["organizations:update", "roles:create", "roles:update", "memberships:update"]),
        3 => advanced(&["organizations:update"]),
        4 => advanced(&["credit_transfers:create"]),
        5 => advanced(&["roles:create", "roles:update", "roles:delete", "memberships:delete"]),
        _ => advanced(&["credit_transfers:create", "roles:read"]),
    }
}

/// Who asks, when, and where.
pub struct Asker<'a> {
    pub org: &'a Org,
    pub who: Person,
    pub now: Timestamp,
    pub seed: Seed,
}

impl Asker<'_> {
    /// The command that these numbers are.
    pub fn command(&self, kind: u8, [a, b, c]: [u8; 3]) -> Command {
        let users: Vec<UserId> = self.org.users().keys().copied().collect();
        let roles: Vec<RoleId> = self.org.active_roles().map(|role| role.id).collect();
        let (user, role, at, by) = (pick(a, &users), pick(b, &roles), self.now, self.who.user);
        let name = || pick(a, &NAMES).parse().unwrap();
        let grants = || grants(c);
        let some = || [role].into_iter().collect();
        match kind {
            0 => ChangeFourEyes { areas: areas(a) }.into(),
            1 => CreateRole {
                role: RoleId::new(at, &self.seed),
                name: name(),
                grants: grants(),
                scope: Scope::AllFuture,
                at,
            }
            .into(),
            2 => EditRole { role, name: name(), grants: grants(), scope: Scope::AllFuture }.into(),
            3 => {
                // Only what it permits, so that the name stays.
                let name = self.org.role(role).unwrap().name.clone();
                EditRole { role, name, grants: grants(), scope: Scope::AllFuture }.into()
            }
            4 => RenameRole { role, name: name() }.into(),
            5 => DeleteRole { role: if c % 2 == 0 { role } else { *roles.last().unwrap() } }.into(),
            6 => AssignRoles { user, roles: some() }.into(),
            7 => {
                let held = self.org.user(user).unwrap().roles.clone();
                let held: Vec<_> = held.iter().collect();
                let role = if held.is_empty() { role } else { pick(b, &held) };
                TakeAwayRoles { user, roles: [role].into_iter().collect() }.into()
            }
            8 => {
                let invitee = Invitee {
                    id: InvitationId::new(at, &self.seed),
                    address: pick(a, &ADDRESSES).parse().unwrap(),
                    name: None,
                };
                InviteUsers { by, at, roles: some(), people: vec![invitee] }.into()
            }
            9 => RevokeInvitations { invitations: self.invitation(a) }.into(),
            10 => ResendInvitations { invitations: self.invitation(a), at }.into(),
            11 if c % 2 == 0 => DeactivateUser { user, by, at }.into(),
            11 => RemoveUser { user }.into(),
            12 => {
                let asleep = self.org.users().values().filter(|user| !user.is_active());
                let asleep: Vec<_> = asleep.map(|user| user.id).collect();
                ReactivateUser { user: if asleep.is_empty() { user } else { pick(a, &asleep) } }.into()
            }
            13 => {
                let domain = |id: &UserId| self.org.user(*id).unwrap().address.as_str().replace('@', "+");
                let mailbox = |id: &UserId| domain(id).split('+').next().map(str::to_owned);
                let mates: Vec<_> = users.iter().copied().filter(|id| mailbox(id) == mailbox(&user)).collect();
                let other = pick(b, if c % 8 == 7 { &users } else { &mates });
                TellApart { one: user, other, people: if c % 3 == 0 { People::One } else { People::Two } }.into()
            }
            14 => EditOrganization { name: pick(b, &NAMES).parse().unwrap(), domains: Vec::new() }.into(),
            _ => RenewRecoveryCode { by }.into(),
        }
    }

    /// Commands that name nobody and hand nobody anything.
    pub fn ordinary(&self) -> Vec<Command> {
        let at = self.now;
        let name = || "Something new".parse().unwrap();
        let grants = advanced(&["credit_transfers:create"]);
        let role = RoleId::new(at, &self.seed);
        let held = |id: RoleId| self.org.users().values().any(|user| user.roles.contains(id));
        let invited = |id: RoleId| self.org.invitations().values().any(|open| open.roles.contains(id));
        let free = self.org.active_roles().find(|role| !role.is_owner() && !held(role.id) && !invited(role.id));
        let mut commands: Vec<Command> = vec![
            CreateRole { role, name: name(), grants, scope: Scope::AllFuture, at }.into(),
            EditOrganization { name: "Something new".parse().unwrap(), domains: Vec::new() }.into(),
        ];
        commands.extend(free.map(|role| Command::from(DeleteRole { role: role.id })));
        commands.extend(free.map(|role| Command::from(RenameRole { role: role.id, name: name() })));
        if let Some(open) = self.org.invitations().keys().next() {
            commands.push(RevokeInvitations { invitations: [*open].into() }.into());
        }
        commands
    }

    fn invitation(&self, n: u8) -> BTreeSet<InvitationId> {
        let open: Vec<_> = self.org.invitations().keys().copied().collect();
        if open.is_empty() { BTreeSet::new() } else { [pick(n, &open)].into() }
    }
}

fn areas(n: u8) -> BTreeSet<Area> {
    match n % 8 {
        0 => BTreeSet::new(),
        1 | 2 => [Area::UserManagement].into(),
        3 => [Area::Organization].into(),
        4 => [Area::UserManagement, Area::Counterparties].into(),
        _ => [Area::Organization, Area::UserManagement].into(),
    }
}
