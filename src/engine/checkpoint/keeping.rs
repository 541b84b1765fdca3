//! When a checkpoint is due, and what is known of those that were made.
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::letter::mail_checkpoint;
use super::plan::Plan;
use super::trouble::CheckpointTrouble;
use super::write::{look, write_checkpoint};
use crate::domain::organization::Nature;
use crate::engine::worker::{Change, Post};
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::store::{Head, Store};
use crate::outside::Outside;

/// How long to wait after something stood in the way.
const PAUSE: SignedDuration = SignedDuration::from_mins(5);

/// What screens show of checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checkpoints {
    /// No folder was named.
    Off,
    /// A sample's log is not signed.
    Sample,
    /// They go into a folder.
    On {
        /// Which.
        folder: PathBuf,
        /// The newest one in it.
        newest: Option<Newest>,
        /// What stands in the way of the next one, with what to do about it.
        trouble: Option<String>,
    },
}

/// The newest checkpoint in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Its entry.
    pub seq: u64,
    /// When it was signed.
    pub at: Timestamp,
}

/// Looks after the checkpoints of the organization that is open.
#[derive(Default)]
pub(crate) struct Keeping {
    plan: Option<Plan>,
    about: Option<About>,
}

/// What is known of one organization's checkpoints.
struct About {
    database: PathBuf,
    looked: bool,
    newest: Option<Newest>,
    trouble: Option<String>,
    not_before: Option<Timestamp>,
}

/// That the folder was looked at, and what in it is not as it should be.
struct Looked {
    odd: Option<CheckpointTrouble>,
}

/// What came of a quiet moment.
#[derive(Default)]
pub(crate) struct Kept {
    /// What screens show is different now.
    pub(crate) moved: bool,
    /// What has to be said, once.
    pub(crate) trouble: Option<String>,
}

impl Keeping {
    /// Checkpoints go where the plan says.
    pub(crate) const fn new(plan: Option<Plan>) -> Self {
        Self { plan, about: None }
    }

    /// What screens show.
    pub(crate) fn shown(&self, store: &Store) -> Checkpoints {
        if store.nature() == Nature::Sample {
            return Checkpoints::Sample;
        }
        let Some(plan) = &self.plan else { return Checkpoints::Off };
        let about = self.about.as_ref().filter(|about| about.database == store.path());
        Checkpoints::On {
            folder: plan.folder.clone(),
            newest: about.and_then(|about| about.newest),
            trouble: about.and_then(|about| about.trouble.clone()),
        }
    }

    /// Writes a checkpoint when one is due. Costs nothing when none is: the folder is looked at once, and the log only
    /// in order to sign it.
    pub(crate) fn idle(&mut self, store: &Store, outside: &Outside, post: &Post, change: Change) -> Kept {
        let Some(plan) = &self.plan else { return Kept::default() };
        if store.nature() == Nature::Sample || store.head().seq == 0 {
            return Kept::default();
        }
        let about = match &mut self.about {
            Some(about) if about.database == store.path() => about,
            other => other.insert(About::of(store)),
        };
        let now = outside.now();
        if about.not_before.is_some_and(|then| now < then) {
            return Kept::default();
        }
        let before = (about.newest, about.trouble.clone());
        let done = about.keep(plan, store, outside, post, change);
        about.note(done, now);
        let trouble = about.trouble.clone().filter(|_| about.trouble != before.1);
        Kept { moved: before != (about.newest, about.trouble.clone()), trouble }
    }
}

impl About {
    fn of(store: &Store) -> Self {
        Self { database: store.path().into(), looked: false, newest: None, trouble: None, not_before: None }
    }

    /// Looks, and writes if it is time to. Nothing comes back when there was no reason to look; else what was found that
    /// does not keep it from going on.
    fn keep(
        &mut self,
        plan: &Plan,
        store: &Store,
        outside: &Outside,
        post: &Post,
        change: Change,
    ) -> Result<Option<Looked>, CheckpointTrouble> {
        let mut looked = None;
        if !self.looked {
            looked = Some(self.look(plan, store)?);
        }
        let now = outside.now();
        if change == Change::Never || !is_due(store.head(), self.newest, now) {
            return Ok(looked);
        }
        // Another process may have done it since.
        let looked = self.look(plan, store)?;
        if is_due(store.head(), self.newest, now) {
            let written = write_checkpoint(store, outside, &plan.folder)?;
            self.newest = Some(Newest::of(&written.checkpoint));
            tracing::info!(path = ?written.path, "a checkpoint was written");
            mail_checkpoint(plan, &store.org(), outside, post, &written)?;
        }
        Ok(Some(looked))
    }

    fn look(&mut self, plan: &Plan, store: &Store) -> Result<Looked, CheckpointTrouble> {
        let found = look(store, &plan.folder)?;
        self.looked = true;
        self.newest = found.newest.map(|(_, checkpoint)| Newest::of(&checkpoint));
        Ok(Looked { odd: found.odd })
    }

    fn note(&mut self, done: Result<Option<Looked>, CheckpointTrouble>, now: Timestamp) {
        let trouble = match done {
            Ok(None) => return,
            Ok(Some(looked)) => {
                self.not_before = None;
                looked.odd
            }
            // The file is there: nothing is left to be tried again.
            Err(trouble @ CheckpointTrouble::Mail { .. }) => {
                self.not_before = None;
                Some(trouble)
            }
            Err(trouble) => {
                self.not_before = now.checked_add(PAUSE).ok();
                Some(trouble)
            }
        };
        if let Some(trouble) = &trouble {
            tracing::warn!(%trouble, "checkpoints");
        }
        self.trouble = trouble.map(|trouble| format!("{} {}", trouble.sentence(), trouble.hint()));
    }
}

impl Newest {
    const fn of(checkpoint: &Checkpoint) -> Self {
        Self { seq: checkpoint.seq, at: checkpoint.at }
    }
}

/// Whether there is something to sign: entries behind the newest checkpoint, of a later day or of one that is over.
/// Days are those of UTC.
fn is_due(head: Head, newest: Option<Newest>, now: Timestamp) -> bool {
    newest.is_none_or(|newest| head.seq > newest.seq && (day(head.at) > day(newest.at) || day(now) > day(head.at)))
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
