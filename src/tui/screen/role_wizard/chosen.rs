//! Entities and accounts that are chosen, as ticks in their tree. No drawing.
use std::collections::BTreeSet;

use super::places::Place;
use crate::domain::access::reaches_entity;
use crate::domain::id::{AccountId, EntityId};
use crate::domain::org::Org;
use crate::domain::scope::Scope;
use crate::tui::widget::ticks::Tick;

/// Chosen entities, each with all that is in it, and chosen accounts (decision 6 in the crate docs).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The entities.
    pub entities: BTreeSet<EntityId>,
    /// The accounts.
    pub accounts: BTreeSet<AccountId>,
}

impl Chosen {
    /// The same as a scope.
    pub fn scope(&self) -> Scope {
        Scope::Chosen { entities: self.entities.clone(), accounts: self.accounts.clone() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entities.len() + self.accounts.len()
    }

    /// Takes out what does not exist any more.
    pub fn forget_missing(&mut self, org: &Org) {
        self.entities.retain(|entity| org.entity(*entity).is_some());
        self.accounts.retain(|account| org.account(*account).is_some());
    }

    /// The chosen entity that a place belongs to, the nearest one, so that its own tick does not matter.
    pub fn cover(&self, org: &Org, place: Place) -> Option<EntityId> {
        above(org, place).find(|entity| self.entities.contains(entity))
    }

    /// How a place is ticked. `partly` is [`Chosen::partly`] of these.
    pub fn tick(&self, org: &Org, partly: &BTreeSet<EntityId>, place: Place) -> Tick {
        let ticked = match place {
            Place::Entity(entity) => self.entities.contains(&entity),
            Place::Account(account) => self.accounts.contains(&account),
        };
        match place {
            _ if ticked => Tick::On,
            _ if self.cover(org, place).is_some() => Tick::Covered,
            Place::Entity(entity) if partly.contains(&entity) => Tick::Partly,
            _ => Tick::Off,
        }
    }

    /// The entities with something chosen in them.
    pub fn partly(&self, org: &Org) -> BTreeSet<EntityId> {
        let entities = self.entities.iter().copied().map(Place::Entity);
        let places = entities.chain(self.accounts.iter().copied().map(Place::Account));
        places.flat_map(|place| above(org, place)).collect()
    }

    /// Chooses a place, with all that is in it, or gives it up.
    ///
    /// # Errors
    /// The chosen entity that the place belongs to: only that one can be given up. What is also chosen by itself can
    /// always be given up.
    pub fn toggle(&mut self, org: &Org, place: Place) -> Result<(), EntityId> {
        let given_up = match place {
            Place::Entity(entity) => self.entities.remove(&entity),
            Place::Account(account) => self.accounts.remove(&account),
        };
        if given_up {
            return Ok(());
        }
        if let Some(cover) = self.cover(org, place) {
            return Err(cover);
        }
        match place {
            Place::Account(account) => drop(self.accounts.insert(account)),
            Place::Entity(entity) => {
                self.entities.insert(entity);
                let only = Scope::Chosen { entities: [entity].into(), accounts: BTreeSet::new() };
                self.entities.retain(|below| *below == entity || !reaches_entity(org, &only, *below));
                let owner = |account: AccountId| org.account(account).map(|row| row.entity);
                self.accounts.retain(|below| !owner(*below).is_some_and(|owner| reaches_entity(org, &only, owner)));
            }
        }
        Ok(())
    }
}

/// The entities that a place belongs to, the nearest first.
fn above(org: &Org, place: Place) -> impl Iterator<Item = EntityId> + '_ {
    let nearest = match place {
        Place::Entity(entity) => org.entity(entity).and_then(|row| row.parent),
        Place::Account(account) => org.account(account).map(|row| row.entity),
    };
    nearest.into_iter().flat_map(|nearest| org.ancestry(nearest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::access::owns_account;
    use crate::domain::fixture::{Company, companies, scope_picks};
    use proptest::prelude::*;
    use proptest::sample::Index;

    fn all(org: &Org) -> Vec<Place> {
        let entities = org.entities().keys().copied().map(Place::Entity);
        entities.chain(org.accounts().keys().copied().map(Place::Account)).collect()
    }

    #[test]
    fn a_chosen_entity_covers_what_is_in_it() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let north = company.entity("North", Some(group));
        let main = company.account("Main", north);
        let other = company.account("Other", group);
        let org = company.org();
        let mut chosen = Chosen::default();
        let ticks = |chosen: &Chosen| {
            let partly = chosen.partly(org);
            let places = [Place::Entity(group), Place::Entity(north), Place::Account(main), Place::Account(other)];
            places.map(|place| chosen.tick(org, &partly, place))
        };
        assert_eq!(chosen.toggle(org, Place::Account(main)), Ok(()));
        assert_eq!(ticks(&chosen), [Tick::Partly, Tick::Partly, Tick::On, Tick::Off]);
        assert_eq!(chosen.toggle(org, Place::Entity(north)), Ok(()));
        assert_eq!(ticks(&chosen), [Tick::Partly, Tick::On, Tick::Covered, Tick::Off]);
        assert_eq!(chosen.toggle(org, Place::Account(main)), Err(north));
        assert_eq!(chosen.toggle(org, Place::Entity(group)), Ok(()));
        assert_eq!(ticks(&chosen), [Tick::On, Tick::Covered, Tick::Covered, Tick::Covered]);
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen.toggle(org, Place::Entity(group)), Ok(()));
        assert_eq!(ticks(&chosen), [Tick::Off; 4]);
    }

    #[test]
    fn what_is_chosen_twice_over_can_be_given_up() {
        let mut company = Company::new();
        let north = company.entity("North", None);
        let main = company.account("Main", north);
        let mut chosen = Chosen { entities: [north].into(), accounts: [main].into() };
        assert_eq!(chosen.toggle(company.org(), Place::Account(main)), Ok(()));
        assert_eq!(chosen.scope(), Scope::Chosen { entities: [north].into(), accounts: BTreeSet::new() });
    }

    proptest! {
        #[test]
        fn a_box_is_full_exactly_where_the_scope_reaches(
            company in companies(),
            pick in scope_picks(),
            toggled in proptest::collection::vec(any::<Index>(), 0..6),
        ) {
            let org = company.org();
            let Scope::Chosen { entities, accounts } = pick.on(&company) else { return Ok(()) };
            let mut chosen = Chosen { entities, accounts };
            let places = all(org);
            for index in toggled {
                if places.is_empty() {
                    break;
                }
                let place = *index.get(&places);
                let before = chosen.tick(org, &chosen.partly(org), place);
                let toggled = chosen.toggle(org, place);
                let after = chosen.tick(org, &chosen.partly(org), place);
                match before {
                    Tick::Covered => prop_assert!(toggled.is_err() && after == Tick::Covered),
                    Tick::On => prop_assert!(after != Tick::On),
                    Tick::Partly | Tick::Off => prop_assert_eq!(after, Tick::On),
                }
            }
            let (scope, partly) = (chosen.scope(), chosen.partly(org));
            for place in places {
                let reached = match place {
                    Place::Entity(entity) => reaches_entity(org, &scope, entity),
                    Place::Account(account) => owns_account(org, &scope, account),
                };
                let full = matches!(chosen.tick(org, &partly, place), Tick::On | Tick::Covered);
                prop_assert_eq!(full, reached);
            }
        }
    }
}
