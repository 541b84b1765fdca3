//! The terminal: its modes, its input, its signals, and the loop that everything runs in.
//!
//! The only place that knows crossterm. Whatever ends the program, the terminal is given back as it was: by leaving the
//! loop, by a panic, by SIGTERM, SIGINT, SIGQUIT or SIGHUP, and while the program is stopped with Ctrl-Z.
//!
//! Three threads: the loop on the caller's, one that reads keys, one that waits for signals. Keys are read apart from
//! the loop because reading from a terminal that is gone never returns, and the loop must still end then. Signals are
//! waited for apart from the loop because it may be stuck in writing to a terminal that takes nothing; the signal ends
//! the program then, too.

mod cycle;
mod ground;
mod input;
mod lines;
mod program;
mod run;
mod screen;
mod signals;
mod sources;
#[cfg(test)]
mod stage;

pub use ground::Asking;
pub use lines::converse;
pub use program::{Behind, COPY_LIMIT, Effect, Ended, MouseUse, Program};
pub use run::run;
