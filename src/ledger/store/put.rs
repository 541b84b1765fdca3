//! Rows that are new or changed. Never with REPLACE, which deletes whatever row is in the way.
use rusqlite::{CachedStatement, Connection, ToSql, params};

use super::column::{Id, Time};
use super::failure::Attempt;
use super::vanish::lists;
use super::{put_request, put_security};
use crate::domain::organization::{Account, Entity, Organization};
use crate::domain::role::{Grants, Role};
use crate::domain::row::{Change, Difference, Row};
use crate::domain::scope::Scope;
use crate::domain::user::{Credential, Deactivated, Invitation, User};

/// Writes the rows that are new or changed.
pub(super) fn rows(conn: &Connection, difference: &Difference) -> Attempt<()> {
    for Change { row, before, after } in &difference.changes {
        let Some(after) = after else { continue };
        if before.is_some() {
            lists(conn, *row)?;
        }
        match after {
            Row::Organization(row) => organization(conn, row)?,
            Row::Entity(row) => entity(conn, row)?,
            Row::Account(row) => account(conn, row)?,
            Row::Role(row) => role(conn, row)?,
            Row::User(row) => user(conn, row)?,
            Row::Invitation(row) => invitation(conn, row)?,
            Row::Credential(row) => credential(conn, row)?,
            Row::ChangeRequest(row) => put_request::change_request(conn, row)?,
        }
    }
    Ok(())
}

fn organization(conn: &Connection, row: &Organization) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO organization (id, name, nature, founded) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, nature = excluded.nature, founded = excluded.founded",
    )?;
    statement.execute(params![row.id, row.name, row.nature, Time(row.founded)])?;
    let sql = "INSERT INTO organization_domain (organization, position, domain) VALUES (?1, ?2, ?3)";
    let mut statement = conn.prepare_cached(sql)?;
    for (position, domain) in row.domains.iter().enumerate() {
        statement.execute(params![row.id, i64::try_from(position).unwrap_or(i64::MAX), domain])?;
    }
    put_security::security(conn, row.id, &row.security)
}

fn entity(conn: &Connection, row: &Entity) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO entity (id, name, name_key, parent) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, parent = excluded.parent",
    )?;
    statement.execute(params![row.id, row.name, row.name.key(), row.parent])?;
    Ok(())
}

fn account(conn: &Connection, row: &Account) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO account (id, entity, name, currency, identifier, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (id) DO UPDATE SET entity = excluded.entity, name = excluded.name, \
         currency = excluded.currency, identifier = excluded.identifier, state = excluded.state",
    )?;
    statement.execute(params![row.id, row.entity, row.name, row.currency, row.identifier, row.state])?;
    Ok(())
}

fn role(conn: &Connection, row: &Role) -> Attempt<()> {
    let setup = match row.grants {
        Grants::Everything => "owner",
        Grants::Simple(_) => "simple",
        Grants::Advanced(_) => "advanced",
    };
    let scope = match *row.scope {
        Scope::AllFuture => "all_future",
        Scope::Chosen { .. } => "chosen",
    };
    let mut statement = conn.prepare_cached(
        "INSERT INTO role (id, name, name_key, setup, scope, state, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, \
         setup = excluded.setup, scope = excluded.scope, state = excluded.state, created = excluded.created",
    )?;
    statement.execute(params![row.id, row.name, row.name.key(), setup, scope, row.state, Time(row.created)])?;
    match &row.grants {
        Grants::Everything => {}
        Grants::Simple(groups) => {
            let sql = "INSERT INTO role_group (role, permission_group) VALUES (?1, ?2)";
            list(conn.prepare_cached(sql)?, row.id, groups.iter())?;
        }
        Grants::Advanced(permissions) => {
            let sql = "INSERT INTO role_permission (role, resource, level) VALUES (?1, ?2, ?3)";
            let mut statement = conn.prepare_cached(sql)?;
            for permission in permissions.iter() {
                statement.execute(params![row.id, permission.resource().key(), permission.level().key()])?;
            }
        }
    }
    if let Scope::Chosen { entities, accounts } = &*row.scope {
        let sql = "INSERT INTO role_entity (role, entity) VALUES (?1, ?2)";
        list(conn.prepare_cached(sql)?, row.id, entities)?;
        let sql = "INSERT INTO role_account (role, account) VALUES (?1, ?2)";
        list(conn.prepare_cached(sql)?, row.id, accounts)?;
    }
    Ok(())
}

fn user(conn: &Connection, row: &User) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO user (id, name, address, status, joined) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address, \
         status = excluded.status, joined = excluded.joined",
    )?;
    statement.execute(params![row.id, row.name, row.address, row.status, Time(row.joined)])?;
    let sql = "INSERT INTO user_role (user, role) VALUES (?1, ?2)";
    list(conn.prepare_cached(sql)?, row.id, row.roles.iter())?;
    let sql = "INSERT INTO user_code_seen (user, seen_by) VALUES (?1, ?2)";
    list(conn.prepare_cached(sql)?, row.id, &row.code_seen_by)?;
    let sql = "INSERT INTO user_apart (user, other) VALUES (?1, ?2)";
    list(conn.prepare_cached(sql)?, row.id, &row.apart)?;
    if let Some(Deactivated { by, at }) = row.deactivated {
        let mut statement = conn.prepare_cached("INSERT INTO user_deactivated (user, by, at) VALUES (?1, ?2, ?3)")?;
        statement.execute(params![row.id, by, Time(at)])?;
    }
    Ok(())
}

fn invitation(conn: &Connection, row: &Invitation) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO invitation (id, address, name, invited_by, invited, sent, attempt, expires) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
         ON CONFLICT (id) DO UPDATE SET address = excluded.address, name = excluded.name, \
         invited_by = excluded.invited_by, invited = excluded.invited, sent = excluded.sent, \
         attempt = excluded.attempt, expires = excluded.expires",
    )?;
    statement.execute(params![
        row.id,
        row.address,
        row.name,
        row.invited_by,
        Time(row.invited),
        Time(row.sent),
        row.attempt,
        Time(row.expires),
    ])?;
    let sql = "INSERT INTO invitation_role (invitation, role) VALUES (?1, ?2)";
    list(conn.prepare_cached(sql)?, row.id, row.roles.iter())?;
    let sql = "INSERT INTO invitation_code_seen (invitation, seen_by) VALUES (?1, ?2)";
    list(conn.prepare_cached(sql)?, row.id, &row.code_seen_by)
}

fn credential(conn: &Connection, row: &Credential) -> Attempt<()> {
    let mut statement = conn.prepare_cached(
        "INSERT INTO credential (kind, owner, since, digest) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (kind, owner) DO UPDATE SET since = excluded.since, digest = excluded.digest",
    )?;
    statement.execute(params![row.kind, Id(row.owner), Time(row.since), row.digest])?;
    Ok(())
}

/// Writes what belongs to one row, item by item.
fn list<T: ToSql>(
    mut statement: CachedStatement<'_>,
    row: impl ToSql,
    items: impl IntoIterator<Item = T>,
) -> Attempt<()> {
    for item in items {
        statement.execute(params![row, item])?;
    }
    Ok(())
}
