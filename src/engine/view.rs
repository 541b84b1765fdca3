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
    /// The newest entry in which a person was blanked; 0 when nobody was.
    pub blanked: u64,
    /// How far the message of each open invitation has come.
    pub deliveries: OrdMap<InvitationId, Delivery>,
    /// Where messages go.
    pub route: Route,
    /// Where its checkpoints are.
    pub checkpoints: Checkpoints,
    /// The file.
    pub path: PathBuf,
    /// How often another copy turned out to be in the place of the open file. Whoever was signed in before proved nothing
    /// to that one.
    pub replaced: u64,
}

impl std::fmt::Debug for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("head", &self.head).field("path", &self.path).finish_non_exhaustive()
    }
}
