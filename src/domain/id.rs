//! Typed, time-ordered identifiers (UUID version 7).
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Ten random bytes, drawn outside, from which one identifier is made.
pub type Seed = [u8; 10];

/// A time-ordered identifier of the moment `at`, made unique by `seed`.
pub fn time_ordered(at: Timestamp, seed: &Seed) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, seed).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier of the moment `at`, made unique by `seed`.
            pub fn new(at: Timestamp, seed: &Seed) -> Self {
                Self(time_ordered(at, seed))
            }

            /// The identifier that these bytes stand for, as stored.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, as stored.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// Names one organization; fixed when it is founded.
    OrganizationId
    /// Names a business unit.
    EntityId
    /// Names a bank account or wallet.
    AccountId
    /// Names a role.
    RoleId
    /// Names a person who has signed up.
    UserId
    /// Names an open invitation.
    InvitationId
    /// Names a change that waits, or waited, for a second person.
    ChangeRequestId
    /// Names one stay between sign-in and sign-out.
    SessionId
    /// Names one entry of the log.
    EntryId
}
