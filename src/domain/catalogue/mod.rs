//! The documented permission groups: what each gives, and which of them make up a set of permissions.
mod group;
mod group_set;
mod row;

pub use group::Group;
pub use group_set::{GroupSet, administration, as_groups, covered_by, needs_account};
pub use row::{Row, rows};
