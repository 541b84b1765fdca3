//! Judging the lines of invitations.
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::judged::{Does, Line, NewInvitation, Verdict};
use super::kind::Kind;
use super::nearest::Nearest;
use super::problem::Problem;
use super::table::Row;
use crate::domain::acquaintance::{Acquaintance, Addresses};
use crate::domain::address::{self, Candidate, Judge};
use crate::domain::id::RoleId;
use crate::domain::name::{NameKey, PersonName, RoleName};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;

/// A role as it is named in a file.
struct Known {
    id: RoleId,
    name: Box<str>,
    /// Why it cannot be given, if so.
    why_not: Option<Problem>,
}

/// Judges one line of invitations after another.
pub(super) struct InvitationJudge {
    known: Addresses,
    learned: Acquaintance,
    roles: BTreeMap<NameKey, Known>,
    judge: Option<Judge<Addresses>>,
    /// The lines whose addresses were judged, in that order.
    taken: Vec<usize>,
    nearest: Nearest,
    pub(super) plan: Vec<NewInvitation>,
}

impl InvitationJudge {
    /// `may_give` says whether a role can be given by whoever imports.
    pub(super) fn new(org: &Arc<Org>, now: Timestamp, may_give: impl Fn(&Role) -> Result<(), Refusal>) -> Self {
        let mut roles = BTreeMap::new();
        // A deleted role gives way to an active one of its name.
        let (active, deleted): (Vec<_>, Vec<_>) = org.roles().values().partition(|role| role.is_active());
        for role in deleted.into_iter().chain(active) {
            let name: Box<str> = role.name.as_str().into();
            let why_not = match role.is_active() {
                true => may_give(role).err().map(|why| Problem::RoleNotYours { why }),
                false => Some(Problem::DeletedRole(name.clone())),
            };
            roles.insert(role.name.key(), Known { id: role.id, name, why_not });
        }
        let (known, learned) = (Addresses::new(Arc::clone(org), now), Acquaintance::default());
        let (judge, taken, nearest, plan) = (None, Vec::new(), Nearest::default(), Vec::new());
        Self { known, learned, roles, judge, taken, nearest, plan }
    }

    /// Learns some more of who is known; whether there is more to learn.
    pub(super) fn learn(&mut self) -> bool {
        self.learned.learn(self.known.org())
    }

    /// How much was learned, of how much.
    pub(super) fn learned(&self) -> (usize, usize) {
        (self.learned.done(), self.known.org().addresses().len())
    }

    /// Judges the next line.
    pub(super) fn take(&mut self, row: Row) -> Line {
        let verdict = self.verdict(&row).unwrap_or_else(Verdict::Refused);
        Line { row, verdict }
    }

    fn verdict(&mut self, row: &Row) -> Result<Verdict, Problem> {
        row.complete(Kind::Invitations)?;
        let (typed, role, name) = (row.cell(0), row.cell(1), row.cell(2));
        let role = self.role(role)?;
        let name = if name.is_empty() { None } else { Some(PersonName::new(name).map_err(Problem::Name)?) };
        let judge = match &mut self.judge {
            Some(judge) => judge,
            none => {
                let own = self.known.org().organization().map(|row| row.domains.clone()).unwrap_or_default();
                let like = self.learned.complete().cloned().unwrap_or_default();
                none.insert(Judge::new(self.known.clone(), own, like))
            }
        };
        self.taken.push(row.line);
        let judged = judge.take(Candidate { text: typed.into(), name: None, address: typed.into() });
        match judged.verdict {
            address::Verdict::Ok(address) => {
                self.plan.push(NewInvitation { address, role, name });
                Ok(Verdict::Fine(Does::Invitation, judged.warnings))
            }
            address::Verdict::TwiceInList { first } => {
                let first = first.checked_sub(1).and_then(|first| self.taken.get(first));
                Err(Problem::Twice { first: first.copied().unwrap_or(row.line) })
            }
            address::Verdict::AlreadyUser => Err(Problem::AlreadyUser),
            address::Verdict::AlreadyInvited => Err(Problem::AlreadyInvited),
            address::Verdict::Invalid(error) => Err(Problem::Address(error)),
        }
    }

    fn role(&mut self, typed: &str) -> Result<RoleId, Problem> {
        if typed.is_empty() {
            return Err(Problem::NoRole);
        }
        let named = RoleName::new(typed).ok().map(|name| name.key());
        match named.as_ref().and_then(|key| self.roles.get(key)) {
            Some(Known { why_not: Some(problem), .. }) => Err(problem.clone()),
            Some(known) => Ok(known.id),
            None => Err(Problem::UnknownRole { role: typed.into(), near: self.near(named.as_ref()) }),
        }
    }

    /// The role whose name is spelled nearly so.
    fn near(&mut self, typed: Option<&NameKey>) -> Option<Box<str>> {
        let active = self.roles.iter().filter(|(_, known)| !matches!(known.why_not, Some(Problem::DeletedRole(_))));
        self.nearest.of(typed?, active.map(|(key, known)| (key, known.name.as_ref())))
    }
}
