//! People and things by name, looked through in slices so that no key waits for a million of them.
use std::ops::Bound;
use std::sync::Arc;

use imbl::OrdMap;

use super::item::{Item, Matching};
use crate::domain::access::Need;
use crate::domain::id::{AccountId, EntityId, InvitationId, RoleId, UserId};
use crate::domain::organization::{Account, Entity};
use crate::domain::permission::Permission;
use crate::domain::role::Role;
use crate::domain::user::{Invitation, User, UserStatus};
use crate::tui::acts::{Aim, Place};
use crate::tui::scene::Scene;

/// Rows that a slice looks at: a few milliseconds.
const SLICE: usize = 5_000;

/// Characters from which on names are looked for.
const ENOUGH: usize = 2;

/// How many are shown.
const SHOWN: usize = 30;

/// Where the search is.
#[derive(Clone, Copy, Debug, Default)]
enum At {
    Roles(Option<RoleId>),
    Entities(Option<EntityId>),
    Accounts(Option<AccountId>),
    Invitations(Option<InvitationId>),
    Users(Option<UserId>),
    #[default]
    Done,
}

/// What was found so far, the best first.
#[derive(Default)]
pub(super) struct Things {
    typed: String,
    at: At,
    found: Vec<(u16, Item)>,
}

impl Things {
    /// A search for this.
    pub fn new(typed: &str) -> Self {
        let at = if typed.chars().count() < ENOUGH { At::Done } else { At::Roles(None) };
        Self { typed: typed.to_owned(), at, found: Vec::new() }
    }

    /// What was found, and how well it fits.
    pub fn found(&self) -> &[(u16, Item)] {
        &self.found
    }

    /// Looks through a slice; true while there is more.
    pub fn search(&mut self, scene: &Scene) -> bool {
        let may = |need| scene.person().is_some_and(|person| scene.decide(person, need).is_allowed());
        let people = may(Need::organization(Permission::MEMBERSHIPS_READ));
        let roles = may(Need::organization(Permission::ROLES_READ));
        let org = &scene.org;
        let mut found = Found { matching: Matching::new(&self.typed), items: Vec::new() };
        self.at = match self.at {
            At::Done => return false,
            At::Roles(after) if roles => {
                let role = |role: &Role| role.is_active().then(|| thing("role", role.name.as_str(), "", Aim::Roles));
                found
                    .slice(org.roles(), after, |role| role.name.as_str().into(), role)
                    .map_or(At::Entities(None), |id| At::Roles(Some(id)))
            }
            At::Roles(_) => At::Entities(None),
            At::Entities(after) => {
                let sees = |entity: &Entity| may(Need::entity(Permission::ENTITIES_READ, Some(entity.id)));
                let entity =
                    |entity: &Entity| sees(entity).then(|| thing("entity", entity.name.as_str(), "", Aim::Entities));
                found
                    .slice(org.entities(), after, |entity| entity.name.as_str().into(), entity)
                    .map_or(At::Accounts(None), |id| At::Entities(Some(id)))
            }
            At::Accounts(after) => {
                let sees = |account: &Account| may(Need::account(Permission::ACCOUNTS_READ, account.id));
                let account = |account: &Account| {
                    sees(account)
                        .then(|| thing("account", account.name.as_str(), account.identifier.as_str(), Aim::Entities))
                };
                let name = |account: &Account| format!("{} {}", account.name.as_str(), account.identifier.as_str());
                found
                    .slice(org.accounts(), after, name, account)
                    .map_or(At::Invitations(None), |id| At::Accounts(Some(id)))
            }
            At::Invitations(after) if people => {
                let open = |open: &Invitation| Some(thing("invited", open.address.as_str(), "", Aim::Invited));
                found
                    .slice(org.invitations(), after, |open| open.address.as_str().into(), open)
                    .map_or(At::Users(None), |id| At::Invitations(Some(id)))
            }
            At::Users(after) if people => {
                let user = |user: &User| {
                    let here = user.status != UserStatus::Removed;
                    here.then(|| thing("user", user.name.as_str(), user.address.as_str(), Aim::Users))
                };
                let name = |user: &User| format!("{} {}", user.name.as_str(), user.address.as_str());
                found.slice(org.users(), after, name, user).map_or(At::Done, |id| At::Users(Some(id)))
            }
            At::Invitations(_) | At::Users(_) => At::Done,
        };
        self.take(found.items);
        true
    }

    fn take(&mut self, new: Vec<(u16, Item)>) {
        self.found.extend(new);
        self.found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        self.found.truncate(SHOWN);
    }
}

/// What a slice found.
struct Found {
    matching: Matching,
    items: Vec<(u16, Item)>,
}

impl Found {
    /// Looks through so many rows after one; the last of them, if there are more.
    fn slice<K: Ord + Copy, V>(
        &mut self,
        rows: &OrdMap<K, Arc<V>>,
        after: Option<K>,
        name: impl Fn(&V) -> String,
        item: impl Fn(&V) -> Option<Item>,
    ) -> Option<K> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut looked = 0;
        let mut last = None;
        for (id, row) in rows.range((from, Bound::Unbounded)).take(SLICE) {
            (looked, last) = (looked + 1, Some(*id));
            if let Some(score) = self.matching.score(&name(row))
                && let Some(item) = item(row)
            {
                self.items.push((score, item));
            }
        }
        last.filter(|_| looked == SLICE)
    }
}

fn thing(kind: &'static str, name: &str, detail: &str, aim: fn(String) -> Aim) -> Item {
    let aim = aim(if detail.is_empty() { name } else { detail }.to_owned());
    let place = match aim {
        Aim::Users(_) | Aim::Invited(_) => Place::Users,
        Aim::Roles(_) => Place::Roles,
        Aim::Entities(_) => Place::Entities,
        Aim::Requests(_) => Place::ChangeRequests,
        Aim::Entry(_) | Aim::Trail(_) => Place::AuditTrail,
    };
    Item::Rows { kind, name: name.to_owned(), detail: detail.to_owned(), place, aim }
}
