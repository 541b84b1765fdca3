//! What keeps approvals from ever waiting for nobody.
use std::fmt;

use super::Few;
use crate::domain::permission::Permission;
use crate::domain::security::Area;

/// What would stand in the way of approvals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadlock {
    /// Where.
    pub area: Area,
    /// Of what nobody could approve a request.
    pub permission: Permission,
    /// Whose request.
    pub requester: String,
    /// Who could approve such a request of somebody else.
    pub eligible: Few,
    /// Who could not, and what they lack.
    pub lacking: Few,
}

impl fmt::Display for Deadlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Deadlock { area, permission, requester, eligible, lacking } = self;
        let lacking = if lacking.is_empty() { String::new() } else { format!(" What the others lack: {lacking}.") };
        write!(
            f,
            "a request by {requester} that needs {permission} ({}) would wait for ever. Able to approve such requests: {eligible}.{lacking}",
            area.name()
        )
    }
}
