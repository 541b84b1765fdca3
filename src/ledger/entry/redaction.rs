//! What an entry says of the bodies that it blanks.
use serde::{Deserialize, Serialize};

use super::body::Body;
use crate::domain::user::Digest;

/// One body of which a person was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The number of its entry.
    pub seq: u64,
    /// Its place there.
    pub n: u32,
    /// The hash that fitted it until then.
    pub old: Digest,
    /// The one that fits what is left.
    pub new: Digest,
    /// The inner hash of what it said first, whatever was blanked in it before: with the frame, which is still there, it
    /// makes the hash that the body was appended with. Bodies of version 1 have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inner: Option<Digest>,
}

impl Redaction {
    /// The kind of the bodies in which an entry tells of them.
    pub const KIND: &str = "redaction";

    /// What such a body tells of.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(body: &Body) -> serde_json::Result<Vec<Self>> {
        serde_json::from_slice(body.bytes.as_deref().unwrap_or_default())
    }
}
