//! The first entry of every organization.
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Actors, Change, Guard};
use crate::domain::access::Need;
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;

/// Founds the organization with everything in it; legal only as the first entry.
#[derive(Clone)]
pub struct Found {
    /// What it is founded with: at least one active Owner.
    pub org: Org,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Found({} users)", self.org.users().len())
    }
}

/// What the log keeps of it beside the rows themselves.
#[derive(Serialize)]
struct Extent {
    users: usize,
    roles: usize,
    accounts: usize,
}

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let org = &self.org;
        Extent { users: org.users().len(), roles: org.roles().len(), accounts: org.accounts().len() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("an organization is founded once and never again from its own log"))
    }
}

impl Change for Found {
    fn name(&self) -> &'static str {
        "found"
    }

    fn actors(&self) -> Actors {
        Actors::Founder
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
        let name = self.org.organization().map(|organization| organization.name.to_string()).unwrap_or_default();
        format!("found the organization “{name}”")
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if org.organization().is_some() {
            return Err(Refusal::Founding("This file already holds an organization."));
        }
        if self.org.organization().is_none() {
            return Err(Refusal::Founding("An organization needs a name."));
        }
        *org = self.org.clone();
        Ok(())
    }
}
