//! Every change that an organization can undergo, one file per family.
//!
//! A command carries every id and time that it needs; [`Change::apply`] draws nothing, so trying it
//! twice gives the same effect. What it may do is decided around it, once for all commands.
mod account;
mod approvers;
mod change;
mod deadlock;
mod doctor;
mod entity;
mod erase;
mod export;
mod founding;
mod four_eyes;
mod import;
mod invitation;
mod organization;
mod proposal;
mod recovery;
mod request;
mod restore;
mod role;
mod rules;
mod trial;
mod undo;
mod undo_steps;
mod user;

pub use account::{IgnoreAccount, MoveAccount, ProvisionAccount, ProvisionAgain, RenameAccount};
pub use approvers::fewest_approvers;
pub use change::{Actors, Change, Guard};
pub use deadlock::{approvers, areas_in_force, permissions_of, requesters, stranded};
pub use doctor::{AreaCover, Cover, Spare, doctor};
pub use entity::{CreateEntity, MoveEntity, RemoveEntity, RenameEntity};
pub use erase::{ErasePerson, erases};
pub use export::{ExportAddresses, ExportFormat, ExportTrail};
pub use founding::Found;
pub use four_eyes::{ChangeFourEyes, People, ProveAddress, TellApart};
pub use import::{ImportInvitations, ImportPlaces, InvitationList, import, import_needs};
pub use invitation::{DrawCode, InviteUsers, Invitee, LookAtCode, ResendInvitations, RevokeInvitations};
pub use organization::EditOrganization;
pub use proposal::{Proposal, asks_second, unpark};
pub use recovery::{DrawRecoveryCode, RenewRecoveryCode, ResetOwner, SwitchFourEyesOff, TakeNote};
pub use request::{ApproveRequest, FileAgain, RejectRequest, WithdrawRequest, code_was_seen};
pub use restore::{LogEnd, NoteRestore};
pub use role::{CreateRole, DeleteRole, EditRole, RenameRole};
pub use rules::{check as check_rules, may_hand_out};
pub use trial::{authorise, try_command};
pub use undo::Undo;
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
    ImportInvitations,
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
    ErasePerson,
    ChangePassphrase,
    TellApart,
    ProveAddress,
    ChangeFourEyes,
    ApproveRequest,
    RejectRequest,
    WithdrawRequest,
    FileAgain,
    RenewRecoveryCode,
    DrawRecoveryCode,
    SwitchFourEyesOff,
    ResetOwner,
    TakeNote,
    CreateEntity,
    RenameEntity,
    MoveEntity,
    RemoveEntity,
    ProvisionAccount,
    ProvisionAgain,
    RenameAccount,
    MoveAccount,
    IgnoreAccount,
    ImportPlaces,
    ExportTrail,
    NoteRestore,
    Undo,
}

impl Command {
    /// The same command, as if it were asked for at this moment: what it makes is valid from then on.
    #[must_use]
    pub fn at(self, at: jiff::Timestamp) -> Self {
        match self {
            Self::InviteUsers(command) => InviteUsers { at, ..command }.into(),
            Self::ImportInvitations(command) => ImportInvitations { at, ..command }.into(),
            Self::ResendInvitations(command) => ResendInvitations { at, ..command }.into(),
            Self::CreateRole(command) => CreateRole { at, ..command }.into(),
            Self::ErasePerson(command) => ErasePerson { at, ..command }.into(),
            Self::Undo(command) => command.asked_at(at).into(),
            other => other,
        }
    }

    /// A decision about a change request, as if it were taken at this moment; any other command as it is. How long a
    /// request can be decided must not depend on a time that the decision brings along.
    #[must_use]
    pub fn decided_at(self, at: jiff::Timestamp) -> Self {
        match self {
            Self::ApproveRequest(command) => ApproveRequest { at, ..command }.into(),
            Self::RejectRequest(command) => RejectRequest { at, ..command }.into(),
            Self::WithdrawRequest(command) => WithdrawRequest { at, ..command }.into(),
            Self::FileAgain(command) => FileAgain { at, ..command }.into(),
            other => other,
        }
    }
}
