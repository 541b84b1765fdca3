//! `rolodeck audit verify`: whether the file still says what was once written.
use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::{proof, witness};
use crate::cli::{Failure, place::Place};
use crate::ledger::store::{Finding, examine};

/// Against what the file is checked.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// A signed checkpoint that was kept elsewhere; can be given several times
    #[arg(long, value_name = "FILE", num_args = 1..)]
    checkpoint: Vec<PathBuf>,

    /// The public key of the checkpoints, as text or as a file; without it the one that lies beside each checkpoint
    #[arg(long, value_name = "VKEY", requires = "checkpoint")]
    key: Option<String>,
}

/// Prints what was proved and what cannot be.
///
/// # Errors
/// The first thing that does not fit, or what stood in the way.
pub fn run(wanted: &Wanted, place: &Place) -> Result<(), Failure> {
    let Some(path) = place.file()? else {
        let text = "There is no organization on this machine yet.".into();
        return Err(Failure::Usage { text, hint: "Name a file with --db.".into() });
    };
    let witnesses = witness::read(&wanted.checkpoint, wanted.key.as_deref())?;
    let proof = examine(&path, &witnesses.checkpoints).map_err(wrong)?;
    let text = proof::text(&path, &proof, witnesses.key);
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

/// What was found, for whoever has to decide what to do now.
fn wrong(finding: Finding) -> Failure {
    let word = finding.word();
    match finding {
        Finding::Fault(fault) => Failure::Fault(fault),
        finding => Failure::Unwell { text: format!("{word}: {finding}."), hint: hint(&finding).into() },
    }
}

const fn hint(finding: &Finding) -> &'static str {
    match finding {
        Finding::OtherOrganization { .. } | Finding::WrongCheckpoint { .. } => {
            "Check that the checkpoint and the file belong together."
        }
        Finding::OlderVersion { .. } => "Open it with rolodeck once: that keeps a copy and raises it to this version.",
        _ => "Keep this file as it is, find out who could write it, and compare it with backups and checkpoints.",
    }
}
