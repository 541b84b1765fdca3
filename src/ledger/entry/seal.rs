//! The hashes, and the form in which times are hashed.
use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::header::Header;
use crate::domain::id::{RoleId, SessionId, UserId};
use crate::domain::user::Digest;

/// Computes the hash that fits an entry, body by body.
pub struct Seal {
    hasher: Hasher,
    bodies: u64,
}

impl Seal {
    /// Begins with the header; the hash in it is not looked at.
    pub fn new(header: &Header) -> Self {
        let mut hasher = Hasher::new("rolodeck entry 1");
        hasher.field(&header.seq.to_be_bytes());
        hasher.field(time_text(header.at).as_bytes());
        hasher.field(header.id.uuid().as_bytes());
        hasher.field(header.command.as_bytes());
        hasher.field(header.outcome.code().as_bytes());
        hasher.field(header.actor.kind.name().as_bytes());
        let ids = [
            header.actor.user.map(UserId::uuid),
            header.actor.role.map(RoleId::uuid),
            header.actor.session.map(SessionId::uuid),
        ];
        ids.iter().for_each(|id| hasher.optional(id.as_ref().map(|id| id.as_bytes().as_slice())));
        hasher.field(&header.previous.0);
        Self { hasher, bodies: 0 }
    }

    /// Adds the next body: its version and its hash. The version counts, since it says how the hash was made; bodies of
    /// the first version are from a time when there was no other.
    pub fn add(&mut self, version: u16, hash: &Digest) {
        if version > 1 {
            self.hasher.field(&version.to_be_bytes());
        }
        self.hasher.field(&hash.0);
        self.bodies += 1;
    }

    /// The hash.
    pub fn finish(mut self) -> Digest {
        self.hasher.field(&self.bodies.to_be_bytes());
        self.hasher.finish()
    }
}

/// Hashes fields behind their lengths, so that no two sequences of fields read alike.
pub(super) struct Hasher(Sha256);

impl Hasher {
    pub(super) fn new(what: &str) -> Self {
        let mut hasher = Self(Sha256::new());
        hasher.field(what.as_bytes());
        hasher
    }

    pub(super) fn field(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub(super) fn optional(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            None => self.field(&[0]),
            Some(bytes) => {
                self.field(&[1]);
                self.field(bytes);
            }
        }
    }

    pub(super) fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// One digest over rows: the name of each one's kind, its id, and the hash of what the log says of it.
pub fn rows_digest(rows: impl Iterator<Item = (&'static str, Uuid, Digest)>) -> Digest {
    let mut hasher = Hasher::new("rolodeck rows 1");
    for (kind, id, hash) in rows {
        hasher.field(kind.as_bytes());
        hasher.field(id.as_bytes());
        hasher.field(&hash.0);
    }
    hasher.finish()
}

/// A time as it is stored and hashed: RFC 3339 in UTC, with milliseconds, or nanoseconds where it has any.
pub fn time_text(at: Timestamp) -> String {
    const MILLIS: DateTimePrinter = DateTimePrinter::new().precision(Some(3));
    const NANOS: DateTimePrinter = DateTimePrinter::new().precision(Some(9));
    let whole = at.subsec_nanosecond() % 1_000_000 == 0;
    if whole { MILLIS.timestamp_to_string(&at) } else { NANOS.timestamp_to_string(&at) }
}
