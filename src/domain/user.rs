//! People who have signed up, people who were invited, and how they prove who they are.
use std::collections::BTreeSet;
use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::EmailAddress;
use super::id::{InvitationId, UserId};
use super::name::PersonName;
use super::role::RoleSet;

/// Whether a user takes part. Users are marked and never deleted, so that history can name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// May sign in.
    Active,
    /// May not sign in until reactivated; keeps roles and address.
    Deactivated,
    /// Gone: has no roles, and the address can be invited again.
    Removed,
}

/// A person who has signed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Never changes.
    pub id: UserId,
    /// As the person calls themselves.
    pub name: PersonName,
    /// Where mail reaches them; unique among users and open invitations.
    pub address: EmailAddress,
    /// One of them is active in a session.
    pub roles: RoleSet,
    /// May sign in or not.
    pub status: UserStatus,
    /// When the person signed up.
    pub joined: Timestamp,
    /// Who looked at the code that this person signed up with, before it was used.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub code_seen_by: BTreeSet<UserId>,
    /// Users with the same mailbox who were declared to be other people.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub apart: BTreeSet<UserId>,
    /// Since when and by whom the person is deactivated, while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deactivated: Option<Deactivated>,
}

/// That somebody was deactivated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deactivated {
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

impl User {
    /// Whether the person may sign in.
    pub const fn is_active(&self) -> bool {
        matches!(self.status, UserStatus::Active)
    }

    /// Whether the name and the address were blanked.
    pub fn is_erased(&self) -> bool {
        self.name == PersonName::erased() && self.address == EmailAddress::erased(self.id)
    }
}

/// How long an invitation's code works.
pub const INVITATION_VALID: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An address that was given roles and has not signed up yet. Closed invitations live on in the log alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Never changes.
    pub id: InvitationId,
    /// Where the code goes; unique among users and open invitations.
    pub address: EmailAddress,
    /// What the inviter calls the person.
    pub name: Option<PersonName>,
    /// What the person will hold.
    pub roles: RoleSet,
    /// Who invited.
    pub invited_by: UserId,
    /// When it was made.
    pub invited: Timestamp,
    /// When a message was asked for last: the invitation or its newest resend.
    pub sent: Timestamp,
    /// The number of the newest message; 0 until the first one is made.
    pub attempt: u32,
    /// Until when its code works.
    pub expires: Timestamp,
    /// Who looked at the current code in the drop folder.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub code_seen_by: BTreeSet<UserId>,
}

impl Invitation {
    /// Whether its code no longer works at `now`. Computed, never stored.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires
    }
}

/// What a credential proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A user's passphrase.
    Passphrase,
    /// The one-time code of an invitation.
    InvitationCode,
    /// The organization's recovery code.
    RecoveryCode,
}

impl CredentialKind {
    /// Its stable name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::InvitationCode => "invitation_code",
            Self::RecoveryCode => "recovery_code",
        }
    }
}

/// SHA-256 of stored secret bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        parse_hex(&text).map(Self).ok_or_else(|| serde::de::Error::custom("a digest is 64 hexadecimal digits"))
    }
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// That somebody can prove something, since when, and the digest of the secret by which a swap is noticed.
/// The secret itself is in a table of its own and never in the organization's value or the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// The user, invitation or organization whose it is.
    pub owner: Uuid,
    /// What it proves.
    pub kind: CredentialKind,
    /// Since when.
    pub since: Timestamp,
    /// SHA-256 of the stored secret bytes.
    pub digest: Digest,
}
