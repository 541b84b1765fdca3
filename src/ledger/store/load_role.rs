//! Roles as their tables tell them.
use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::types::Type;
use rusqlite::{Connection, Error, Row as Stored};

use super::column::Time;
use super::failure::Attempt;
use super::load::{Lists, Put};
use crate::domain::catalogue::{Group, GroupSet};
use crate::domain::id::{AccountId, EntityId, RoleId};
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::role::{Grants, Role};
use crate::domain::row::Row;
use crate::domain::scope::Scope;

/// Reads all roles.
pub(super) fn roles(conn: &Connection, put: &mut Put<'_>) -> Attempt<()> {
    let mut groups = conn.prepare_cached("SELECT role, permission_group FROM role_group ORDER BY role")?;
    let mut groups = Lists::<Group>::of(&mut groups)?;
    let mut permissions = conn.prepare_cached("SELECT role, resource, level FROM role_permission ORDER BY role")?;
    let mut permissions = Lists::reading(&mut permissions, permission)?;
    let mut entities = conn.prepare_cached("SELECT role, entity FROM role_entity ORDER BY role, entity")?;
    let mut entities = Lists::<EntityId>::of(&mut entities)?;
    let mut accounts = conn.prepare_cached("SELECT role, account FROM role_account ORDER BY role, account")?;
    let mut accounts = Lists::<AccountId>::of(&mut accounts)?;
    let mut statement = conn.prepare_cached("SELECT id, name, setup, scope, state, created FROM role ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: RoleId = row.get(0)?;
        let uuid = id.uuid();
        let groups: GroupSet = groups.next(uuid)?;
        let permissions: PermissionSet = permissions.next(uuid)?;
        let grants = match row.get_ref(2)?.as_str().map_err(Error::from)? {
            "owner" => Grants::Everything,
            "simple" => Grants::Simple(groups),
            _ => Grants::Advanced(permissions),
        };
        let entities: BTreeSet<EntityId> = entities.next(uuid)?;
        let accounts: BTreeSet<AccountId> = accounts.next(uuid)?;
        let scope = match row.get_ref(3)?.as_str().map_err(Error::from)? {
            "all_future" => Scope::AllFuture,
            _ => Scope::Chosen { entities, accounts },
        };
        let Time(created) = row.get(5)?;
        let (name, state) = (row.get(1)?, row.get(4)?);
        put(Row::Role(Role { id, name, grants, scope: Arc::new(scope), state, created }));
    }
    groups.end()?;
    permissions.end()?;
    entities.end()?;
    accounts.end()
}

fn permission(row: &Stored<'_>) -> rusqlite::Result<Permission> {
    let (resource, level): (Box<str>, Box<str>) = (row.get(1)?, row.get(2)?);
    let permission = format!("{resource}:{level}").parse();
    permission.map_err(|error| Error::FromSqlConversionFailure(1, Type::Text, Box::new(error)))
}
