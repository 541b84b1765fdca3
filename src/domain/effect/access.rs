//! Who gains and who loses what.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ground::{Ground, touched};
use super::place::Reach;
use crate::domain::id::{InvitationId, UserId};
use crate::domain::org::Org;
use crate::domain::role::RoleSet;
use crate::domain::row::Difference;
use crate::domain::user::User;

/// Somebody whose access differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Affected {
    /// A person who has signed up and may sign in, before or afterwards.
    User(UserId),
    /// An open invitation: whoever accepts it will hold its roles.
    Invitation(InvitationId),
}

/// The same gains and losses for all of `who`, over all roles that each of them could activate
/// (decision 7 in the crate docs).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessChange {
    /// Who, sorted: users, then invitations.
    pub who: Vec<Affected>,
    /// What they can do afterwards and could not before; permissions with the same places together.
    pub gains: Vec<Reach>,
    /// What they could do before and cannot afterwards.
    pub loses: Vec<Reach>,
}

/// Every change of access, sorted by the first of those whom it concerns. Only people whose own row differs and
/// holders of a role that gives something else are looked at.
pub(super) fn changes(before: &Org, after: &Org, difference: &Difference) -> Vec<AccessChange> {
    let mut weighing = Weighing::between(before, after);
    let active = |user: Option<&User>| user.filter(|user| user.is_active()).map(|user| user.roles.clone());
    let mut seen = BTreeSet::new();
    for (old, new) in difference.users() {
        if let Some(user) = new.or(old) {
            seen.insert(Affected::User(user.id));
            weighing.weigh(Affected::User(user.id), active(old), active(new));
        }
    }
    for (old, new) in difference.invitations() {
        if let Some(open) = new.or(old) {
            seen.insert(Affected::Invitation(open.id));
            let roles = [old, new].map(|side| side.map(|open| open.roles.clone()));
            let [old, new] = roles;
            weighing.weigh(Affected::Invitation(open.id), old, new);
        }
    }
    let touched = touched(before, after, difference);
    if !touched.is_empty() {
        let users = after.users().values().filter(|user| user.is_active());
        let users = users.map(|user| (Affected::User(user.id), &user.roles));
        let open = after.invitations().values().map(|open| (Affected::Invitation(open.id), &open.roles));
        let holders = users.chain(open).filter(|(_, roles)| roles.iter().any(|role| touched.contains(&role)));
        for (who, roles) in holders.filter(|(who, _)| !seen.contains(who)) {
            weighing.weigh(who, Some(roles.clone()), Some(roles.clone()));
        }
    }
    weighing.finish()
}

/// Roles before and afterwards; none for somebody who has no access then.
type Roles = (Option<RoleSet>, Option<RoleSet>);

/// Weighs each pair of role sets once, however many people have it.
struct Weighing<'a> {
    before: Ground<'a>,
    after: Ground<'a>,
    /// Which of `changes` a pair of role sets comes to, if any.
    known: BTreeMap<Roles, Option<usize>>,
    /// Which of `changes` has these gains and losses.
    alike: BTreeMap<(Vec<Reach>, Vec<Reach>), usize>,
    /// Whom each gain and loss concerns.
    who: Vec<Vec<Affected>>,
}

impl<'a> Weighing<'a> {
    fn between(before: &'a Org, after: &'a Org) -> Self {
        let (before, after) = (Ground::of(before), Ground::of(after));
        Self { before, after, known: BTreeMap::new(), alike: BTreeMap::new(), who: Vec::new() }
    }

    fn weigh(&mut self, who: Affected, before: Option<RoleSet>, after: Option<RoleSet>) {
        let roles = (before, after);
        let place = match self.known.get(&roles) {
            Some(place) => *place,
            None => {
                let place = self.place(&roles);
                self.known.insert(roles, place);
                place
            }
        };
        if let Some(people) = place.and_then(|place| self.who.get_mut(place)) {
            people.push(who);
        }
    }

    fn place(&mut self, (before, after): &Roles) -> Option<usize> {
        let (old, new) = (self.before.held(before.as_ref()), self.after.held(after.as_ref()));
        let (gains, loses) = (new.gained(&old), old.lost(&new));
        if gains.is_empty() && loses.is_empty() {
            return None;
        }
        let next = self.who.len();
        let place = *self.alike.entry((gains, loses)).or_insert(next);
        if place == next {
            self.who.push(Vec::new());
        }
        Some(place)
    }

    fn finish(self) -> Vec<AccessChange> {
        let mut who = self.who;
        let mut changes = Vec::with_capacity(who.len());
        for ((gains, loses), place) in self.alike {
            let mut who = who.get_mut(place).map(std::mem::take).unwrap_or_default();
            who.sort_unstable();
            changes.push(AccessChange { who, gains, loses });
        }
        changes.sort_unstable_by_key(|change| change.who.first().copied());
        changes
    }
}
