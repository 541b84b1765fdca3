//! What a click meant.
use crate::tui::event::{Mouse, MouseKind};

/// What a click or a turn of the wheel meant to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// It was elsewhere.
    Missed,
    /// It moved to something, or scrolled.
    Moved,
    /// It was on what was focused already: the same as the space bar.
    Again,
}

impl Click {
    /// A click within the list. `same` says whether it left the focus where it was.
    pub fn of(mouse: &Mouse, same: bool) -> Self {
        if same && mouse.kind == MouseKind::Down { Self::Again } else { Self::Moved }
    }
}
