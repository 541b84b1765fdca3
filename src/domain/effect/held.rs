//! What several roles come to together.
use std::collections::BTreeMap;

use super::place::{Places, Reach, Where};
use crate::domain::permission::PermissionSet;

/// Permissions with the places where they are held. No permission is in two parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    parts: Vec<(PermissionSet, Where)>,
}

impl Held {
    /// Adds permissions at places to those that are held there already.
    pub(super) fn add(&mut self, permissions: PermissionSet, places: &Where) {
        let (mut parts, mut rest) = (Vec::new(), permissions);
        for (held, there) in std::mem::take(&mut self.parts) {
            let common = held.intersection(permissions);
            rest = rest.minus(common);
            if !common.is_empty() {
                parts.push((common, there.union(places)));
            }
            let alone = held.minus(common);
            if !alone.is_empty() {
                parts.push((alone, there));
            }
        }
        if !rest.is_empty() {
            parts.push((rest, places.clone()));
        }
        self.parts = parts;
    }

    /// Adds everything that `other` holds.
    pub(super) fn join(&mut self, other: &Self) {
        other.parts.iter().for_each(|(permissions, places)| self.add(*permissions, places));
    }

    /// What is held now and was not `before`. Whoever held some accounts and now holds all is told "all".
    pub(super) fn gained(&self, before: &Self) -> Vec<Reach> {
        sorted(self.beyond(before).map(|(permissions, places)| match places {
            Places::AllBut { .. } => (permissions, Places::All),
            other => (permissions, other),
        }))
    }

    /// What was held and is not held `after`.
    pub(super) fn lost(&self, after: &Self) -> Vec<Reach> {
        sorted(self.beyond(after))
    }

    fn beyond<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (PermissionSet, Places)> + 'a {
        self.parts.iter().flat_map(move |(permissions, places)| {
            let shared = other.parts.iter().map(|(theirs, there)| (permissions.intersection(*theirs), there));
            let shared: Vec<_> = shared.filter(|(common, _)| !common.is_empty()).collect();
            let rest = shared.iter().fold(*permissions, |rest, (common, _)| rest.minus(*common));
            let alone = (!rest.is_empty()).then(|| (rest, Places::from(places)));
            let more = shared.into_iter().filter_map(|(common, there)| Some((common, places.minus(there)?)));
            more.chain(alone).collect::<Vec<_>>()
        })
    }
}

/// Permissions that hold at the same places together, in a fixed order.
fn sorted(parts: impl Iterator<Item = (PermissionSet, Places)>) -> Vec<Reach> {
    let mut by_place: BTreeMap<Places, PermissionSet> = BTreeMap::new();
    for (permissions, places) in parts {
        let together = by_place.entry(places).or_default();
        *together = together.union(permissions);
    }
    by_place.into_iter().map(|(places, permissions)| Reach { permissions, places }).collect()
}
