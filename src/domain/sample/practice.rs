//! What people of the sample organization ask for, so that somebody can practise deciding. Everything goes by the
//! names in the sample's file; what is called otherwise by now is left out.

/// Somebody new: name, address, and the role to invite them with.
pub const INVITED: (&str, &str, &str) =
    ("Noor Haddad", "noor.haddad@lumbrevik.example.com", "Group accountant (read-only)");

/// A role, and the entity that it shall reach too.
pub const WIDENED: (&str, &str) = ("Payment initiator", "Lumbrevik Japan K.K.");

/// The deactivated person who shall come back.
pub const REACTIVATED: &str = "Hélène Dvořáková";

/// What the organization shall be called.
pub const RENAMED: &str = "Lumbrevik Holding";

/// Somebody, and the role that they shall hold too.
pub const ASSIGNED: (&str, &str) = ("Ólafur Þórðarson", "Dashboard designer");
