//! What runs in the terminal, and what it may ask of it.

use ratatui::Frame;

use crate::tui::event::Event;

/// The longest text that is copied, in bytes. Terminals cut or drop what is longer without a word.
pub const COPY_LIMIT: usize = 70_000;

/// What the terminal is behind. What is copied has to come through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Behind {
    /// Nothing that keeps sequences to itself.
    #[default]
    Nothing,
    /// tmux, which takes what is copied only when it is told to, and passes on what is wrapped for it.
    Tmux,
}

impl Behind {
    /// By the variable `TMUX`, as far as it is set.
    #[must_use]
    pub fn of(tmux: Option<&str>) -> Self {
        if tmux.is_some_and(|tmux| !tmux.is_empty()) { Self::Tmux } else { Self::Nothing }
    }
}

/// What runs in the terminal.
pub trait Program {
    /// Takes one input. [`Event::Haste`] comes before keys that follow others at once, and [`Event::Rest`] a moment after
    /// the last key.
    fn handle(&mut self, event: Event);

    /// Draws the whole screen.
    fn draw(&mut self, frame: &mut Frame<'_>);

    /// Whether there is something to draw since the last call. Asking resets it.
    fn changed(&mut self) -> bool;

    /// Does a slice of waiting work, less than 10 ms of it; true while more remains.
    fn work(&mut self) -> bool;

    /// What the terminal shall do, oldest first. Asking empties the list.
    fn effects(&mut self) -> Vec<Effect>;
}

/// Something that a program wants of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put a text on the clipboard of the person's own machine, also over SSH. A text longer than [`COPY_LIMIT`] is
    /// not copied: ask before telling that it was.
    Copy(String),
    /// Name the window. Control characters are left out; the text shall be fit to be shown.
    Title(String),
    /// Stop the program until the shell continues it, as Ctrl-Z does.
    Suspend,
    /// End the loop.
    Quit,
}

/// Whether the terminal reports the mouse to the program. If not, the terminal's own selection works as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseUse {
    /// Clicks and the wheel are events.
    Events,
    /// The mouse stays the terminal's.
    Terminal,
}

/// Why the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The program asked for it.
    Quit,
    /// A signal asked for it; its number. By custom the exit code is 128 and that number.
    Signal(i32),
    /// The terminal is gone.
    HungUp,
}
