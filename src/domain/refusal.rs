//! Why a change is refused: an expected answer, in a sentence, with a hint and a stable code.
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::access::Denial;
use super::name::{EntityName, RoleName};
use super::permission::PermissionSet;
use super::row::Kind;

/// Some names out of possibly many, read as a list in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Few {
    shown: Vec<String>,
    total: usize,
}

impl Few {
    const SHOWN: usize = 8;

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How many there are in all.
    pub const fn total(&self) -> usize {
        self.total
    }
}

impl<T: fmt::Display> FromIterator<T> for Few {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::default();
        for item in items {
            if few.total < Self::SHOWN {
                few.shown.push(item.to_string());
            }
            few.total += 1;
        }
        few
    }
}

impl fmt::Display for Few {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.total.saturating_sub(self.shown.len());
        match (self.shown.split_last(), more) {
            (None, _) => f.write_str("nobody"),
            (Some(_), 1..) => write!(f, "{} and {more} more", self.shown.join(", ")),
            (Some((only, [])), 0) => f.write_str(only),
            (Some((last, rest)), 0) => write!(f, "{} and {last}", rest.join(", ")),
        }
    }
}

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
        }
    }

    /// What to do about it, in a sentence.
    pub fn hint(&self) -> String {
        match self {
            Self::NotAllowed { grantors, .. } if grantors.is_empty() => "Nobody can grant it at present.".into(),
            Self::NotAllowed { grantors, .. } => format!("It could be granted by {grantors}."),
            Self::WrongActor(_) => "Sign in and try again.".into(),
            Self::Gone(_) => "Somebody changed it meanwhile; look again.".into(),
            Self::IdTaken(_) => "Try again: everything new gets an id of its own.".into(),
            Self::Founding(_) => "Go back a step and try again.".into(),
            Self::NameTaken { .. } => "Choose another one.".into(),
            Self::OwnerFixed => "Duplicate or create a role with what is needed instead.".into(),
            Self::NoPermission => "Tick a group in Simple setup or a permission in Advanced setup.".into(),
            Self::RoleInUse { .. } => {
                "Give these people another role and revoke or change the invitations first.".into()
            }
            Self::NoRole => "Without a role a person could not do anything.".into(),
            Self::LastRole => "Assign another role first, or deactivate the user.".into(),
            Self::LastOwner => "Make somebody else an Owner first.".into(),
            Self::OwnersOnly => "Ask an Owner, or switch to your Owner role if you have one.".into(),
            Self::OwnAccess => "Ask somebody else who may do this.".into(),
            Self::Administration { .. } => "Ask somebody whose active role has it.".into(),
            Self::NoAddress => "Type or paste at least one e-mail address.".into(),
            Self::AddressTaken { invited: true, .. } => "Resend the invitation or revoke it.".into(),
            Self::AddressTaken { .. } => "Assign roles to that user instead.".into(),
            Self::AddressTwice(_) => "Take one of them out.".into(),
            Self::EntityInUse { .. } => "Move what it contains first.".into(),
            Self::EntityInScope { .. } => "Take it out of these roles first.".into(),
            Self::EntityLoop => "Choose an entity outside of it.".into(),
            Self::NothingChanges => "It is already as you want it.".into(),
            Self::Fixed(_) => "Found another organization for that.".into(),
            Self::CodeRejected => "Check it against the newest message, or ask for a new invitation.".into(),
            Self::SignInFailed => "Check both and try again.".into(),
            Self::Paused { .. } => "Wait until then; further tries before do not count.".into(),
            Self::Verification(_) | Self::VerificationTries { left: 0 } => "Ask for a new code.".into(),
            Self::VerificationTries { .. } => "Compare it with the newest message.".into(),
            Self::Passphrase(_) => "Several unrelated words make a good passphrase.".into(),
            Self::WrongPassphrase => "Type the one that you signed in with.".into(),
            Self::ReadOnly => "Start without --read-only to change something.".into(),
        }
    }

    /// The refusal for administration permissions that the actor lacks.
    pub fn administration(missing: PermissionSet) -> Self {
        Self::Administration { missing: missing.iter().collect() }
    }
}
