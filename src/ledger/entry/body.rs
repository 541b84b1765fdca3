//! What an entry says: commands, refusals, facts and rows.
use serde_json::Value;
use uuid::Uuid;

use super::seal::Hasher;
use crate::domain::erasure::{can_be_blanked, can_be_left, frame};
use crate::domain::org::Org;
use crate::domain::row::{Kind, Row, RowId};
use crate::domain::user::Digest;

/// The version that bodies are written in. Bodies of version 1 say the same in the same form, and have one hash over
/// everything, so that what was blanked of them is proved by nothing but the entry that says so.
pub const VERSION: u16 = 2;

/// How to read a body of an older version: its kind, the version that it is raised from, and how.
struct Upgrade {
    kind: &'static str,
    from: u16,
    raise: fn(Value) -> Value,
}

const UPGRADES: [Upgrade; 0] = [];

/// A stored body of `version` as the current version would say it.
pub fn upgrade(kind: &str, version: u16, value: Value) -> Value {
    (version..VERSION).fold(value, |value, from| {
        match UPGRADES.iter().find(|upgrade| upgrade.kind == kind && upgrade.from == from) {
            Some(upgrade) => (upgrade.raise)(value),
            None => value,
        }
    })
}

/// One part of an entry: a command, the text of a refusal, facts about a session, or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its place in the entry, counted from 0.
    pub n: u32,
    /// `command`, `refusal`, `session`, or the name of a row's [`Kind`].
    pub kind: Box<str>,
    /// The row's id, if it is about a row.
    pub id: Option<Uuid>,
    /// The version of its form.
    pub version: u16,
    /// Random bytes that keep its hash from telling what it says.
    pub salt: [u8; 16],
    /// What it says, in JSON. None when the row is gone.
    pub bytes: Option<Vec<u8>>,
    /// Its hash.
    pub hash: Digest,
}

/// A body as it is stored now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it says. Its hash is the one that it was appended with.
    pub body: Body,
    /// What fits what is left of it, when a person in it was blanked.
    pub left: Option<Left>,
}

/// By what a body is known in which a person was blanked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// The hash that fits what it says now.
    pub hash: Digest,
    /// The inner hash of what it said first; none in bodies of version 1.
    pub inner: Option<Digest>,
}

/// Why a stored body cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// It is about a row and does not say which.
    #[error("it does not say which row it is about")]
    NoId,
    /// A newer version wrote it.
    #[error("it has version {0}, which is not known here")]
    Version(u16),
    /// It is about another row than it says.
    #[error("it is about another row than it says")]
    OtherRow,
    /// It is not what its kind says.
    #[error("it cannot be read: {0}")]
    Form(#[from] serde_json::Error),
}

impl Body {
    /// The hash that fits what it says.
    pub fn fitting_hash(&self) -> Digest {
        if self.is_framed() { self.hash_around(&self.inner()) } else { self.hash_over_all() }
    }

    /// Whether its hash has two parts, so that it can be shown that only texts about people were blanked.
    pub const fn is_framed(&self) -> bool {
        self.version > 1
    }

    /// The hash that a body with this frame had when this was its inner hash.
    pub fn hash_around(&self, inner: &Digest) -> Digest {
        let mut hasher = Hasher::new("rolodeck body 2");
        hasher.field(self.kind.as_bytes());
        hasher.optional(self.id.as_ref().map(|id| id.as_bytes().as_slice()));
        hasher.field(&self.version.to_be_bytes());
        hasher.field(&self.frame().0);
        hasher.field(&inner.0);
        hasher.finish()
    }

    /// The hash of what it says, as it is, with its salt.
    pub fn inner(&self) -> Digest {
        let mut hasher = Hasher::new("rolodeck body 2 inner");
        hasher.field(&self.salt);
        hasher.optional(self.bytes.as_deref());
        hasher.finish()
    }

    /// The hash of what blanking never touches: of the JSON with nothing in the place of texts about people, written
    /// without spaces and with the keys of every object in order. What can be blanked in no way counts as it is.
    fn frame(&self) -> Digest {
        let mut hasher = Hasher::new("rolodeck body 2 frame");
        let framed = self.value().map(|value| frame(&self.kind, value).to_string());
        hasher.optional(framed.as_ref().map(String::as_bytes).or(self.bytes.as_deref()));
        hasher.finish()
    }

    /// What it says, if anything in it can be blanked.
    fn value(&self) -> Option<Value> {
        let bytes = self.bytes.as_deref().filter(|_| can_be_blanked(&self.kind))?;
        serde_json::from_slice(bytes).ok()
    }

    /// Whether it can be what blanking left: of a kind that names people, without the person that it was about, and
    /// written as blanking writes.
    pub fn can_be_left(&self) -> bool {
        let as_written = |value: &Value| Some(value.to_string().as_bytes()) == self.bytes.as_deref();
        self.value().is_some_and(|value| as_written(&value) && can_be_left(&self.kind, &value))
    }

    fn hash_over_all(&self) -> Digest {
        let mut hasher = Hasher::new("rolodeck body 1");
        hasher.field(self.kind.as_bytes());
        hasher.optional(self.id.as_ref().map(|id| id.as_bytes().as_slice()));
        hasher.field(&self.version.to_be_bytes());
        hasher.field(&self.salt);
        hasher.optional(self.bytes.as_deref());
        hasher.finish()
    }

    /// The row that it is about, with what it says about it: none when the row is gone.
    ///
    /// # Errors
    /// When it is about a row and cannot be read.
    pub fn row(&self) -> Result<Option<(RowId, Option<Row>)>, BodyError> {
        let Some(kind) = Kind::named(&self.kind) else { return Ok(None) };
        let name = RowId { kind, id: self.id.ok_or(BodyError::NoId)? };
        let Some(bytes) = &self.bytes else { return Ok(Some((name, None))) };
        let is_older = || UPGRADES.iter().any(|upgrade| upgrade.kind == &*self.kind && upgrade.from >= self.version);
        let row = match self.version {
            version if version > VERSION => return Err(BodyError::Version(version)),
            version if is_older() => {
                let value = upgrade(&self.kind, version, serde_json::from_slice(bytes)?);
                Row::from_json(kind, &serde_json::to_vec(&value)?)?
            }
            _ => Row::from_json(kind, bytes)?,
        };
        if row.row_id() == name { Ok(Some((name, Some(row)))) } else { Err(BodyError::OtherRow) }
    }

    /// Makes an organization say what the body says, if it is about a row.
    ///
    /// # Errors
    /// When it is about a row and cannot be read.
    pub fn apply(&self, org: &mut Org) -> Result<(), BodyError> {
        match self.row()? {
            Some((_, Some(row))) => org.put(row),
            Some((gone, None)) => org.remove(gone),
            None => {}
        }
        Ok(())
    }
}
