//! How an entry comes about.
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::body::{Body, VERSION};
use super::header::{Head, Header, Outcome, Stamp};
use super::seal::Seal;
use crate::domain::id::EntryId;
use crate::domain::row::{Difference, Row};
use crate::domain::user::Digest;
use crate::ledger::fault::Fault;
use crate::outside::Outside;

/// A header with its bodies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who did what, when.
    pub header: Header,
    /// With what.
    pub bodies: Vec<Body>,
}

/// An entry before it has its place in the log.
#[derive(Clone, Debug)]
pub struct Draft {
    command: Box<str>,
    outcome: Outcome,
    actor: Stamp,
    bodies: Vec<DraftBody>,
}

#[derive(Clone, Debug)]
struct DraftBody {
    kind: &'static str,
    id: Option<Uuid>,
    bytes: Option<Vec<u8>>,
}

impl Draft {
    /// An entry without bodies.
    pub fn new(command: &'static str, outcome: Outcome, actor: Stamp) -> Self {
        Self { command: command.into(), outcome, actor, bodies: Vec::new() }
    }

    /// Adds a body that is not about a row.
    #[must_use]
    pub fn with(mut self, kind: &'static str, value: &Value) -> Self {
        self.bodies.push(DraftBody { kind, id: None, bytes: Some(value.to_string().into_bytes()) });
        self
    }

    /// Adds a body for every row that changed.
    ///
    /// # Errors
    /// A contradiction in the program: a row that cannot be written.
    pub fn with_difference(mut self, difference: &Difference) -> Result<Self, Fault> {
        for change in &difference.changes {
            let bytes = change.after.as_ref().map(Row::to_json).transpose();
            let bytes = bytes.map_err(|error| Fault::Inconsistent(format!("a row cannot be written: {error}")))?;
            self.bodies.push(DraftBody { kind: change.row.kind.name(), id: Some(change.row.id), bytes });
        }
        Ok(self)
    }

    /// Gives it its place behind `head`, with fresh salts, and closes it with its hash.
    pub fn seal(self, head: &Head, at: Timestamp, outside: &Outside) -> Entry {
        let bodies: Vec<_> = (0..).zip(self.bodies).map(|(n, body)| sealed(n, body, outside)).collect();
        let mut header = Header {
            seq: head.seq + 1,
            at,
            id: EntryId::new(at, &outside.seed()),
            command: self.command,
            outcome: self.outcome,
            actor: self.actor,
            previous: head.hash,
            hash: Digest([0; 32]),
        };
        let mut seal = Seal::new(&header);
        bodies.iter().for_each(|body| seal.add(body.version, &body.hash));
        header.hash = seal.finish();
        Entry { header, bodies }
    }
}

fn sealed(n: u32, draft: DraftBody, outside: &Outside) -> Body {
    let mut body = Body {
        n,
        kind: draft.kind.into(),
        id: draft.id,
        version: VERSION,
        salt: outside.bytes(),
        bytes: draft.bytes,
        hash: Digest([0; 32]),
    };
    body.hash = body.fitting_hash();
    body
}
