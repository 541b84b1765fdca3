//! A table after it was judged: its lines, and what would be made.
use super::counts::Counts;
use super::kind::Kind;
use super::problem::Problem;
use super::table::Row;
use crate::domain::address::{EmailAddress, Warning};
use crate::domain::id::{EntityId, RoleId};
use crate::domain::name::{AccountIdentifier, AccountName, Currency, EntityName, PersonName};
use crate::domain::text::Shown;
use crate::domain::words::counted;

/// What a line would make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// An entity.
    Entity,
    /// An account in an entity that is there or comes from another line.
    Account,
    /// An entity and the first account in it.
    Both,
    /// An invitation.
    Invitation,
}

/// What was found out about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It will be imported; and what to look at first.
    Fine(Does, Vec<Warning>),
    /// What it says is so already: nothing is to be done.
    There,
    /// It is left out.
    Refused(Problem),
}

impl Verdict {
    /// A few words for a table.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Fine(_, warnings) => warnings.first().map_or("ok", Warning::label),
            Self::There => "already there",
            Self::Refused(problem) => problem.label(),
        }
    }

    /// Everything that is to be said, a sentence each.
    pub fn sentences(&self) -> Vec<String> {
        match self {
            Self::Fine(_, warnings) => warnings.iter().map(Warning::to_string).collect(),
            Self::There => vec!["This is there already: nothing is to be done.".into()],
            Self::Refused(problem) => vec![problem.to_string()],
        }
    }
}

/// A line with what was found out about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands in the file.
    pub row: Row,
    /// Whether it will be imported.
    pub verdict: Verdict,
}

impl Line {
    /// What the line is about, in words, safe to show; whatever its verdict is.
    pub fn words(&self, kind: Kind) -> String {
        let cell = |column: usize| Shown::new(self.row.cell(column)).text().into_owned();
        if self.row.cells.is_err() {
            return "(cannot be told apart)".into();
        }
        match kind {
            Kind::Places => self.place(&cell),
            Kind::Invitations => {
                let name = if self.row.cell(2).is_empty() { String::new() } else { format!("{} ", cell(2)) };
                format!("{name}<{}> as {}", cell(0), cell(1))
            }
        }
    }

    fn place(&self, cell: &dyn Fn(usize) -> String) -> String {
        let below = if self.row.cell(1).is_empty() { String::new() } else { format!(" below {}", cell(1)) };
        let account = format!("{}, {} {}", cell(2), cell(3), cell(4));
        match self.verdict {
            Verdict::Fine(Does::Entity, _) => format!("entity {}{below}", cell(0)),
            Verdict::Fine(Does::Both, _) => format!("entity {}{below}; account {account}", cell(0)),
            _ if self.row.cell(2).is_empty() && self.row.cell(4).is_empty() => format!("entity {}{below}", cell(0)),
            _ => format!("account {account} in {}", cell(0)),
        }
    }
}

/// Where something is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In an entity that is there.
    There(EntityId),
    /// In a new one, by its place in [`Plan::Places`].
    New(usize),
}

/// An entity to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntity {
    /// Its name.
    pub name: EntityName,
    /// What it belongs to; a new one comes before it in the list.
    pub parent: Option<Spot>,
}

/// An account to provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The entity that owns it.
    pub entity: Spot,
    /// Its name.
    pub name: AccountName,
    /// Its currency.
    pub currency: Currency,
    /// Unique together with the currency.
    pub identifier: AccountIdentifier,
}

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Where the code goes.
    pub address: EmailAddress,
    /// The role.
    pub role: RoleId,
    /// What the inviter calls the person.
    pub name: Option<PersonName>,
}

/// What the lines that are fine make together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Entities, each after its parent, and accounts.
    Places {
        /// The entities.
        entities: Vec<NewEntity>,
        /// The accounts.
        accounts: Vec<NewAccount>,
    },
    /// Invitations.
    Invitations(Vec<NewInvitation>),
}

impl Plan {
    /// What it makes, counted, in words: `3 entities and 1 account`.
    pub fn words(&self) -> String {
        match self {
            Self::Places { entities, accounts } => places_in_words(entities.len(), accounts.len()),
            Self::Invitations(people) => counted(people.len(), "invitation", "invitations"),
        }
    }

    /// Whether it makes nothing.
    pub const fn is_empty(&self) -> bool {
        match self {
            Self::Places { entities, accounts } => entities.is_empty() && accounts.is_empty(),
            Self::Invitations(people) => people.is_empty(),
        }
    }
}

/// So many entities and accounts in words, without what there is none of.
pub fn places_in_words(entities: usize, accounts: usize) -> String {
    let (told, also) = (counted(entities, "entity", "entities"), counted(accounts, "account", "accounts"));
    match (entities, accounts) {
        (_, 0) => told,
        (0, _) => also,
        _ => format!("{told} and {also}"),
    }
}

/// A table that was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What it is about.
    pub kind: Kind,
    /// Its lines, in the order of the file.
    pub lines: Vec<Line>,
    /// How many of each kind.
    pub counts: Counts,
    /// What would be made.
    pub plan: Plan,
}
