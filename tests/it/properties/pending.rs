//! Which invitations are open and what opens them, kept a second time.
use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::{Command, Invitee};
use rolodeck::domain::address::EmailAddress;
use rolodeck::domain::id::InvitationId;
use rolodeck::domain::org::Org;
use rolodeck::domain::role::RoleSet;

/// How long a code works.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An open invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub address: EmailAddress,
    pub roles: RoleSet,
    pub expires: Timestamp,
    /// The place of its newest code, as long as that works.
    code: Option<usize>,
}

/// All open invitations, and every code that was ever drawn.
#[derive(Default)]
pub struct Pending {
    open: BTreeMap<InvitationId, Open>,
    codes: Vec<String>,
    noted: Option<Timestamp>,
}

impl Pending {
    /// What a new organization starts with.
    pub fn of(org: &Org) -> Self {
        let open = org.invitations().values().map(|open| {
            let (address, roles) = (open.address.clone(), open.roles.clone());
            (open.id, Open { address, roles, expires: open.sent + WEEK, code: None })
        });
        Self { open: open.collect(), ..Self::default() }
    }

    /// A new code for an invitation, which is not drawn yet.
    pub fn new_code(&self) -> String {
        format!("{:064x}", self.codes.len() + 1)
    }

    /// A code was drawn; the one before is dead.
    pub fn drawn(&mut self, invitation: InvitationId, code: String) {
        self.codes.push(code);
        self.open.get_mut(&invitation).unwrap().code = Some(self.codes.len() - 1);
    }

    fn invited(&mut self, at: Timestamp, roles: &RoleSet, people: &[Invitee]) {
        for invitee in people {
            let address = invitee.address.clone();
            self.open.retain(|_, open| open.address.key() != address.key());
            let open = Open { address, roles: roles.clone(), expires: at + WEEK, code: None };
            assert_eq!(self.open.insert(invitee.id, open), None, "an invitation was written over");
        }
    }

    /// Follows a command that was done.
    pub fn follow(&mut self, command: &Command) {
        match command {
            Command::InviteUsers(invite) => self.invited(invite.at, &invite.roles, &invite.people),
            Command::ImportInvitations(import) => {
                import.lists.iter().for_each(|list| self.invited(import.at, &list.roles, &list.people));
            }
            Command::ResendInvitations(resend) => {
                for id in &resend.invitations {
                    let open = self.open.get_mut(id).unwrap();
                    (open.code, open.expires) = (None, resend.at + WEEK);
                }
            }
            Command::RevokeInvitations(revoke) => {
                self.open.retain(|id, _| !revoke.invitations.contains(id));
            }
            _ => {}
        }
    }

    /// One of the codes that ever were, or one that never was.
    pub fn some_code(&self, n: u8) -> String {
        let n = usize::from(n) % (self.codes.len() + 2);
        self.codes.iter().rev().nth(n).cloned().unwrap_or_else(|| format!("{n:064}"))
    }

    /// What a code opens at a moment.
    pub fn opened_by(&self, code: &str, now: Timestamp) -> Option<(InvitationId, Open)> {
        let place = self.codes.iter().position(|known| known == code)?;
        let mut open = self.open.iter().filter(|(_, open)| open.code == Some(place) && now < open.expires);
        open.next().map(|(id, open)| (*id, open.clone()))
    }

    /// Somebody signed up.
    pub fn accepted(&mut self, invitation: InvitationId) {
        self.open.remove(&invitation).unwrap();
    }

    /// How many entries a code that opens nothing makes: one, if there was none for an hour.
    pub fn failed(&mut self, now: Timestamp) -> u64 {
        let due =
            self.noted.is_none_or(|noted| now < noted || now.duration_since(noted) >= SignedDuration::from_hours(1));
        if due {
            self.noted = Some(now);
        }
        due.into()
    }

    /// Fails unless the organization says the same.
    pub fn check(&self, org: &Org) {
        let theirs = org.invitations().values();
        let theirs: Vec<_> =
            theirs.map(|open| (open.id, open.address.clone(), open.roles.clone(), open.expires)).collect();
        let ours = self.open.iter();
        let ours: Vec<_> =
            ours.map(|(id, open)| (*id, open.address.clone(), open.roles.clone(), open.expires)).collect();
        assert_eq!(theirs, ours, "open invitations are not what was invited");
    }
}
