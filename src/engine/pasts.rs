//! The organization as it was, kept for the next question about the same time.
use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::org::Org;
use crate::ledger::fault::Fault;
use crate::ledger::progress::Progress;
use crate::ledger::store::{Head, Store};

/// How many states are kept. Each shares with the others only what it was made from.
const KEPT: usize = 4;

/// How many entries later a state may be, so that applying them to a kept one is worth more than reading all rows.
const NEAR: u64 = 2_000;

/// How it was at one moment.
#[derive(Clone)]
pub enum Then {
    /// Like this.
    Was {
        /// The newest entry of that time.
        head: Head,
        /// The organization after it.
        org: Arc<Org>,
    },
    /// It was founded later.
    NotYet {
        /// When.
        founded: Timestamp,
    },
}

impl std::fmt::Debug for Then {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Was { head, .. } => f.debug_struct("Was").field("head", head).finish_non_exhaustive(),
            Self::NotYet { founded } => f.debug_struct("NotYet").field("founded", founded).finish(),
        }
    }
}

/// A state, and until when it was so.
struct Kept {
    head: Head,
    until: Timestamp,
    org: Arc<Org>,
}

/// The states that were asked for last.
#[derive(Default)]
pub struct Pasts {
    kept: VecDeque<Kept>,
    /// The newest entry when it was last looked whether somebody was blanked, and the newest entry that did it.
    looked: (u64, u64),
}

impl Pasts {
    /// How it was at a moment; none when it was stopped. What was asked for lately is answered without asking the file.
    ///
    /// # Errors
    /// When the file cannot be read or an entry was changed.
    pub fn at(&mut self, store: &Store, at: Timestamp, progress: &Progress) -> Result<Option<Then>, Fault> {
        let newest = store.head();
        if newest.at <= at {
            return Ok(Some(Then::Was { head: newest, org: store.org() }));
        }
        self.forget_the_blanked(store)?;
        let known = self.kept.iter().position(|kept| kept.head.at <= at && at < kept.until);
        if let Some(kept) = known.and_then(|known| self.kept.remove(known)) {
            return Ok(Some(self.keep(kept)));
        }
        let Some(head) = store.head_at(at)? else {
            let first = store.entries(0, 1)?;
            return Ok(Some(Then::NotYet { founded: first.first().map_or(newest.at, |header| header.at) }));
        };
        let next = store.entries(head.seq, 1)?;
        let until = next.first().map_or(newest.at, |header| header.at);
        let Some(org) = self.read(store, head.seq, progress)?.map(Arc::new) else { return Ok(None) };
        Ok(Some(self.keep(Kept { head, until, org })))
    }

    fn read(&self, store: &Store, seq: u64, progress: &Progress) -> Result<Option<Org>, Fault> {
        let before = self.kept.iter().filter(|kept| kept.head.seq <= seq && seq - kept.head.seq <= NEAR);
        match before.max_by_key(|kept| kept.head.seq) {
            Some(kept) => store.org_later(&kept.org, kept.head.seq, seq).map(Some),
            None => store.org_at_unless_stopped(seq, progress),
        }
    }

    fn keep(&mut self, kept: Kept) -> Then {
        let then = Then::Was { head: kept.head, org: Arc::clone(&kept.org) };
        self.kept.push_front(kept);
        self.kept.truncate(KEPT);
        then
    }

    /// A person who was blanked must not be read from what was kept.
    fn forget_the_blanked(&mut self, store: &Store) -> Result<(), Fault> {
        let newest = store.head().seq;
        if self.looked.0 != newest {
            let blanked = store.blanked()?;
            if self.looked.1 != blanked {
                self.kept.clear();
            }
            self.looked = (newest, blanked);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::command::{Command, Found, RenameRole};
    use crate::domain::organization::Nature;
    use crate::domain::row::Difference;
    use crate::domain::sample;
    use crate::ledger::actor::Actor;
    use crate::ledger::run::run;
    use crate::ledger::secrets::Secrets;
    use crate::ledger::signin;
    use crate::outside::Outside;

    const START: &str = "2026-03-02T09:00:00Z";

    fn start() -> Timestamp {
        START.parse().unwrap()
    }

    fn at(minutes: i64) -> Timestamp {
        start() + SignedDuration::from_mins(minutes)
    }

    /// A sample in which a role gets another name every ten minutes.
    fn store(renames: i64) -> Store {
        let minutes = Arc::new(AtomicI64::new(0));
        let (clock, drawn) = (Arc::clone(&minutes), AtomicU64::new(0));
        let outside = Outside::new(
            move || at(clock.load(Ordering::Relaxed)),
            move |bytes| {
                for byte in bytes.chunks_mut(8) {
                    let next = drawn.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
                    byte.iter_mut().zip(next).for_each(|(byte, random)| *byte = random);
                }
            },
        );
        let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        let owner = org.owner_role().unwrap().id;
        let user = org.holders(owner).next().unwrap().id;
        let role = org.active_roles().find(|role| !role.is_owner()).unwrap().id;
        let mut store = Store::in_memory(Nature::Sample).unwrap();
        let proof = signin::found(&mut store, &outside, Found { org }, &Secrets::none(), user).unwrap().unwrap();
        let session = signin::enter(&mut store, &outside, &proof, owner).unwrap().unwrap();
        for n in 1..=renames {
            minutes.store(10 * n, Ordering::Relaxed);
            let command = Command::from(RenameRole { role, name: format!("Role {n}").parse().unwrap() });
            let actor = Actor::Person(session.clone());
            run(&mut store, &outside, &actor, &command, &Secrets::none()).unwrap().done().unwrap();
        }
        store
    }

    fn then(pasts: &mut Pasts, store: &Store, at: Timestamp) -> Then {
        pasts.at(store, at, &Progress::default()).unwrap().unwrap()
    }

    fn was(then: &Then) -> (u64, Arc<Org>) {
        match then {
            Then::Was { head, org } => (head.seq, Arc::clone(org)),
            Then::NotYet { founded } => unreachable!("founded {founded}"),
        }
    }

    #[test]
    fn the_second_question_about_the_same_time_asks_the_file_nothing() {
        let (store, mut pasts) = (store(8), Pasts::default());
        let (seq, org) = was(&then(&mut pasts, &store, at(35)));
        let asked = store.asked();
        assert!(asked > 0);
        for minutes in [35, 30, 39] {
            let (again, same) = was(&then(&mut pasts, &store, at(minutes)));
            assert_eq!(again, seq, "{minutes}");
            assert!(Arc::ptr_eq(&same, &org), "{minutes}");
        }
        assert_eq!(store.asked(), asked, "the file was asked again");
        assert_ne!(was(&then(&mut pasts, &store, at(40))).0, seq);
        let now = was(&then(&mut pasts, &store, at(1000)));
        assert!(Arc::ptr_eq(&now.1, &store.org()), "now is what everybody sees");
    }

    #[test]
    fn what_is_made_from_a_kept_state_is_what_the_log_tells() {
        let (store, mut pasts) = (store(12), Pasts::default());
        for minutes in [15, 45, 46, 85, 5, 100, 0, 119, 15] {
            let (seq, org) = was(&then(&mut pasts, &store, at(minutes)));
            let told = store.fold(seq).unwrap();
            assert!(Difference::between(&told, &org).is_empty(), "{minutes}");
            assert_eq!(told.addresses(), org.addresses());
            assert!(store.entries(seq, 1).unwrap().iter().all(|next| next.at > at(minutes)), "{minutes}");
        }
        assert_eq!(pasts.kept.len(), KEPT);
    }

    #[test]
    fn before_the_founding_it_is_said_when_that_was() {
        let then = then(&mut Pasts::default(), &store(1), at(-1));
        assert!(matches!(then, Then::NotYet { founded } if founded == start()), "{then:?}");
    }
}
