//! How values of the domain stand in columns.
use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Deserialize;
use serde::de::value::{Error as TextError, StrDeserializer};
use uuid::Uuid;

use super::outbox::DeliveryState;
use crate::domain::address::{AddressKey, Domain, EmailAddress};
use crate::domain::catalogue::Group;
use crate::domain::id::{
    AccountId, ChangeRequestId, EntityId, EntryId, InvitationId, OrganizationId, RoleId, SessionId, UserId,
};
use crate::domain::name::{
    AccountIdentifier, AccountName, Currency, EntityName, NameKey, OrganizationName, PersonName, Reason, RoleName,
};
use crate::domain::organization::{AccountState, Nature};
use crate::domain::role::RoleState;
use crate::domain::row::Kind;
use crate::domain::security::Area;
use crate::domain::user::{CredentialKind, Digest, UserStatus};
use crate::ledger::entry::{Outcome, StampKind, time_text};

/// A bare id, as 16 bytes.
#[derive(Clone, Copy)]
pub(super) struct Id(pub(super) Uuid);

impl ToSql for Id {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
    }
}

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(|bytes| Self(Uuid::from_bytes(bytes)))
    }
}

macro_rules! ids {
    ($($Id:ident)+) => {$(
        impl ToSql for $Id {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Owned(Value::Blob(self.uuid().into_bytes().to_vec())))
            }
        }

        impl FromSql for $Id {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Id::column_result(value).map(|id| Self::from_uuid(id.0))
            }
        }
    )+};
}

ids! { OrganizationId EntityId AccountId RoleId UserId InvitationId ChangeRequestId SessionId EntryId }

/// A time, as text.
#[derive(Clone, Copy)]
pub(super) struct Time(pub(super) Timestamp);

impl ToSql for Time {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(Value::Text(time_text(self.0))))
    }
}

impl FromSql for Time {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(FromSqlError::other)
    }
}

/// A count or number of an entry.
#[derive(Clone, Copy)]
pub(super) struct Number(pub(super) u64);

impl ToSql for Number {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(Value::Integer(i64::try_from(self.0).unwrap_or(i64::MAX))))
    }
}

impl FromSql for Number {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        u64::try_from(number).map(Self).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

impl ToSql for Digest {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Digest {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 32]>::column_result(value).map(Self)
    }
}

/// Reads a text in the form in which it is stored, which can be wider than what may be typed today.
fn stored<'de, T: Deserialize<'de>>(value: ValueRef<'de>) -> FromSqlResult<T> {
    T::deserialize(StrDeserializer::<TextError>::new(value.as_str()?)).map_err(FromSqlError::other)
}

macro_rules! texts {
    ($($Text:ident::$text:ident)+) => {$(
        impl ToSql for $Text {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.$text().as_bytes())))
            }
        }

        impl FromSql for $Text {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                stored(value)
            }
        }
    )+};
}

texts! {
    OrganizationName::as_str
    EntityName::as_str
    AccountName::as_str
    RoleName::as_str
    PersonName::as_str
    Reason::as_str
    NameKey::as_str
    AccountIdentifier::as_str
    Currency::code
    EmailAddress::as_str
    AddressKey::as_str
    Domain::as_str
    Group::key
}

/// A word that stands for a value.
#[derive(Debug, thiserror::Error)]
#[error("it holds a word that means nothing here")]
struct UnknownWord;

macro_rules! words {
    ($($Type:ident { $($Value:ident = $word:literal),+ $(,)? })+) => {$(
        impl ToSql for $Type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(match self {
                    $(Self::$Value => $word,)+
                }))
            }
        }

        impl FromSql for $Type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$Value),)+
                    _ => Err(FromSqlError::other(UnknownWord)),
                }
            }
        }
    )+};
}

words! {
    Nature { Real = "real", Sample = "sample" }
    AccountState { Provisioned = "provisioned", Ignored = "ignored" }
    RoleState { Active = "active", Deleted = "deleted" }
    UserStatus { Active = "active", Deactivated = "deactivated", Removed = "removed" }
    DeliveryState { Waiting = "waiting", Sent = "sent", Failed = "failed" }
}

macro_rules! named {
    ($($Type:ident: $name:ident, $of:expr;)+) => {$(
        impl ToSql for $Type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.$name()))
            }
        }

        impl FromSql for $Type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let of: fn(&str) -> Option<Self> = $of;
                of(value.as_str()?).ok_or_else(|| FromSqlError::other(UnknownWord))
            }
        }
    )+};
}

named! {
    Outcome: code, Self::coded;
    StampKind: name, Self::named;
    Area: key, Self::keyed;
    CredentialKind: name, |name| match Kind::named(name) {
        Some(Kind::Credential(kind)) => Some(kind),
        _ => None,
    };
}
