//! The screens, one folder each.
mod audit_trail;
mod change_requests;
mod entities;
mod entrance;
mod export;
mod import;
mod invite;
mod my_account;
mod organization;
mod overview;
mod role_wizard;
mod roles;
mod users;

pub use audit_trail::{AuditTrail, history_ready, open_history};
pub use change_requests::ChangeRequests;
pub use entities::Entities;
pub use entrance::Entrance;
pub use export::ExportTrail;
pub use import::{AskImport, import_ready};
pub use invite::Invite;
pub use my_account::MyAccount;
pub use organization::Organization;
pub use overview::Overview;
pub use role_wizard::RoleWizard;
pub use roles::Roles;
pub use users::Users;

use crate::tui::acts::Place;
use crate::tui::keymap::KeyList;
use crate::tui::layer::Layer;
use crate::tui::scene::Scene;

/// The screen of a destination.
pub fn root(place: Place, scene: &Scene) -> Box<dyn Layer> {
    match place {
        Place::Overview => Box::new(Overview::new(scene)),
        Place::Users => Box::new(Users::new(scene)),
        Place::Roles => Box::new(Roles::new(scene)),
        Place::ChangeRequests => Box::new(ChangeRequests::new(scene)),
        Place::AuditTrail => Box::new(AuditTrail::new(scene)),
        Place::Entities => Box::new(Entities::new(scene)),
        Place::Organization => Box::new(Organization::new(scene)),
    }
}

/// What stands before everything else.
pub fn entrance(scene: &Scene) -> Box<dyn Layer> {
    Box::new(Entrance::new(scene))
}

/// The keys that can be changed, screen by screen.
pub fn key_lists() -> Vec<KeyList> {
    let screens = [
        overview::key_lists,
        users::key_lists,
        roles::key_lists,
        change_requests::key_lists,
        audit_trail::key_lists,
        entities::key_lists,
        organization::key_lists,
        my_account::key_lists,
        invite::key_lists,
        role_wizard::key_lists,
    ];
    screens.into_iter().flat_map(|lists| lists()).collect()
}
