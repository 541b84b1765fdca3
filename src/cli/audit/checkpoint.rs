//! `rolodeck audit checkpoint`: sign what is true of the log now.
use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::cli::sign_in::open;
use crate::cli::{Failure, Surroundings, place::Place};
use crate::domain::text::Shown;
use crate::engine::checkpoint::{CheckpointTrouble, Plan, mail_checkpoint, write_checkpoint};
use crate::outside::Outside;

/// Where the checkpoint goes.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// A folder for it; without it the checkpoint_folder of the settings
    #[arg(long, value_name = "PATH")]
    pub folder: Option<PathBuf>,
}

/// Signs, writes, mails if the settings say so, and prints what was signed.
///
/// # Errors
/// When there is no folder or no organization, it is a sample, or something stands in the way.
pub fn run(wanted: &Wanted, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let plan = plan(wanted, place)?;
    let store = open(place)?;
    let written = write_checkpoint(&store, outside, &plan.folder)?;
    let state = if written.fresh.is_some() { "written" } else { "there already" };
    let lines = [
        (state, Shown::new(&written.path.display().to_string()).to_string()),
        ("entry", written.checkpoint.seq.to_string()),
        ("hash", written.checkpoint.head.to_string()),
        ("public key", written.key.to_string()),
    ];
    let mut out = std::io::stdout().lock();
    for (name, value) in lines {
        writeln!(out, "{name:<15} {value}").map_err(|error| Failure::output(&error))?;
    }
    if plan.mail.is_some() {
        mail_checkpoint(&plan, &store.org(), outside, &place.post(surroundings)?, &written)?;
    }
    Ok(())
}

/// A folder that was named takes the place of the one in the settings; the address stays.
fn plan(wanted: &Wanted, place: &Place) -> Result<Plan, Failure> {
    match (place.checkpoints()?, &wanted.folder) {
        (Some(plan), None) => Ok(plan),
        (plan, Some(folder)) => Ok(Plan { folder: folder.clone(), mail: plan.and_then(|plan| plan.mail) }),
        (None, None) => Err(Failure::Usage {
            text: "No folder for checkpoints was named.".into(),
            hint: "Name one with --folder, or set checkpoint_folder in the section [audit] of the settings file."
                .into(),
        }),
    }
}

impl From<CheckpointTrouble> for Failure {
    fn from(trouble: CheckpointTrouble) -> Self {
        let hint = trouble.hint();
        match trouble {
            CheckpointTrouble::Fault(fault) => Self::Fault(fault),
            CheckpointTrouble::Behind { .. } | CheckpointTrouble::Differs { .. } => {
                Self::Unwell { text: trouble.sentence(), hint }
            }
            _ => Self::Usage { text: trouble.sentence(), hint },
        }
    }
}
