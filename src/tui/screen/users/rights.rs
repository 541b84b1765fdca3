//! What the active role may do here, decided once for every state of the organization: who could help somebody who
//! may not is a question to all users.
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::tui::scene::{Ready, Scene};

/// The answers.
pub struct Rights {
    /// See users.
    pub users: Ready,
    /// See invitations.
    pub invitations: Ready,
    /// See what roles permit.
    pub roles: Ready,
    /// Invite.
    pub invite: Ready,
    /// Resend invitations and look at their codes.
    pub resend: Ready,
    /// Revoke invitations.
    pub revoke: Ready,
    /// Assign and take away roles, deactivate and reactivate.
    pub update: Ready,
    /// Remove users.
    pub remove: Ready,
}

impl Rights {
    /// The answers now.
    pub fn of(scene: &Scene) -> Self {
        let see = |permission| scene.may_see(Need::organization(permission));
        let may = |permission| scene.may(Need::organization(permission));
        Self {
            users: see(Permission::MEMBERSHIPS_READ),
            invitations: see(Permission::INVITATIONS_READ),
            roles: see(Permission::ROLES_READ),
            invite: may(Permission::INVITATIONS_CREATE),
            resend: may(Permission::INVITATIONS_UPDATE),
            revoke: may(Permission::INVITATIONS_DELETE),
            update: may(Permission::MEMBERSHIPS_UPDATE),
            remove: may(Permission::MEMBERSHIPS_DELETE),
        }
    }
}
