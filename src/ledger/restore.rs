//! Copies of an organization's file: putting one back.
//!
//! What is put back is a private copy that was checked, so that nothing can change between looking and doing. That it
//! was put back is the copy's newest entry already when it appears.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::actor::Actor;
use super::backup::proved;
use super::entry::Head;
use super::fault::Fault;
use super::run::run;
use super::secrets::Secrets;
use super::store::{Finding, Store, Unfinished, copy_bytes, look, name_for_replaced, replace, set_aside};
use crate::command::{LogEnd, NoteRestore};
use crate::domain::org::Org;
use crate::domain::organization::Nature;
use crate::outside::Outside;

/// A backup that was read and checked. The file that it was read from is not needed any more, and was not touched.
pub struct Candidate {
    store: Store,
    copy: Unfinished,
}

/// What is where a backup shall go.
pub enum Present {
    /// Nothing.
    Nothing,
    /// An organization, or room for one.
    Readable(Box<Store>),
    /// A file of ours that is too damaged to be opened.
    Unreadable(Fault),
}

/// Some entries of a log in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The oldest of them.
    pub first: Head,
    /// The newest of them.
    pub last: Head,
}

impl Stretch {
    /// How many they are.
    pub const fn count(&self) -> u64 {
        self.last.seq - self.first.seq + 1
    }
}

/// How two logs of one organization differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The newest entry that both have.
    pub shared: u64,
    /// What only the one that is there has.
    pub only_present: Option<Stretch>,
    /// What only the backup has.
    pub only_backup: Option<Stretch>,
}

/// Why a backup does not belong where it shall go.
#[derive(Debug)]
pub enum Misfit {
    /// One is a sample and the other is not.
    Nature,
    /// They are of different organizations.
    Organization,
}

/// What was put back.
#[derive(Debug)]
pub struct Restored {
    /// The newest entry of the backup.
    pub backup: Head,
    /// The newest entry of what was replaced, and how it differs; none when nothing was there that could be read.
    pub replaced: Option<(Head, Comparison)>,
    /// Where what was replaced is kept.
    pub kept: Option<PathBuf>,
    /// The newest entry now, which tells of this.
    pub head: Head,
}

impl Candidate {
    /// Reads the backup in `file` and checks everything in it, with a copy beside `target`. An older schema is raised in
    /// the copy.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn read(file: &Path, target: &Path) -> Result<Self, Finding> {
        look(file)?;
        let io = |path: &Path, doing, source| Fault::Io { path: path.into(), doing, source };
        let copy = Unfinished::beside(target).map_err(|source| io(target, "written", source))?;
        copy_bytes(file, copy.path()).map_err(|source| io(file, "read", source))?;
        // Opening it for writing finishes what was under way when it was copied, and raises it.
        drop(Store::open(copy.path()).map_err(|fault| fault.about(file))?);
        let store = proved(copy.path(), file)?;
        if store.org().organization().is_none() {
            let why = "the set-up of an organization was begun in it and never finished".into();
            return Err(Fault::NotOurs { path: file.into(), why }.into());
        }
        Ok(Self { store, copy })
    }

    /// The newest entry in it.
    pub const fn head(&self) -> Head {
        self.store.head()
    }

    /// The organization in it.
    pub fn org(&self) -> Arc<Org> {
        self.store.org()
    }

    /// Whether it is a sample.
    pub const fn nature(&self) -> Nature {
        self.store.nature()
    }

    /// Whether it may take the place of what is there.
    ///
    /// # Errors
    /// Why not.
    pub fn fits(&self, present: &Store) -> Result<(), Misfit> {
        let id = |store: &Store| store.org().organization().map(|row| row.id);
        if self.nature() != present.nature() {
            return Err(Misfit::Nature);
        }
        if id(present).is_some_and(|there| Some(there) != id(&self.store)) { Err(Misfit::Organization) } else { Ok(()) }
    }

    /// How its log differs from the one that is there.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn compare(&self, present: &Store) -> Result<Comparison, Fault> {
        let (ours, theirs) = (&self.store, present);
        let (mut shared, mut most) = (0, ours.head().seq.min(theirs.head().seq));
        // Each entry covers all before it, so the two logs are the same up to some entry and nowhere behind it.
        while shared < most {
            let middle = (shared + most).div_ceil(2);
            if entry(ours, middle)? == entry(theirs, middle)? {
                shared = middle;
            } else {
                most = middle - 1;
            }
        }
        Ok(Comparison { shared, only_present: behind(theirs, shared)?, only_backup: behind(ours, shared)? })
    }

    /// Puts it at `path`. What is there is kept beside it.
    ///
    /// # Errors
    /// When it does not belong there, or the disk says no. What was there is there still, or beside it if it could not
    /// be read.
    pub fn restore(self, path: &Path, outside: &Outside) -> Result<Restored, Fault> {
        match present(path)? {
            Present::Nothing | Present::Unreadable(_) => self.publish(path, outside),
            Present::Readable(store) => {
                drop(store);
                match self.take_over(path, outside) {
                    // Too damaged to be copied: the file itself is kept then.
                    Err(Fault::Damaged { path: damaged, .. }) if damaged == path => self.publish(path, outside),
                    taken => taken,
                }
            }
        }
    }

    /// Replaces the content of the file at `path`, which others may have open.
    fn take_over(&self, path: &Path, outside: &Outside) -> Result<Restored, Fault> {
        let backup = self.head();
        let mut done = None;
        replace(path, self.copy.path(), |present| {
            if self.fits(present).is_err() {
                return Err(Fault::Inconsistent("another organization came to lie there meanwhile".into()));
            }
            let replaced = (present.head(), self.compare(present)?);
            let kept = keep(present, path)?;
            let head = note(self.copy.path(), backup, Some(replaced), outside)?;
            done = Some(Restored { backup, replaced: Some(replaced), kept: Some(kept), head });
            Ok(())
        })?;
        done.ok_or_else(|| Fault::Inconsistent("a backup was put back without a word about it".into()))
    }

    /// Puts it where no file is, or none that could be read.
    fn publish(self, path: &Path, outside: &Outside) -> Result<Restored, Fault> {
        let Self { store, copy } = self;
        let backup = store.head();
        // Whoever closes the copy last writes all of it into the file itself, so that must be the one that writes.
        drop(store);
        let head = note(copy.path(), backup, None, outside)?;
        let kept = set_aside(path)?;
        copy.publish(path).map_err(|source| Fault::Io { path: path.into(), doing: "written", source })?;
        Ok(Restored { backup, replaced: None, kept, head })
    }
}

/// Notes in a copy that it is put back, and returns its newest entry then.
fn note(copy: &Path, backup: Head, replaced: Option<(Head, Comparison)>, outside: &Outside) -> Result<Head, Fault> {
    let end = |head: Head| LogEnd { seq: head.seq, hash: head.hash };
    let command = NoteRestore {
        backup: end(backup),
        replaced: replaced.map(|(head, _)| end(head)),
        shared: replaced.map(|(_, comparison)| comparison.shared),
    };
    let mut store = Store::open(copy)?;
    let ran = run(&mut store, outside, &Actor::System, &command.into(), &Secrets::none())?;
    ran.done().map_err(|refusal| Fault::Inconsistent(format!("that a backup is put back was refused: {refusal}")))?;
    Ok(store.head())
}

/// What is at `path`.
///
/// # Errors
/// When it is something else than an organization, from a newer version, or cannot be read.
pub fn present(path: &Path) -> Result<Present, Fault> {
    if path.symlink_metadata().is_err() {
        return Ok(Present::Nothing);
    }
    match Store::open(path) {
        Ok(store) => Ok(Present::Readable(Box::new(store))),
        Err(fault @ Fault::Damaged { .. }) => Ok(Present::Unreadable(fault)),
        Err(fault) => Err(fault),
    }
}

/// Copies what is there to a name beside it.
fn keep(present: &Store, path: &Path) -> Result<PathBuf, Fault> {
    let kept = name_for_replaced(path)?;
    let io = |source| Fault::Io { path: kept.clone(), doing: "written", source };
    let copy = Unfinished::beside(&kept).map_err(io)?;
    present.duplicate(copy.path(), &kept)?;
    copy.publish(&kept).map_err(io)?;
    Ok(kept)
}

/// An entry of a log.
fn entry(store: &Store, seq: u64) -> Result<Option<Head>, Fault> {
    Ok(store.entries(seq.saturating_sub(1), 1)?.first().map(super::entry::Header::head))
}

/// The entries of a log behind one.
fn behind(store: &Store, seq: u64) -> Result<Option<Stretch>, Fault> {
    let last = store.head();
    let first = entry(store, seq + 1)?.filter(|_| last.seq > seq);
    Ok(first.map(|first| Stretch { first, last }))
}
