//! The organization's security settings: four-eyes approvals, and what was done with the recovery code.
use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id::UserId;

/// What four-eyes approvals can be switched on for (decision 11 in the crate docs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Security settings of the organization.
    Organization,
    /// Roles, users and invitations.
    UserManagement,
    /// Chains of approval for payments; not administered here yet.
    ApprovalChains,
    /// Counterparties; not administered here yet.
    Counterparties,
}

impl Area {
    /// Every area, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Organization, Self::UserManagement, Self::ApprovalChains, Self::Counterparties];

    /// Its name on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Organization => "Organization",
            Self::UserManagement => "User management",
            Self::ApprovalChains => "Approval chains",
            Self::Counterparties => "Counterparties",
        }
    }

    /// Its stable name, as stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::UserManagement => "user_management",
            Self::ApprovalChains => "approval_chains",
            Self::Counterparties => "counterparties",
        }
    }

    /// The area with this stored name.
    pub fn keyed(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.key() == key)
    }

    /// What it covers, in words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Organization => "The organization's name and mail domains, the recovery code, and these switches",
            Self::UserManagement => "Roles, users and invitations; deactivating a user stays immediate",
            Self::ApprovalChains => "Nothing to protect yet: rolodeck does not administer approval chains",
            Self::Counterparties => "Nothing to protect yet: rolodeck does not administer counterparties",
        }
    }

    /// Whether there is something in it that can be changed here.
    pub const fn protects(self) -> bool {
        matches!(self, Self::Organization | Self::UserManagement)
    }
}

/// Where a second person decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FourEyes {
    /// The areas that are switched on.
    pub areas: BTreeSet<Area>,
    /// Whether they were ever switched on: from then on a second person decides about these settings, until somebody
    /// breaks the glass.
    pub begun: bool,
}

/// What was done with the recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rescue {
    /// Four-eyes approvals were switched off.
    FourEyesOff,
    /// An Owner got a new passphrase.
    OwnerReset(UserId),
}

/// That the recovery code was used; shown on every screen until an Owner has taken note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub rescue: Rescue,
    /// The Owner that whoever had the code named; a claim, not a proof.
    pub claimed: UserId,
}

/// The security settings of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Security {
    /// Where a second person decides.
    #[serde(default)]
    pub four_eyes: FourEyes,
    /// Who may draw a new recovery code, once, because that was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_due: Option<UserId>,
    /// Uses of the recovery code that nobody took note of yet, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emergencies: Vec<Emergency>,
}

impl Security {
    /// Whether these are the settings that every organization begins with.
    pub fn is_initial(&self) -> bool {
        *self == Self::default()
    }
}
