use std::fmt;

use serde::{Deserialize, Serialize};

/// What may be done with a resource. The four levels and their order are those of the
/// documentation's page on permissions. None implies another (decision 14 in the crate docs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// See it.
    Read,
    /// Make a new one.
    Create,
    /// Change one that exists.
    Update,
    /// Remove it.
    Delete,
}

impl Level {
    /// All levels in documented order.
    pub const ALL: [Self; 4] = [Self::Read, Self::Create, Self::Update, Self::Delete];

    /// The level as it is written behind the colon of a permission: `create`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    /// The level with this key, in lower case.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.key() == key)
    }
}

/// The level as the documentation prints it: `CREATE`.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Read => "READ",
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
            Self::Delete => "DELETE",
        })
    }
}
