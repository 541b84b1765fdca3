//! What every screen reads.
use std::path::PathBuf;
use std::sync::Arc;

use imbl::OrdMap;

use super::checkpoint::Checkpoints;
use crate::domain::id::InvitationId;
use crate::domain::org::Org;
use crate::ledger::store::{Delivery, Head};
use crate::mail::Route;

/// One state of the organization and of its mail. Copies cost nothing.
#[derive(Clone)]
pub struct View {
    /// The organization.
    pub org: Arc<Org>,
    /// The newest entry of the log.
    pub head: Head,
    /// How far the message of each open invitation has come.
    pub deliveries: OrdMap<InvitationId, Delivery>,
    /// Where messages go.
    pub route: Route,
    /// Where its checkpoints are.
    pub checkpoints: Checkpoints,
    /// The file.
    pub path: PathBuf,
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("head", &self.head).field("path", &self.path).finish_non_exhaustive()
    }
}
