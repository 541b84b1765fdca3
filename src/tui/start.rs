//! What the dashboard starts with.
use std::path::PathBuf;

use jiff::tz::TimeZone;

use crate::engine::{Change, View};
use crate::ledger::actor::Session;
use crate::outside::Outside;
use crate::tui::theme::Theme;

/// What the dashboard starts with.
pub struct Start {
    /// The organization, if there is one.
    pub view: Option<View>,
    /// Who is signed in already; only in a sample.
    pub session: Option<Session>,
    /// The clock and randomness.
    pub outside: Outside,
    /// Styles and symbols.
    pub theme: Theme,
    /// Whether anything may be changed.
    pub change: Change,
    /// The files of the organizations that this run can open; none when it shows a sample alone.
    pub organizations: Vec<PathBuf>,
    /// The time zone that people go by.
    pub zone: TimeZone,
}
