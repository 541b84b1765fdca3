//! Changes to four-eyes approvals themselves, and to who counts as one person.
use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard, user};
use crate::domain::access::Need;
use crate::domain::id::UserId;
use crate::domain::identity::mailbox;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::{Kind, Row};
use crate::domain::security::{Area, FourEyes};

/// Says in which areas a second person decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeFourEyes {
    /// The areas that will be on; all others will be off.
    pub areas: BTreeSet<Area>,
}

/// Declares whether two users with one mailbox are two people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellApart {
    /// One user.
    pub one: UserId,
    /// The other.
    pub other: UserId,
    /// What they are.
    pub people: People,
}

/// How many people two users with one mailbox are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    /// The same, as long as nobody says otherwise.
    One,
    /// Two, who share a mailbox.
    Two,
}

/// Notes that a user typed a code that went to their address through a mail server: whoever looked at the code of
/// their invitation no longer matters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProveAddress {
    /// Who.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
}

impl Change for ChangeFourEyes {
    fn name(&self) -> &'static str {
        "change_four_eyes"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Settings
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ORGANIZATIONS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, _: &Org) -> String {
        let areas: Few = self.areas.iter().map(|area| area.name()).collect();
        if areas.is_empty() {
            "switch four-eyes off everywhere".into()
        } else {
            format!("have four-eyes on for {areas}")
        }
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut row = org.organization().cloned().ok_or(Refusal::Gone(Kind::Organization))?;
        if row.security.four_eyes.areas == self.areas {
            return Err(Refusal::NothingChanges);
        }
        if let Some(area) = self.areas.iter().find(|area| !area.protects()) {
            return Err(Refusal::NothingToProtect(*area));
        }
        row.security.four_eyes = FourEyes { areas: self.areas.clone(), begun: true };
        org.put(Row::Organization(row));
        Ok(())
    }
}

impl Change for TellApart {
    fn name(&self) -> &'static str {
        "tell_apart"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.one, self.other]
    }

    fn summary(&self, org: &Org) -> String {
        let (one, other) = (user::name_of(org, self.one), user::name_of(org, self.other));
        match self.people {
            People::Two => format!("declare {one} and {other} to be two people"),
            People::One => format!("count {one} and {other} as one person again"),
        }
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let (mut one, mut other) = (user::member(org, self.one)?, user::member(org, self.other)?);
        let changed = match self.people {
            People::Two if one.id == other.id || mailbox(&one) != mailbox(&other) => false,
            People::Two => one.apart.insert(other.id) | other.apart.insert(one.id),
            People::One => one.apart.remove(&other.id) | other.apart.remove(&one.id),
        };
        if !changed {
            return Err(Refusal::NothingChanges);
        }
        org.put(Row::User(one));
        org.put(Row::User(other));
        Ok(())
    }
}

impl Change for ProveAddress {
    fn name(&self) -> &'static str {
        "prove_address"
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
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("note that the address of {} was proved", user::name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut user = user::member(org, self.user)?;
        if user.code_seen_by.is_empty() {
            return Err(Refusal::NothingChanges);
        }
        user.code_seen_by.clear();
        org.put(Row::User(user));
        Ok(())
    }
}
