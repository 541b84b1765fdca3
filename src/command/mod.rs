//! Every change that an organization can undergo, one file per family.
//!
//! A command carries every id and time that it needs; [`Change::apply`] draws nothing, so trying it
//! twice gives the same effect. What it may do is decided around it, once for all commands.
mod account;
mod change;
mod entity;
mod founding;
mod invitation;
mod organization;
mod role;
mod rules;
mod user;

pub use account::{IgnoreAccount, MoveAccount, ProvisionAccount, ProvisionAgain, RenameAccount};
pub use change::{Actors, Area, Change};
pub use entity::{CreateEntity, MoveEntity, RemoveEntity, RenameEntity};
pub use founding::Found;
pub use invitation::{DrawCode, InviteUsers, Invitee, LookAtCode, ResendInvitations, RevokeInvitations};
pub use organization::EditOrganization;
pub use role::{CreateRole, DeleteRole, EditRole, RenameRole};
pub use rules::{check as check_rules, may_hand_out};
pub use user::{
    AcceptInvitation, AssignRoles, ChangePassphrase, DeactivateUser, ReactivateUser, RemoveUser, TakeAwayRoles,
};

change::commands! {
    Found,
    EditOrganization,
    CreateRole,
    EditRole,
    RenameRole,
    DeleteRole,
    InviteUsers,
    ResendInvitations,
    RevokeInvitations,
    LookAtCode,
    DrawCode,
    AcceptInvitation,
    AssignRoles,
    TakeAwayRoles,
    DeactivateUser,
    ReactivateUser,
    RemoveUser,
    ChangePassphrase,
    CreateEntity,
    RenameEntity,
    MoveEntity,
    RemoveEntity,
    ProvisionAccount,
    ProvisionAgain,
    RenameAccount,
    MoveAccount,
    IgnoreAccount,
}
