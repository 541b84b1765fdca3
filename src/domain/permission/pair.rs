use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{level::Level, resource::Resource};

/// One resource with one level, written `credit_transfers:create`. Only the 139 pairs that the
/// documentation's page on permissions offers can be made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Permission {
    resource: Resource,
    level: Level,
}

/// Why a text is not a permission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownPermission {
    /// It is not two words with a colon between.
    #[error("{0:?} is not a permission: write a resource, a colon and a level, like credit_transfers:create")]
    NotAPair(String),
    /// The first word names no resource.
    #[error("there is no resource {0:?}: `rolodeck catalogue --json` lists those there are")]
    Resource(String),
    /// The second word is not a level.
    #[error("{0:?} is not a level: use read, create, update or delete")]
    Level(String),
    /// Both exist, but not together.
    #[error("{} has no {level}: it comes with {}", .resource.label(), offered(*.resource))]
    NotOffered {
        /// The resource that was named.
        resource: Resource,
        /// The level that it lacks.
        level: Level,
    },
}

fn offered(resource: Resource) -> String {
    let levels: Vec<String> = resource.levels().map(|level| level.to_string()).collect();
    levels.join(", ")
}

impl Permission {
    /// The permission for this level of this resource, where the catalogue offers it.
    pub fn of(resource: Resource, level: Level) -> Option<Self> {
        resource.gives(level).map(|_| Self { resource, level })
    }

    /// The pair without asking the catalogue. Whoever calls it has to know that it is offered.
    pub(super) const fn unchecked(resource: Resource, level: Level) -> Self {
        Self { resource, level }
    }

    /// What it is about.
    pub const fn resource(self) -> Resource {
        self.resource
    }

    /// What may be done with it.
    pub const fn level(self) -> Level {
        self.level
    }

    /// What it gives, in a sentence.
    pub fn definition(self) -> &'static str {
        self.resource.gives(self.level).unwrap_or_default()
    }

    /// Its bit in a permission mask: four bits for every resource, in the order of the catalogue.
    pub(super) const fn position(self) -> usize {
        self.resource.position() as usize * Level::ALL.len() + self.level as usize
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.resource.key(), self.level.key())
    }
}

impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, level) = text.split_once(':').ok_or_else(|| UnknownPermission::NotAPair(text.to_owned()))?;
        let resource = Resource::named(key).ok_or_else(|| UnknownPermission::Resource(key.to_owned()))?;
        let level = Level::named(level).ok_or_else(|| UnknownPermission::Level(level.to_owned()))?;
        Self::of(resource, level).ok_or(UnknownPermission::NotOffered { resource, level })
    }
}

impl TryFrom<String> for Permission {
    type Error = UnknownPermission;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Permission> for String {
    fn from(permission: Permission) -> Self {
        permission.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    fn every_pair() -> impl Iterator<Item = (Resource, Level)> {
        Resource::all().flat_map(|resource| Level::ALL.map(|level| (resource, level)))
    }

    #[test]
    fn there_are_139_permissions_and_each_can_be_written_and_read_again() {
        let all: Vec<Permission> = every_pair().filter_map(|(r, l)| Permission::of(r, l)).collect();
        assert_eq!(all.len(), 139);
        for permission in all {
            assert_eq!(permission.to_string().parse(), Ok(permission));
            assert!(!permission.definition().is_empty());
        }
    }

    #[test]
    fn positions_are_distinct_and_do_not_move() {
        let position = |text: &str| text.parse::<Permission>().unwrap().position();
        assert_eq!(position("accounts:read"), 0);
        assert_eq!(position("accounts:update"), 2);
        assert_eq!(position("affiliations:read"), 4);
        assert_eq!(position("connection_instructions:read"), 64);
        assert_eq!(position("credit_transfers:create"), 81);
        assert_eq!(position("themes:delete"), 203);
        let positions: std::collections::BTreeSet<usize> =
            every_pair().map(|(r, l)| Permission::unchecked(r, l).position()).collect();
        assert_eq!(positions.len(), 51 * 4);
    }

    #[test]
    fn what_is_not_a_permission_is_refused_in_a_sentence() {
        let refusal = |text: &str| text.parse::<Permission>().unwrap_err().to_string();
        assert_eq!(
            refusal("credit transfers"),
            "\"credit transfers\" is not a permission: write a resource, a colon and a level, like credit_transfers:create"
        );
        assert_eq!(
            refusal("payments:read"),
            "there is no resource \"payments\": `rolodeck catalogue --json` lists those there are"
        );
        assert_eq!(refusal("mandates:READ"), "\"READ\" is not a level: use read, create, update or delete");
        assert_eq!(refusal("mandates:delete"), "Mandates has no DELETE: it comes with READ, CREATE, UPDATE");
    }

    #[test]
    fn hostile_text_is_escaped_in_the_refusal() {
        let refusal = "\u{1b}[2J\u{202e}:read".parse::<Permission>().unwrap_err().to_string();
        assert!(!refusal.contains(['\u{1b}', '\u{202e}']), "{refusal}");
    }

    #[test]
    fn in_json_a_permission_is_its_name() {
        let permission: Permission = serde_json::from_str("\"roles:create\"").unwrap();
        assert_eq!(permission, Permission::ROLES_CREATE);
        assert_eq!(serde_json::to_string(&permission).unwrap(), "\"roles:create\"");
        let refusal = serde_json::from_str::<Permission>("\"roles:approve\"").unwrap_err();
        assert!(refusal.to_string().contains("is not a level"), "{refusal}");
    }
}
