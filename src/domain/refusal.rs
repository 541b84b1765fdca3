//! Why a change is refused: an expected answer, in a sentence, with a hint and a stable code.
mod deadlock;
mod few;
mod hint;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::access::{Denial, who_could_grant};
use super::name::{EntityName, RoleName};
use super::org::Org;
use super::permission::{Permission, PermissionSet};
use super::row::Kind;
use super::security::Area;

pub use deadlock::Deadlock;
pub use few::Few;

/// A number with its word.
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What a name has to be unique among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Named {
    /// Role names among active roles.
    Role,
    /// Entity names among siblings.
    Entity,
    /// Account identifiers in the organization.
    Account,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Role => "role",
            Self::Entity => "entity here",
            Self::Account => "account with the identifier",
        })
    }
}

/// A refused change. Nothing of it happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The actor's active role does not allow it.
    #[error("You may not do this: {denial}.")]
    NotAllowed {
        /// Why.
        denial: Denial,
        /// Who could hand the permission out.
        grantors: Few,
    },
    /// This kind of actor never runs this command.
    #[error("This can only be done by {0}.")]
    WrongActor(&'static str),
    /// The thing is not there (any more).
    #[error("This {} is not there any more.", .0.name().replace('_', " "))]
    Gone(Kind),
    /// Something new came with the id of something that is there.
    #[error("There is already {} {} with this id.", if matches!(.0, Kind::Entity | Kind::Account | Kind::Invitation) { "an" } else { "a" }, .0.name().replace('_', " "))]
    IdTaken(Kind),
    /// Already founded, or not yet.
    #[error("{0}")]
    Founding(&'static str),
    /// The name or identifier belongs to something else.
    #[error("There is already {} {named} “{name}”.", if matches!(named, Named::Role) { "a" } else { "an" })]
    NameTaken {
        /// What it must be unique among.
        named: Named,
        /// The name as typed.
        name: String,
    },
    /// The built-in Owner role cannot be changed.
    #[error("Owner is built in: it can do everything, always, and cannot be changed or deleted.")]
    OwnerFixed,
    /// A role needs at least one permission.
    #[error("A role needs at least one permission.")]
    NoPermission,
    /// Somebody holds the role or was invited with it.
    #[error("“{role}” is in use: held by {held}; in open invitations: {invited}.")]
    RoleInUse {
        /// The role.
        role: RoleName,
        /// Names of holders, deactivated ones included.
        held: Few,
        /// Addresses of open invitations.
        invited: Few,
    },
    /// Assigning or inviting without a role.
    #[error("Choose at least one role.")]
    NoRole,
    /// A user must keep a role.
    #[error("A user keeps at least one role, and this would take the last one.")]
    LastRole,
    /// There would be no active Owner left.
    #[error("There must always be at least one active Owner, and this is the last one.")]
    LastOwner,
    /// Only an Owner makes an Owner.
    #[error("Only somebody signed in as Owner can make an Owner.")]
    OwnersOnly,
    /// The actor would gain access.
    #[error("Nobody widens their own access, and this would widen yours.")]
    OwnAccess,
    /// The actor hands out administration that their active role lacks.
    #[error("Your active role lacks what you would hand out: {missing}.")]
    Administration {
        /// The permissions.
        missing: Few,
    },
    /// No address to invite.
    #[error("There is no address to invite.")]
    NoAddress,
    /// The address belongs to somebody.
    #[error("{address} {}.", if *.invited { "is already invited" } else { "is already a user" })]
    AddressTaken {
        /// As typed.
        address: String,
        /// By an open invitation, else by a user.
        invited: bool,
    },
    /// The same person twice in one list.
    #[error("{0} is in the list twice.")]
    AddressTwice(String),
    /// An entity with accounts or child entities cannot be removed.
    #[error("“{entity}” is not empty: it has {} and {}.", counted(*entities, "entity", "entities"), counted(*accounts, "account", "accounts"))]
    EntityInUse {
        /// The entity.
        entity: EntityName,
        /// Children.
        entities: usize,
        /// Accounts, ignored ones included.
        accounts: usize,
    },
    /// A role's scope names the entity.
    #[error("“{entity}” is chosen in the scope of {roles}.")]
    EntityInScope {
        /// The entity.
        entity: EntityName,
        /// Role names.
        roles: Few,
    },
    /// An entity cannot be below itself.
    #[error("An entity cannot be moved below itself.")]
    EntityLoop,
    /// The change would change nothing.
    #[error("Nothing would change.")]
    NothingChanges,
    /// Something that is fixed for ever would change.
    #[error("{0} is fixed when the organization is founded.")]
    Fixed(&'static str),
    /// An invitation code that opens nothing: one answer for wrong, used, revoked and expired.
    #[error("This code opens no invitation.")]
    CodeRejected,
    /// Address and passphrase do not fit: one answer for unknown and wrong.
    #[error("This address and passphrase do not fit together.")]
    SignInFailed,
    /// Too many tries.
    #[error("Too many tries. The next one is possible at {until}.")]
    Paused {
        /// From when on.
        until: Timestamp,
    },
    /// The code for the address does not work any more.
    #[error("{0}")]
    Verification(&'static str),
    /// The code for the address was wrong.
    #[error("This is not the code that was sent; {}.", match left { 0 => "no try is left".into(), 1 => "one try is left".into(), left => format!("{left} tries are left") })]
    VerificationTries {
        /// How many are left.
        left: u8,
    },
    /// The passphrase is not good enough.
    #[error("{0}")]
    Passphrase(String),
    /// The current passphrase was not right.
    #[error("The current passphrase is not right.")]
    WrongPassphrase,
    /// The session started read-only.
    #[error("This session is read-only.")]
    ReadOnly,
    /// Four-eyes asks for a second person, and there is none who could approve this.
    #[error("A second person must approve this, and nobody could: {why}.")]
    NobodyApproves {
        /// Who might have, and what stands against it.
        why: Few,
    },
    /// The same change waits already.
    #[error("The same change request of yours is waiting already.")]
    AlreadyRequested,
    /// Afterwards somebody's requests could be approved by nobody.
    #[error("Afterwards too few could approve: {0}")]
    Deadlock(Box<Deadlock>),
    /// The area has nothing in it that could be protected.
    #[error("{} cannot be switched on: there is nothing in it to protect yet.", .0.name())]
    NothingToProtect(Area),
    /// It cannot be taken back.
    #[error("This cannot be undone: {0}.")]
    CannotUndo(&'static str),
    /// Something is no longer as the change left it.
    #[error("{0} was changed again since, so that undoing would take that back, too.")]
    ChangedSince(String),
    /// The request was decided or withdrawn.
    #[error("This change request is {0} already.")]
    RequestClosed(&'static str),
    /// The request was not decided in time.
    #[error("This change request expired at {at}.")]
    RequestExpired {
        /// Since when.
        at: Timestamp,
    },
    /// The approver is the requester.
    #[error("This is your own change request.")]
    OwnRequest,
    /// The approver is another account of the requester.
    #[error("You and {requester} have one mailbox, so you count as one person.")]
    SamePerson {
        /// Who asked.
        requester: String,
    },
    /// The approver is who the change is about.
    #[error("This change request is about you.")]
    AboutYou,
    /// The approver may not decide change requests at all.
    #[error("Your active role does not decide change requests: it lacks {0}.")]
    NotApprover(Permission),
    /// The approver could not do the thing themselves.
    #[error("You may not approve what you may not do: your active role lacks {0}.")]
    ApproverLacks(Permission),
    /// The approver could do it, but not there.
    #[error("You may not approve what you may not do: your active role has {0}, but not here.")]
    ApproverOutOfScope(Permission),
    /// The requester left, was deactivated, or lost the role.
    #[error("{requester}, who asked for this, no longer can: {denial}.")]
    RequesterLeft {
        /// Who asked.
        requester: String,
        /// Why not.
        denial: Denial,
    },
    /// The requester is still there and may no longer do it.
    #[error("{requester}, who asked for this, lost the right to it: {denial}.")]
    RequesterLostRight {
        /// Who asked.
        requester: String,
        /// Why not.
        denial: Denial,
    },
    /// It would no longer do what it did when it was filed.
    #[error("This change request is stale: {0}")]
    RequestStale(String),
    /// The approver was shown something else.
    #[error("This change request was filed again while you looked at it, and would do something else now.")]
    EffectMoved,
    /// Only the requester takes a request back or files it again.
    #[error("Only {requester}, who asked for this, can do that.")]
    NotRequester {
        /// Who asked.
        requester: String,
    },
    /// Approving needs a fresh proof.
    #[error("Approving needs a proof of who you are that is not older than five minutes.")]
    ProofTooOld,
    /// The permissions to hand out hold at other places than the actor's own.
    #[error("Your active role has what you would hand out, but not where: {missing}.")]
    AdministrationElsewhere {
        /// The permissions.
        missing: Few,
    },
    /// There is no new recovery code to be drawn by this person.
    #[error("No new recovery code was decided for you to draw.")]
    NoCodeDue,
    /// The recovery code is not right.
    #[error("This is not the recovery code of this organization.")]
    WrongRecoveryCode,
    /// The named user is not an active Owner.
    #[error("This address does not belong to an active Owner.")]
    NotAnOwner,
    /// Another Owner has to take note.
    #[error("Another Owner has to take note of this.")]
    AnotherOwner,
    /// Only somebody who left is blanked.
    #[error("{0} was not removed, and only who was removed can be blanked.")]
    NotRemoved(String),
    /// Whoever was removed is here under another account, or was invited again.
    #[error("This person did not leave: the same mailbox {0}.")]
    StillHere(String),
    /// Somebody who was removed is named in a request that waits.
    #[error("A change request that waits names this person: “{0}”.")]
    NamedInRequest(String),
}

impl Refusal {
    /// A stable code for logs, scripts and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "not_allowed",
            Self::WrongActor(_) => "wrong_actor",
            Self::Gone(_) => "gone",
            Self::IdTaken(_) => "id_taken",
            Self::Founding(_) => "founding",
            Self::NameTaken { .. } => "name_taken",
            Self::OwnerFixed => "owner_fixed",
            Self::NoPermission => "no_permission",
            Self::RoleInUse { .. } => "role_in_use",
            Self::NoRole => "no_role",
            Self::LastRole => "last_role",
            Self::LastOwner => "last_owner",
            Self::OwnersOnly => "owners_only",
            Self::OwnAccess => "own_access",
            Self::Administration { .. } => "administration",
            Self::NoAddress => "no_address",
            Self::AddressTaken { .. } => "address_taken",
            Self::AddressTwice(_) => "address_twice",
            Self::EntityInUse { .. } => "entity_in_use",
            Self::EntityInScope { .. } => "entity_in_scope",
            Self::EntityLoop => "entity_loop",
            Self::NothingChanges => "nothing_changes",
            Self::Fixed(_) => "fixed",
            Self::CodeRejected => "code_rejected",
            Self::SignInFailed => "sign_in_failed",
            Self::Paused { .. } => "paused",
            Self::Verification(_) => "verification",
            Self::VerificationTries { .. } => "verification_tries",
            Self::Passphrase(_) => "passphrase",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::ReadOnly => "read_only",
            Self::NobodyApproves { .. } => "nobody_approves",
            Self::AlreadyRequested => "already_requested",
            Self::Deadlock(_) => "deadlock",
            Self::NothingToProtect(_) => "nothing_to_protect",
            Self::CannotUndo(_) => "cannot_undo",
            Self::ChangedSince(_) => "changed_since",
            Self::RequestClosed(_) => "request_closed",
            Self::RequestExpired { .. } => "request_expired",
            Self::OwnRequest => "own_request",
            Self::SamePerson { .. } => "same_person",
            Self::AboutYou => "about_you",
            Self::NotApprover(_) => "not_approver",
            Self::ApproverLacks(_) => "approver_lacks",
            Self::ApproverOutOfScope(_) => "approver_out_of_scope",
            Self::RequesterLeft { .. } => "requester_left",
            Self::RequesterLostRight { .. } => "requester_lost_right",
            Self::RequestStale(_) => "request_stale",
            Self::EffectMoved => "effect_moved",
            Self::NotRequester { .. } => "not_requester",
            Self::ProofTooOld => "proof_too_old",
            Self::AdministrationElsewhere { .. } => "administration_elsewhere",
            Self::NoCodeDue => "no_code_due",
            Self::WrongRecoveryCode => "wrong_recovery_code",
            Self::NotAnOwner => "not_an_owner",
            Self::AnotherOwner => "another_owner",
            Self::NotRemoved(_) => "not_removed",
            Self::StillHere(_) => "still_here",
            Self::NamedInRequest(_) => "named_in_request",
        }
    }

    /// The refusal that a denial is, with who could help.
    pub fn denied(org: &Org, denial: Denial) -> Self {
        let grantors = match denial {
            Denial::Missing(permission) | Denial::OutsideScope(permission) => {
                who_could_grant(org, permission).map(|user| &user.name).collect()
            }
            _ => Few::default(),
        };
        Self::NotAllowed { denial, grantors }
    }

    /// The refusal for administration permissions that the actor lacks.
    pub fn administration(missing: PermissionSet) -> Self {
        Self::Administration { missing: missing.iter().collect() }
    }
}
