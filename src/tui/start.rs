//! What the dashboard starts with.
use std::path::PathBuf;

use crate::engine::{Change, View};
use crate::ledger::actor::Session;
use crate::outside::Outside;
use crate::tui::appearance::Appearance;
use crate::tui::when::Times;

/// What the dashboard starts with.
pub struct Start {
    /// The organization, if there is one.
    pub view: Option<View>,
    /// Who is signed in already; only in a sample.
    pub session: Option<Session>,
    /// The clock and randomness.
    pub outside: Outside,
    /// Looks and keys.
    pub appearance: Appearance,
    /// Whether anything may be changed.
    pub change: Change,
    /// The files of the organizations that this run can open; none when it shows a sample alone.
    pub organizations: Vec<PathBuf>,
    /// The file that is to be opened beside the screen, because reading it takes a while; then there is no view yet.
    pub opening: Option<PathBuf>,
    /// The time zone that people go by.
    pub zone: Times,
}
