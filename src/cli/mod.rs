//! The command line: one file for each subcommand.
mod access;
mod answer;
mod args;
mod as_of;
mod ask;
mod audit;
mod backup;
mod catalogue;
mod dashboard;
mod diagnostics;
mod drafts;
mod export;
mod failure;
mod four_eyes;
mod import;
mod json;
mod log;
mod paths;
mod place;
mod recover;
mod restore;
mod settings;
mod sign_in;

pub use args::Args;
pub use failure::Failure;
pub use place::Surroundings;

use crate::outside::Outside;
use args::Command;
use place::Place;

/// Does what the command line asks for.
///
/// # Errors
/// What stood in the way; its [`Failure::code`] is the exit code.
pub fn run(args: Args, surroundings: &Surroundings, outside: Outside) -> Result<(), Failure> {
    let place = Place::find(&args, surroundings)?;
    if args.command.is_some() && (args.sample || args.read_only) {
        let flag = if args.sample { "--sample" } else { "--read-only" };
        let text = format!("{flag} is for the dashboard, and this command opens none.");
        return Err(Failure::Usage { text, hint: format!("Leave {flag} out, or the command.") });
    }
    diagnostics::start(&place.diagnostics, &outside);
    match args.command {
        None => dashboard::run(&args, &place, surroundings, outside),
        Some(Command::Paths) => paths::run(&place, surroundings),
        Some(Command::Settings(ref wanted)) => settings::run(wanted, &args, &place, surroundings),
        Some(Command::Catalogue { json }) => catalogue::run(json),
        Some(Command::Access(ref wanted)) => access::run(wanted, &place, surroundings, &outside),
        Some(Command::Log(ref wanted)) => log::run(wanted, &place, surroundings, &outside),
        Some(Command::Export(ref wanted)) => export::run(wanted, &place, surroundings, &outside),
        Some(Command::Import { ref what }) => import::run(what, &place, surroundings, &outside),
        Some(Command::FourEyes { ref what }) => four_eyes::run(what, &place, surroundings, &outside),
        Some(Command::Audit { ref what }) => audit::run(what, &place, surroundings, &outside),
        Some(Command::Backup(ref wanted)) => backup::run(wanted, &place),
        Some(Command::Restore(ref wanted)) => restore::run(wanted, &place, &outside),
        Some(Command::Recover(ref wanted)) => recover::run(wanted, &place, &outside),
    }
}
