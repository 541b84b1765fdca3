//! `rolodeck audit`: what makes the log hold against whoever can write the file.
use clap::Subcommand;

use super::{Failure, Surroundings, audit_checkpoint, place::Place};
use crate::outside::Outside;

/// What can be done about the log from the command line.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Sign what is true of the log now and write it into a folder that somebody else looks after. Asks for no sign-in:
    /// whoever can read the private key beside the file can do this without rolodeck
    Checkpoint(audit_checkpoint::Wanted),
}

/// Does it.
///
/// # Errors
/// What stood in the way.
pub fn run(what: &What, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    match what {
        What::Checkpoint(wanted) => audit_checkpoint::run(wanted, place, surroundings, outside),
    }
}
