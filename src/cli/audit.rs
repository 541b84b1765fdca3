//! `rolodeck audit`: what can be done about the log as a whole.
mod proof;
mod verify;
mod witness;

use clap::Subcommand;

use super::{Failure, place::Place};

/// What can be done about the log from the command line.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Check the log, the tables against it, and signed checkpoints against both. Asks for no sign-in and writes
    /// nothing. Exit code 1 when something is not as it was written
    Verify(verify::Wanted),
}

/// Does it.
///
/// # Errors
/// What is wrong with the file, or what stood in the way.
pub fn run(what: &What, place: &Place) -> Result<(), Failure> {
    match what {
        What::Verify(wanted) => verify::run(wanted, place),
    }
}
