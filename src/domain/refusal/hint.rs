//! What to do about a refusal.
use super::Refusal;

impl Refusal {
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
            Self::NobodyApproves { .. } => {
                "Another person needs what is missing; if nobody can approve that, rolodeck recover helps.".into()
            }
            Self::AlreadyRequested => "Look under Change requests, All approvals.".into(),
            Self::Deadlock(_) => "Let two people have a role with organizations:update and what the area needs.".into(),
            Self::NothingToProtect(_) => "Leave it off.".into(),
            Self::CannotUndo(_) | Self::ChangedSince(_) => "The history (H) says what was before.".into(),
            Self::RequestClosed(_) => "There is nothing left to decide.".into(),
            Self::RequestExpired { .. } => "Whoever asked can file it again.".into(),
            Self::OwnRequest => "Another person decides; you can withdraw it.".into(),
            Self::SamePerson { .. } => {
                "Somebody else decides. If you are two people, a third person can declare that under Users.".into()
            }
            Self::AboutYou => "Somebody else decides about it.".into(),
            Self::NotApprover(_) | Self::ApproverLacks(_) | Self::ApproverOutOfScope(_) => {
                "Switch to another role of yours that has it, or leave it to somebody else.".into()
            }
            Self::RequesterLeft { .. } | Self::RequesterLostRight { .. } => {
                "Reject it; somebody who may do it can ask again.".into()
            }
            Self::RequestStale(_) => "Whoever asked can look at it again and file it again.".into(),
            Self::EffectMoved => "Look at it again, then decide.".into(),
            Self::NotRequester { .. } => "Reject it instead, if you may decide it.".into(),
            Self::ProofTooOld => "Type your passphrase again.".into(),
            Self::AdministrationElsewhere { .. } => "Ask somebody whose active role has it there.".into(),
            Self::NoCodeDue => "Renew the recovery code first.".into(),
            Self::WrongRecoveryCode => "Compare it with what was shown when the organization was set up.".into(),
            Self::NotAnOwner => "Name an active user who holds the role Owner.".into(),
            Self::AnotherOwner => "Sign in as another Owner.".into(),
            Self::NotRemoved(_) | Self::StillHere(_) | Self::NamedInRequest(_) => self.before_erasing().into(),
        }
    }

    /// What has to be done before somebody can be erased.
    const fn before_erasing(&self) -> &'static str {
        match self {
            Self::NotRemoved(_) => "Remove the user first.",
            Self::StillHere(_) => "Remove that account or revoke that invitation first.",
            _ => "Decide or withdraw it first.",
        }
    }
}
