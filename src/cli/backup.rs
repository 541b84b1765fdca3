//! `rolodeck backup`: a copy of the organization, while others work on.
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::sign_in::open;
use super::{Failure, place::Place};
use crate::domain::text::Shown;
use crate::ledger::backup::back_up;
use crate::ledger::fault::Fault;
use crate::ledger::store::Finding;

/// Where to.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// The new file; one that is there already is never replaced
    pub file: PathBuf,
}

/// Copies the organization and prints how far the copy goes. Nobody signs in: whoever can run this can read the file
/// (decision 17 in the crate docs).
///
/// # Errors
/// When there is no organization, the file is there already, or the disk or the output stands in the way.
pub fn run(wanted: &Wanted, place: &Place) -> Result<(), Failure> {
    let store = open(place)?;
    let backup = back_up(&store, &wanted.file).map_err(|finding| failure(finding, &wanted.file))?;
    let org = store.org();
    let name = org.organization().map(|row| row.name.to_string()).unwrap_or_default();
    let (head, file) = (backup.head, wanted.file.display().to_string());
    let text = format!(
        "Backup of {name}: {}\n\
         entries         {}\n\
         newest entry    {}\n\
         its hash        {}\n\
         size            {} bytes\n\
         It is checked and complete. The settings file and keys are not in it: keep them by themselves.\n\
         rolodeck restore puts it back.\n",
        Shown::new(&file),
        head.seq,
        head.at,
        head.hash,
        backup.bytes
    );
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

fn failure(finding: Finding, file: &Path) -> Failure {
    match finding {
        Finding::Fault(Fault::Io { path, source, .. })
            if path == file && source.kind() == std::io::ErrorKind::AlreadyExists =>
        {
            Failure::Usage {
                text: format!("{} is there already, and a backup never replaces a file.", path.display()),
                hint: "Name another file, or move that one away.".into(),
            }
        }
        Finding::Fault(fault) => fault.into(),
        finding => Failure::Unwell {
            text: format!("The organization does not hold together, and no backup was made: {finding}."),
            hint: "Put back an older backup with rolodeck restore.".into(),
        },
    }
}
