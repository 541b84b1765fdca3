//! Whether the file still says what was once written: the log against its hashes, the tables against the log,
//! the secrets against their digests.
use std::collections::BTreeMap;

use rusqlite::Connection;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::column::Id;
use super::failure::{Attempt, Failure};
use super::file::{Store, fits};
use super::{follow, load};
use crate::domain::address::{AddressKey, EmailAddress};
use crate::domain::org::{Holder, Org};
use crate::domain::row::{Difference, RowId};
use crate::domain::text::Shown;
use crate::domain::user::CredentialKind;
use crate::ledger::entry::Head;
use crate::ledger::fault::Fault;
use crate::ledger::secrets::sha256;

/// What was found to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The newest entry of the log: whoever noted its hash earlier can compare.
    pub head: Head,
    /// How many credentials fit their secrets.
    pub credentials: usize,
}

/// The first thing that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum Mismatch {
    /// SQLite finds the file itself damaged.
    #[error("the database is damaged: {0}")]
    Database(String),
    /// An entry is not what was once appended.
    #[error("entry {seq} of the log: {why}")]
    Entry {
        /// Which.
        seq: u64,
        /// What does not fit.
        why: String,
    },
    /// A row of the tables is not what the log says.
    #[error("the {} {} in the tables is not what the log says", .0.kind.name(), .0.id)]
    Row(RowId),
    /// The table of addresses does not fit the people.
    #[error("the address {} is noted wrongly", Shown::new(.0))]
    Address(String),
    /// A secret is missing, was swapped, or belongs to nobody.
    #[error("the {} of {owner} is not the one that was stored", kind.name())]
    Secret {
        /// What it proves.
        kind: CredentialKind,
        /// Whose it is.
        owner: Uuid,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Store {
    /// Checks the whole file as it is now.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn verify(&self) -> Result<Verified, Mismatch> {
        let unreadable = |failure: Failure| match failure {
            Failure::Entry { seq, why } => Mismatch::Entry { seq, why },
            other => Mismatch::Fault(other.at(self.path())),
        };
        let snapshot = self.conn.unchecked_transaction().map_err(|error| unreadable(error.into()))?;
        if let Some(why) = damage(&snapshot).map_err(unreadable)? {
            return Err(Mismatch::Database(why));
        }
        let mut told = Org::default();
        let head = follow::apply(&snapshot, Head::START, u64::MAX, &mut told).map_err(unreadable)?;
        fits(self.nature(), &told).map_err(unreadable)?;
        let found = load::org(&snapshot).map_err(unreadable)?;
        if let Some(change) = Difference::between(&told, &found).changes.first() {
            return Err(Mismatch::Row(change.row));
        }
        if let Some(address) = wrong_address(&snapshot, &told).map_err(unreadable)? {
            return Err(Mismatch::Address(address));
        }
        if let Some((kind, owner)) = wrong_secret(&snapshot, &told).map_err(unreadable)? {
            return Err(Mismatch::Secret { kind, owner });
        }
        Ok(Verified { head, credentials: told.credentials().len() })
    }
}

/// What SQLite itself finds wrong with the file.
fn damage(conn: &Connection) -> Attempt<Option<String>> {
    let found: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Ok(Some(Shown::new(&found).to_string()));
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (from, to): (String, String) = (row.get(0)?, row.get(2)?);
    Ok(Some(format!("a row of {} refers to a row of {} that is not there", Shown::new(&from), Shown::new(&to))))
}

/// An address that the table does not hold as the organization has it.
fn wrong_address(conn: &Connection, org: &Org) -> Attempt<Option<String>> {
    let mut noted = BTreeMap::new();
    load::each(conn, "SELECT key, typed, user, invitation FROM address", |row| {
        let (user, invitation): (Option<_>, Option<_>) = (row.get(2)?, row.get(3)?);
        let holder = user.map(Holder::User).or(invitation.map(Holder::Invitation));
        noted.insert(row.get::<_, AddressKey>(0)?, (holder, row.get::<_, EmailAddress>(1)?));
        Ok(())
    })
    .map_err(|failure| failure.in_table("address"))?;
    for (key, holder) in org.addresses() {
        let typed = match holder {
            Holder::User(id) => org.user(*id).map(|user| &user.address),
            Holder::Invitation(id) => org.invitation(*id).map(|open| &open.address),
        };
        let fits = noted.remove(key).is_some_and(|(noted, address)| noted == Some(*holder) && Some(&address) == typed);
        if !fits {
            return Ok(Some(key.as_str().into()));
        }
    }
    Ok(noted.into_keys().next().map(|key| key.as_str().into()))
}

/// A credential without its secret, or a secret without its credential.
fn wrong_secret(conn: &Connection, org: &Org) -> Attempt<Option<(CredentialKind, Uuid)>> {
    let mut missing: BTreeMap<_, _> = org.credentials().iter().map(|(name, row)| (*name, row.digest)).collect();
    let mut wrong = None;
    load::each(conn, "SELECT kind, owner, bytes FROM secret", |row| {
        let (kind, Id(owner)) = (row.get(0)?, row.get(1)?);
        let bytes = Zeroizing::new(row.get::<_, Vec<u8>>(2)?);
        if missing.remove(&(kind, owner)) != Some(sha256(&bytes)) {
            wrong = Some((kind, owner));
        }
        Ok(())
    })
    .map_err(|failure| failure.in_table("secret"))?;
    Ok(wrong.or(missing.into_keys().next()))
}
