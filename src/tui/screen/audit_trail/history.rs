//! The entries of one thing, opened from where it is shown.
use super::screen::AuditTrail;
use crate::domain::row::{Kind, RowId};
use crate::tui::acts::Acts;
use crate::tui::scene::{Ready, Scene};

/// Which entries a user has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Those that changed it.
    About,
    /// Those that it made, if it is a user.
    By,
}

/// One thing, and which of its entries are shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct History {
    pub row: RowId,
    pub side: Side,
}

impl History {
    /// Whether it makes entries, too.
    pub fn is_of_a_user(self) -> bool {
        self.row.kind == Kind::User
    }

    /// The other of its entries.
    #[must_use]
    pub const fn turned(self) -> Self {
        let side = match self.side {
            Side::About => Side::By,
            Side::By => Side::About,
        };
        Self { row: self.row, side }
    }
}

/// Whether the active role may look at what was done to something.
pub fn history_ready(scene: &Scene) -> Ready {
    AuditTrail::may_read(scene)
}

/// Opens what was done to something, over where it is shown.
pub fn open_history(row: impl Into<RowId>, acts: &mut Acts) {
    acts.open(AuditTrail::of(History { row: row.into(), side: Side::About }));
}
