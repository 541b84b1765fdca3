//! Who asks for a change, with the proof of it.
use jiff::Timestamp;

use crate::domain::access::Person;
use crate::domain::id::{InvitationId, SessionId};
use crate::domain::user::Digest;

/// A stay of a person, made only after proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    id: SessionId,
    person: Person,
    proved: Timestamp,
}

impl Session {
    pub(in crate::ledger) const fn new(id: SessionId, person: Person, proved: Timestamp) -> Self {
        Self { id, person, proved }
    }

    /// Which stay.
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// Who, and as what.
    pub const fn person(&self) -> Person {
        self.person
    }

    /// When the person last proved who they are.
    pub const fn proved(&self) -> Timestamp {
        self.proved
    }
}

/// That somebody holds the code of an invitation; made only after the code was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invited {
    invitation: InvitationId,
}

impl Invited {
    pub(in crate::ledger) const fn new(invitation: InvitationId) -> Self {
        Self { invitation }
    }

    /// Whose code.
    pub const fn invitation(self) -> InvitationId {
        self.invitation
    }
}

/// That somebody has the organization's recovery code; made only after the code was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rescued {
    code: Digest,
}

impl Rescued {
    pub(in crate::ledger) const fn new(code: Digest) -> Self {
        Self { code }
    }

    /// SHA-256 of the stored secret of the code that was checked; once it is replaced, this opens nothing.
    pub const fn code(self) -> Digest {
        self.code
    }
}

/// Who asks for a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person(Session),
    /// Somebody who founds an organization in a new file.
    Founder,
    /// Somebody with an invitation's code.
    Invited(Invited),
    /// The program, when it delivers mail or puts a backup back.
    System,
    /// Somebody with the organization's recovery code.
    Rescuer(Rescued),
}

impl Actor {
    /// The signed-in person, if it is one.
    pub const fn person(&self) -> Option<Person> {
        match self {
            Self::Person(session) => Some(session.person()),
            Self::Founder | Self::Invited(_) | Self::System | Self::Rescuer(_) => None,
        }
    }
}
