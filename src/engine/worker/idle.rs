//! What is done while nobody asks for anything.
use super::{Change, Worker};
use crate::engine::delivery::{SenderLock, deliver};
use crate::ledger::fault::Fault;
use crate::ledger::store::Moved;

/// How many messages are sent between two looks at the requests.
const BATCH: u32 = 16;

/// What happened in a quiet moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The organization or the state of its mail changed.
    pub moved: bool,
    /// More mail is waiting.
    pub more: bool,
    /// What has to be said, once.
    pub trouble: Option<String>,
}

impl Worker {
    /// Takes over what others wrote, also when that is another copy of the whole file, signs a checkpoint if one is due,
    /// and delivers waiting mail for a moment.
    ///
    /// # Errors
    /// A fault of the file or of the sender's lock.
    pub fn idle(&mut self) -> Result<Idle, Fault> {
        match self.idle_here() {
            Err(Fault::Parted { .. }) => {
                self.open_again()?;
                Ok(Idle { moved: true, more: true, trouble: None })
            }
            other => other,
        }
    }

    fn idle_here(&mut self) -> Result<Idle, Fault> {
        let mut idle = Idle { moved: false, more: false, trouble: None };
        let Some(store) = self.store.as_mut() else { return Ok(idle) };
        idle.moved = store.catch_up()? != Moved::Not;
        let kept = self.checkpoints.idle(store, &self.outside, &self.post, self.change);
        idle.moved |= kept.moved;
        idle.trouble = kept.trouble;
        if self.change == Change::Never {
            return Ok(idle);
        }
        let waiting = store.waiting(self.outside.now(), BATCH)?;
        if waiting.is_empty() {
            self.lock = None;
            return Ok(idle);
        }
        if self.lock.is_none() {
            self.lock = SenderLock::take(store.path())?;
        }
        if self.lock.is_some() {
            idle.more = waiting.len() >= BATCH as usize;
            for (invitation, delivery) in waiting {
                deliver(store, &self.outside, &self.post, invitation, &delivery)?;
                idle.moved = true;
            }
        }
        Ok(idle)
    }
}
