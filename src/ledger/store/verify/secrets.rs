//! Whether every secret is the one that was stored.
use std::collections::BTreeMap;

use rusqlite::Connection;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::domain::org::Org;
use crate::domain::user::CredentialKind;
use crate::ledger::secrets::sha256;
use crate::ledger::store::column::Id;
use crate::ledger::store::failure::Attempt;
use crate::ledger::store::load;

/// A credential without its secret, or a secret without its credential.
pub(super) fn wrong(conn: &Connection, org: &Org) -> Attempt<Option<(CredentialKind, Uuid)>> {
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
