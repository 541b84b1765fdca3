//! Taking a copy of the audit trail out of the organization.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard};
use crate::domain::access::Need;
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::user::Digest;

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One JSON object for each entry, always written the same way.
    JsonLines,
    /// A table for spreadsheets.
    Csv,
    /// A report to read and print.
    Html,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::JsonLines, Self::Csv, Self::Html];

    /// Its name on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "JSON Lines",
            Self::Csv => "CSV",
            Self::Html => "HTML report",
        }
    }

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Html => "html",
        }
    }

    /// What somebody needs to take this out. A report tells of roles beyond what the trail does.
    pub fn needs(self) -> Vec<Need> {
        let trail = Need::organization(Permission::RESOURCE_EVENTS_READ);
        match self {
            Self::JsonLines | Self::Csv => vec![trail],
            Self::Html => vec![trail, Need::organization(Permission::ROLES_READ)],
        }
    }
}

/// Whether an export has e-mail addresses in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportAddresses {
    /// As they were typed.
    Shown,
    /// Left out.
    Hidden,
}

/// Notes that somebody took entries of the audit trail out of the organization. It changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportTrail {
    /// Who.
    pub by: UserId,
    /// When it was begun.
    pub at: Timestamp,
    /// In which form.
    pub format: ExportFormat,
    /// Whether addresses are in it.
    pub addresses: ExportAddresses,
    /// The period that was asked for begins here; none is the beginning.
    pub from: Option<Timestamp>,
    /// The period ends before this; none is the moment of the export.
    pub before: Option<Timestamp>,
    /// The number of the first entry that is in it.
    pub first: u64,
    /// The number of the last one.
    pub last: u64,
    /// How many they are.
    pub entries: u64,
    /// SHA-256 of everything that was written.
    pub sha256: Digest,
}

impl Change for ExportTrail {
    fn name(&self) -> &'static str {
        "export_trail"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        let mut needs = self.format.needs();
        if self.addresses == ExportAddresses::Shown {
            needs.push(Need::organization(Permission::MEMBERSHIPS_READ));
        }
        needs
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, _: &Org) -> String {
        let entries = if self.entries == 1 { "entry" } else { "entries" };
        format!("export {} {entries} of the audit trail as {}", self.entries, self.format.name())
    }

    fn apply(&self, _: &mut Org) -> Result<(), Refusal> {
        Ok(())
    }
}
