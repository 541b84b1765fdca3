//! A table while it is judged, slice by slice.
use std::sync::Arc;

use jiff::Timestamp;

use super::counts::Counts;
use super::invitations::InvitationJudge;
use super::judged::{Judged, Line, Plan};
use super::kind::Kind;
use super::places::PlaceJudge;
use super::table::{Row, Table};
use crate::domain::access::Person;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;

/// Lines that are judged in one slice.
const SLICE: usize = 250;

enum Judge {
    Places(Box<PlaceJudge>),
    Invitations(Box<InvitationJudge>),
}

/// Judges a table for somebody. What comes of it depends on the organization and the table alone.
pub struct Judging {
    kind: Kind,
    judge: Judge,
    rows: std::vec::IntoIter<Row>,
    total: usize,
    lines: Vec<Line>,
}

impl Judging {
    /// Begins. `may_give` says whether a role can be given by whoever imports.
    pub fn new(
        table: Table,
        org: &Arc<Org>,
        who: Person,
        now: Timestamp,
        may_give: impl Fn(&Role) -> Result<(), Refusal>,
    ) -> Self {
        let judge = match table.kind {
            Kind::Places => Judge::Places(Box::new(PlaceJudge::new(Arc::clone(org), who))),
            Kind::Invitations => Judge::Invitations(Box::new(InvitationJudge::new(org, now, may_give))),
        };
        let (kind, total) = (table.kind, table.rows.len());
        Self { kind, judge, rows: table.rows.into_iter(), total, lines: Vec::new() }
    }

    /// Does a slice of a few milliseconds; false when there was nothing left to do.
    pub fn work(&mut self) -> bool {
        let learned = match &mut self.judge {
            Judge::Places(judge) => judge.learn(),
            Judge::Invitations(judge) => judge.learn(),
        };
        if learned {
            return true;
        }
        let mut worked = false;
        for row in self.rows.by_ref().take(SLICE) {
            worked = true;
            match &mut self.judge {
                Judge::Places(judge) => judge.take(row),
                Judge::Invitations(judge) => self.lines.push(judge.take(row)),
            }
        }
        match &mut self.judge {
            Judge::Places(judge) if !worked => judge.settle(SLICE),
            _ => worked,
        }
    }

    /// How much is done, of how much.
    pub fn progress(&self) -> (usize, usize) {
        let (known, of) = match &self.judge {
            Judge::Places(judge) => judge.learned(),
            Judge::Invitations(judge) => judge.learned(),
        };
        (known + self.total - self.rows.len(), of + self.total)
    }

    /// The verdicts; to be asked for when there is no more work.
    pub fn judged(self) -> Judged {
        let (lines, plan) = match self.judge {
            Judge::Places(judge) => judge.judged(),
            Judge::Invitations(judge) => (self.lines, Plan::Invitations(judge.plan)),
        };
        Judged { kind: self.kind, counts: Counts::of(&lines), lines, plan }
    }

    /// Does everything at once, where nobody waits for a screen.
    pub fn finish(mut self) -> Judged {
        while self.work() {}
        self.judged()
    }
}
