//! What can be imported.

/// Which things a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Entities and their accounts.
    Places,
    /// Invitations.
    Invitations,
}

impl Kind {
    /// The columns, as they are named in the first line.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Places => &["entity", "parent", "account", "currency", "identifier"],
            Self::Invitations => &["email", "role", "name"],
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Places => "entities and accounts",
            Self::Invitations => "invitations",
        }
    }
}
