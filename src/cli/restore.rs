//! `rolodeck restore`: putting a backup back.
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::{Failure, ask, place::Place};
use crate::domain::org::Org;
use crate::domain::organization::Nature;
use crate::domain::text::Shown;
use crate::ledger::entry::Head;
use crate::ledger::fault::Fault;
use crate::ledger::restore::{Candidate, Comparison, Misfit, Present, Restored, Stretch, present};
use crate::ledger::store::{Finding, Store};
use crate::outside::Outside;

/// What is put back, and whether somebody is asked.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// The backup; it is read and never changed
    pub file: PathBuf,

    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

/// Checks a backup, says what the organization that it replaces had newer, asks, and puts it back. Nobody signs in:
/// whoever can run this can replace the file (decision 17 in the crate docs).
///
/// # Errors
/// When the backup is not whole or belongs to something else, nobody agrees, or the disk stands in the way.
pub fn run(wanted: &Wanted, place: &Place, outside: &Outside) -> Result<(), Failure> {
    let named = place.file()?;
    let beside = named.clone().unwrap_or_else(|| place.library.folder().join("restored.db"));
    make_folder_of(&beside)?;
    // What SQLite keeps beside a file is beside the file itself, and not beside a link to it.
    let beside = beside.canonicalize().unwrap_or(beside);
    let candidate = Candidate::read(&wanted.file, &beside).map_err(|finding| unfit(finding, &wanted.file))?;
    let org = candidate.org();
    let (name, path) = match (org.organization(), named) {
        (Some(row), Some(_)) => (row.name.to_string(), beside),
        (Some(row), None) => (row.name.to_string(), place.library.new_file(&row.name)),
        (None, _) => return Err(Fault::Inconsistent("a checked backup holds nothing".into()).into()),
    };
    let preview = preview(&candidate, &path, &wanted.file, &name)?;
    if !wanted.yes {
        agree(&preview, &name)?;
    }
    let restored = candidate.restore(&path, outside)?;
    let text = report(&restored, &path, &wanted.file, &name);
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

/// Makes the folder that a new file comes into, for its owner alone.
fn make_folder_of(path: &Path) -> Result<(), Failure> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| Failure::io(folder, "made", source))
}

fn unfit(finding: Finding, file: &Path) -> Failure {
    match finding {
        Finding::Fault(fault) => fault.into(),
        finding => Failure::Unwell {
            text: format!("{} does not hold together, and nothing was restored: {finding}.", file.display()),
            hint: "Use another backup.".into(),
        },
    }
}

/// What is about to happen, after everything that stands against it.
fn preview(candidate: &Candidate, path: &Path, file: &Path, name: &str) -> Result<String, Failure> {
    let told = match present(path)? {
        Present::Nothing => "Nothing is there yet.\n".into(),
        Present::Unreadable(fault) => {
            format!(
                "What is there cannot be read and is moved aside: {fault}.\nClose every other rolodeck that has it open.\n"
            )
        }
        Present::Readable(store) => {
            candidate.fits(&store).map_err(|misfit| stranger(&misfit, candidate, &store, file))?;
            let comparison = candidate.compare(&store)?;
            format!("there now       {}\n{}", told_head(store.head()), told_difference(comparison))
        }
    };
    let text = format!(
        "This puts back a backup of {name}, from {}, to {}.\n\
         the backup      {}\n\
         {told}",
        file.display(),
        path.display(),
        told_head(candidate.head()),
    );
    Ok(shown(&text))
}

fn stranger(misfit: &Misfit, candidate: &Candidate, there: &Store, file: &Path) -> Failure {
    let name = |org: &Org| org.organization().map_or_else(|| "nothing yet".into(), |row| row.name.to_string());
    let (ours, theirs) = (name(&candidate.org()), name(&there.org()));
    let (file, path) = (file.display(), there.path().display());
    let text = match misfit {
        Misfit::Nature => {
            let (one, other) = match candidate.nature() {
                Nature::Sample => ("a sample", "a real organization"),
                Nature::Real => ("a real organization", "a sample"),
            };
            format!("{file} holds {one} ({ours}) and {path} {other} ({theirs}); neither ever takes the other's place.")
        }
        Misfit::Organization => {
            format!("{file} is a backup of {ours}, and {path} holds another organization, {theirs}.")
        }
    };
    let hint = "Give it a place of its own: --org with a name that is not in use yet, or --db with a new path.".into();
    Failure::Unwell { text, hint }
}

/// Asks whoever sits there to type the organization's name.
fn agree(preview: &str, name: &str) -> Result<(), Failure> {
    std::io::stderr().lock().write_all(preview.as_bytes()).map_err(|error| Failure::output(&error))?;
    let typed = ask::line("Restore? Type the organization's name: ").ok_or_else(|| Failure::Usage {
        text: "Nothing was restored: restoring asks first, and there is nobody to ask.".into(),
        hint: "Run this in a terminal, or with --yes.".into(),
    })?;
    if typed == name {
        return Ok(());
    }
    Err(Failure::Usage {
        text: "That is not the organization's name; nothing was restored.".into(),
        hint: "Start again and type it as it stands there, or leave it.".into(),
    })
}

fn report(restored: &Restored, path: &Path, file: &Path, name: &str) -> String {
    let replaced = match restored.replaced {
        Some((head, comparison)) => format!("replaced        {}\n{}", told_head(head), told_difference(comparison)),
        None => "replaced        nothing that could be read\n".into(),
    };
    let kept = restored.kept.as_ref().map(|kept| format!("kept as         {}\n", kept.display())).unwrap_or_default();
    shown(&format!(
        "Restored {name} from {} to {}\n\
         the backup      {}\n\
         {replaced}{kept}\
         noted as        {}\n\
         Everything is as it was then: roles, people, passphrases, the recovery code.\n\
         Codes that were sent since are dead; messages that were waiting then are sent again, with new codes.\n\
         Where rolodeck has it open, everybody is signed out. The settings file and keys are not in a backup.\n",
        file.display(),
        path.display(),
        told_head(restored.backup),
        told_head(restored.head),
    ))
}

fn told_head(head: Head) -> String {
    format!("entry {}, {}, {}", head.seq, head.at, head.hash)
}

/// What the one that is there has and the backup has not, and the reverse.
fn told_difference(comparison: Comparison) -> String {
    let Comparison { shared, only_present, only_backup } = comparison;
    let newer = match only_present {
        Some(newer) => format!("newer there     {}, which the backup does not have\n", told_stretch(newer)),
        None => "newer there     nothing\n".into(),
    };
    match only_backup {
        Some(own) if only_present.is_some() => {
            let parting = shared + 1;
            format!("{newer}they part       from entry {parting} on; only the backup has {}\n", told_stretch(own))
        }
        Some(own) => format!("{newer}newer in it     {}\n", told_stretch(own)),
        None => newer,
    }
}

fn told_stretch(stretch: Stretch) -> String {
    let Stretch { first, last } = stretch;
    if first.seq == last.seq {
        return format!("1 entry: {} ({})", first.seq, first.at);
    }
    format!("{} entries: {} ({}) to {} ({})", stretch.count(), first.seq, first.at, last.seq, last.at)
}

/// The lines of a text, with what is hostile in them made visible.
fn shown(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", Shown::new(line))).collect()
}
