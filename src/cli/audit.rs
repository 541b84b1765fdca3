//! `rolodeck audit`: what makes the log hold against whoever can write the file.
mod checkpoint;
mod proof;
mod verify;
mod witness;

use clap::Subcommand;

use super::{Failure, Surroundings, place::Place};
use crate::outside::Outside;

/// What can be done about the log from the command line.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Check the log, the tables against it, and signed checkpoints against both. Asks for no sign-in and writes
    /// nothing. Exit code 1 when something is not as it was written
    Verify(verify::Wanted),
    /// Sign what is true of the log now and write it into a folder that somebody else looks after. Asks for no sign-in:
    /// whoever can read the private key beside the file can do this without rolodeck
    Checkpoint(checkpoint::Wanted),
}

/// Does it.
///
/// # Errors
/// What is wrong with the file, or what stood in the way.
pub fn run(what: &What, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    match what {
        What::Verify(wanted) => verify::run(wanted, place),
        What::Checkpoint(wanted) => checkpoint::run(wanted, place, surroundings, outside),
    }
}
