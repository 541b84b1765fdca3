//! Hashes of what people know. They stay in their table: never in the log, an export or a command line.
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::column::Id;
use super::failure::{Attempt, Failure};
use super::file::Store;
use crate::domain::id::InvitationId;
use crate::domain::row::Difference;
use crate::domain::user::{Credential, CredentialKind};
use crate::ledger::fault::Fault;
use crate::ledger::secrets::Secrets;

impl Store {
    /// The stored secret of an owner.
    pub(in crate::ledger) fn secret(
        &self,
        kind: CredentialKind,
        owner: Uuid,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached("SELECT bytes FROM secret WHERE kind = ?1 AND owner = ?2")?;
            let bytes = statement.query_row(params![kind, Id(owner)], |row| row.get(0)).optional()?;
            Ok(bytes.map(Zeroizing::new))
        })
    }

    /// The invitation whose code has this hash.
    pub(in crate::ledger) fn invitation_with_code(&self, stored: &[u8; 32]) -> Result<Option<InvitationId>, Fault> {
        self.ask(|conn| {
            let mut statement =
                conn.prepare_cached("SELECT owner FROM secret WHERE kind = 'invitation_code' AND bytes = ?1")?;
            Ok(statement.query_row([stored], |row| row.get(0)).optional()?)
        })
    }
}

/// Deletes the secrets whose credential vanished or changed, and tells whether there was any.
pub(super) fn withdraw(conn: &Connection, difference: &Difference) -> Attempt<bool> {
    let mut statement = conn.prepare_cached("DELETE FROM secret WHERE kind = ?1 AND owner = ?2")?;
    let mut gone = 0;
    for (old, _) in difference.credentials() {
        if let Some(old) = old {
            gone += statement.execute(params![old.kind, Id(old.owner)])?;
        }
    }
    Ok(gone > 0)
}

/// Writes the secret of every credential that is new or changed, and nothing else.
pub(super) fn deposit(conn: &Connection, difference: &Difference, secrets: &Secrets) -> Attempt<()> {
    let mut statement = conn.prepare_cached("INSERT INTO secret (kind, owner, bytes) VALUES (?1, ?2, ?3)")?;
    let mut used = 0;
    for (_, new) in difference.credentials() {
        let Some(new) = new else { continue };
        let bytes = bytes_of(new, secrets)?;
        statement.execute(params![new.kind, Id(new.owner), bytes])?;
        used += 1;
    }
    if used == secrets.iter().count() {
        Ok(())
    } else {
        Err(Failure::Contradiction("a secret came without a credential".into()))
    }
}

/// The bytes that fit a credential.
fn bytes_of<'a>(credential: &Credential, secrets: &'a Secrets) -> Attempt<&'a [u8]> {
    let (kind, owner) = (credential.kind, credential.owner);
    match secrets.iter().find(|secret| secret.kind == kind && secret.owner == owner) {
        Some(secret) if secret.digest() == credential.digest => Ok(secret.bytes.bytes()),
        Some(_) => {
            Err(Failure::Contradiction(format!("the {} of {owner} is not the one that was announced", kind.name())))
        }
        None => Err(Failure::Contradiction(format!("the {} of {owner} is missing", kind.name()))),
    }
}
