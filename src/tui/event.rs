//! Everything that the dashboard can be told, whichever terminal, test or thread it comes from.

use crate::tui::key::Key;
use crate::tui::theme::Ground;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed (never released or repeated twice).
    Key(Key),
    /// A text was pasted, whole and as it came: untrusted, with any line ends and any characters.
    Paste(String),
    /// The mouse was used.
    Mouse(Mouse),
    /// The terminal now has this many columns and rows.
    Resize(u16, u16),
    /// The terminal window came into focus or left it.
    Focus(Attention),
    /// The terminal told its background.
    Ground(Ground),
    /// Keys come faster than anybody reads.
    Haste,
    /// For a moment no key has come.
    Rest,
    /// A second went by; the time is the one of the clock that the program was given.
    Tick(jiff::Timestamp),
    /// The engine has something to tell.
    News,
}

/// Whether the person looks at the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// The window has the focus.
    Gained,
    /// Another window has it.
    Lost,
}

/// Something done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub kind: MouseKind,
    /// Where: the column, 0 is the left one.
    pub column: u16,
    /// Where: the row, 0 is the top one.
    pub row: u16,
}

/// What was done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Down,
    /// The wheel was turned away from the person.
    ScrollUp,
    /// The wheel was turned towards the person.
    ScrollDown,
}
