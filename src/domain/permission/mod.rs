//! What a role can permit: a resource of the catalogue with one level, and sets of such pairs.
mod known;
mod level;
mod pair;
mod resource;
mod set;
pub(in crate::domain) mod source;

pub use level::Level;
pub use pair::{Permission, UnknownPermission};
pub use resource::Resource;
pub use set::PermissionSet;
