//! What can be typed after `rolodeck`.
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::Styles;
use clap::{CommandFactory, Parser, Subcommand};

use super::{access, audit, backup, export, four_eyes, import, log, recover, restore, settings};
use crate::domain::text::Shown;

/// Decide who may touch the money: roles, people and invitations, in the terminal.
///
/// Without a command the dashboard opens.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Args {
    /// The organization's file; without it and --org the one in the variable ROLODECK_DB, if that is set
    #[arg(long, value_name = "PATH", global = true, conflicts_with = "org")]
    pub db: Option<PathBuf>,

    /// An organization in the data directory, by its file's name without the ending
    #[arg(long, value_name = "NAME", global = true)]
    pub org: Option<String>,

    /// Open a sample organization in a temporary file, signed in as its Owner
    #[arg(long, conflicts_with_all = ["db", "org"])]
    pub sample: bool,

    /// Start a session that cannot change anything
    #[arg(long)]
    pub read_only: bool,

    /// Draw with nothing but ASCII
    #[arg(long)]
    pub ascii: bool,

    /// Ask and answer in numbered lines without any drawing, for screen readers and simple terminals
    #[arg(long)]
    pub plain: bool,

    /// What to do instead of opening the dashboard
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Args {
    /// What is wrong with these words, the program's name first, in lines that no terminal acts on: they repeat what was
    /// typed. None when nothing is.
    #[must_use]
    pub fn complaint(words: impl IntoIterator<Item = OsString>) -> Option<String> {
        // Without styles there is nothing in it that is meant for the terminal.
        let error = Self::command().styles(Styles::plain()).try_get_matches_from(words).err()?;
        let text = error.render().ansi().to_string();
        Some(text.lines().map(|line| format!("{}\n", Shown::new(line))).collect())
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print every path in use
    Paths,
    /// Print the settings that hold, and where they come from
    Settings(settings::Wanted),
    /// Print the catalogue of permissions
    Catalogue {
        /// As a JSON array with one object for each group and resource
        #[arg(long)]
        json: bool,
    },
    /// Print who could do what on which account, and by which role
    Access(access::Wanted),
    /// Print everything that was done or refused, newest last; the times of its lines are in UTC
    Log(log::Wanted),
    /// Take a copy of the audit trail: for programs, for spreadsheets, or as a report to print
    Export(export::Wanted),
    /// Bring in many entities and accounts, or invite many people, from a table; every line is judged first
    Import {
        /// What is in the table
        #[command(subcommand)]
        what: import::What,
    },
    /// Look after four-eyes approvals
    FourEyes {
        /// What to do about them
        #[command(subcommand)]
        what: four_eyes::What,
    },
    /// Make the log hold against whoever can write the file
    Audit {
        /// What to do about it
        #[command(subcommand)]
        what: audit::What,
    },
    /// Copy the organization to a new file, while others work on
    Backup(backup::Wanted),
    /// Put a backup back, after checking it and saying what would be lost; what is replaced is kept
    Restore(restore::Wanted),
    /// Break the glass with the recovery code: switch four-eyes off, or give an Owner a new passphrase
    Recover(recover::Wanted),
}
