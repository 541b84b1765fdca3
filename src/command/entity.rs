//! Changes to business units.
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Guard};
use crate::domain::access::Need;
use crate::domain::id::{EntityId, UserId};
use crate::domain::name::EntityName;
use crate::domain::org::Org;
use crate::domain::organization::Entity;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Named, Refusal};
use crate::domain::row::{Kind, Row};
use crate::domain::scope::Scope;

/// Creates a business unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CreateEntity {
    /// Its id.
    pub entity: EntityId,
    /// Unique among its siblings.
    pub name: EntityName,
    /// The entity that it belongs to, if any.
    pub parent: Option<EntityId>,
}

/// Renames a business unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RenameEntity {
    /// Which.
    pub entity: EntityId,
    /// Unique among its siblings.
    pub name: EntityName,
}

/// Moves a business unit below another one, or to the top.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MoveEntity {
    /// Which.
    pub entity: EntityId,
    /// The entity that it will belong to, if any.
    pub parent: Option<EntityId>,
}

/// Removes a business unit that is empty and in no role's scope.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RemoveEntity {
    /// Which.
    pub entity: EntityId,
}

impl Change for CreateEntity {
    fn name(&self) -> &'static str {
        "create_entity"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::entity(Permission::ENTITIES_CREATE, self.parent)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("create the entity “{}” {}", self.name, place(org, self.parent))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let namesake = namesake(org, self.entity, &self.name, self.parent);
        self.create(org, namesake)
    }
}

impl CreateEntity {
    /// Creates it, where the sibling that has its name already, if any, was looked up before.
    pub(super) fn create(&self, org: &mut Org, namesake: Option<EntityId>) -> Result<(), Refusal> {
        if org.entity(self.entity).is_some() {
            return Err(Refusal::IdTaken(Kind::Entity));
        }
        free_place(org, &self.name, self.parent, namesake)?;
        org.put(Row::Entity(Entity { id: self.entity, name: self.name.clone(), parent: self.parent }));
        Ok(())
    }
}

impl Change for RenameEntity {
    fn name(&self) -> &'static str {
        "rename_entity"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::entity(Permission::ENTITIES_UPDATE, Some(self.entity))]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("rename the entity “{}” to “{}”", name_of(org, self.entity), self.name)
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut entity = existing(org, self.entity)?;
        if entity.name == self.name {
            return Err(Refusal::NothingChanges);
        }
        free_name(org, self.entity, &self.name, entity.parent)?;
        entity.name = self.name.clone();
        org.put(Row::Entity(entity));
        Ok(())
    }
}

impl Change for MoveEntity {
    fn name(&self) -> &'static str {
        "move_entity"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![
            Need::entity(Permission::ENTITIES_UPDATE, Some(self.entity)),
            Need::entity(Permission::ENTITIES_UPDATE, self.parent),
        ]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("move the entity “{}” {}", name_of(org, self.entity), place(org, self.parent))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let mut entity = existing(org, self.entity)?;
        if entity.parent == self.parent {
            return Err(Refusal::NothingChanges);
        }
        if self.parent.is_some_and(|parent| org.ancestry(parent).any(|above| above == self.entity)) {
            return Err(Refusal::EntityLoop);
        }
        free_name(org, self.entity, &entity.name, self.parent)?;
        entity.parent = self.parent;
        org.put(Row::Entity(entity));
        Ok(())
    }
}

impl Change for RemoveEntity {
    fn name(&self) -> &'static str {
        "remove_entity"
    }

    fn actors(&self) -> Actors {
        Actors::Person
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::entity(Permission::ENTITIES_DELETE, Some(self.entity))]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("remove the entity “{}”", name_of(org, self.entity))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let entity = existing(org, self.entity)?;
        let entities = org.entities().values().filter(|child| child.parent == Some(self.entity)).count();
        let accounts = org.accounts().values().filter(|account| account.entity == self.entity).count();
        if entities + accounts > 0 {
            return Err(Refusal::EntityInUse { entity: entity.name, entities, accounts });
        }
        let chosen = |scope: &Scope| matches!(scope, Scope::Chosen { entities, .. } if entities.contains(&self.entity));
        let roles: Few = org.active_roles().filter(|role| chosen(&role.scope)).map(|role| &role.name).collect();
        if !roles.is_empty() {
            return Err(Refusal::EntityInScope { entity: entity.name, roles });
        }
        org.remove(self.entity.into());
        Ok(())
    }
}

/// The entity as people know it, or its id when it is gone.
pub(super) fn name_of(org: &Org, entity: EntityId) -> String {
    org.entity(entity).map_or_else(|| entity.to_string(), |entity| entity.name.to_string())
}

/// The entity, if it exists.
pub(super) fn existing(org: &Org, entity: EntityId) -> Result<Entity, Refusal> {
    org.entity(entity).cloned().ok_or(Refusal::Gone(Kind::Entity))
}

fn place(org: &Org, parent: Option<EntityId>) -> String {
    parent.map_or_else(|| "at the top".into(), |parent| format!("below “{}”", name_of(org, parent)))
}

fn free_name(org: &Org, entity: EntityId, name: &EntityName, parent: Option<EntityId>) -> Result<(), Refusal> {
    free_place(org, name, parent, namesake(org, entity, name, parent))
}

fn free_place(
    org: &Org,
    name: &EntityName,
    parent: Option<EntityId>,
    namesake: Option<EntityId>,
) -> Result<(), Refusal> {
    if let Some(parent) = parent {
        existing(org, parent)?;
    }
    match namesake {
        Some(_) => Err(Refusal::NameTaken { named: Named::Entity, name: name.to_string() }),
        None => Ok(()),
    }
}

/// The sibling that has the name.
fn namesake(org: &Org, entity: EntityId, name: &EntityName, parent: Option<EntityId>) -> Option<EntityId> {
    let key = name.key();
    let mut siblings = org.entities().values().filter(|other| other.parent == parent && other.id != entity);
    siblings.find(|other| other.name.key() == key).map(|other| other.id)
}
