//! Set-up: from a new account to an organization.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::proving::send_code;
use super::request::{Reply, Trouble};
use crate::command::Found;
use crate::domain::address::EmailAddress;
use crate::domain::id::{OrganizationId, RoleId, UserId};
use crate::domain::name::{OrganizationName, PersonName, RoleName};
use crate::domain::org::Org;
use crate::domain::organization::{Nature, Organization};
use crate::domain::refusal::Refusal;
use crate::domain::role::{Grants, Role, RoleState};
use crate::domain::row::Row;
use crate::domain::sample;
use crate::domain::scope::Scope;
use crate::domain::security::Security;
use crate::domain::user::{Credential, CredentialKind, User, UserStatus};
use crate::domain::verification::Verification;
use crate::ledger::fault::Fault;
use crate::ledger::passphrase::{self, Cost};
use crate::ledger::rescue::draw_code;
use crate::ledger::secrets::{Secret, Secrets, Stored, sha256};
use crate::mail::{LetterId, Route};
use crate::outside::Outside;

use super::worker::Post;

/// The account of somebody who is about to found an organization. It is nowhere but in memory.
pub(super) struct Account {
    name: PersonName,
    address: EmailAddress,
    hash: Secret,
    verification: Verification,
    letter: LetterId,
    stage: Stage,
}

/// How far the account is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Created,
    Verified,
    SignedIn,
}

impl Account {
    /// Creates the account and sends the first code.
    pub(super) fn create(
        outside: &Outside,
        cost: &Cost,
        post: &Post,
        name: PersonName,
        address: EmailAddress,
        passphrase: &Secret,
    ) -> Result<(Self, Reply), Trouble> {
        let hash = passphrase::hash(cost, passphrase, &outside.bytes())?;
        let letter = LetterId::new(UserId::new(outside.now(), &outside.seed()).uuid(), 0);
        let verification = Verification::new(sha256(&[]), Timestamp::MIN);
        let mut account = Self { name, address, hash, verification, letter, stage: Stage::Created };
        let reply = account.send_code(outside, post)?;
        Ok((account, reply))
    }

    /// Sends a new code; the one before stops to work.
    pub(super) fn send_code(&mut self, outside: &Outside, post: &Post) -> Result<Reply, Trouble> {
        let letter = LetterId::new(self.letter.about(), self.letter.attempt().saturating_add(1));
        let verification = send_code(outside, post, &letter, &self.name, &self.address)?;
        (self.verification, self.letter) = (verification, letter);
        let route = post.mailer.describe();
        Ok(Reply::CodeSent { readable: matches!(route, Route::Folder(_)), route: route.to_string() })
    }

    /// The message with the newest code.
    pub(super) const fn letter(&self) -> &LetterId {
        &self.letter
    }

    /// Checks the six digits.
    pub(super) fn verify(&mut self, code: &Secret, now: Timestamp) -> Result<Reply, Trouble> {
        self.verification.check(sha256(code.bytes()), now)?;
        self.stage = Stage::Verified;
        Ok(Reply::AddressVerified)
    }

    /// Logs in for the first time.
    pub(super) fn sign_in(&mut self, cost: &Cost, address: &str, passphrase: &Secret) -> Result<Reply, Trouble> {
        if self.stage < Stage::Verified {
            return Err(Refusal::Founding("Verify the address first.").into());
        }
        let known = address.parse::<EmailAddress>().is_ok_and(|address| address.key() == self.address.key());
        let right = passphrase::verify(cost, passphrase, Some(self.hash.bytes()))?;
        if !known || !right {
            return Err(Refusal::SignInFailed.into());
        }
        self.stage = Stage::SignedIn;
        Ok(Reply::FirstSignedIn)
    }

    /// Everything that the organization starts with.
    pub(super) fn organization(
        &self,
        outside: &Outside,
        name: OrganizationName,
        nature: Nature,
    ) -> Result<Founding, Trouble> {
        if self.stage < Stage::SignedIn {
            return Err(Refusal::Founding("Log in first.").into());
        }
        let at = outside.now();
        let mut org = match nature {
            Nature::Real => Org::default(),
            Nature::Sample => sample::organization(at, &mut || outside.seed()).map_err(Fault::Inconsistent)?,
        };
        let id = org.organization().map_or_else(|| OrganizationId::new(at, &outside.seed()), |old| old.id);
        let mut domains = org.organization().map(|old| old.domains.clone()).unwrap_or_default();
        domains.push(self.address.domain());
        domains.dedup();
        if org.holder(&self.address.key()).is_some() {
            return Err(Refusal::AddressTaken { address: self.address.to_string(), invited: false }.into());
        }
        org.put(Row::Organization(Organization {
            id,
            name,
            nature,
            domains,
            founded: at,
            security: Security::default(),
        }));
        let role = match org.owner_role() {
            Some(role) => role.id,
            None => put_owner_role(&mut org, outside, at)?,
        };
        let user = self.put_creator(&mut org, outside, at, role);
        let passphrase = Stored { kind: CredentialKind::Passphrase, owner: user.uuid(), bytes: self.hash.clone() };
        let code = draw_code(outside);
        let recovery = Stored {
            kind: CredentialKind::RecoveryCode,
            owner: id.uuid(),
            bytes: Secret::new(sha256(code.bytes()).0.to_vec()),
        };
        for stored in [&passphrase, &recovery] {
            let (owner, kind, digest) = (stored.owner, stored.kind, stored.digest());
            org.put(Row::Credential(Credential { owner, kind, since: at, digest }));
        }
        let secrets = Secrets::none().with(passphrase).with(recovery);
        Ok(Founding { found: Found { org }, secrets, user, role, recovery: code })
    }

    fn put_creator(&self, org: &mut Org, outside: &Outside, at: Timestamp, role: RoleId) -> UserId {
        let id = UserId::new(at, &outside.seed());
        org.put(Row::User(User {
            id,
            name: self.name.clone(),
            address: self.address.clone(),
            roles: [role].into_iter().collect(),
            status: UserStatus::Active,
            joined: at,
            code_seen_by: BTreeSet::new(),
            apart: BTreeSet::new(),
            deactivated: None,
        }));
        id
    }
}

/// What it takes to found an organization.
pub(super) struct Founding {
    pub(super) found: Found,
    pub(super) secrets: Secrets,
    pub(super) user: UserId,
    pub(super) role: RoleId,
    pub(super) recovery: Secret,
}

fn put_owner_role(org: &mut Org, outside: &Outside, at: Timestamp) -> Result<RoleId, Trouble> {
    let id = RoleId::new(at, &outside.seed());
    let name = "Owner".parse::<RoleName>().map_err(|error| Fault::Inconsistent(error.to_string()))?;
    org.put(Row::Role(Role {
        id,
        name,
        grants: Grants::Everything,
        scope: Arc::new(Scope::AllFuture),
        state: RoleState::Active,
        created: at,
    }));
    Ok(id)
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
