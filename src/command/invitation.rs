//! Changes to invitations.
use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard, role};
use crate::domain::access::Need;
use crate::domain::address::{AddressKey, EmailAddress};
use crate::domain::id::{InvitationId, UserId};
use crate::domain::name::PersonName;
use crate::domain::org::{Holder, Org};
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::role::RoleSet;
use crate::domain::row::{Kind, Row, RowId};
use crate::domain::security::Area;
use crate::domain::user::{Credential, CredentialKind, Digest, INVITATION_VALID, Invitation};

/// The smallest difference of two stored times.
const TICK: SignedDuration = SignedDuration::from_millis(1);

/// One person to invite.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invitee {
    /// The invitation's id.
    pub id: InvitationId,
    /// Where the code goes.
    pub address: EmailAddress,
    /// What the inviter calls the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonName>,
}

/// Invites people with the same roles: all of them or none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InviteUsers {
    /// Who invites.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// What they will hold; at least one.
    pub roles: RoleSet,
    /// Whom.
    pub people: Vec<Invitee>,
}

/// Sends invitations again with new codes; also after they expired.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResendInvitations {
    /// Which.
    pub invitations: BTreeSet<InvitationId>,
    /// When.
    pub at: Timestamp,
}

/// Takes invitations back; their codes die and the addresses are free again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevokeInvitations {
    /// Which.
    pub invitations: BTreeSet<InvitationId>,
}

/// Notes that somebody looked at an invitation's code in order to hand it over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LookAtCode {
    /// Whose code.
    pub invitation: InvitationId,
    /// Who looked.
    pub by: UserId,
}

/// Gives an invitation a new code just before its message is sent. Run by the delivery itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrawCode {
    /// Whose code.
    pub invitation: InvitationId,
    /// The number of the message that will carry it: one more than the newest one.
    pub attempt: u32,
    /// When it was drawn.
    pub at: Timestamp,
    /// SHA-256 of the stored secret.
    pub digest: Digest,
}

impl Change for InviteUsers {
    fn name(&self) -> &'static str {
        "invite_users"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::INVITATIONS_CREATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        let roles: Few = self.roles.iter().map(|id| role::name_of(org, id)).collect();
        match self.people.len() {
            0..=3 => {
                let people: Few = self.people.iter().map(|invitee| &invitee.address).collect();
                format!("invite {people} as {roles}")
            }
            many => format!("invite {many} people as {roles}"),
        }
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        invite(org, (self.by, self.at), &self.roles, &self.people, &mut BTreeSet::new())
    }
}

/// Somebody invites people with the same roles, at a moment. `seen` are the addresses before them in the same command.
pub(super) fn invite(
    org: &mut Org,
    (by, at): (UserId, Timestamp),
    roles: &RoleSet,
    people: &[Invitee],
    seen: &mut BTreeSet<AddressKey>,
) -> Result<(), Refusal> {
    if roles.is_empty() {
        return Err(Refusal::NoRole);
    }
    if people.is_empty() {
        return Err(Refusal::NoAddress);
    }
    if roles.iter().any(|id| org.role(id).is_none_or(|role| !role.is_active())) {
        return Err(Refusal::Gone(Kind::Role));
    }
    for invitee in people {
        if !seen.insert(invitee.address.key()) {
            return Err(Refusal::AddressTwice(invitee.address.to_string()));
        }
        if org.invitation(invitee.id).is_some() {
            return Err(Refusal::IdTaken(Kind::Invitation));
        }
        make_room(org, &invitee.address, at)?;
        org.put(Row::Invitation(Invitation {
            id: invitee.id,
            address: invitee.address.clone(),
            name: invitee.name.clone(),
            roles: roles.clone(),
            invited_by: by,
            invited: at,
            sent: at,
            attempt: 0,
            expires: at.saturating_add(INVITATION_VALID).unwrap_or(at),
            code_seen_by: BTreeSet::new(),
        }));
    }
    Ok(())
}

/// An expired invitation makes room for a new one of the same address; nothing else does.
fn make_room(org: &mut Org, address: &EmailAddress, at: Timestamp) -> Result<(), Refusal> {
    match org.holder(&address.key()) {
        None => Ok(()),
        Some(Holder::User(_)) => Err(Refusal::AddressTaken { address: address.to_string(), invited: false }),
        Some(Holder::Invitation(id)) if org.invitation(id).is_some_and(|open| open.is_expired(at)) => {
            close(org, id);
            Ok(())
        }
        Some(Holder::Invitation(_)) => Err(Refusal::AddressTaken { address: address.to_string(), invited: true }),
    }
}

impl Change for ResendInvitations {
    fn name(&self) -> &'static str {
        "resend_invitations"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::INVITATIONS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("send the invitation of {} again, with a new code", addresses(org, &self.invitations))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if self.invitations.is_empty() {
            return Err(Refusal::NothingChanges);
        }
        for id in &self.invitations {
            let mut open = org.invitation(*id).cloned().ok_or(Refusal::Gone(Kind::Invitation))?;
            // Always later than before, so that nobody takes it for the message that was sent already.
            open.sent = self.at.max(open.sent.saturating_add(TICK).unwrap_or(open.sent));
            open.expires = self.at.saturating_add(INVITATION_VALID).unwrap_or(self.at);
            open.code_seen_by.clear();
            org.put(Row::Invitation(open));
            org.remove(code_of(*id));
        }
        Ok(())
    }
}

impl Change for RevokeInvitations {
    fn name(&self) -> &'static str {
        "revoke_invitations"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::INVITATIONS_DELETE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("revoke the invitation of {}", addresses(org, &self.invitations))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if self.invitations.is_empty() {
            return Err(Refusal::NothingChanges);
        }
        for id in &self.invitations {
            org.invitation(*id).ok_or(Refusal::Gone(Kind::Invitation))?;
            close(org, *id);
        }
        Ok(())
    }
}

impl Change for LookAtCode {
    fn name(&self) -> &'static str {
        "look_at_code"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::INVITATIONS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("look at the invitation code of {}", addresses(org, &BTreeSet::from([self.invitation])))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut open = org.invitation(self.invitation).cloned().ok_or(Refusal::Gone(Kind::Invitation))?;
        if open.code_seen_by.insert(self.by) {
            org.put(Row::Invitation(open));
        }
        Ok(())
    }
}

impl Change for DrawCode {
    fn name(&self) -> &'static str {
        "draw_code"
    }

    fn actors(&self) -> Actors {
        Actors::System
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("draw a code for the invitation of {}", addresses(org, &BTreeSet::from([self.invitation])))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut open = org.invitation(self.invitation).cloned().ok_or(Refusal::Gone(Kind::Invitation))?;
        if open.attempt.saturating_add(1) != self.attempt {
            return Err(Refusal::NothingChanges);
        }
        open.attempt = self.attempt;
        open.code_seen_by.clear();
        org.put(Row::Invitation(open));
        org.put(Row::Credential(Credential {
            owner: self.invitation.uuid(),
            kind: CredentialKind::InvitationCode,
            since: self.at,
            digest: self.digest,
        }));
        Ok(())
    }
}

/// Closes an invitation: it and its code are gone.
pub(super) fn close(org: &mut Org, invitation: InvitationId) {
    org.remove(invitation.into());
    org.remove(code_of(invitation));
}

const fn code_of(invitation: InvitationId) -> RowId {
    RowId { kind: Kind::Credential(CredentialKind::InvitationCode), id: invitation.uuid() }
}

fn addresses(org: &Org, invitations: &BTreeSet<InvitationId>) -> Few {
    invitations
        .iter()
        .map(|id| org.invitation(*id).map_or_else(|| id.to_string(), |open| open.address.to_string()))
        .collect()
}
