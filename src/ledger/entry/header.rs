//! Who did what and when, without saying anything about people.
use std::fmt;

use jiff::Timestamp;

use crate::domain::access::Person;
use crate::domain::id::{EntryId, RoleId, SessionId, UserId};
use crate::domain::user::Digest;

/// The newest entry of a log: what the next one continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number; 0 before the first.
    pub seq: u64,
    /// Its time.
    pub at: Timestamp,
    /// Its hash.
    pub hash: Digest,
}

impl Head {
    /// What the first entry continues.
    pub const START: Self = Self { seq: 0, at: Timestamp::UNIX_EPOCH, hash: Digest([0; 32]) };
}

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done; the entry's rows are what it changed.
    Done,
    /// It was refused; the entry has no rows.
    Refused,
    /// It waits for a second person; the entry's row is the change request.
    Requested,
    /// A change request was approved, and what it asked for was done.
    Approved,
    /// A change request was rejected.
    Rejected,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [Self::Done, Self::Refused, Self::Requested, Self::Approved, Self::Rejected];

    /// Its stable code, as stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }

    /// The outcome with this stored code.
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What kind of actor an entry is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StampKind {
    /// A person, signed in or known by address.
    Person,
    /// Whoever founded the organization.
    Founder,
    /// Somebody with an invitation's code.
    Invitee,
    /// The program itself.
    System,
    /// Somebody with the organization's recovery code.
    Rescuer,
    /// Somebody who proved nothing.
    Nobody,
}

impl StampKind {
    const ALL: [Self; 6] = [Self::Person, Self::Founder, Self::Invitee, Self::System, Self::Rescuer, Self::Nobody];

    /// Its stable name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Founder => "founder",
            Self::Invitee => "invitee",
            Self::System => "system",
            Self::Rescuer => "rescuer",
            Self::Nobody => "nobody",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Who an entry is from. Ids alone: names can change and can be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// What kind of actor.
    pub kind: StampKind,
    /// Which user, if a person.
    pub user: Option<UserId>,
    /// Acting as what.
    pub role: Option<RoleId>,
    /// In which stay.
    pub session: Option<SessionId>,
}

impl Stamp {
    /// An actor who is no known person.
    pub const fn of(kind: StampKind) -> Self {
        Self { kind, user: None, role: None, session: None }
    }

    /// A person, in a stay if signed in.
    pub const fn person(person: Person, session: Option<SessionId>) -> Self {
        Self { kind: StampKind::Person, user: Some(person.user), role: Some(person.role), session }
    }
}

/// What an entry says without its bodies. No names and no addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its number, counted from 1 without gaps. It alone orders entries.
    pub seq: u64,
    /// Its time; never before that of the entry before it.
    pub at: Timestamp,
    /// Its id.
    pub id: EntryId,
    /// The name of the command or event.
    pub command: Box<str>,
    /// What became of it.
    pub outcome: Outcome,
    /// Who it is from.
    pub actor: Stamp,
    /// The hash of the entry before it.
    pub previous: Digest,
    /// Its hash.
    pub hash: Digest,
}

impl Header {
    /// The head of the log when this is its newest entry.
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, at: self.at, hash: self.hash }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
