//! The recovery code and what it is for (decision 15 in the crate docs).
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard, user};
use crate::domain::access::{Need, Person};
use crate::domain::id::UserId;
use crate::domain::identity::same_person;
use crate::domain::org::Org;
use crate::domain::organization::Organization;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::row::{Kind, Row};
use crate::domain::security::{Area, Emergency, FourEyes, Rescue};
use crate::domain::user::{Credential, CredentialKind, Digest};

/// Decides that there shall be a new recovery code, which whoever asks for this may then draw.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RenewRecoveryCode {
    /// Who will draw it.
    pub by: UserId,
}

/// Replaces the recovery code by a new one, once that was decided. The old one dies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrawRecoveryCode {
    /// Who draws it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the stored secret.
    pub code: Digest,
}

/// Breaks the glass: switches four-eyes off. The code that was used is replaced by a new one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SwitchFourEyesOff {
    /// The Owner that whoever has the code named.
    pub claimed: UserId,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the stored secret of the new code.
    pub code: Digest,
}

/// Breaks the glass: gives an Owner a new passphrase. The code that was used is replaced by a new one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResetOwner {
    /// Whose passphrase.
    pub owner: UserId,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the stored passphrase hash.
    pub passphrase: Digest,
    /// SHA-256 of the stored secret of the new code.
    pub code: Digest,
}

/// Takes note of a use of the recovery code, so that the banner about it goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeNote {
    /// Who takes note, as Owner.
    pub by: Person,
    /// Of which use: the time that it happened.
    pub of: Timestamp,
}

impl Change for RenewRecoveryCode {
    fn name(&self) -> &'static str {
        "renew_recovery_code"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::Organization)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ORGANIZATIONS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("let {} draw a new recovery code", user::name_of(org, self.by))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut row = organization(org)?;
        if row.security.code_due == Some(self.by) {
            return Err(Refusal::NothingChanges);
        }
        row.security.code_due = Some(self.by);
        org.put(Row::Organization(row));
        Ok(())
    }
}

impl Change for DrawRecoveryCode {
    fn name(&self) -> &'static str {
        "draw_recovery_code"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ORGANIZATIONS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, _: &Org) -> String {
        "draw a new recovery code".into()
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut row = organization(org)?;
        if row.security.code_due != Some(self.by) {
            return Err(Refusal::NoCodeDue);
        }
        row.security.code_due = None;
        org.put(recovery_code(&row, self.at, self.code));
        org.put(Row::Organization(row));
        Ok(())
    }
}

impl Change for SwitchFourEyesOff {
    fn name(&self) -> &'static str {
        "switch_four_eyes_off"
    }

    fn actors(&self) -> Actors {
        Actors::Rescuer
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

    fn summary(&self, _: &Org) -> String {
        "switch four-eyes off with the recovery code".into()
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut row = organization(org)?;
        owner(org, self.claimed)?;
        if !row.security.four_eyes.begun {
            return Err(Refusal::NothingChanges);
        }
        row.security.four_eyes = FourEyes::default();
        break_glass(org, row, Emergency { at: self.at, rescue: Rescue::FourEyesOff, claimed: self.claimed }, self.code);
        Ok(())
    }
}

impl Change for ResetOwner {
    fn name(&self) -> &'static str {
        "reset_owner"
    }

    fn actors(&self) -> Actors {
        Actors::Rescuer
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.owner]
    }

    fn summary(&self, org: &Org) -> String {
        format!("give {} a new passphrase with the recovery code", user::name_of(org, self.owner))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let row = organization(org)?;
        owner(org, self.owner)?;
        org.put(user::passphrase(self.owner, self.at, self.passphrase));
        let rescue = Rescue::OwnerReset(self.owner);
        break_glass(org, row, Emergency { at: self.at, rescue, claimed: self.owner }, self.code);
        Ok(())
    }
}

impl Change for TakeNote {
    fn name(&self) -> &'static str {
        "take_note"
    }

    fn actors(&self) -> Actors {
        Actors::OneselfAs(self.by)
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

    fn summary(&self, _: &Org) -> String {
        "take note of the use of the recovery code".into()
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut row = organization(org)?;
        let owner_role = org.owner_role().map(|role| role.id);
        let holds = org.user(self.by.user).is_some_and(|user| user.roles.contains(self.by.role));
        if owner_role != Some(self.by.role) || !holds {
            return Err(Refusal::OwnersOnly);
        }
        let emergencies = row.security.emergencies.clone();
        let Some(emergency) = emergencies.iter().find(|emergency| emergency.at == self.of) else {
            return Err(Refusal::NothingChanges);
        };
        if same_person(org, emergency.claimed, self.by.user) && another_owner(org, self.by.user) {
            return Err(Refusal::AnotherOwner);
        }
        row.security.emergencies.retain(|other| other.at != self.of);
        org.put(Row::Organization(row));
        Ok(())
    }
}

/// Whether there is an active Owner who is another person.
fn another_owner(org: &Org, user: UserId) -> bool {
    let owner = org.owner_role().map(|role| role.id);
    owner.is_some_and(|owner| org.holders(owner).any(|other| !same_person(org, other.id, user)))
}

fn organization(org: &Org) -> Result<Organization, Refusal> {
    org.organization().cloned().ok_or(Refusal::Gone(Kind::Organization))
}

/// That the user is an active Owner.
fn owner(org: &Org, user: UserId) -> Result<(), Refusal> {
    let owner = org.owner_role().map(|role| role.id);
    let holds = owner.is_some_and(|owner| org.holders(owner).any(|holder| holder.id == user));
    if holds { Ok(()) } else { Err(Refusal::NotAnOwner) }
}

fn break_glass(org: &mut Org, mut row: Organization, emergency: Emergency, code: Digest) {
    org.put(recovery_code(&row, emergency.at, code));
    row.security.code_due = None;
    row.security.emergencies.push(emergency);
    org.put(Row::Organization(row));
}

fn recovery_code(row: &Organization, since: Timestamp, digest: Digest) -> Row {
    Row::Credential(Credential { owner: row.id.uuid(), kind: CredentialKind::RecoveryCode, since, digest })
}
