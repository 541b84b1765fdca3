//! Bringing in many things at once: all of them or none.
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::invitation::{Invitee, invite};
use super::{Actors, Change, Command, CreateEntity, Guard, ProvisionAccount, role};
use crate::domain::access::Need;
use crate::domain::id::{AccountId, EntityId, InvitationId, Seed, UserId};
use crate::domain::import::{Kind, NewAccount, NewEntity, NewInvitation, Plan, Spot, places_in_words};
use crate::domain::name::{Currency, NameKey};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::role::RoleSet;
use crate::domain::security::Area;
use crate::domain::words::counted;

/// Creates entities and provisions accounts, all of them or none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportPlaces {
    /// The entities, each after its parent where that is new too.
    pub entities: Vec<CreateEntity>,
    /// The accounts.
    pub accounts: Vec<ProvisionAccount>,
}

/// People who are invited with the same roles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InvitationList {
    /// What they will be able to do.
    pub roles: RoleSet,
    /// They.
    pub people: Vec<Invitee>,
}

/// Invites people with different roles, all of them or none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportInvitations {
    /// Who invites.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// A list for each set of roles.
    pub lists: Vec<InvitationList>,
}

/// The command that makes what a judged file would.
pub fn import(plan: &Plan, by: UserId, at: Timestamp, seed: &mut dyn FnMut() -> Seed) -> Command {
    match plan {
        Plan::Places { entities, accounts } => ImportPlaces::of(entities, accounts, at, seed).into(),
        Plan::Invitations(people) => ImportInvitations::of(people, by, at, seed).into(),
    }
}

/// What somebody needs at least to import such things at all, one of these; where exactly is judged line by line.
pub const fn import_needs(kind: Kind) -> &'static [Permission] {
    match kind {
        Kind::Places => &[Permission::ENTITIES_CREATE, Permission::ACCOUNTS_CREATE],
        Kind::Invitations => &[Permission::INVITATIONS_CREATE],
    }
}

impl ImportPlaces {
    /// What a judged file would make, with a fresh id for everything.
    pub fn of(entities: &[NewEntity], accounts: &[NewAccount], at: Timestamp, seed: &mut dyn FnMut() -> Seed) -> Self {
        let ids: Vec<_> = entities.iter().map(|_| EntityId::new(at, &seed())).collect();
        let id = |spot: Spot| match spot {
            Spot::There(entity) => Some(entity),
            Spot::New(place) => ids.get(place).copied(),
        };
        let created = entities.iter().zip(&ids).map(|(new, entity)| {
            let parent = new.parent.and_then(id);
            CreateEntity { entity: *entity, name: new.name.clone(), parent }
        });
        let created = created.collect();
        let provisioned = accounts.iter().filter_map(|new| {
            Some(ProvisionAccount {
                account: AccountId::new(at, &seed()),
                entity: id(new.entity)?,
                name: new.name.clone(),
                currency: new.currency,
                identifier: new.identifier.clone(),
            })
        });
        Self { accounts: provisioned.collect(), entities: created }
    }
}

impl ImportInvitations {
    /// What a judged file would make, with a fresh id for everybody.
    pub fn of(people: &[NewInvitation], by: UserId, at: Timestamp, seed: &mut dyn FnMut() -> Seed) -> Self {
        let mut lists: Vec<InvitationList> = Vec::new();
        let mut places = BTreeMap::new();
        for new in people {
            let place = *places.entry(new.role).or_insert_with(|| {
                lists.push(InvitationList { roles: [new.role].into_iter().collect(), people: Vec::new() });
                lists.len() - 1
            });
            let id = InvitationId::new(at, &seed());
            let invitee = Invitee { id, address: new.address.clone(), name: new.name.clone() };
            lists.get_mut(place).into_iter().for_each(|list| list.people.push(invitee.clone()));
        }
        Self { by, at, lists }
    }
}

impl Change for ImportPlaces {
    fn name(&self) -> &'static str {
        "import_places"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    /// What each single creation requires. What is new is created where its nearest parent is that was there.
    fn requires(&self, _: &Org) -> Vec<Need> {
        let mut anchors: BTreeMap<EntityId, Option<EntityId>> = BTreeMap::new();
        let mut needs = BTreeSet::new();
        let at = |anchors: &BTreeMap<_, _>, place: EntityId| anchors.get(&place).copied().unwrap_or(Some(place));
        for new in &self.entities {
            let anchor = new.parent.and_then(|parent| at(&anchors, parent));
            anchors.insert(new.entity, anchor);
            needs.insert(Need::entity(Permission::ENTITIES_CREATE, anchor));
        }
        for new in &self.accounts {
            needs.insert(Need::entity(Permission::ACCOUNTS_CREATE, at(&anchors, new.entity)));
        }
        needs.into_iter().collect()
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, _: &Org) -> String {
        format!("import {}", places_in_words(self.entities.len(), self.accounts.len()))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if self.entities.is_empty() && self.accounts.is_empty() {
            return Err(Refusal::NothingChanges);
        }
        // Looked up, because looking through everything for each of thousands takes seconds.
        let mut names: BTreeMap<(Option<EntityId>, NameKey), EntityId> =
            org.entities().values().map(|entity| ((entity.parent, entity.name.key()), entity.id)).collect();
        for new in &self.entities {
            let unique = (new.parent, new.name.key());
            new.create(org, names.get(&unique).copied())?;
            names.insert(unique, new.entity);
        }
        let mut accounts: BTreeMap<(Currency, NameKey), AccountId> =
            org.accounts().values().map(|account| ((account.currency, account.identifier.key()), account.id)).collect();
        for new in &self.accounts {
            let unique = (new.currency, new.identifier.key());
            new.provision(org, accounts.get(&unique).copied())?;
            accounts.insert(unique, new.account);
        }
        Ok(())
    }
}

impl Change for ImportInvitations {
    fn name(&self) -> &'static str {
        "import_invitations"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::INVITATIONS_CREATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        let people = self.lists.iter().map(|list| list.people.len()).sum();
        let roles: BTreeSet<_> = self.lists.iter().flat_map(|list| list.roles.iter()).collect();
        let roles: Few = roles.into_iter().map(|id| role::name_of(org, id)).collect();
        format!("invite {} as {roles}", counted(people, "person", "people"))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if self.lists.is_empty() {
            return Err(Refusal::NoAddress);
        }
        let mut seen = BTreeSet::new();
        self.lists.iter().try_for_each(|list| invite(org, (self.by, self.at), &list.roles, &list.people, &mut seen))
    }
}
