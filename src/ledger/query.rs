//! What is asked of the audit trail.
use jiff::Timestamp;

use super::entry::{Outcome, StampKind};
use crate::domain::id::UserId;
use crate::domain::row::{Kind, RowId};

/// Whose entries are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// One user's.
    User(UserId),
    /// Those of one kind of actor.
    Kind(StampKind),
}

/// What the wanted entries changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// This row, or what its owner can prove.
    Row(RowId),
    /// Any row of this kind.
    Kind(Kind),
}

/// Which entries are wanted: those that everything here fits. The default wants all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Whose.
    pub who: Option<Who>,
    /// The names of their commands or events; none means any.
    pub commands: Vec<&'static str>,
    /// What they changed.
    pub about: Option<About>,
    /// What became of them; none means anything.
    pub outcomes: Vec<Outcome>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Words, each of which they must say.
    pub text: String,
}

impl Query {
    /// Whether every entry fits.
    pub fn is_empty(&self) -> bool {
        *self == Self { text: self.text.clone(), ..Self::default() } && self.text.trim().is_empty()
    }
}

/// Which way a page runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From a number downwards.
    Older,
    /// From a number upwards.
    Newer,
}

/// One page that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which way.
    pub direction: Direction,
    /// The number behind which it begins; the entry itself is not looked at.
    pub from: u64,
    /// The most entries that are wanted.
    pub limit: usize,
    /// About how many steps the search may take: places looked up in an index, headers and bodies read.
    pub budget: u32,
}
