use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::permission::source::{GroupText, source};

/// One of the eight permission groups that Simple setup offers, in the order of the
/// documentation's page on permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What every role should have.
    BasicAccess,
    /// Looking at money and payments.
    ReadFinancialData,
    /// Preparing payments.
    InitiatePayments,
    /// Approving and rejecting them.
    ApproveAndRejectPayments,
    /// Running the organization.
    SensitiveAdminOperations,
    /// Letting other systems in.
    SetUpProgrammaticAccess,
    /// Arranging what people see.
    ManageDashboard,
    /// What an ERP system needs; the only group without a documented table.
    ErpAccess,
}

impl Group {
    /// All groups in documented order.
    pub const ALL: [Self; 8] = [
        Self::BasicAccess,
        Self::ReadFinancialData,
        Self::InitiatePayments,
        Self::ApproveAndRejectPayments,
        Self::SensitiveAdminOperations,
        Self::SetUpProgrammaticAccess,
        Self::ManageDashboard,
        Self::ErpAccess,
    ];

    /// Its name in files, commands and the log. Never changes.
    pub fn key(self) -> &'static str {
        self.text().map_or("", |text| &text.key)
    }

    /// Its documented name, for people.
    pub fn name(self) -> &'static str {
        self.text().map_or("", |text| &text.name)
    }

    /// What it is for, in a sentence or two.
    pub fn description(self) -> &'static str {
        self.text().map_or("", |text| &text.description)
    }

    /// Whether it makes administrators, so that only they may hand it on (decision 8 in the crate docs).
    pub fn sensitive(self) -> bool {
        self.text().is_some_and(|text| text.sensitive)
    }

    /// Whether its rows are our own reading, because the documentation has no table for it
    /// (decision 4 in the crate docs).
    pub const fn derived(self) -> bool {
        matches!(self, Self::ErpAccess)
    }

    /// The group as the catalogue's file has it.
    pub(super) fn text(self) -> Option<&'static GroupText> {
        source().groups.get(self as usize)
    }
}

/// The documented name.
impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn groups_have_their_documented_names_in_documented_order() {
        assert_eq!(
            Group::ALL.map(Group::name),
            [
                "Basic Access",
                "Read Financial Data",
                "Initiate payments",
                "Approve and reject payments",
                "Sensitive admin operations",
                "Set up programmatic access",
                "Manage dashboard",
                "ERP access",
            ]
        );
    }

    #[test]
    fn a_group_is_written_as_its_key() {
        for group in Group::ALL {
            let json = serde_json::to_value(group).unwrap();
            assert_eq!(json, group.key());
            assert_eq!(serde_json::from_value::<Group>(json).unwrap(), group);
        }
    }

    #[test]
    fn two_groups_are_sensitive_and_one_is_derived() {
        let sensitive: Vec<Group> = Group::ALL.into_iter().filter(|group| group.sensitive()).collect();
        assert_eq!(sensitive, [Group::SensitiveAdminOperations, Group::SetUpProgrammaticAccess]);
        let derived: Vec<Group> = Group::ALL.into_iter().filter(|group| group.derived()).collect();
        assert_eq!(derived, [Group::ErpAccess]);
    }

    #[test]
    fn every_group_says_what_it_is_for() {
        for group in Group::ALL {
            assert!((60..=220).contains(&group.description().len()), "{group}: {}", group.description());
        }
    }
}
