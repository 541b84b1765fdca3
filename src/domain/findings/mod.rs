//! What somebody should know about a role before it is given to people.
mod finding;
mod inspect;
#[cfg(test)]
mod tests;

pub use finding::{Extent, Finding, Severity, Unreached};
pub use inspect::{findings_of_all, role_findings};
