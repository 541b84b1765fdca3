//! Gains and losses against a small model that asks about every permission at every place.
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::stage::{effect, staffed, steps, walk};
use crate::domain::effect::{Affected, Effect, Places};
use crate::domain::fixture::{Company, ScopePick, scope_picks};
use crate::domain::id::{AccountId, EntityId, RoleId};
use crate::domain::org::Org;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::role::Role;
use crate::domain::scope::Scope;

type Told = BTreeMap<(Affected, Permission), Places>;

/// What the effect says, person by person and permission by permission.
fn told(effect: &Effect) -> (Told, Told) {
    let (mut gains, mut loses) = (Told::new(), Told::new());
    for change in &effect.access {
        for (reaches, told) in [(&change.gains, &mut gains), (&change.loses, &mut loses)] {
            for reach in reaches {
                for (who, permission) in change.who.iter().flat_map(|who| reach.permissions.iter().map(|p| (*who, p))) {
                    let twice = told.insert((who, permission), reach.places.clone());
                    assert_eq!(twice, None, "{permission} is told twice for {who:?}");
                }
            }
        }
    }
    (gains, loses)
}

/// One permission of one person in one organization.
#[derive(Default, PartialEq)]
struct Holding {
    /// In the organization, or on everything there is and will be.
    unlimited: bool,
    entities: BTreeSet<EntityId>,
    accounts: BTreeSet<AccountId>,
}

impl Holding {
    fn is_something(&self) -> bool {
        self.unlimited || !self.entities.is_empty() || !self.accounts.is_empty()
    }
}

fn limited(permission: Permission) -> bool {
    permission.resource().account_scoped() || ["accounts", "entities"].contains(&permission.resource().key())
}

fn within(org: &Org, chosen: &BTreeSet<EntityId>, entity: EntityId) -> bool {
    chosen.contains(&entity) || org.entity(entity).unwrap().parent.is_some_and(|parent| within(org, chosen, parent))
}

fn holding(org: &Org, who: Affected, permission: Permission) -> Holding {
    let roles: Vec<RoleId> = match who {
        Affected::User(id) => {
            org.user(id).filter(|user| user.is_active()).map(|user| user.roles.iter().collect()).unwrap_or_default()
        }
        Affected::Invitation(id) => org.invitation(id).map(|open| open.roles.iter().collect()).unwrap_or_default(),
    };
    let mut holding = Holding::default();
    let gives = |role: &&Role| role.is_active() && role.permissions().contains(permission);
    for role in roles.iter().filter_map(|id| org.role(*id)).filter(gives) {
        match role.scope.as_ref() {
            Scope::Chosen { entities, accounts } if limited(permission) => {
                let reached = |entity: &EntityId| within(org, entities, *entity);
                holding.entities.extend(org.entities().keys().filter(|entity| reached(entity)));
                let owned = org.accounts().values().filter(|row| accounts.contains(&row.id) || reached(&row.entity));
                holding.accounts.extend(owned.map(|row| row.id));
            }
            _ => holding.unlimited = true,
        }
    }
    holding
}

/// What is in the one and not in the other; a gain of everything forgets what was there.
fn beyond(permission: Permission, one: &Holding, other: &Holding, gain: bool) -> Option<Places> {
    if other.unlimited || !one.is_something() {
        return None;
    }
    let (entities, accounts) = (other.entities.clone(), other.accounts.clone());
    if one.unlimited {
        return Some(match (limited(permission), gain || !other.is_something()) {
            (false, _) => Places::Organization,
            (true, true) => Places::All,
            (true, false) => Places::AllBut { entities, accounts },
        });
    }
    let (entities, accounts) = (&one.entities - &entities, &one.accounts - &accounts);
    (!entities.is_empty() || !accounts.is_empty()).then_some(Places::These { entities, accounts })
}

fn expected(before: &Org, after: &Org) -> (Told, Told) {
    let users = [before, after].into_iter().flat_map(|org| org.users().keys().map(|id| Affected::User(*id)));
    let open = [before, after].into_iter().flat_map(|org| org.invitations().keys().map(|id| Affected::Invitation(*id)));
    let (mut gains, mut loses) = (Told::new(), Told::new());
    for who in users.chain(open).collect::<BTreeSet<_>>() {
        for permission in PermissionSet::everything().iter() {
            let (old, new) = (holding(before, who, permission), holding(after, who, permission));
            gains.extend(beyond(permission, &new, &old, true).map(|places| ((who, permission), places)));
            loses.extend(beyond(permission, &old, &new, false).map(|places| ((who, permission), places)));
        }
    }
    (gains, loses)
}

/// A few permissions of each kind make more than enough of them meet.
fn crowded(company: &Company, picks: &[ScopePick]) -> Company {
    let mut company = company.clone();
    let grants = [
        "credit_transfers:create roles:read",
        "credit_transfers:create credit_transfers:read accounts:read",
        "accounts:read roles:read",
    ];
    let roles: Vec<RoleId> = company.org().roles().values().filter(|row| !row.is_owner()).map(|row| row.id).collect();
    for (n, (role, pick)) in roles.into_iter().zip(picks).enumerate() {
        let scope = pick.on(&company);
        super::stage::grant(&mut company, role, crate::domain::fixture::advanced(grants[n % 3]));
        super::stage::rescope(&mut company, role, scope);
    }
    company
}

proptest! {
    #[test]
    fn it_is_what_asking_about_everything_everywhere_finds(
        before in staffed(),
        picks in proptest::option::of(proptest::collection::vec(scope_picks(), 3)),
        steps in steps(),
    ) {
        let before = picks.map_or(before.clone(), |picks| crowded(&before, &picks));
        let mut after = before.clone();
        walk(&mut after, &steps);
        for (one, other) in [(&before, &after), (&after, &before)] {
            prop_assert_eq!(told(&effect(one, other)), expected(one.org(), other.org()));
        }
    }

    #[test]
    fn nothing_is_told_twice_or_apart_without_need(before in staffed(), steps in steps()) {
        let mut after = before.clone();
        walk(&mut after, &steps);
        let changes = effect(&before, &after).access;
        let mut people = BTreeSet::new();
        for change in &changes {
            prop_assert!(!change.who.is_empty());
            prop_assert!(!change.gains.is_empty() || !change.loses.is_empty());
            prop_assert!(change.who.is_sorted());
            prop_assert!(change.who.iter().all(|who| people.insert(*who)), "in one change alone");
            for reaches in [&change.gains, &change.loses] {
                let places: BTreeSet<_> = reaches.iter().map(|reach| &reach.places).collect();
                prop_assert_eq!(places.len(), reaches.len(), "equal places stand together");
            }
        }
        let kinds: BTreeSet<_> = changes.iter().map(|change| (&change.gains, &change.loses)).collect();
        prop_assert_eq!(kinds.len(), changes.len(), "equal changes stand together");
        prop_assert!(changes.is_sorted_by_key(|change| change.who[0]));
    }

    #[test]
    fn every_change_has_words(before in staffed(), steps in steps()) {
        let mut after = before.clone();
        walk(&mut after, &steps);
        for change in effect(&before, &after).access {
            let sentences = change.in_words(before.org(), after.org());
            prop_assert_eq!(sentences.len(), change.gains.len() + change.loses.len());
            for sentence in sentences {
                prop_assert!(sentence.ends_with('.') && !sentence.contains("not there"), "{sentence}");
            }
        }
    }
}
