//! Set-up, signing in and accepting an invitation: what stands before everything else.
mod answers;
mod ask;
mod bindings;
mod buttons;
mod draw;
mod flow;
mod front;
mod joining;
mod layer;
mod new_passphrase;
mod organizations;
mod people;
mod recovery;
mod role_list;
mod set_up;
mod sign_in;
mod step;

pub(super) use ask::{Ask, with_new_passphrase};
pub(super) use flow::{draw_flow, flow_height};
pub use front::Entrance;
pub(super) use new_passphrase::{checked, known_words, show_strength};
pub(super) use people::People;
pub(super) use role_list::RoleList;
