//! Changes to the organization's own row.
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard};
use crate::domain::access::Need;
use crate::domain::address::Domain;
use crate::domain::id::UserId;
use crate::domain::name::OrganizationName;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::{Kind, Row};
use crate::domain::security::Area;

/// Changes the organization's name and its own mail domains.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EditOrganization {
    /// As its people call it.
    pub name: OrganizationName,
    /// The company's own mail domains, lower case.
    pub domains: Vec<Domain>,
}

impl Change for EditOrganization {
    fn name(&self) -> &'static str {
        "edit_organization"
    }

    fn actors(&self) -> Actors {
        Actors::Person
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

    fn summary(&self, _: &Org) -> String {
        format!("call the organization “{}” with the mail domains {}", self.name, self.domains.iter().collect::<Few>())
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut row = org.organization().cloned().ok_or(Refusal::Gone(Kind::Organization))?;
        if row.name == self.name && row.domains == self.domains {
            return Err(Refusal::NothingChanges);
        }
        row.name = self.name.clone();
        row.domains.clone_from(&self.domains);
        org.put(Row::Organization(row));
        Ok(())
    }
}
